"""`digest run`: outputs, exit statuses, and what it says."""

import gzip
import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import unmeasured
from cli_terminal import on_a_terminal
from jsonschema import Draft202012Validator

from digest.cli import main
from digest.cli.running import STAGES
from digest.outputs import check_result, load_schema

BRIDGE = """The old bridge over the Lesna was closed on Monday after engineers found a crack in its second arch.
The council said that repairs would take six weeks and cost 2.4 million crowns.
Until then a ferry will carry people across the river from six in the morning to ten at night."""
BANK = """The central bank left its main rate at 3.5 per cent on Thursday, as most economists had expected.
Its governor said that prices would rise more slowly in the second half of the year.
The crown gained a little against the euro after the decision."""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with two articles and an empty file in night/."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "night").mkdir()
    (tmp_path / "night" / "bridge.txt").write_text(BRIDGE)
    (tmp_path / "night" / "bank.json").write_text(json.dumps({"title": "Bank holds its rate", "text": BANK}))
    (tmp_path / "night" / "nothing.txt").touch()
    return tmp_path


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def names(folder: Path) -> set[str]:
    return {p.name for p in folder.iterdir()}


def test_variables_name_the_config_file_and_every_setting_in_it(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "job.toml").write_text('output = "from-file.jsonl"\n')
    monkeypatch.setenv("DIGEST_CONFIG", "job.toml")
    monkeypatch.setenv("DIGEST_VERBOSE", "yes")
    assert main(["run", "night"]) == 0
    assert (place / "from-file.jsonl").is_file()
    assert "Seconds: read" in capsys.readouterr().err


def test_a_run_publishes_the_digests_and_the_rejects(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "night"]) == 0
    assert names(place) == {"night", "digests.jsonl", "digests.rejects.jsonl"}
    assert check_result("digests.jsonl") == []
    assert len(records(place / "digests.jsonl")) == 2
    (reject,) = records(place / "digests.rejects.jsonl")
    Draft202012Validator(load_schema("reject")).validate(reject)
    assert (Path(reject["file"]).name, reject["reason"]) == ("nothing.txt", "empty")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == (
        "3 articles in = 2 kept + 0 copies + 1 rejected; 2 stories\n"
        "Rejected: 1 empty\n"
        "Digests: digests.jsonl\n"
        "Rejects: digests.rejects.jsonl\n"
    )


@pytest.mark.parametrize("output", ["out/", "there"])
def test_a_folder_takes_all_outputs(place: Path, output: str, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "there").mkdir()
    assert main(["run", "night", "-o", output, "-v"]) == 0
    folder = place / output
    assert names(folder) == {"digests.jsonl", "rejects.jsonl", "run-report.json"}
    report = json.loads((folder / "run-report.json").read_text())
    Draft202012Validator(load_schema("run")).validate(report)
    assert report["counts"]["articles_in"] == 3
    assert report["outputs"]["digests"] == str(Path(output) / "digests.jsonl")
    assert report["started"] <= report["finished"]
    assert 10 < report["peak_memory_mb"] < 100_000
    assert len(report["seconds"]) == STAGES
    said = capsys.readouterr().err
    assert f"Run report: {Path(output) / 'run-report.json'}" in said
    assert "Seconds: read " in said


def test_each_output_goes_where_it_is_told_to(place: Path) -> None:
    paths = ["-o", "a/digests.jsonl.gz", "--rejects", "b/r.jsonl", "--run-report", "c/run.json"]
    assert main(["run", "night", "-q", *paths]) == 0
    assert len(gzip.decompress((place / "a" / "digests.jsonl.gz").read_bytes()).splitlines()) == 2
    assert len(records(place / "b" / "r.jsonl")) == 1
    assert json.loads((place / "c" / "run.json").read_text())["schema"] == "digest.run/1"
    assert check_result("a/digests.jsonl.gz") == []


def test_a_run_writes_its_page_as_report_does(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "night", "-o", "a.jsonl", "--report", "pages/night.html"]) == 0
    assert "Report: pages/night.html\n" in capsys.readouterr().err
    assert main(["report", "a.jsonl", "-o", "again.html"]) == 0
    page = (place / "pages" / "night.html").read_bytes()
    assert page == (place / "again.html").read_bytes()
    assert page.startswith(b"<!doctype html>")


def test_a_page_takes_the_place_of_no_other_output(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "night", "-o", "a.jsonl", "--report", "a.jsonl"]) == 2
    assert "--report a.jsonl would overwrite what -o writes" in capsys.readouterr().err
    assert not (place / "a.jsonl").exists()


def test_the_same_input_is_the_same_output_to_the_byte(place: Path) -> None:
    assert main(["run", "night", "-q", "-o", "one.jsonl"]) == 0
    assert main(["run", "night/nothing.txt", "night/bridge.txt", "night/bank.json", "-q", "-o", "two.jsonl"]) == 0
    assert (place / "one.jsonl").read_bytes() == (place / "two.jsonl").read_bytes()


def test_quiet_is_silent(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "night", "-q"]) == 0
    assert capsys.readouterr() == ("", "")


def test_a_dry_run_tells_everything_and_writes_nothing(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "night", "-o", "out/", "--dry-run"]) == 0
    assert names(place) == {"night"}
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "3 articles in = 2 kept + 0 copies + 1 rejected; 2 stories"
    assert said[2].startswith("  night/nothing.txt: ")
    assert said[-1] == "Nothing was written (--dry-run)."


def test_many_rejects_without_a_file_are_cut_short(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for n in range(12):
        (place / "night" / f"{n}.txt").touch()
    assert main(["run", "night", "--dry-run"]) == 0
    assert "  and 3 more; --rejects PATH lists them all" in capsys.readouterr().err


def test_stories_that_are_not_printed_are_counted(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "night", "--max-stories", "1"]) == 0
    assert "; 2 stories, 1 of them printed\n" in capsys.readouterr().err
    assert len(records(place / "digests.jsonl")) == 1


def test_strict_tells_of_rejects_by_its_status_and_publishes_all_the_same(place: Path) -> None:
    assert main(["run", "night", "-q", "--strict"]) == 3
    assert len(records(place / "digests.jsonl")) == 2
    (place / "night" / "nothing.txt").unlink()
    assert main(["run", "night", "-q", "--strict"]) == 0


def test_strict_lets_pass_what_the_user_asked_to_leave_out(place: Path) -> None:
    for name, day in (("early", "2020-01-01"), ("late", "2026-03-09")):
        (place / f"{name}.json").write_text(json.dumps({"text": BRIDGE + name, "published": day}))
    assert main(["run", "early.json", "late.json", "-q", "--strict", "--since", "2026-01-01"]) == 0
    assert [r["reason"] for r in records(place / "digests.rejects.jsonl")] == ["outside-dates"]


@pytest.mark.parametrize("arguments", [["empty"], ["night", "--min-articles", "9"], ["night/nothing.txt"]])
def test_an_empty_night_is_an_alarm_and_overwrites_nothing(
    place: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "empty").mkdir()
    (place / "digests.jsonl").write_text("yesterday\n")
    assert main(["run", *arguments]) == 4
    assert (place / "digests.jsonl").read_text() == "yesterday\n"
    assert names(place) == {"night", "empty", "digests.jsonl"}
    said = capsys.readouterr().err
    assert said.startswith("digest: error: ")
    assert said.count("\n") == 1


def test_settings_come_from_the_file_the_variables_and_the_options(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "night.toml").write_text("max-stories = 1\nmax-words = 20\n")
    monkeypatch.setenv("DIGEST_MAX_WORDS", "30")
    monkeypatch.setenv("DIGEST_INCLUDE_TEXT", "yes")
    options = ["--config", "night.toml", "--max-sentences", "2", "--no-include-text", "--prefer-source", "a.example"]
    assert main(["run", "night", "-q", *options, "--run-report", "run.json"]) == 0
    settings = json.loads((place / "run.json").read_text())["settings"]
    expected = {"max_stories": 1, "max_words": 30, "max_sentences": 2, "include_text": False}
    assert {key: settings[key] for key in expected} == expected
    assert settings["prefer_source"] == ["a.example"]


def test_an_output_that_cannot_be_written_is_status_1(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "night", "-q", "-o", "night/bank.json/digests.jsonl"]) == 1
    assert capsys.readouterr().err.startswith("digest: error: Cannot write night/bank.json/")
    assert names(place) == {"night"}


@pytest.mark.parametrize(
    ("option", "kept"),
    [("--output", "state.db"), ("--rejects", "./state.db-wal"), ("--metrics", "state.db.lock"), ("-o", "vectors.db")],
)
def test_no_output_overwrites_what_is_remembered(
    place: Path, option: str, kept: str, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--state", "state.db", "--vector-cache", "vectors.db"]
    assert main(["run", "night", "-q", *options, option, kept]) == 2
    assert "would overwrite the " in capsys.readouterr().err
    assert names(place) == {"night"}


def test_digests_can_go_to_standard_output(place: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["run", "night", "-o", "-", "-q"]) == 0
    captured = capsysbinary.readouterr()
    assert [json.loads(line)["schema"] for line in captured.out.splitlines()] == ["digest.story/1"] * 2
    assert captured.err == b""
    assert names(place) == {"night"}


def digest(*arguments: str, **options: Any) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "digest", *arguments]
    return subprocess.Popen(command, stderr=subprocess.PIPE, **options)


def test_digests_can_go_through_pipes(place: Path) -> None:
    line = json.dumps({"text": BRIDGE}).encode() + b"\nnonsense\n"
    with digest("run", "-", "-o", "-", stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        out, said = process.communicate(line)
    assert process.returncode == 0
    assert json.loads(out)["schema"] == "digest.story/1"
    assert b"1 rejected" in said
    assert b"  -, line 2: " in said
    assert names(place) == {"night"}


def test_a_reader_that_goes_away_is_no_fault(place: Path) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    with digest("run", "night", "-q", "-o", "-", stdout=theirs) as process:
        os.close(theirs)
        _, said = process.communicate()
    assert said == b""
    assert process.returncode == 141


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_that_is_stopped_leaves_nothing_behind(place: Path, number: signal.Signals, status: int) -> None:
    (place / "digests.jsonl").write_text("yesterday\n")
    # A shell's background job, as a suite may be, hands on that it ignores an interrupt.
    heeds = lambda: signal.signal(number, signal.SIG_DFL)  # noqa: E731
    with digest("run", "-", stdin=subprocess.PIPE, preexec_fn=heeds, env=unmeasured.environment()) as process:
        assert process.stdin
        process.stdin.write(json.dumps({"text": BRIDGE}).encode() + b"\n" * 200_000)
        process.stdin.flush()  # more than a pipe holds: the run is reading by now
        time.sleep(1)  # and waits for the rest
        process.send_signal(number)
        try:
            assert process.wait(timeout=60) == status
        finally:
            process.kill()
        assert process.stderr
        assert process.stderr.read().strip() == b""
    assert (place / "digests.jsonl").read_text() == "yesterday\n"
    assert names(place) == {"night", "digests.jsonl"}


def test_a_full_disk_is_status_1_and_leaves_yesterdays_output(place: Path) -> None:
    (place / "digests.jsonl").write_text("yesterday\n")
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))  # noqa: E731
    with digest("run", "night", "-q", preexec_fn=limit, env=unmeasured.environment()) as process:
        _, said = process.communicate()
    assert process.returncode == 1
    assert said.startswith(b"digest: error: Cannot write digests.jsonl: File too large.")
    assert (place / "digests.jsonl").read_text() == "yesterday\n"
    assert names(place) == {"night", "digests.jsonl"}


def test_progress_is_shown_on_a_terminal_only(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert f"{STAGES}/{STAGES}" in on_a_terminal("run", "night")
    assert main(["run", "night"]) == 0
    assert f"{STAGES}/{STAGES}" not in capsys.readouterr().err
