"""What an operator's tools read of a run: events, run ids, metrics, and what a dry run tells."""

import json
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
from model_builders import small_model
from prometheus_client.parser import text_string_to_metric_families
from state_builders import NIGHTS, contents, write_night

from digest.cli import main
from digest.cli.events import Events
from digest.cli.measuring import measured
from digest.cli.notices import warnings_listed
from digest.cli.run_ids import derive_run_id
from digest.config import Config
from digest.outputs import load_schema, metrics_text

STAGES = ["read", "split", "copies", "stories", "digests"]
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the first of three nights in night.jsonl."""
    monkeypatch.chdir(tmp_path)
    write_night(tmp_path, NIGHTS[0])
    return tmp_path


def events(said: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said.splitlines()]


def gauges(text: str) -> dict[tuple[str, str], float]:
    """The samples of a textfile by name and (first) label, as a reader of the format takes them."""
    found = {}
    for family in text_string_to_metric_families(text):
        assert family.type == "gauge"
        assert family.documentation
        for sample in family.samples:
            found[sample.name, next(iter(sample.labels.values()), "")] = sample.value
    return found


def test_a_run_is_told_as_one_event_a_line(place: Path, capsys: Capture) -> None:
    assert main(["run", "night.jsonl", "-o", "out/", "--log-format", "json"]) == 0
    told = events(capsys.readouterr().err)
    assert [e["event"] for e in told] == ["run_started", *["stage_started", "stage_finished"] * 5, "run_finished"]
    assert all(list(e)[:4] == ["time", "level", "event", "run_id"] for e in told)
    assert {e["run_id"] for e in told} == {json.loads((place / "out" / "run-report.json").read_text())["run_id"]}
    finished = {e["stage"]: e for e in told if e["event"] == "stage_finished"}
    assert list(finished) == STAGES
    assert (finished["read"]["articles_in"], finished["read"]["rejected"]) == (4, 0)
    assert (finished["copies"]["kept"], finished["copies"]["copies"]) == (3, 1)
    assert (finished["stories"]["stories"], finished["digests"]["digests"]) == (2, 2)
    assert finished["split"]["sentences"] == told[-1]["counts"]["sentences"]
    assert told[-1]["counts"]["articles_in"] == 4
    assert told[-1]["outputs"]["digests"] == "out/digests.jsonl"
    assert (told[-1]["exit_status"], told[-1]["dry_run"]) == (0, False)


def test_the_run_report_with_a_run_id_keeps_its_schema(place: Path) -> None:
    assert main(["run", "night.jsonl", "-q", "-o", "out/", "--run-id", "tuesday"]) == 0
    report = json.loads((place / "out" / "run-report.json").read_text())
    Draft202012Validator(load_schema("run")).validate(report)
    assert report["run_id"] == "tuesday"


def test_events_may_be_asked_for_by_a_variable_and_quiet_leaves_the_bad_ones(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setenv("DIGEST_LOG_FORMAT", "json")
    assert main(["run", "night.jsonl", "-q"]) == 0
    assert main(["run", "night.jsonl", "-q", "--min-articles", "9", "--run-id", "x"]) == 4
    (failed,) = events(capsys.readouterr().err)
    assert (failed["event"], failed["level"], failed["run_id"]) == ("run_failed", "error", "x")
    assert failed["exit_status"] == 4
    assert failed["message"].startswith("Only 4 articles were found")


def test_a_wrong_config_is_an_event_where_events_were_asked_for(place: Path, capsys: Capture) -> None:
    (place / "c.toml").write_text("max-wrds = 3\n")
    assert main(["run", "night.jsonl", "--config", "c.toml", "--log-format", "json"]) == 2
    (failed,) = events(capsys.readouterr().err)
    assert (failed["exit_status"], failed["run_id"]) == (2, None)
    assert "Did you mean 'max_words'" in failed["message"]
    assert main(["run", "night.jsonl", "--log-format", "xml"]) == 2
    assert "log_format is 'xml'" in capsys.readouterr().err


@pytest.mark.parametrize("verbose", [False, True])
def test_a_fault_is_one_event_too(place: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, verbose: bool) -> None:
    def fail(*_arguments: Any, **_given: Any) -> None:
        raise ZeroDivisionError("no such luck")

    monkeypatch.setattr("digest.pipeline.run_sources", fail)
    flags = ["-v"] if verbose else []
    assert main(["run", "night.jsonl", "--log-format", "json", "--metrics", "m.prom", *flags]) == 1
    _, failed = events(capsys.readouterr().err)
    assert failed["message"].startswith("ZeroDivisionError: no such luck. This is a fault of digest itself.")
    assert ("Traceback" in failed.get("traceback", "")) == verbose
    assert gauges((place / "m.prom").read_text())["digest_last_run_exit_status", ""] == 1


def test_with_a_state_the_bar_has_one_stage_more(place: Path) -> None:
    assert "6/6" in on_a_terminal("run", "night.jsonl", "--state", "s.db")
    told = on_a_terminal("run", "night.jsonl", "--log-format", "json")
    assert events(told)[-1]["event"] == "run_finished"


def test_an_empty_night_leaves_the_state_as_it_was(place: Path) -> None:
    (place / "empty").mkdir()
    assert main(["run", "night.jsonl", "-q", "--state", "s.db"]) == 0
    before = contents(place / "s.db")
    assert main(["run", "empty", "-q", "--state", "s.db"]) == 4
    assert main(["run", "night.jsonl", "-q", "--state", "s.db", "--min-articles", "5"]) == 4
    assert contents(place / "s.db") == before


def test_with_a_transformer_too_events_are_all_that_is_written(place: Path, capfd: Capture) -> None:
    model = small_model(place / "model")
    capfd.readouterr()  # what making it said
    assert main(["run", "night.jsonl", "--log-format", "json", "--model", str(model), "--device", "cpu"]) == 0
    captured = capfd.readouterr()
    assert captured.out == ""
    assert [e["event"] for e in events(captured.err) if e["level"] == "warning"] == ["warning"] * 2


def test_a_warning_is_an_event(capsys: Capture) -> None:
    import logging

    events_ = Events()
    with warnings_listed(events_) as listed:
        logging.getLogger("digest.some.room").warning("The %s is damaged.", "cache")
    (event,) = events(capsys.readouterr().err)
    assert (event["level"], event["event"], event["message"]) == ("warning", "warning", listed[0])


def test_a_run_that_is_stopped_says_so_in_its_log_and_its_metrics(place: Path) -> None:
    command = [sys.executable, "-m", "digest", "run", "-", "--log-format", "json", "--metrics", "m.prom"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=unmeasured.environment()
    ) as process:
        assert process.stdin
        assert process.stderr
        assert b"run_started" in process.stderr.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 143
        stopped = json.loads(process.stderr.read().splitlines()[-1])
    assert (stopped["event"], stopped["exit_status"]) == ("run_stopped", 143)
    assert gauges((place / "m.prom").read_text())["digest_last_run_exit_status", ""] == 143


def test_the_run_id_is_made_of_contents_and_settings(place: Path) -> None:
    (place / "a").mkdir()
    (place / "b").mkdir()
    for folder, names in (("a", ("1.txt", "2.txt")), ("b", ("y.txt", "x.txt"))):
        for name, text in zip(names, ("one", "two"), strict=True):
            (place / folder / name).write_text(text)
    (place / "b" / "nowhere").symlink_to("not-there")
    first = derive_run_id(["a"], Config())
    assert first == derive_run_id(["b"], Config()) == derive_run_id(["b/x.txt", "b/y.txt"], Config())
    assert first != derive_run_id(["a"], Config(max_words=20))
    (place / "a" / "2.txt").write_text("three")
    assert first != derive_run_id(["a"], Config())
    assert derive_run_id(["-"], Config()) == derive_run_id(["-", "nothing.txt"], Config())


def test_metrics_say_where_every_article_went(place: Path) -> None:
    (place / "empty.txt").touch()
    before = time.time()
    assert main(["run", "night.jsonl", "empty.txt", "-q", "--metrics", "m/digest.prom", "--state", "s.db"]) == 0
    found = gauges((place / "m" / "digest.prom").read_text())
    assert [path.name for path in (place / "m").iterdir()] == ["digest.prom"]
    assert found["digest_articles_in", ""] == 5
    assert {k[1]: v for k, v in found.items() if k[0] == "digest_articles"} == {"kept": 3, "copy": 1, "rejected": 1}
    assert found["digest_rejects", "empty"] == 1
    assert (found["digest_stories", ""], found["digest_stories_printed", ""]) == (2, 2)
    assert found["digest_stories_printed_by_status", "new"] == 2
    assert (found["digest_articles_by_novelty", "new"], found["digest_state_living", "articles"]) == (4, 4)
    assert {k[1] for k in found if k[0] == "digest_stage_seconds"} == {*STAGES, "state"}
    assert found["digest_last_run_exit_status", ""] == 0
    assert (
        before - 1
        < found["digest_last_success_timestamp_seconds", ""]
        == found["digest_last_run_timestamp_seconds", ""]
    )
    assert found["digest_last_run_peak_memory_bytes", ""] > 1e7


def test_metrics_of_a_failed_run_remember_the_last_success(place: Path) -> None:
    run = ["run", "night.jsonl", "-q", "--metrics", "m.prom"]
    assert main([*run, "--min-articles", "9"]) == 4
    assert ("digest_last_success_timestamp_seconds", "") not in gauges((place / "m.prom").read_text())
    (place / "m.prom").write_text("digest_last_success_timestamp_seconds 1700000000.5\nrest \xff")
    assert main([*run, "--min-articles", "9"]) == 4
    found = gauges((place / "m.prom").read_text())
    assert found["digest_last_success_timestamp_seconds", ""] == 1700000000.5
    assert found["digest_last_run_exit_status", ""] == 4
    assert ("digest_articles_in", "") not in found


def test_metrics_of_strict_say_3_and_that_it_published(place: Path) -> None:
    (place / "empty.txt").touch()
    assert main(["run", "night.jsonl", "empty.txt", "-q", "--strict", "--metrics", "m.prom"]) == 3
    found = gauges((place / "m.prom").read_text())
    assert found["digest_last_run_exit_status", ""] == 3
    assert ("digest_last_success_timestamp_seconds", "") in found


def test_metrics_that_cannot_be_written_cost_a_warning_and_not_the_night(place: Path, capsys: Capture) -> None:
    assert main(["run", "night.jsonl", "-q", "--metrics", "night.jsonl/m.prom"]) == 0
    assert (place / "digests.jsonl").exists()
    assert capsys.readouterr().err.startswith("digest: warning: The metrics are not written. Cannot write night.jsonl/")


@pytest.mark.parametrize("option", [["--metrics", "night.jsonl"], ["--metrics", "digests.jsonl"], ["--metrics", ""]])
def test_metrics_never_overwrite_another_file_of_the_run(place: Path, option: list[str]) -> None:
    before = (place / "night.jsonl").read_bytes()
    assert main(["run", "night.jsonl", "-q", "-o", "digests.jsonl", *option]) == 2
    assert (place / "night.jsonl").read_bytes() == before


def test_any_label_keeps_the_format_whole() -> None:
    strange = 'a "model"\nof \\ many {lines}'
    text = metrics_text(
        None, exit_status=1, finished=2.0, last_success=1.0, seconds=0.1, peak_memory_mb=1.0, model=strange
    )
    (info,) = [f for f in text_string_to_metric_families(text) if f.name == "digest_run_info"]
    assert info.samples[0].labels["model"] == strange
    damaged = "digest_last_success_timestamp_seconds soon\n"
    from digest.outputs import last_success

    assert (last_success(text), last_success(damaged), last_success("")) == (1.0, None, None)


@pytest.mark.parametrize(
    ("error", "status"), [(KeyboardInterrupt(), 130), (BrokenPipeError(), 141), (SystemExit("?"), 1), (OSError(), 1)]
)
def test_metrics_know_how_a_run_ended(tmp_path: Path, error: BaseException, status: int) -> None:
    with pytest.raises(type(error)), measured(tmp_path / "m.prom", "embedded"):
        raise error
    assert gauges((tmp_path / "m.prom").read_text())["digest_last_run_exit_status", ""] == status


def test_a_dry_run_tells_what_it_would_write_and_writes_nothing(place: Path, capsys: Capture) -> None:
    places = ["-o", "out/", "--metrics", "m.prom", "--state", "s.db"]
    assert main(["run", "night.jsonl", "--dry-run", *places]) == 0
    assert capsys.readouterr().err.splitlines()[-2:] == [
        "Would write: out/digests.jsonl (2 stories), out/rejects.jsonl (0 rejects), out/run-report.json, m.prom",
        "Nothing was written (--dry-run).",
    ]
    assert main(["run", "night.jsonl", "--dry-run", "-o", "-", "--log-format", "json"]) == 0
    captured = capsys.readouterr()
    finished = events(captured.err)[-1]
    assert (finished["dry_run"], finished["outputs"]["digests"], captured.out) == (True, "-", "")
    assert [path.name for path in place.iterdir()] == ["night.jsonl"]
