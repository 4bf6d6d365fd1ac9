"""Warnings and the transformer's progress, as a person at a terminal and a job in the night meet them."""

import json
import logging
from pathlib import Path

import pytest
from cli_terminal import on_a_terminal
from model_builders import small_model

from digest.cli import main
from digest.cli.notices import warnings_listed


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_model(tmp_path_factory.mktemp("model"))


@pytest.fixture
def night(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "night").mkdir()
    for name, text in (("a", "The old bridge over the Lesna was closed"), ("b", "A jury found the mayor guilty")):
        (tmp_path / "night" / f"{name}.txt").write_text(f"{text} on Monday, the council said in the evening.")
    return tmp_path


def test_a_warning_is_told_even_in_quiet_and_stands_in_the_run_report(
    night: Path, model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", "night", "-o", "out/", "-q", "--model", str(model), "--device", "cpu"]) == 0
    told = capsys.readouterr().err
    assert told.startswith(f"digest: warning: The model {model} cannot be put on the scale of the embedded one")
    report = json.loads((night / "out" / "run-report.json").read_text("utf-8"))
    assert [f"digest: warning: {message}" for message in report["warnings"]] == told.splitlines()


def test_the_models_bar_is_for_terminals(night: Path, model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = on_a_terminal("run", "night", "--model", str(model), "--device", "cpu")
    assert "model: 100%" in shown
    assert main(["run", "night", "--model", str(model), "--device", "cpu"]) == 0
    assert "model:" not in capsys.readouterr().err


def test_the_same_warning_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    with warnings_listed() as listed:
        for _ in range(2):
            logging.getLogger("digest.some.room").warning("The %s is damaged.", "cache")
    assert listed == ["The cache is damaged."]
    assert capsys.readouterr().err == "digest: warning: The cache is damaged.\n"


def test_a_wrong_cache_is_told_before_the_articles_are_read(
    night: Path, model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["run", "night", "--model", str(model), "--device", "cpu", "--vector-cache"]
    assert main([*arguments, "no/folder/vectors.db"]) == 1
    assert "Cannot write the vector cache no/folder/vectors.db" in capsys.readouterr().err
