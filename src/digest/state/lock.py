"""One run at a time on a state: an advisory lock that the system takes back from a process that died."""

import fcntl
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from digest.checkpoints import reached
from digest.errors import LockedError, StateError
from digest.state.database import check_file

TRIES, PAUSE = 100, 0.05  # of a lock whose process is dead, and seconds between them


def lock_path(state: Path) -> Path:
    """The file that is locked.  It stays when the run ends: a file that is removed could be locked twice.

    It lies beside the file itself, whatever links lead there.
    """
    return Path(f"{os.path.realpath(state)}.lock")


@contextmanager
def locked(state: Path) -> Iterator[None]:
    """Holds the lock of a state.  Who holds it, and since when, is told to whom it keeps out; the lock itself is the
    system's, and goes with its processes whatever the file says.

    Raises LockedError where another process holds it, StateError for what can be no state, and where there can be no
    such file.
    """
    check_file(state)
    path = lock_path(state)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as e:
        raise StateError(f"Cannot lock the state {state}: {e.strerror}. Choose another place with --state.") from e
    try:
        try:
            _lock(descriptor)
        except BlockingIOError as e:
            raise LockedError(_held_by(state, descriptor)) from e
        except OSError as e:
            message = f"Cannot lock {path}: {e.strerror}. Keep the state on a file system with locks."
            raise StateError(message) from e
        since = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        with suppress(OSError):  # On a full disk the state itself says so.
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{os.getpid()} {since}\n".encode(), 0)
        reached("locked")
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    """Takes the lock.  Raises BlockingIOError at once where the process that took it lives.

    Where it was killed, its workers, which were born with the lock, may take a moment to go.
    """
    for _ in range(TRIES):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if _lives(_holder(descriptor)):
                raise
            time.sleep(PAUSE)
        else:
            return
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _lives(process: Sequence[str]) -> bool:
    """Whether a process lives; also where it is not known which one."""
    if len(process) != 2 or not process[0].isdigit():
        return True
    try:
        os.kill(int(process[0]), 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        pass
    return True


def _holder(descriptor: int) -> Sequence[str]:
    """The number of the process that took the lock last, and since when; or less, where that is not known."""
    return os.pread(descriptor, 100, 0).decode("utf-8", "replace").split()


def _held_by(state: Path, descriptor: int) -> str:
    words = _holder(descriptor)
    who = f"process {words[0]}, since {words[1]}" if len(words) == 2 else "another process"
    return f"The state {state} is in use by {who}. Nothing was done: run again when it has ended."
