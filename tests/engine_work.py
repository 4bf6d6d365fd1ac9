"""Work for engines to do in tests: functions that any process can import."""

import os
import signal
import time
from pathlib import Path
from typing import Any

from digest.errors import ModelError


def add(shared: int, shard: int) -> int:
    return shared + shard


def process_of(_: None, shard: int) -> tuple[int, int]:
    return shard, os.getpid()


def repeat(shared: str, shard: int) -> str:
    return shared * shard


def fail_at(shared: int, shard: int) -> int:
    if shard == shared:
        raise ValueError(f"not {shard}")
    return shard


def refuse_at(shared: int, shard: int) -> int:
    """Meets what is no accident, and notes how often."""
    if shard == shared:
        raise ModelError("no such model")
    return shard


def fail_once(notes: str, shard: int) -> int:
    """Raises the first time that it sees 3."""
    if shard == 3 and _is_first(Path(notes)):
        raise ValueError("not yet")
    return shard


def die_once(notes: str, shard: int) -> int:
    """Dies, as for lack of memory, the first time that it sees 3."""
    if shard == 3 and _is_first(Path(notes)):
        os.kill(os.getpid(), signal.SIGKILL)
    return shard


def die_at(shared: int, shard: int) -> int:
    if shard == shared:
        os.kill(os.getpid(), signal.SIGKILL)
    return shard


def raise_strange(_: None, shard: int) -> int:
    """Raises what cannot be sent."""

    class LocalError(Exception):
        pass

    raise LocalError(f"strange {shard}")


def rest(shared: float, shard: int) -> int:
    time.sleep(shared)
    return shard


class Unreadable(str):
    """A text that no worker can read."""

    __slots__ = ()

    def __getitem__(self, key: Any) -> str:
        raise ValueError("no text")


class Deadly(str):
    """A text that kills the process which reads it, unless that is the tests' own: the first time, or each time.

    notes: the file in which it notes the first time; "" for each time.
    """

    home: int
    notes: str

    def __getitem__(self, key: Any) -> str:
        if os.getpid() != self.home and (not self.notes or _is_first(Path(self.notes))):
            os.kill(os.getpid(), signal.SIGKILL)
        return super().__getitem__(key)


def deadly(text: str, notes: str = "") -> Deadly:
    made = Deadly(text)
    made.home, made.notes = os.getpid(), notes
    return made


class UnreadableBytes(bytes):
    """The content of a file that breaks its reader."""

    def decode(self, encoding: str = "utf-8", errors: str = "strict") -> str:
        raise ValueError("no text")


class DeadlyBytes(bytes):
    """The content of a file that kills the process which reads it, unless that is the tests' own."""

    home: int

    def decode(self, encoding: str = "utf-8", errors: str = "strict") -> str:
        if os.getpid() != self.home:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().decode(encoding, errors)


def deadly_bytes(content: bytes) -> DeadlyBytes:
    made = DeadlyBytes(content)
    made.home = os.getpid()
    return made


def _is_first(notes: Path) -> bool:
    try:
        notes.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True
