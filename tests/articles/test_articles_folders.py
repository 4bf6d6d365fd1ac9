"""Files and folders as sources: which are read, in which order, and what becomes of those that cannot be."""

import gzip
import os
from pathlib import Path

import pytest
from source_builders import LIMIT, line, outcome, read

from digest.articles import read_articles
from digest.articles.reading import FORMATS
from digest.errors import UsageError
from digest.records import Article, Reject


def test_a_folder_is_searched_deeply_in_sorted_order_and_hidden_files_are_skipped(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.TXT", "a/b/c.text", "c.md", ".hidden.txt", ".git/x.txt", "a/.y/x.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"This is {name}, all of it.")
    items = read(tmp_path)
    assert [outcome(i).split(",")[0] for i in items] == [
        "This is a/b/c.text",
        "This is a/z.TXT",
        "This is b.txt",
        "This is c.md",
    ]
    assert all(isinstance(i, Article) and Path(i.origin.file).is_file() for i in items)


def test_the_origin_is_written_as_the_user_wrote_the_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "night").mkdir()
    (tmp_path / "night" / "a.txt").write_text("It rained.")
    monkeypatch.chdir(tmp_path)
    (article,) = read("night")
    assert isinstance(article, Article)
    assert article.origin.file == os.path.join("night", "a.txt")  # noqa: PTH118


@pytest.mark.parametrize("suffix", sorted(FORMATS))
def test_every_format_is_read_plain_and_packed(tmp_path: Path, suffix: str) -> None:
    content = {
        ".json": line("It rained all day."),
        ".html": "<html><body><article><p>It rained all day.</p></article></body></html>",
    }
    kind = ".json" if suffix in (".json", ".jsonl", ".ndjson") else ".html" if suffix in (".html", ".htm") else ""
    data = content.get(kind, "It rained all day.").encode()
    (tmp_path / f"a{suffix}").write_bytes(data)
    (tmp_path / f"a{suffix}.gz").write_bytes(gzip.compress(data))
    plain, packed = read(tmp_path)
    assert isinstance(plain, Article)
    assert isinstance(packed, Article)
    assert plain.text == packed.text == "It rained all day."
    assert plain.id == packed.id


def test_a_file_of_an_unknown_kind_is_rejected_as_unsupported(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    (tmp_path / "no-suffix").write_text("words")
    items = read(tmp_path, tmp_path / "photo.jpg")
    assert [outcome(i) for i in items] == ["unsupported"] * 3
    assert isinstance(items[0], Reject)
    assert ".jsonl" in items[0].message


def test_an_empty_folder_gives_nothing(tmp_path: Path) -> None:
    assert read(tmp_path) == []


def test_what_cannot_be_read_as_a_file_is_rejected_without_a_hang(tmp_path: Path) -> None:
    (tmp_path / "dangling.txt").symlink_to("nowhere")
    (tmp_path / "itself.txt").symlink_to("itself.txt")
    (tmp_path / "loop").symlink_to(".")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "broken.txt.gz").write_bytes(b"no gzip")
    (tmp_path / "good.txt").write_text("It rained.")
    items = read(tmp_path)
    assert sorted(outcome(i) for i in items) == ["It rained.", *["unreadable"] * 5]
    assert outcome(read(tmp_path / "dangling.txt")[0]) == "unreadable"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_forbidden_files_and_folders_are_rejected(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It rained.")
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "b").mkdir(mode=0)
    assert [outcome(i) for i in read(tmp_path)] == ["unreadable"] * 2


def test_a_file_that_vanishes_before_its_turn_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It rained.")
    (tmp_path / "b").mkdir()
    (tmp_path / "c.txt").write_text("It snowed.")
    items = read_articles([tmp_path / "a.txt", tmp_path / "b", tmp_path / "c.txt"], max_bytes=LIMIT)
    assert outcome(next(items)) == "It rained."
    (tmp_path / "b").rmdir()
    (tmp_path / "c.txt").unlink()
    assert [outcome(i) for i in items] == ["unreadable"] * 2


def test_names_that_are_no_utf_8_can_still_be_shown(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_WRONLY)
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    os.close(descriptor)
    (reject,) = read(tmp_path)
    assert isinstance(reject, Reject)
    assert reject.file.endswith("caf\\xe9.txt")


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("nigth", "night"),
        ("night/artcles.jsonl", "articles.jsonl"),
        ("nigth/articles.jsonl", "night"),
        ("zzz", "Check the path"),
        (f"{'x' * 300}/articles.jsonl", "Check the path"),
    ],
)
def test_a_source_that_is_not_there_is_named_with_the_closest_one(tmp_path: Path, source: str, hint: str) -> None:
    (tmp_path / "night").mkdir()
    (tmp_path / "night" / "articles.jsonl").write_text("")
    with pytest.raises(UsageError, match=hint) as caught:
        read_articles([tmp_path / source], max_bytes=LIMIT)
    assert source in str(caught.value)
