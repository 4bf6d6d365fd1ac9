"""A state of an older format is brought up to date step by step, or left as it was."""

import sqlite3
from pathlib import Path

import pytest
from state_builders import NIGHTS, contents, run, state

from digest.cli import main
from digest.state import check_state
from digest.state import database as formats
from digest.state.database import FORMAT, MIGRATIONS


def add_step(patch: pytest.MonkeyPatch, step: str) -> None:
    """A next format, made up, to which a step leads from the one that there is."""
    patch.setattr(formats, "MIGRATIONS", (*MIGRATIONS, step))
    patch.setattr(formats, "FORMAT", FORMAT + 1)


def version(path: Path) -> int:
    with sqlite3.connect(path) as database:
        found: int = database.execute("PRAGMA user_version").fetchone()[0]
    database.close()
    return found


def test_a_run_brings_an_older_state_up_to_date_and_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(tmp_path, NIGHTS[0])
    before = contents(state(tmp_path))
    add_step(monkeypatch, "CREATE TABLE marks (story TEXT); INSERT INTO marks SELECT story FROM stories")
    assert {story["status"] for story in run(tmp_path, NIGHTS[0])} == {"unchanged"}
    after = contents(state(tmp_path))
    assert version(state(tmp_path)) == FORMAT + 1
    assert len(after.pop("marks")) == 2
    assert after == before
    assert check_state(state(tmp_path)) == []


def test_a_step_that_fails_leaves_the_older_state_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, NIGHTS[0])
    before = contents(state(tmp_path))
    with monkeypatch.context() as patch:
        add_step(patch, "CREATE TABLE marks (story TEXT); INSERT INTO nowhere VALUES (1)")
        assert main(["state", "vacuum", str(state(tmp_path))]) == 1
    assert "nowhere" in capsys.readouterr().err
    assert version(state(tmp_path)) == FORMAT
    assert contents(state(tmp_path)) == before


def test_an_older_state_that_is_only_read_is_not_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, NIGHTS[0])
    add_step(monkeypatch, "CREATE TABLE marks (story TEXT)")
    assert main(["state", "stories", str(state(tmp_path))]) == 1
    assert "Run 'digest state vacuum'" in capsys.readouterr().err
    assert version(state(tmp_path)) == FORMAT
    assert main(["state", "vacuum", str(state(tmp_path))]) == 0
    assert version(state(tmp_path)) == FORMAT + 1
    assert main(["state", "stories", str(state(tmp_path))]) == 0
