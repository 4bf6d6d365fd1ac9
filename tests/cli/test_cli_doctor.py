"""`digest doctor`: it finds what would break a run, says what to do, and changes nothing."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from model_builders import small_model
from state_builders import NIGHTS, run

from digest.cli import examining, main

CHECKS = ["digest", "packages", "settings", "model", "output", "state"]
Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def doctor(capsys: Capture, *arguments: str) -> tuple[int, dict[str, dict[str, Any]]]:
    """The exit status, and what was found by check."""
    status = main(["doctor", "--json", *arguments])
    found = json.loads(capsys.readouterr().out)
    assert found["ok"] == (status == 0)
    return status, {check["check"]: check for check in found["checks"]}


def wrong(checks: dict[str, dict[str, Any]]) -> Sequence[str]:
    return [name for name, check in checks.items() if not check["ok"]]


def test_a_sound_installation_is_called_so_and_nothing_is_left_behind(tmp_path: Path, capsys: Capture) -> None:
    options = ["-o", "out/", "--metrics", "m/d.prom", "--state", "s/state.db"]
    assert main(["doctor", *options]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines] == [["ok", check] for check in CHECKS]
    status, checks = doctor(capsys, *options)
    assert status == 0
    assert "sentencex" in checks["packages"]["found"]
    assert "torch" in checks["packages"]["found"]
    assert checks["model"]["found"].startswith("embedded: vectors of ")
    assert f"{tmp_path} (" in checks["output"]["found"]
    assert checks["state"]["found"] == "s/state.db will be made by the first run"
    assert list(tmp_path.iterdir()) == []


def test_a_state_is_checked(tmp_path: Path, capsys: Capture) -> None:
    run(tmp_path, NIGHTS[0])
    path = tmp_path / "state.db"
    status, checks = doctor(capsys, "--state", str(path), "-o", "-")
    assert (status, checks["output"]["found"]) == (0, "streams only: nothing to make room for")
    assert checks["state"]["found"] == f"{path} is sound: 4 articles in 2 stories, last run of 2026-03-09"
    path.write_bytes(b"no state at all, " * 100)
    status, checks = doctor(capsys, "--state", str(path))
    assert (status, wrong(checks)) == (1, ["state"])


def test_a_state_that_breaks_its_own_rules_is_told(tmp_path: Path, capsys: Capture) -> None:
    import sqlite3

    run(tmp_path, NIGHTS[0])
    with sqlite3.connect(tmp_path / "state.db") as database:
        database.execute("UPDATE articles SET kept = 'nobody' WHERE article = 'bank'")
    database.close()
    status, checks = doctor(capsys, "--state", "state.db")
    assert (status, wrong(checks)) == (1, ["state"])
    assert "Put yesterday's backup in its place" in checks["state"]["found"]


def test_what_a_transformer_needs_is_tried(tmp_path: Path, capsys: Capture) -> None:
    model = small_model(tmp_path)
    status, checks = doctor(capsys, "--model", str(model), "--device", "cpu")
    assert status == 0
    assert "torch on cpu in " in checks["model"]["found"]
    status, checks = doctor(capsys, "--model", str(tmp_path / "nowhere"), "--device", "cpu")
    assert (status, wrong(checks)) == (1, ["model"])


def test_a_vector_cache_is_tried_and_not_made(tmp_path: Path, capsys: Capture) -> None:
    assert doctor(capsys, "--vector-cache", "vectors.db")[0] == 0
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").touch()
    status, checks = doctor(capsys, "--vector-cache", "file/vectors.db")
    assert (status, wrong(checks)) == (1, ["model"])
    assert "another place with --vector-cache" in checks["model"]["found"]


def test_settings_come_from_where_a_run_takes_them(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "c.toml").write_text('output = "c.toml/out.jsonl"\n[weights]\nintercept = 1.0\n')
    status, checks = doctor(capsys, "--config", "c.toml")
    assert (status, wrong(checks)) == (1, ["settings", "output"])
    assert checks["output"]["found"].startswith("Cannot write in")
    (tmp_path / "c.toml").write_text("max-wrds = 3\n")
    assert main(["doctor", "--config", "c.toml"]) == 2


def test_a_device_is_an_output_as_it_stands(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "c.toml").write_text(f'output = "{os.devnull}"\nrejects = "{os.devnull}"\n')
    status, checks = doctor(capsys, "--config", "c.toml")
    assert (status, checks["output"]["found"]) == (0, "streams only: nothing to make room for")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        (
            "requires",
            lambda _name: ["no-such-package>=1", 'other; extra == "test"'],
            "no-such-package is not installed",
        ),
        ("LOADED", ("no_such_library",), "no_such_library cannot be loaded"),
    ],
)
def test_a_library_that_is_missing_or_broken_is_named(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, name: str, value: Any, words: str
) -> None:
    monkeypatch.setattr(examining, name, value)
    assert main(["doctor"]) == 1
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("FAIL")]
    assert words in line
    assert "pip install" in line
