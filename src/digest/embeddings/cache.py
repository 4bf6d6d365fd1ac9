"""Vectors kept from run to run, in one SQLite file, so that a text is embedded once.

The key of a vector is the fingerprint of the model, its settings and the text; a row carries a checksum, so that a
damaged file gives no wrong vector.  Write-ahead logging and short transactions let several runs share the file, and a
run killed at any instant loses at most what it was about to write.  Least recently used vectors go first.
"""

import hashlib
import logging
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import numpy.typing as npt

from digest.errors import OutputError, UsageError
from digest.fingerprint import fingerprint

LOG = logging.getLogger(__name__)

Float16 = npt.NDArray[np.float16]

MOST_BYTES = 1_000_000_000  # of the file: about a million vectors of 384 numbers.
_KEPT = 0.9  # What stays when it is full.
_AT_ONCE = 500  # Keys in a query.
_PATIENCE = 10.0  # Seconds to wait for another run's transaction.
_APPLICATION = 0x64696776  # "digv": what the file says it is.
_SCHEMA = """CREATE TABLE IF NOT EXISTS vectors (
    key BLOB PRIMARY KEY, vector BLOB NOT NULL, checksum BLOB NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID"""


class VectorCache:
    """The vectors of one model with one set of settings, in a file that may hold others' too.

    A cache that cannot be read or written is given up with a warning, and the run goes on without it.
    """

    def __init__(self, path: Path, model: str, dimension: int, most_bytes: int = MOST_BYTES) -> None:
        """model: the fingerprint of the model and its settings; dimension: numbers in a vector.

        Raises OutputError where the file cannot be made, UsageError where it is another program's.
        """
        self._path = path
        self._model = model
        self._dimension = dimension
        self._most_bytes = most_bytes
        self._generation = 0
        self._usable = True
        if not path.is_file():
            _make(path)
        self._attempt(self._prepare)

    def get(self, texts: Sequence[str]) -> dict[str, Float16]:
        """The vectors of those texts that it has."""
        found: dict[str, Float16] = {}

        def read(file: sqlite3.Connection) -> None:
            for first in range(0, len(texts), _AT_ONCE):
                keys = {self._key(text): text for text in texts[first : first + _AT_ONCE]}
                marks = ",".join("?" * len(keys))
                rows = file.execute(f"SELECT key, vector, checksum FROM vectors WHERE key IN ({marks})", list(keys))
                for key, vector, checksum in rows:
                    if len(vector) == 2 * self._dimension and checksum == _checksum(key, vector):
                        found[keys[key]] = np.frombuffer(vector, "<f2")
            now = self._generation
            with file:
                file.executemany(
                    "UPDATE vectors SET used = ? WHERE key = ? AND used < ?", ((now, self._key(t), now) for t in found)
                )

        self._attempt(read)
        return found

    def put(self, texts: Sequence[str], vectors: Float16) -> None:
        """Keeps vectors: float16 [n, dimension].  They are in the file when this returns."""
        keys = [self._key(text) for text in texts]
        data = [row.tobytes() for row in vectors.astype("<f2")]
        rows = [(k, v, _checksum(k, v), self._generation) for k, v in zip(keys, data, strict=True)]

        def write(file: sqlite3.Connection) -> None:
            with file:
                file.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?)", rows)
                self._make_room(file)

        self._attempt(write)

    def _prepare(self, file: sqlite3.Connection) -> None:
        """Makes the table, and counts this run, the clock by which vectors age."""
        (application,) = file.execute("PRAGMA application_id").fetchone()
        (tables,) = file.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if application != _APPLICATION and tables:
            raise UsageError(f"{self._path} is the database of another program. Name another --vector-cache.")
        file.execute("PRAGMA journal_mode = WAL")
        with file:
            file.execute("BEGIN IMMEDIATE")
            file.execute(f"PRAGMA application_id = {_APPLICATION}")
            file.execute(_SCHEMA)
            (generation,) = file.execute("PRAGMA user_version").fetchone()
            self._generation = generation + 1
            file.execute(f"PRAGMA user_version = {self._generation}")

    def _make_room(self, file: sqlite3.Connection) -> None:
        """Deletes the vectors that were used least recently, where the file holds too much."""
        pages, free, size = (
            int(file.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "freelist_count", "page_size")
        )
        share = _KEPT * self._most_bytes / max((pages - free) * size, 1)
        if share < _KEPT:
            (count,) = file.execute("SELECT count(*) FROM vectors").fetchone()
            gone = count - int(share * count)
            file.execute(
                "DELETE FROM vectors WHERE key IN (SELECT key FROM vectors ORDER BY used, key LIMIT ?)", [gone]
            )

    def _attempt(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """Opens the file for one piece of work.  What goes wrong with it costs the cache, never the run."""
        if not self._usable:
            return
        try:
            with closing(sqlite3.connect(self._path, timeout=_PATIENCE)) as file:
                file.execute("PRAGMA synchronous = NORMAL")  # A power cut may cost the last vectors, no more.
                work(file)
        except sqlite3.Error as e:
            self._usable = False
            damaged = type(e) is sqlite3.DatabaseError
            advice = "It is damaged: delete it, and the next run makes a new one." if damaged else "Is it writable?"
            LOG.warning(
                "The vector cache %s cannot be used (%s); this run goes on without it. %s", self._path, e, advice
            )

    def _key(self, text: str) -> bytes:
        return bytes.fromhex(fingerprint(self._model, text, size=16))


def _checksum(key: bytes, vector: bytes) -> bytes:
    return hashlib.blake2b(key + vector, digest_size=8).digest()


def _make(path: Path) -> None:
    try:
        path.touch()
    except OSError as e:
        raise OutputError(f"Cannot write the vector cache {path}: {e.strerror}. Name another --vector-cache.") from e
