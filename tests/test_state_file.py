"""The state's file: what it says of itself, who may use it, and what happens when it cannot be used."""

import ctypes
import fcntl
import json
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from state_builders import BANK, NIGHTS, PRIZE, by_article, contents, process, read, run, state, write_night

from digest.cli import main
from digest.outputs import check_result
from digest.state import check_state, open_state
from digest.state.database import APPLICATION, FORMAT
from digest.state.lock import lock_path


def failing(folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The message of a run that fails with status 1 and publishes nothing."""
    night = write_night(folder, NIGHTS[0])
    before = {p.name: p.read_bytes() for p in folder.glob("out*")}
    assert main(["run", str(night), "-o", str(folder / "out.jsonl"), "--state", str(state(folder))]) == 1
    assert {p.name: p.read_bytes() for p in folder.glob("out*")} == before
    return capsys.readouterr().err


def test_the_file_names_its_program_and_its_format(tmp_path: Path) -> None:
    run(tmp_path, NIGHTS[0])
    header = state(tmp_path).read_bytes()[:72]
    assert header.startswith(b"SQLite format 3")
    assert int.from_bytes(header[68:72]) == APPLICATION
    assert int.from_bytes(header[60:64]) == FORMAT


def test_a_newer_format_is_refused_before_anything_is_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(tmp_path, NIGHTS[0])
    with sqlite3.connect(state(tmp_path)) as database:
        database.execute(f"PRAGMA user_version = {FORMAT + 1}")
    database.close()
    before = state(tmp_path).read_bytes()
    assert f"has format {FORMAT + 1}, made by a newer digest" in failing(tmp_path, capsys)
    assert state(tmp_path).read_bytes() == before


def test_another_programs_database_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with sqlite3.connect(state(tmp_path)) as database:
        database.execute("CREATE TABLE theirs (x)")
    database.close()
    before = state(tmp_path).read_bytes()
    assert "a database of another program" in failing(tmp_path, capsys)
    assert state(tmp_path).read_bytes() == before


def test_what_is_no_database_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    state(tmp_path).write_text("articles, not a state\n" * 100)
    assert "is no state" in failing(tmp_path, capsys)
    assert state(tmp_path).read_text().startswith("articles")
    assert not lock_path(state(tmp_path)).exists()


def test_a_damaged_state_stops_the_run_and_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(tmp_path, NIGHTS[0])
    raw = bytearray(state(tmp_path).read_bytes())
    raw[4096 : len(raw) : 512] = b"\xff" * len(raw[4096 : len(raw) : 512])
    state(tmp_path).write_bytes(raw)
    message = failing(tmp_path, capsys)
    assert "damaged" in message
    assert "backup" in message
    assert main(["state", "info", str(state(tmp_path))]) == 1


def test_a_record_that_was_spoiled_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(tmp_path, NIGHTS[0])
    with sqlite3.connect(state(tmp_path)) as database:
        database.execute("UPDATE articles SET body = x'00', kept = 'nobody' WHERE article = 'bank'")
        database.execute("UPDATE stories SET record = x'00'")
    database.close()
    faults = check_state(state(tmp_path))
    assert any("the article bank cannot be read" in fault for fault in faults)
    assert any("kept copy" in fault for fault in faults)
    assert main(["state", "vacuum", str(state(tmp_path))]) == 1
    assert "damaged" in failing(tmp_path, capsys)


def test_a_state_in_a_folder_that_cannot_be_made_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    night = write_night(tmp_path, NIGHTS[0])
    arguments = ["run", str(night), "-o", str(tmp_path / "out.jsonl"), "--state", str(tmp_path / "file" / "state.db")]
    assert main(arguments) == 1
    assert "Choose another place with --state" in capsys.readouterr().err
    assert not (tmp_path / "out.jsonl").exists()


def test_what_is_no_plain_file_is_no_state(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    state(tmp_path).mkdir()
    assert "state.db is a folder. Name a file" in failing(tmp_path, capsys)
    state(tmp_path).rmdir()
    os.mkfifo(state(tmp_path))
    assert "state.db is no plain file. Name a file" in failing(tmp_path, capsys)
    assert main(["state", "info", str(state(tmp_path))]) == 1
    assert not lock_path(state(tmp_path)).exists()


def mortal() -> None:
    """Takes from this process, should it be the superuser's, the right to pass over permissions."""
    for capability in (1, 2):  # to override them, to read and search
        ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)


@pytest.mark.parametrize(
    ("mode", "message"), [(0o444, "cannot be read and written: permission denied"), (0o000, "permission denied")]
)
def test_a_state_that_may_not_be_written_is_told_before_the_night_is_digested(
    mode: int, message: str, tmp_path: Path
) -> None:
    run(tmp_path, NIGHTS[0])
    output = (tmp_path / "out.jsonl").read_bytes()
    state(tmp_path).chmod(mode)
    done = process(tmp_path, write_night(tmp_path, NIGHTS[1]), "out.jsonl", prepare=mortal)
    assert (done.returncode, message in done.stderr, done.stderr.count("\n")) == (1, True, 1), done.stderr
    assert (tmp_path / "out.jsonl").read_bytes() == output
    assert not list(tmp_path.glob("state.db-*"))


@pytest.mark.parametrize(("of_file", "of_folder"), [(0o444, 0o755), (0o644, 0o555)])
def test_a_state_that_may_not_be_written_can_be_read_and_nothing_is_left_beside_it(
    of_file: int, of_folder: int, tmp_path: Path
) -> None:
    run(tmp_path, NIGHTS[0])
    before = {path.name for path in tmp_path.iterdir()}
    state(tmp_path).chmod(of_file)
    tmp_path.chmod(of_folder)
    command = [sys.executable, "-m", "digest", "state", "info", str(state(tmp_path))]
    done = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=mortal)
    tmp_path.chmod(0o755)
    assert (done.returncode, done.stderr) == (0, "")
    assert {path.name for path in tmp_path.iterdir()} == before


def test_a_link_to_a_state_is_that_state(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    night = write_night(tmp_path, NIGHTS[0])
    link = tmp_path / "link.db"
    link.symlink_to(state(tmp_path))
    with open_state(state(tmp_path)):
        assert main(["run", str(night), "-o", str(tmp_path / "out.jsonl"), "--state", str(link)]) == 75
    assert f"process {os.getpid()}, since 20" in capsys.readouterr().err


def test_a_second_run_leaves_at_once_and_says_who_is_at_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    night = write_night(tmp_path, NIGHTS[0])
    with open_state(state(tmp_path)):
        assert main(["run", str(night), "-o", str(tmp_path / "out.jsonl"), "--state", str(state(tmp_path))]) == 75
    message = capsys.readouterr().err
    assert f"process {os.getpid()}, since 20" in message
    assert not (tmp_path / "out.jsonl").exists()


def test_a_lock_whose_owner_died_does_not_block(tmp_path: Path) -> None:
    night = write_night(tmp_path, NIGHTS[0])
    killed = process(tmp_path, night, "out.jsonl", DIGEST_KILL_AT="locked")
    assert killed.returncode == -signal.SIGKILL
    assert lock_path(state(tmp_path)).read_text()
    assert len(run(tmp_path, NIGHTS[0])) == 2


def test_workers_that_outlive_a_killed_run_for_a_moment_do_not_block(tmp_path: Path) -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    with lock_path(state(tmp_path)).open("w") as held:
        held.write(f"{gone.pid} 2026-03-09T03:15:00Z\n")
        held.flush()
        fcntl.flock(held, fcntl.LOCK_EX)
        worker = subprocess.Popen(["sleep", "0.3"], pass_fds=[held.fileno()])
    assert len(run(tmp_path, NIGHTS[0])) == 2
    worker.wait()


def test_a_lock_that_says_nothing_yet_blocks_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with lock_path(state(tmp_path)).open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        night = write_night(tmp_path, NIGHTS[0])
        assert main(["run", str(night), "-o", str(tmp_path / "out.jsonl"), "--state", str(state(tmp_path))]) == 75
    assert "another process" in capsys.readouterr().err


def test_while_a_run_is_at_work_the_state_can_be_read(tmp_path: Path) -> None:
    run(tmp_path, NIGHTS[0])
    with open_state(state(tmp_path)):
        assert main(["state", "info", str(state(tmp_path))]) == 0
        assert main(["state", "vacuum", str(state(tmp_path))]) == 75


@pytest.mark.parametrize(("limit", "weight"), [(30_000, 0), (60_000, 0), (120_000, 0), (2_000_000, 50_000)])
def test_a_disk_that_fills_leaves_the_state_and_yesterdays_output(tmp_path: Path, limit: int, weight: int) -> None:
    """The kernel refuses to let any file grow past a limit, as a full disk would.

    weight: bytes of metadata an article; many do not wait for the commit to be written.
    """
    chance = random.Random(0)
    run(tmp_path, NIGHTS[0])
    output, before = (tmp_path / "out.jsonl").read_bytes(), contents(state(tmp_path))
    many = [
        {
            **BANK,
            "id": f"n{n}",
            "title": f"Report {n}",
            "text": f"{BANK['text']} Number {n}." * 9,
            "desk": chance.randbytes(weight).hex(),
        }
        for n in range(60)
    ]
    night = write_night(tmp_path, many)
    done = subprocess.run(
        [sys.executable, "-m", "digest", "run", str(night), "-o", str(tmp_path / "out.jsonl"),
         "--state", str(state(tmp_path))],
        capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "Make room" in done.stderr
    assert (tmp_path / "out.jsonl").read_bytes() == output
    assert contents(state(tmp_path)) == before
    assert check_state(state(tmp_path)) == []
    assert {record["id"] for record in many} <= set(by_article(run(tmp_path, many)))


def test_an_output_that_cannot_be_written_leaves_the_state(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(tmp_path, NIGHTS[0])
    before = contents(state(tmp_path))
    night = write_night(tmp_path, NIGHTS[1])
    (tmp_path / "folder.jsonl").mkdir()
    arguments = ["run", str(night), "-o", str(tmp_path / "night.jsonl" / "out.jsonl"), "--state", str(state(tmp_path))]
    assert main(arguments) == 1
    assert "Cannot write" in capsys.readouterr().err
    assert contents(state(tmp_path)) == before


def test_a_night_without_articles_leaves_the_state(tmp_path: Path) -> None:
    run(tmp_path, NIGHTS[0])
    before = contents(state(tmp_path))
    (tmp_path / "empty").mkdir()
    assert main(["run", str(tmp_path / "empty"), "-o", str(tmp_path / "x"), "--state", str(state(tmp_path))]) == 4
    assert contents(state(tmp_path)) == before


def test_digests_on_standard_output_are_told_when_they_were_written(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    night = write_night(tmp_path, NIGHTS[0])
    for status in ("new", "unchanged"):
        assert main(["run", str(night), "-o", "-", "--state", str(state(tmp_path)), "-q"]) == 0
        assert {json.loads(line)["status"] for line in capfd.readouterr().out.splitlines()} == {status}


def test_the_state_can_be_listed_exported_and_shrunk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(tmp_path, NIGHTS[0])
    path = str(state(tmp_path))
    assert main(["state", "stories", path]) == 0
    listed = capsys.readouterr().out
    assert "Central bank holds its rate" in listed
    assert main(["state", "info", path, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["articles"], found["stories"], found["faults"]) == (4, 2, [])
    assert main(["state", "vacuum", path]) == 0
    assert "is sound" in capsys.readouterr().out


def test_an_export_is_a_result(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(tmp_path, [PRIZE, *NIGHTS[0]], "--all")
    assert main(["state", "export", str(state(tmp_path))]) == 0
    (tmp_path / "exported.jsonl").write_text(capfd.readouterr().out)
    assert check_result(tmp_path / "exported.jsonl") == []
    exported = read(tmp_path / "exported.jsonl")
    assert {s["story_id"] for s in exported} == {s["story_id"] for s in read(tmp_path / "out.jsonl")}


def test_a_state_that_is_not_there_is_a_usage_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["state", "info", str(tmp_path / "nothing.db")]) == 2
    assert "There is no file" in capsys.readouterr().err
    assert not (tmp_path / "nothing.db").exists()
