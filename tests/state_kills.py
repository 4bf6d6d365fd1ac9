"""Kills a night at random instants and looks at what the next run makes of it: `tests/state_kills.py --kills 200`.

Each kill is a SIGKILL of a real process, forked from this one so that a run does not wait for its imports.  After each
of them the state must be sound; the next run must tell the night exactly once, whole; and the night after it must be as
if nothing had happened.  The instants are drawn from a seed, over the time that a run takes.  What a run has come to by
then depends on the machine: where it had ended before, another instant is drawn, from a shorter time.
"""

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from state_builders import NIGHTS, Record, read, state, write_night

from digest.cli import main
from digest.state import check_state

ENDED = "had ended"
SHORTER = 0.9


def run(folder: Path, night: Sequence[Record], kill_after: float | None = None) -> int:
    """The status of a run in a process of its own, negative where a signal ended it.  kill_after: seconds."""
    source = write_night(folder, night)
    child = os.fork()
    if not child:
        os._exit(main(["run", str(source), "-q", "-o", str(folder / "out.jsonl"), "--state", str(state(folder))]))
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def told(path: Path) -> list[tuple[str, str]]:
    """What a reader of a result learns: (story, sentence)."""
    return sorted((s["story_id"], x["text"]) for s in read(path) for x in s["sentences"] if x["is_new"])


def survive(start: Path, results: Sequence[Path], folder: Path, delay: float) -> str:
    """Kills the second night, checks all that must hold, and says when the kill came."""
    shutil.copytree(start, folder)
    output, (first, second, third) = folder / "out.jsonl", (path.read_bytes() for path in results)
    status = run(folder, NIGHTS[1], kill_after=delay)
    if status == 0:
        return ENDED
    assert status == -signal.SIGKILL, status
    published = output.read_bytes() == second
    assert published or output.read_bytes() == first, "a file that is neither last night's nor tonight's"
    assert not state(folder).exists() or check_state(state(folder)) == []
    waits = any(folder.glob(".out.jsonl.*.tmp"))
    assert run(folder, NIGHTS[1]) == 0
    if published:
        assert told(output) == [], "the night was told twice"
        assert {story["status"] for story in read(output)} == {"unchanged"}
    else:
        assert output.read_bytes() == second, "the night was not told as it was"
    assert run(folder, NIGHTS[2]) == 0
    assert output.read_bytes() == third, "the night after is another one"
    assert check_state(state(folder)) == []
    assert not list(folder.glob(".*.tmp"))
    return "was published" if published else "was staged" if waits else "was at work"


def kill_many(kills: int, seed: int, start: float) -> Counter[str]:
    """How often the kills found the run in which condition.  start: the share of a run before which none is killed."""
    os.environ["TOKENIZERS_PARALLELISM"] = "false"  # threads would not outlive a fork
    chance = random.Random(seed)
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as scratch:
        calm, warm = Path(scratch) / "calm", Path(scratch) / "warm"
        calm.mkdir()
        warm.mkdir()
        assert main(["run", str(write_night(warm, NIGHTS[0])), "-q", "-o", str(warm / "out.jsonl")]) == 0
        seconds = 0.0
        results: list[Path] = []
        for n, night in enumerate(NIGHTS):
            if n == 1:
                shutil.copytree(calm, Path(scratch) / "start")
            before = time.perf_counter()
            assert run(calm, night) == 0
            seconds = time.perf_counter() - before if n == 1 else seconds
            results.append(Path(shutil.copy(calm / "out.jsonl", Path(scratch) / f"{n}.jsonl")))
        while found.total() < kills:
            folder = Path(scratch) / "killed"
            condition = survive(Path(scratch) / "start", results, folder, chance.uniform(start * seconds, seconds))
            if condition == ENDED:
                seconds *= SHORTER
            else:
                found[condition] += 1
                seconds /= SHORTER**0.1  # so one run in about ten ends: the last of its instants are drawn too
            shutil.rmtree(folder)
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--start", type=float, default=0.0, help="the share of a run before which none is killed")
    args = parser.parse_args()
    for condition, times in sorted(kill_many(args.kills, args.seed, args.start).items()):
        sys.stdout.write(f"the run {condition}: {times}\n")
    sys.stdout.write(f"{args.kills} kills: each night was told exactly once, and the state was sound after each\n")
