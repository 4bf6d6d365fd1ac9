"""The commands that read a result: show, explain, check, schema."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cli_terminal import on_a_terminal
from result_builders import TEXTS, lone_story, member, story, write_result

from digest.cli import main
from digest.outputs import story_record
from digest.records import Disagreement, Member, Value


@pytest.fixture
def night(tmp_path: Path) -> str:
    return str(write_result(tmp_path / "digests.jsonl", [story(), lone_story("z", headline="")]))


def out(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


def test_show_tells_each_story_with_its_sources_dates_digest_and_counts(
    night: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", night]) == 0
    assert out(capsys) == (
        " 1. Old bridge closed\n"
        "    3 articles (1 copy among them) from 2 sources · 2026-03-09 to 2026-03-10 ·\n"
        "    a.example, b.example · story story-1\n"
        "    The old bridge was closed on Monday. [1] Traffic goes by the ferry. [2]\n"
        "    [1] a.example  [2] b.example\n"
        "\n"
        " 2. (no headline)\n"
        "    1 article from 1 source · 2026-03-09 · z.example · story story-z\n"
        "    Title of z\n"
        "\n"
        "2 stories from 4 articles, 1 copy among them.\n"
    )


@pytest.mark.parametrize("wanted", ["story-1", "1"])
def test_show_tells_one_story_with_all_its_articles(
    night: str, wanted: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", night, wanted]) == 0
    assert out(capsys) == (
        "    Old bridge closed\n"
        "    3 articles (1 copy among them) from 2 sources · 2026-03-09 to 2026-03-10 ·\n"
        "    a.example, b.example · story story-1\n"
        "    The old bridge was closed on Monday. [1] Traffic goes by the ferry. [2]\n"
        "\n"
        "    [1] a.example: Title of a (supported by 1 report)\n"
        "        https://a.example/1\n"
        "    [2] b.example: Title of b\n"
        "        https://b.example/1\n"
        "\n"
        "    3 articles:\n"
        "    2026-03-09  a.example: Title of a\n"
        "    2026-03-10  b.example: Title of b\n"
        "    2026-03-09  a.example: Title of c (near copy)\n"
        "\n"
        "    Keyphrases: old bridge, crack\n"
    )


def many(count: int) -> tuple[Member, ...]:
    return tuple(member(f"m{n}", url=None, title="", source=f"s{n}.example") for n in range(count))


def test_show_tells_what_a_story_lacks_and_what_it_has_too_much_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = Disagreement((Value("12 people", ("m0", "m1")), Value("15", ("m2",))), ())
    sentences = tuple(s for s in story().sentences[:1])
    crowd = story(
        articles=(member("a", url=None, title="long " * 20), *many(7)),
        article_count=8,
        disagreements=(given,),
        updates=(given,),
        sentences=sentences,
    )
    path = write_result(tmp_path / "digests.jsonl", [crowd])
    assert main(["show", str(path), "1"]) == 0
    text = out(capsys)
    assert "a.example, s0.example, s1.example, s2.example, s3.example and 3 more" in " ".join(text.split())
    told = ":\n    12 people (s0.example, s1.example), 15 (s2.example)"
    assert f"Sources give different figures{told}" in text
    assert f"Reports of different or unknown days give different figures{told}" in text
    assert "s6.example: (no title)" in text
    assert f"2026-03-09  a.example: {'long ' * 9}long\n                long" in text
    assert "https" not in text


@pytest.mark.parametrize(
    ("wanted", "message"),
    [("story-q", "Did you mean 'story-"), ("9", "by its place from 1 to 2"), ("0", "by its place from 1 to 2")],
)
def test_show_names_the_closest_story(
    night: str, wanted: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", night, wanted]) == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("command", [["show"], ["report"], ["explain", "story-1"], ["explain", "a", "b"], ["check"]])
def test_a_result_can_come_from_standard_input(night: str, command: list[str], tmp_path: Path) -> None:
    name, *rest = command
    said = [
        subprocess.run(
            [sys.executable, "-m", "digest", name, given, *rest],
            input=gzip.compress(Path(night).read_bytes()),
            env={**os.environ, "TMPDIR": str(tmp_path)},
            capture_output=True,
            check=False,
        )
        for given in ("-", night)
    ]
    assert (said[0].returncode, said[0].stderr) == (said[1].returncode, said[1].stderr) == (0, b"")
    assert said[0].stdout == said[1].stdout or name == "check"  # which names the file
    assert list(tmp_path.iterdir()) == [Path(night)]


def test_standard_input_that_is_closed_or_no_result_is_told(tmp_path: Path) -> None:
    for given, words in (("<&-", "Standard input is closed"), ("</dev/null", ""), ("<digests.jsonl", "no JSON")):
        (tmp_path / "digests.jsonl").write_text("no result")
        command = f"exec {sys.executable} -m digest show - {given}"
        done = subprocess.run(["sh", "-c", command], cwd=tmp_path, check=False, capture_output=True, text=True)
        assert words in done.stderr
        assert bool(done.returncode) == bool(words)


def test_an_empty_result_can_be_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(write_result(tmp_path / "digests.jsonl", []))]) == 0
    assert out(capsys) == "0 stories from 0 articles, 0 copies among them.\n"


def test_explain_speaks_to_people_and_to_programs(night: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", night, "c"]) == 0
    assert "near copy of a.example" in out(capsys)
    assert main(["explain", night, "a", "b", "--json"]) == 0
    assert json.loads(out(capsys))["tie"]["score"] == 0.91


def test_an_explanation_is_wrapped_on_a_terminal(night: str) -> None:
    assert max(map(len, on_a_terminal("explain", night, "story-1").splitlines())) <= 80


def test_explain_refuses_an_unknown_id(night: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", night, "story-9"]) == 2
    assert capsys.readouterr().err.startswith("digest: error: The result has no story or article 'story-9'. Did you")


def test_check_says_so_by_its_exit_status(tmp_path: Path, night: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", night]) == 0
    assert out(capsys) == f"{night} is sound.\n"
    broken = write_result(tmp_path / "broken.jsonl", [story(article_count=9)])
    assert main(["check", str(broken)]) == 1
    assert "article_count is 9, but there are 3 articles" in out(capsys)


@pytest.mark.parametrize("arguments", [[], ["story"], ["article"], ["reject"], ["run"]])
def test_schema_prints_a_schema(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", *arguments]) == 0
    assert json.loads(out(capsys))["$schema"].endswith("2020-12/schema")


def test_the_text_of_the_builders_is_what_the_sentences_quote() -> None:
    assert [TEXTS[s.article_id][s.start : s.end] for s in story().sentences] == [s.text for s in story().sentences]


def test_colours_are_for_terminals_that_want_them(night: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "\x1b[1m 1. Old bridge closed" in on_a_terminal("show", night)
    assert "\x1b[" not in on_a_terminal("show", night, NO_COLOR="1")
    main(["show", night])
    assert "\x1b[" not in out(capsys)


@pytest.mark.parametrize(("stories", "paged"), [(3, False), (30, True)])
def test_a_long_result_is_paged_on_a_terminal(tmp_path: Path, stories: int, paged: bool) -> None:
    path = write_result(tmp_path / "digests.jsonl", [lone_story(str(n)) for n in range(stories)])
    (tmp_path / "pager").write_text("#!/bin/sh\necho PAGED\ncat\n")
    (tmp_path / "pager").chmod(0o755)
    shown = on_a_terminal("show", str(path), PAGER=str(tmp_path / "pager"))
    assert ("PAGED" in shown) is paged
    assert f"{stories} stories from {stories} articles" in shown


@pytest.mark.parametrize("command", [["show"], ["explain"]])
def test_a_damaged_result_is_blamed_for_what_it_lacks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    record = story_record(story())
    del record["headline"]
    path = write_result(tmp_path / "digests.jsonl", [record])
    assert main([*command, str(path), *(["story-1"] if command == ["explain"] else [])]) == 1
    error = capsys.readouterr().err
    assert "is damaged: line 1: the story: 'headline' is a required property" in error
    assert "'digest check' tells all" in error
