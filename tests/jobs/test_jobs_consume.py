"""`jobs/consume.py`: each story is handed on once, and again only when it tells something else."""

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from result_builders import story

from digest.outputs import story_record

CONSUME = Path(__file__).parent.parent.parent / "jobs" / "consume.py"


def write(path: Path, *records: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return path


def told(story_id: str, **fields: Any) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(json.dumps(story_record(story())))
    return {**record, "story_id": story_id, **fields}


def consume(folder: Path, *results: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(CONSUME), "--seen", str(folder / "seen.db"), *map(str, results)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def actions(folder: Path, *results: Path) -> list[tuple[str, str]]:
    done = consume(folder, *results)
    assert (done.returncode, done.stderr) == (0, "")
    return [(line["action"], line["story_id"]) for line in map(json.loads, done.stdout.splitlines())]


def test_stories_are_handed_on_once_and_again_when_they_change(tmp_path: Path) -> None:
    first = write(tmp_path / "1.jsonl", told("a"), told("b"))
    assert actions(tmp_path, first) == [("put", "a"), ("put", "b")]
    second = write(tmp_path / "2.jsonl", told("a"), told("b", headline="More", status="updated"), told("c"))
    assert actions(tmp_path, first, second) == [("put", "b"), ("put", "c")]
    assert actions(tmp_path, first, second) == []


def test_what_only_the_night_changes_is_no_change(tmp_path: Path) -> None:
    actions(tmp_path, write(tmp_path / "1.jsonl", told("a")))
    later = told("a", status="unchanged", importance=0.1)
    later["sentences"] = [{**sentence, "is_new": False} for sentence in later["sentences"]]
    assert actions(tmp_path, write(tmp_path / "2.jsonl", later)) == []


def test_a_story_that_merged_is_removed_once(tmp_path: Path) -> None:
    actions(tmp_path, write(tmp_path / "1.jsonl", told("a"), told("b")))
    merged = told("a", merged_from=["b", "never-seen"])
    assert actions(tmp_path, write(tmp_path / "2.jsonl", merged)) == [("remove", "b"), ("put", "a")]
    assert actions(tmp_path, write(tmp_path / "3.jsonl", {**merged, "status": "unchanged"})) == []


def test_what_is_put_is_the_record_itself(tmp_path: Path) -> None:
    packed = tmp_path / "1.jsonl.gz"
    packed.write_bytes(gzip.compress(json.dumps(told("a")).encode() + b"\n"))
    (line,) = consume(tmp_path, packed).stdout.splitlines()
    assert json.loads(line)["story"] == told("a")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (json.dumps({"schema": "digest.story/2"}), "line 2: its schema is 'digest.story/2'"),
        ('{"schema": "digest.st', "line 2: no record of a story"),
        ("{}", "line 2: no record of a story"),
        ("3", "line 2: no record of a story"),
    ],
)
def test_a_result_of_another_format_is_refused_whole(tmp_path: Path, line: str, words: str) -> None:
    good = write(tmp_path / "1.jsonl", told("a"))
    wrong = write(tmp_path / "2.jsonl", told("b"))
    with wrong.open("a") as lines:
        lines.write(line + "\n")
    refused = consume(tmp_path, good, wrong)
    assert refused.returncode == 1
    assert words in refused.stderr
    assert [json.loads(line)["story_id"] for line in refused.stdout.splitlines()] == ["a"]
    assert actions(tmp_path, good, write(wrong, told("b"))) == [("put", "b")]


def test_a_missing_result_is_told(tmp_path: Path) -> None:
    missing = consume(tmp_path, tmp_path / "no.jsonl")
    assert missing.returncode == 1
    assert missing.stderr.startswith("consume.py: ")
