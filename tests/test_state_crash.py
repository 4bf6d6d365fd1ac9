"""A run that is killed is finished or repeated by the next one, and each digest is published exactly once."""

import itertools
import signal
from pathlib import Path
from typing import Any

import pytest
from state_builders import NIGHTS, contents, process, read, run, state, write_night

from digest.checkpoints import NAMES
from digest.state import check_state

PUBLISHED = ("all-renamed", "published")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[list[dict[str, Any]]], dict[str, list[Any]]]:
    """The results of the three nights without an accident, and the state after them."""
    folder = tmp_path_factory.mktemp("undisturbed")
    results = [run(folder, night) for night in NIGHTS]
    return results, contents(state(folder))


def told(path: Path) -> list[tuple[str, str]]:
    """What a reader of a result learns: (story, sentence)."""
    return [(s["story_id"], x["text"]) for s in read(path) for x in s["sentences"] if x["is_new"]]


@pytest.mark.parametrize("point", [name for name in NAMES if name != "migrating"])
def test_a_night_that_was_killed_is_told_exactly_once(
    point: str, tmp_path: Path, undisturbed: tuple[list[list[dict[str, Any]]], dict[str, list[Any]]]
) -> None:
    (first, second, third), end = undisturbed
    output = tmp_path / "out.jsonl"
    run(tmp_path, NIGHTS[0])
    assert read(output) == first
    night = write_night(tmp_path, NIGHTS[1])
    killed = process(tmp_path, night, "out.jsonl", DIGEST_KILL_AT=point)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert read(output) == (second if point in PUBLISHED else first)
    again = process(tmp_path, night, "out.jsonl")
    assert again.returncode == 0, again.stderr
    if point in PUBLISHED:
        assert told(output) == []
        assert {story["status"] for story in read(output)} == {"unchanged"}
    else:
        assert read(output) == second
    assert check_state(state(tmp_path)) == []
    assert run(tmp_path, NIGHTS[2]) == third
    assert unnumbered(contents(state(tmp_path))) == unnumbered(end)
    assert not list(tmp_path.glob(".*.tmp"))


def unnumbered(tables: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """The rows without the runs and their numbers: a run that was told in vain has taken one."""
    numbers = {"stories": (1, 2, 3, 4), "articles": (6,), "told": (1,)}
    return {
        table: sorted(
            (tuple(v for n, v in enumerate(row) if n not in numbers.get(table, ())) for row in rows), key=repr
        )
        for table, rows in tables.items()
        if table != "runs"
    }


def test_a_new_state_that_was_killed_while_it_was_made_is_made_anew(tmp_path: Path) -> None:
    night = write_night(tmp_path, NIGHTS[0])
    assert process(tmp_path, night, "out.jsonl", DIGEST_KILL_AT="migrating").returncode == -signal.SIGKILL
    assert {story["status"] for story in run(tmp_path, NIGHTS[0])} == {"new"}
    assert check_state(state(tmp_path)) == []


@pytest.mark.parametrize("point", ["committed", "first-renamed"])
def test_what_an_interrupted_run_had_ready_for_another_file_is_published_there(
    point: str, tmp_path: Path, undisturbed: tuple[list[list[dict[str, Any]]], dict[str, list[Any]]]
) -> None:
    (_, second, third), _ = undisturbed
    run(tmp_path, NIGHTS[0], output="1.jsonl")
    night = write_night(tmp_path, NIGHTS[1])
    assert process(tmp_path, night, "2.jsonl", DIGEST_KILL_AT=point).returncode == -signal.SIGKILL
    assert not (tmp_path / "2.jsonl").exists()
    assert run(tmp_path, NIGHTS[2], output="3.jsonl") == third
    assert read(tmp_path / "2.jsonl") == second


def test_what_waited_and_was_swept_away_is_told_by_the_next_run(
    tmp_path: Path, undisturbed: tuple[list[list[dict[str, Any]]], dict[str, list[Any]]]
) -> None:
    (_, second, _), _ = undisturbed
    run(tmp_path, NIGHTS[0], output="1.jsonl")
    night = write_night(tmp_path, NIGHTS[1])
    assert process(tmp_path, night, "2.jsonl", DIGEST_KILL_AT="committed").returncode == -signal.SIGKILL
    for left in tmp_path.glob(".*.tmp"):
        left.unlink()
    found = {story["story_id"]: story for story in run(tmp_path, NIGHTS[2], output="3.jsonl")}
    for story in second:
        assert found[story["story_id"]]["status"] == story["status"]
        assert found[story["story_id"]]["sentences"] == story["sentences"]


def test_two_nights_that_were_killed_one_after_the_other_are_both_told(tmp_path: Path) -> None:
    for night in NIGHTS[:2]:
        source = write_night(tmp_path, night)
        assert process(tmp_path, source, "out.jsonl", DIGEST_KILL_AT="committed").returncode == -signal.SIGKILL
    found = run(tmp_path, NIGHTS[2])
    articles = set(itertools.chain.from_iterable((a["id"] for a in story["articles"]) for story in found))
    assert articles == {record["id"] for night in NIGHTS for record in night}
    assert {story["status"] for story in found} == {"new"}
    assert check_state(state(tmp_path)) == []
