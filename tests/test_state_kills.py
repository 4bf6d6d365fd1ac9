"""A run that is killed at any instant is finished or repeated by the next one."""

import subprocess
import sys
from pathlib import Path

import pytest

KILLS = Path(__file__).parent / "state_kills.py"


@pytest.mark.parametrize("kills", [10, pytest.param(200, marks=pytest.mark.slow)])
def test_a_night_that_was_killed_at_random_instants_is_told_exactly_once(kills: int) -> None:
    done = subprocess.run(
        [sys.executable, str(KILLS), "--kills", str(kills)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert f"{kills} kills: each night was told exactly once" in done.stdout
