"""Opening a state for one run: locked, checked, and what an interrupted run left finished first."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from digest.checkpoints import reached
from digest.state.database import connect, database_explained, explained, prepare, read_only
from digest.state.lock import locked
from digest.state.pending import find_unpublished, finish_pending
from digest.state.store import State


@contextmanager
def open_state(path: Path, targets: Sequence[Path] = ()) -> Iterator[State]:
    """An open state, locked for this run alone.

    targets: where this run's outputs go.  The files of an interrupted run are put in their places first, unless this
    run would write over them at once: then what they told counts as untold (`State.retold`).
    Changes that were not committed when the block ends are undone.  Raises LockedError and StateError.
    """
    with locked(path):
        database = connect(path)
        try:
            with explained(path):
                unpublished = finish_pending(database, targets)
                state = State(path, database, unpublished)
            reached("recovered")
            with database_explained(path):  # a disk that fills while a large night is written
                yield state
        finally:
            if database.in_transaction:
                database.execute("ROLLBACK")
            database.close()


@contextmanager
def copied_state(path: Path) -> Iterator[State]:
    """A copy of a state in memory: what is written there is gone when the block ends, and the file is not touched."""
    with explained(path):
        database = read_only(path) if path.exists() else None
        copy = sqlite3.connect(":memory:", isolation_level=None)
        if database:
            database.backup(copy)
            database.close()
        else:
            prepare(copy)
        unpublished = find_unpublished(copy)
        state = State(path, copy, unpublished)
    try:
        yield state
    finally:
        copy.close()
