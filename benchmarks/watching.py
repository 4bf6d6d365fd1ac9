"""A command as a whole process: its seconds, and the most memory that it and its children held together."""

import os
import resource
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.25  # seconds between two looks at the memory


@dataclass(frozen=True, slots=True)
class Watched:
    """wall, cpu: seconds, children included; peak: MB, memory that processes share counted once."""

    wall: float
    cpu: float
    peak: float


def watch(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Watched:
    """Runs a command to its end.  Raises CalledProcessError when it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start, peak = time.perf_counter(), 0.0
    with subprocess.Popen(command, env={**os.environ, **(environment or {})}, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            peak = max(peak, sum(map(_megabytes, _tree(process.pid))))
            try:
                process.wait(_EVERY)
            except subprocess.TimeoutExpired:
                continue
    wall = time.perf_counter() - start
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Watched(wall, cpu, peak or after.ru_maxrss / 1024)


def _tree(root: int) -> list[int]:
    """A process and all below it.  Linux; elsewhere none, and then the largest process alone is known."""
    found = [root]
    for process in found:
        try:
            children = Path(f"/proc/{process}/task/{process}/children").read_text()
        except OSError:
            continue
        found += map(int, children.split())
    return found


def _megabytes(process: int) -> float:
    """What a process holds, with its share of what it holds together with others (PSS)."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
