"""`digest run`: what no output takes the place of, and places that take none."""

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from digest.cli import main

BANK = """The central bank left its main rate at 3.5 per cent on Thursday, as most economists had expected.
Its governor said that prices would rise more slowly in the second half of the year."""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with an article and an empty file in night/."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "night").mkdir()
    (tmp_path / "night" / "bank.json").write_text(json.dumps({"title": "Bank holds its rate", "text": BANK}))
    (tmp_path / "night" / "nothing.txt").touch()
    return tmp_path


def in_a_process(*arguments: str, **options: Any) -> tuple[int, str]:
    """The exit status of a command, and what it says."""
    command = [sys.executable, "-m", "digest", *arguments]
    done = subprocess.run(command, check=False, stderr=subprocess.PIPE, text=True, **options)
    return done.returncode, done.stderr


@pytest.mark.parametrize("options", [["-o", "night/bank.json"], ["-o", "x.jsonl", "--rejects", "./night/bank.json"]])
def test_no_output_takes_the_place_of_articles_in_a_source(
    place: Path, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = (place / "night" / "bank.json").read_bytes()
    assert main(["run", "night", *options]) == 2
    assert "would overwrite articles: it lies in a source." in capsys.readouterr().err
    assert (place / "night" / "bank.json").read_bytes() == before


def test_a_damaged_archive_in_a_source_is_nobodys_output(place: Path) -> None:
    (place / "night" / "articles.jsonl.gz").write_bytes(gzip.compress(BANK.encode())[:20])
    assert main(["run", "night", "-q", "-o", "night/articles.jsonl.gz"]) == 2


@pytest.mark.parametrize("output", ["night/digests.jsonl.gz", "night/", "night/nothing.txt"])
def test_yesterdays_outputs_in_a_source_are_written_over_as_elsewhere(place: Path, output: str) -> None:
    for _ in range(2):
        assert main(["run", "night", "-q", "-o", output, "--metrics", "night/digest.prom"]) == 0
    assert (place / "night" / "bank.json").is_file()


@pytest.mark.parametrize(
    "command",
    [
        *(["run", "night", option, "-"] for option in ("--rejects", "--run-report", "--report", "--metrics")),
        ["tune", "night", "-o", "-"],
    ],
)
def test_what_cannot_go_to_standard_output_does_not_go_to_a_file_of_its_name(place: Path, command: list[str]) -> None:
    assert main(command) == 2
    assert [path.name for path in place.iterdir()] == ["night"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["night/nothing.txt"], "No article was found (rejected: 1 empty)."),
        (
            ["night", "--min-articles", "9"],
            "Only 1 article was found (rejected: 1 empty), fewer than --min-articles 9.",
        ),
    ],
)
def test_an_empty_night_says_why_inputs_were_rejected(
    place: Path, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    first = "Nothing was written. The first reject: night/nothing.txt: There is nothing in it."
    assert main(["run", *arguments]) == 4
    assert capsys.readouterr().err == f"digest: error: {words} {first}\n"


def test_a_working_folder_that_is_gone_is_told_with_the_output_that_it_would_hold(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    command = f"cd gone && rmdir ../gone && exec {sys.executable} -m digest run x -o night.jsonl"
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, check=False, stderr=subprocess.PIPE, text=True)
    assert (done.returncode, "Cannot write night.jsonl: No such file or directory." in done.stderr) == (1, True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_standard_output_that_takes_no_more_is_named_and_leaves_the_state_as_it_was(place: Path) -> None:
    run = ("run", "night", "-q", "-o", "-", "--state", "state.db")
    with Path("/dev/full").open("wb") as full:
        status, said = in_a_process(*run, stdout=full)
    assert (status, said.count("\n")) == (1, 1)
    assert said.startswith("digest: error: Cannot write to standard output: No space left on device.")
    status, said = in_a_process(*run, "--no-quiet", stdout=subprocess.DEVNULL)
    assert (status, "Stories: 1 new" in said) == (0, True)


def test_a_run_into_a_closed_standard_output_is_refused_before_it_begins(place: Path) -> None:
    command = f"exec {sys.executable} -m digest run night -o - --state state.db >&-"
    done = subprocess.run(["sh", "-c", command], check=False, stderr=subprocess.PIPE, text=True)
    assert (done.returncode, "Standard output is closed" in done.stderr) == (2, True)
    assert not (place / "state.db").exists()
