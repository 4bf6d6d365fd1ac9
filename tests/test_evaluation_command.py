"""`digest evaluate`: a table for people, an object for programs, a next step for every mistake."""

import json
from pathlib import Path

import pytest
from result_builders import lone_story, story, write_result

from digest.cli import main


@pytest.fixture
def night(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A result of a story of three articles, a and its copy c and b, and a story of one, z; and a gold."""
    monkeypatch.chdir(tmp_path)
    write_result(tmp_path / "digests.jsonl", [story(), lone_story("z")])
    lines = [
        {"id": "a", "story": "bridge", "copies": "1", "kind": "original"},
        {"id": "b", "story": "bridge", "copies": "2", "kind": "update"},
        {"id": "c", "story": "bridge", "copies": "1", "kind": "retitled"},
        {"id": "z", "story": "other", "copies": "3", "kind": "original"},
        {"id": "y", "story": "lost", "copies": "4", "kind": "original"},
        {"story": "bridge", "references": ["The old bridge was closed on Monday."]},
    ]
    (tmp_path / "gold.jsonl").write_text("\n".join(map(json.dumps, lines)))
    (tmp_path / "rejects.jsonl").write_text('{"id": "y", "reason": "empty"}\n{"id": null, "reason": "binary"}\n')
    return tmp_path


def test_people_get_a_table(night: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "digests.jsonl", "gold.jsonl"]) == 0
    out = capsys.readouterr().out
    assert "Articles missing from the result (each counted as a story of its own): 1\n" in out
    assert "Stories: 3 found, 3 in the gold, of 5 articles\n" in out
    assert (
        "  B-cubed                      1.000 (1.000-1.000)       1.000 (1.000-1.000)       1.000 (1.000-1.000)" in out
    )
    assert "  retitled                         1               1.000                    0.000\n" in out
    assert "  update                           1                                        0.000\n" in out
    assert "Digests: 1 of 1 stories with a reference were found; 12.0 words in the mean, 12 at most\n" in out
    assert out.endswith("In brackets: 95% intervals, by drawing the gold's groups anew 1,000 times (seed 0).\n")
    assert all(len(line) <= 110 for line in out.splitlines())


def test_programs_get_one_object(night: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["evaluate", "digests.jsonl", "gold.jsonl", "--json", "--seed", "3", "--rejects", "rejects.jsonl"]
    assert main(command) == 0
    first = capsys.readouterr().out
    found = json.loads(first)
    assert found["complete"]["missing"] == 0
    assert found["complete"]["rejected"] == 1
    assert found["stories"]["bcubed"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert found["stories"]["intervals"]["pairs"]["ari"] == [1.0, 1.0]
    assert found["duplicates"]["found_by_kind"] == {"retitled": 1.0}
    assert found["summaries"]["clusters"] == 1
    assert found["bootstrap"] == {"level": 0.95, "resamples": 1000, "seed": 3}
    assert main(command) == 0
    assert capsys.readouterr().out == first


def test_what_the_gold_does_not_know_is_not_told(night: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (night / "stories.csv").write_text("a,bridge\nb,bridge\nc,bridge\nz,other\n")
    assert main(["evaluate", "digests.jsonl", "stories.csv"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Every article of the gold is in the result, once.\n")
    assert "Copies" not in out
    assert "Digests" not in out


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["digests.jsonl", "glod.jsonl"], 2, "Did you mean"),
        (["digets.jsonl", "gold.jsonl"], 2, "Did you mean"),
        (["digests.jsonl", "digests.jsonl"], 2, "a line is"),
        (["gold.jsonl", "gold.jsonl"], 1, "Is this a result of 'digest run'?"),
        (["digests.jsonl", "gold.jsonl", "--rejects", "gold.jsonl"], 1, "no reject"),
        (["digests.jsonl", "gold.jsonl", "--rejects", "broken.jsonl"], 1, "line 1: no reject"),
        (["damaged.jsonl", "gold.jsonl"], 1, "is damaged"),
        (["empty.jsonl", "gold.jsonl"], 2, "The result holds no article"),
        (["digests.jsonl", "gold.jsonl", "--sede", "1"], 2, "Did you mean '--seed'?"),
        (["digests.jsonl"], 2, "Missing argument 'GOLD'"),
    ],
)
def test_a_mistake_is_told_with_the_next_step(
    night: Path, arguments: list[str], status: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (night / "broken.jsonl").write_text("{")
    (night / "empty.jsonl").touch()
    (night / "damaged.jsonl").write_text('{"schema": "digest.story/1", "story_id": "s"}\n')
    assert main(["evaluate", *arguments]) == status
    captured = capsys.readouterr()
    assert captured.out == ""
    assert words in captured.err
    assert captured.err.count("\n") == 1
