"""However a job with workers ends, none of them is left behind."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import unmeasured
from engine_runs import TEXT

ENOUGH = 2_500  # articles: seconds of work in many shards


@pytest.fixture
def job(tmp_path: Path) -> subprocess.Popen[bytes]:
    """A job that has started its workers."""
    articles = ({"id": str(n), "title": f"Edition {n}", "text": f"Edition {n}. {TEXT} " * 6} for n in range(ENOUGH))
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(a) + "\n" for a in articles), "utf-8")
    command = [sys.executable, "-m", "digest", "run", str(tmp_path / "in.jsonl"), "--workers", "2", "-q"]
    # A shell lets what it starts in the background ignore Ctrl-C, and the tests' own children would, too.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    command += ["-o", str(tmp_path / "out.jsonl")]
    made = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True, env=unmeasured.environment())
    signal.signal(signal.SIGINT, before)
    wait_for(lambda: len(children(made.pid)) == 2)
    return made


def children(parent: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == parent and fields[0] != "Z":
            found.append(int(path.parent.name))
    return found


def wait_for(true: "object") -> None:
    """Waits until a function says so; fails after a minute."""
    assert callable(true)
    for _ in range(1200):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("it never came")


def lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="it looks into /proc")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)])
def test_the_workers_end_with_the_job(
    job: "subprocess.Popen[bytes]", number: signal.Signals, status: int, tmp_path: Path
) -> None:
    workers = children(job.pid)
    if number == signal.SIGINT:
        os.killpg(job.pid, number)  # as a terminal does: the workers get it, too
    else:
        job.send_signal(number)
    _, said = job.communicate(timeout=60)
    assert (job.returncode, said.strip()) == (status, b"")
    wait_for(lambda: not any(map(lives, workers)))
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="it looks into /proc")
def test_a_killed_worker_costs_the_job_nothing(job: "subprocess.Popen[bytes]", tmp_path: Path) -> None:
    os.kill(children(job.pid)[0], signal.SIGKILL)
    _, said = job.communicate(timeout=120)
    assert (job.returncode, said) == (0, b"")
    assert (tmp_path / "out.jsonl").exists()
