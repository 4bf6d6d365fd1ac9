"""Each digest is published exactly once, whenever a run is killed.

The outputs lie on disk beside their places when the state is committed, and the commit names them: a run that finds
names there finds the work of one that was killed between its commit and its last rename.  Rename is atomic, so each
file either still waits or stands in its place.
"""

import hashlib
import os
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from itertools import groupby
from pathlib import Path

_BLOCK = 1 << 20


def note_pending(database: sqlite3.Connection, run: int, waiting: Sequence[tuple[Path, Path]]) -> None:
    """Names the files that lie complete and the places that they will take; the last one is what others wait for."""
    database.executemany(
        "INSERT INTO pending VALUES (?, ?, ?, ?, ?)",
        [
            (run, place, os.fsencode(temporary), os.fsencode(target), _content(temporary))
            for place, (temporary, target) in enumerate(waiting)
        ],
    )


def finish_pending(database: sqlite3.Connection, targets: Sequence[Path]) -> list[int]:
    """Publishes what interrupted runs had ready.  Returns the runs whose outputs did not and shall not appear.

    targets: what the caller is about to write.  A file that it would replace at once was as good as never there, so
    the caller tells those stories itself.
    """
    rows = database.execute("SELECT run, temporary, target, fingerprint FROM pending ORDER BY run, place").fetchall()
    unpublished: list[int] = []
    taken = {os.path.realpath(path) for path in targets}
    for run, group in groupby(rows, key=lambda row: int(row[0])):
        files = [(_path(temporary), _path(target), content) for _, temporary, target, content in group]
        _, last, content = files[-1]
        if _content(last) != content and (
            any(os.path.realpath(target) in taken for _, target, _ in files) or not _rename(files)
        ):
            unpublished.append(run)
            continue
        _rename(files)
        database.execute("DELETE FROM pending WHERE run = ?", (run,))
    return unpublished


def find_unpublished(database: sqlite3.Connection) -> list[int]:
    """The interrupted runs whose digests do not stand in their place."""
    rows = database.execute("SELECT run, target, fingerprint FROM pending ORDER BY run, place").fetchall()
    last = {int(run): (target, content) for run, target, content in rows}
    return [run for run, (target, content) in last.items() if _content(_path(target)) != content]


def _rename(files: Sequence[tuple[Path, Path, str]]) -> bool:
    """Puts the files that still wait in their places; False where one is lost or cannot be put there."""
    try:
        for temporary, target, content in files:
            if _content(temporary) == content:
                temporary.replace(target)
            elif _content(target) != content:
                return False
        for folder in {target.parent for _, target, _ in files}:
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
    except OSError:
        return False
    return True


def _path(name: bytes) -> Path:
    return Path(os.fsdecode(name))


def _content(path: Path) -> str | None:
    """A fingerprint of a file's bytes; None where there is none."""
    state = hashlib.blake2b(digest_size=16)
    with suppress(OSError), path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            state.update(block)
        return state.hexdigest()
    return None
