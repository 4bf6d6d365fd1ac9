"""Inputs within a source, plain and packed: one that is bad costs itself and nothing else."""

import gzip
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from source_builders import LIMIT, line, outcome, read, read_lines

from digest.articles.keeping import NAMED
from digest.records import Article, Reject

# JSON Lines


def test_a_broken_line_costs_that_line_only() -> None:
    items = read_lines(
        line("one"), "", '{"text": oops', "[1]", "null", line("two"), b'{"text": "caf\xe9"}', "\ufeff" + line("three")
    )
    assert [outcome(i) for i in items] == ["one", "malformed", "malformed", "malformed", "two", "malformed", "three"]
    assert [i.origin.line if isinstance(i, Article) else i.line for i in items] == [1, 3, 4, 5, 6, 7, 8]


def test_a_line_in_another_encoding_says_so() -> None:
    (reject,) = read_lines(b'{"text": "caf\xe9"}')
    assert isinstance(reject, Reject)
    assert reject.message == "The line is not UTF-8, as JSON Lines are. Convert it first."


def test_bytes_that_are_no_text_cost_the_line_that_holds_them_even_the_first() -> None:
    items = read_lines(b'{"text": "one\x00"}', line("two"), b"\x00" * 600, line("three"))
    assert [outcome(i) for i in items] == ["malformed", "two", "malformed", "three"]


def test_a_line_that_is_too_long_is_skipped_and_the_next_one_is_read() -> None:
    items = read_lines(line("x" * LIMIT), line("one"), line("y" * 3_000_000), line("two"))
    assert [outcome(i) for i in items] == ["too-large", "one", "too-large", "two"]
    assert read_lines(" " * 3_000_000, line("one"))[-1] == read_lines("", line("one"))[-1]


def test_what_pandas_writes_is_read_too() -> None:
    (article,) = read_lines('{"text": "one", "date": NaN, "views": 123456789012345678901234567890}')
    assert isinstance(article, Article)
    assert article.published is None


def test_a_line_nested_too_deep_is_malformed() -> None:
    deep = f'{{"text": {"[" * 900}{"]" * 900}}}'
    deeper = "[" * 1_990
    assert [outcome(i) for i in read_lines(deep, deeper, line("one"))][1:] == ["malformed", "one"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00", "binary"),
        (line("one").encode("utf-16"), "malformed"),
    ],
)
def test_a_stream_that_holds_no_lines_of_json_is_one_reject(data: bytes, reason: str) -> None:
    (reject,) = read("-", stdin=io.BytesIO(data))
    assert isinstance(reject, Reject)
    assert (reject.file, reject.line, reject.reason) == ("-", None, reason)


def test_standard_input_is_the_process_own_when_none_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(line("one").encode())))
    assert [outcome(i) for i in read("-")] == ["one"]


@given(
    st.lists(
        st.text(st.characters(exclude_characters="\n\r"), max_size=30) | st.integers(0, 99).map(lambda n: line(str(n)))
    )
)
def test_every_line_that_is_not_blank_is_accounted_for(lines: list[str]) -> None:
    data = "\n".join(lines).encode("utf-8", "replace")
    items = read("-", stdin=io.BytesIO(data))
    wanted = sum(1 for part in data.split(b"\n") if part.strip(b"\xef\xbb\xbf \t\r\n"))
    whole = any(isinstance(i, Reject) and i.reason in ("binary", "empty") for i in items)
    assert len(items) == (1 if whole else wanted)


# JSON


def read_json(tmp_path: Path, text: str | bytes) -> list[Article | Reject]:
    (tmp_path / "a.json").write_bytes(text.encode() if isinstance(text, str) else text)
    return read(tmp_path / "a.json")


JSON = [
    (line("one"), ["one"]),
    ("\ufeff" + line("one"), ["one"]),
    (line("one").encode("utf-16"), ["one"]),
    (f"[{line('one')}, {line('two')}]\n", ["one", "two"]),
    (f"{line('one')}\n{line('two')}\n", ["one", "two"]),
    (json.dumps({"status": "ok", "articles": [{"content": "one"}, {"content": "two"}]}), ["one", "two"]),
    (json.dumps({"data": [], "articles": ["x"]}), ["no-text"]),
    ("[]", ["empty"]),
    ("", ["empty"]),
    (b"\x00\x01", ["binary"]),
    (b'{"text": "caf\xe9"}', ["malformed"]),
    (f"[{line('one')}, 5, {line('two')}]", ["one", "malformed", "two"]),
    (f"[{line('one')}, {{oops}}, {line('two')}]", ["one", "malformed"]),
    (f"[{line('one')}, {line('two')}", ["one", "two", "malformed"]),
    (f"[{line('one')}] more", ["one", "malformed"]),
    (f"[{line('one')}, {line('x' * LIMIT)}, {line('two')}]", ["one", "too-large", "two"]),
    (f"[{line('one')}, {line('x' * 600_000)}, {line('two')}]", ["one", "too-large"]),
    ('{"text": "' + "x" * 100, ["malformed"]),
    ("[" * 100_000, ["malformed"]),
]


@pytest.mark.parametrize(("text", "expected"), JSON)
def test_a_json_file_gives_what_stands_before_its_first_break(
    tmp_path: Path, text: str | bytes, expected: list[str]
) -> None:
    assert [outcome(i) for i in read_json(tmp_path, text)] == expected


def test_what_stands_where_an_object_should_is_called_as_json_calls_it(tmp_path: Path) -> None:
    items = read_json(tmp_path, '["a", 1, 1.5, true, null, []]')
    found = [item.message.removesuffix(", not an object with fields.") for item in items if isinstance(item, Reject)]
    words = ("a string", "a number", "a number", "true or false", "null", "a list")
    assert found == [f"There is {word}" for word in words]


def test_the_place_in_a_list_is_the_line_of_the_origin(tmp_path: Path) -> None:
    def places(text: str) -> list[int | None]:
        return [i.origin.line if isinstance(i, Article) else i.line for i in read_json(tmp_path, text)]

    assert places(line("one")) == [None]
    assert places(f"[{line('one')}]") == [1]
    assert places(f"{line('one')}\n{line('two')}") == [1, 2]
    assert places(f"[{line('one')}, 5, oops]") == [1, 2, 3]


def test_a_list_larger_than_any_limit_is_streamed(tmp_path: Path) -> None:
    texts = [f"{n} {'word ' * 300}" for n in range(700)]
    items = read_json(tmp_path, "[" + ",\n".join(map(line, texts)) + "]")
    assert [outcome(i) for i in items] == texts


# Packed files


def rows(count: int) -> list[dict[str, str]]:
    return [{"id": str(n), "text": f"word{n * 7919 % 1000} " * 40} for n in range(count)]


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.jsonl.gz", "\n".join(map(json.dumps, rows(3000)))), ("a.json.gz", json.dumps(rows(3000)))],
)
def test_of_a_cut_file_the_articles_before_the_cut_are_kept(tmp_path: Path, name: str, data: str) -> None:
    packed = gzip.compress(data.encode())
    (tmp_path / name).write_bytes(packed[: len(packed) // 2])
    *articles, reject = read(tmp_path)
    assert [a.id for a in articles] == [str(n) for n in range(len(articles))]
    assert len(articles) > 1000
    assert outcome(reject) == "unreadable"


def test_a_packed_bomb_is_not_unpacked_past_the_limit(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"a " * 5_000_000))
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(b"a " * 5_000_000))
    (tmp_path / "c.json.gz").write_bytes(gzip.compress(b'{"text": "' + b"a " * 5_000_000))
    assert [outcome(i) for i in read(tmp_path)] == ["too-large"] * 3


# Files that are not what their names say


def test_of_a_long_run_of_bad_lines_the_first_are_named_and_the_others_count_as_one() -> None:
    good = line("Rain fell in Lesna all day.")
    items = read_lines(good, *["junk"] * (NAMED + 500), good, "junk", "{}")
    assert [(item.line, item.reason) for item in items[-3:] if isinstance(item, Reject)] == [
        (NAMED + 503, "malformed"),
        (NAMED + 504, "no-text"),
    ]
    rejects = items[1 : NAMED + 2]
    assert [item.line for item in rejects if isinstance(item, Reject)] == list(range(2, NAMED + 3))
    last = rejects[-1]
    assert isinstance(last, Reject)
    assert last.message.startswith(f"From here to line {NAMED + 501} there is no article either; these lines count")
    assert len(items) == 1 + NAMED + 1 + 1 + 2


def test_bad_inputs_with_an_id_are_always_named_one_by_one() -> None:
    items = read_lines(*(json.dumps({"id": str(n)}) for n in range(NAMED + 500)))
    assert [item.id for item in items] == [str(n) for n in range(NAMED + 500)]


def test_a_file_that_breaks_off_in_a_long_run_of_bad_lines_tells_both(tmp_path: Path) -> None:
    path = tmp_path / "cut.jsonl.gz"
    path.write_bytes(gzip.compress(b"junk\n" * (NAMED + 5000), mtime=0)[:-12])
    items = [item for item in read(path) if isinstance(item, Reject)]
    assert [item.reason for item in items[-2:]] == ["malformed", "unreadable"]
    assert len(items) == NAMED + 2
