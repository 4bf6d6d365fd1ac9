"""A stop that falls where Python drops what is raised: in a destructor, as in the callback at the end of an import."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
import unmeasured

# Once the state is locked, digest ends an object whose destructor sends the process a signal.
CODE = """
import os, signal, sys
import digest.state.lock
from digest.cli.exits import main

number = int(sys.argv.pop(1))
signal.signal(signal.SIGINT, signal.default_int_handler)

class Last:
    def __del__(self):
        os.kill(os.getpid(), number)
        for _ in range(1000):  # Python answers a signal between two steps
            pass

digest.state.lock.reached = lambda name: Last() and None
sys.exit(main())
"""


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stop_that_falls_into_a_destructor_is_not_lost(tmp_path: Path, number: signal.Signals, status: int) -> None:
    command = [sys.executable, "-c", CODE, str(int(number)), "run", "-", "--state", "s.db"]
    pipe, plain = subprocess.PIPE, unmeasured.environment()
    with subprocess.Popen(command, cwd=tmp_path, stdin=pipe, stderr=pipe, env=plain) as process:
        try:  # it waits for its input, so that only the signal can end it
            assert process.wait(timeout=60) == status
        finally:
            process.kill()
        assert process.stderr
        assert process.stderr.read().strip() == b""
    assert not (tmp_path / "digests.jsonl").exists()


def test_other_errors_in_a_destructor_are_told_as_before(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The ferry to Harn sank at noon, its owner said on Tuesday.\n")
    code = CODE.replace("os.kill(os.getpid(), number)", "raise ValueError('lost')")
    command = [sys.executable, "-c", code, "2", "run", "a.txt", "-q", "--state", "s.db"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "ValueError: lost" in done.stderr
