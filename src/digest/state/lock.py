"""One run at a time on a state: an advisory lock that the system takes back from a process that died."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from digest.checkpoints import reached
from digest.errors import LockedError, StateError
from digest.state.database import check_file


def lock_path(state: Path) -> Path:
    """The file that is locked.  It stays when the run ends: a file that is removed could be locked twice.

    It lies beside the file itself, whatever links lead there.
    """
    return Path(f"{os.path.realpath(state)}.lock")


@contextmanager
def locked(state: Path) -> Iterator[None]:
    """Holds the lock of a state.  Who holds it, and since when, is told to whom it keeps out, and plays no other part.

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
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
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


def _held_by(state: Path, descriptor: int) -> str:
    words = os.pread(descriptor, 100, 0).decode("utf-8", "replace").split()
    who = f"process {words[0]}, since {words[1]}" if len(words) == 2 else "another process"
    return f"The state {state} is in use by {who}. Nothing was done: run again when it has ended."
