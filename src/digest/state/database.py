"""The state's file: one SQLite database that says what it is, in which format, and is migrated step by step."""

import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from digest.checkpoints import reached
from digest.errors import StateError

APPLICATION = 0x44494753  # "DIGS", in the file's header
HEADER = b"SQLite format 3\0"
WAIT = 5.0  # seconds for a reader (an export, a backup) to let go

# Step n leads from format n to format n + 1.  A step that was released is never changed: another is added.
MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE runs (run INTEGER PRIMARY KEY, now TEXT);
    CREATE TABLE stories (
        story TEXT PRIMARY KEY, born INTEGER NOT NULL, told INTEGER, told_before INTEGER, restructured INTEGER,
        merged_from TEXT NOT NULL, split_from TEXT, settings TEXT NOT NULL, record BLOB
    ) WITHOUT ROWID;
    CREATE TABLE articles (
        article TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, story TEXT NOT NULL REFERENCES stories,
        kept TEXT NOT NULL, kind TEXT, score REAL NOT NULL, run INTEGER NOT NULL, first_seen TEXT, last_seen TEXT,
        published TEXT, published_from TEXT, language TEXT, words BLOB NOT NULL, shingles BLOB NOT NULL,
        model TEXT, understood INTEGER NOT NULL, vector BLOB, body BLOB NOT NULL
    );
    CREATE INDEX articles_of_story ON articles (story);
    CREATE TABLE told (
        story TEXT NOT NULL REFERENCES stories, run INTEGER NOT NULL, day TEXT, article TEXT NOT NULL,
        text TEXT NOT NULL
    );
    CREATE INDEX told_of_story ON told (story);
    CREATE TABLE expired (article TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, last_seen TEXT) WITHOUT ROWID;
    CREATE TABLE forgotten (article TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE pending (
        run INTEGER NOT NULL, place INTEGER NOT NULL, temporary BLOB NOT NULL, target BLOB NOT NULL,
        fingerprint TEXT NOT NULL, PRIMARY KEY (run, place)
    ) WITHOUT ROWID;
    """,
)
FORMAT = len(MIGRATIONS)


def check_file(path: Path, *, written: bool = True) -> None:
    """Refuses what stands at a state's path and can be none, before anything is made beside it.

    written: whether it shall be written, too.  Raises StateError.
    """
    with explained(path):
        if not path.exists():
            return
        if not path.is_file():
            what = "a folder" if path.is_dir() else "no plain file"
            raise StateError(f"The state {path} is {what}. Name a file with --state.")
        if not os.access(path, os.R_OK | (os.W_OK if written else 0)):
            missing = "read and written" if written else "read"
            raise StateError(f"The state {path} cannot be {missing}: permission denied. Grant access to it.")
        with path.open("rb") as file:
            head = file.read(len(HEADER))
        if head and head != HEADER:
            raise StateError(_no_database(path))


def connect(path: Path) -> sqlite3.Connection:
    """The database of a state, made or migrated where that is needed.

    Raises StateError for what is no state, a damaged one, and one of a format that this program does not know.
    """
    with explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(path, timeout=WAIT, isolation_level=None)
        try:
            _check(database, path)
            database.execute("PRAGMA journal_mode = WAL")
            prepare(database)
        except BaseException:
            database.close()
            raise
    reached("opened")
    return database


def read_only(path: Path) -> sqlite3.Connection:
    """The database of a state that stands, for reading.  Raises StateError as `connect` does."""
    check_file(path, written=False)
    with explained(path):
        mode = "ro&immutable=1" if _is_at_rest(path) else "rw"
        uri = f"{path.absolute().as_uri()}?mode={mode}"
        database = sqlite3.connect(uri, timeout=WAIT, isolation_level=None, uri=True)
        try:
            database.execute("PRAGMA query_only = ON")
            _check(database, path)
            if number(database, "user_version") < FORMAT:
                raise StateError(
                    f"The state {path} has an older format. Run 'digest state vacuum' to bring it up to date."
                )
        except BaseException:
            database.close()
            raise
    return database


def _is_at_rest(path: Path) -> bool:
    """Whether a state can be read without the files that SQLite makes beside one: they cannot be made there (a backup
    on a read-only disk), or would be as read-only as the state and stop the next run; and no log waits beside it."""
    writable = os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)
    log = Path(f"{path}-wal")
    return not writable and not (log.exists() and log.stat().st_size)


def _check(database: sqlite3.Connection, path: Path) -> None:
    """Whether this is a state, of a format that is known, and whole."""
    application, version = number(database, "application_id"), number(database, "user_version")
    tables = database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application != APPLICATION and (application or version or tables):
        raise StateError(f"{path} is a database of another program. Name another file with --state.")
    if version > FORMAT:
        raise StateError(
            f"The state {path} has format {version}, made by a newer digest; this one knows up to {FORMAT}. "
            "Nothing was changed. Upgrade digest, or name another file with --state."
        )
    if (fault := database.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
        raise StateError(damaged(path, fault))


def prepare(database: sqlite3.Connection) -> None:
    """Brings a checked (or empty) database to this format, and sets how it is written."""
    database.execute("PRAGMA synchronous = FULL")
    database.execute("PRAGMA foreign_keys = ON")
    database.execute("PRAGMA secure_delete = ON")
    version = number(database, "user_version")
    if version == FORMAT:
        return
    with transaction(database):
        for step in range(version, FORMAT):
            for statement in filter(str.strip, MIGRATIONS[step].split(";")):
                database.execute(statement)
        database.execute(f"PRAGMA application_id = {APPLICATION}")
        database.execute(f"PRAGMA user_version = {FORMAT}")
        reached("migrating")


@contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[None]:
    """All of what the block writes, or nothing."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise


def number(database: sqlite3.Connection, pragma: str) -> int:
    """The value of a pragma that is a number."""
    return int(database.execute(f"PRAGMA {pragma}").fetchone()[0])


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """A fault of the database or of the disk as a message that says what to do."""
    try:
        with database_explained(path):
            yield
    except zlib.error as e:
        raise StateError(damaged(path, str(e))) from e
    except OSError as e:
        raise StateError(f"Cannot open the state {path}: {e.strerror or e}. Check the path given to --state.") from e


@contextmanager
def database_explained(path: Path) -> Iterator[None]:
    """The same for faults of the database alone, around what has to do with other files, too."""
    try:
        yield
    except sqlite3.Error as e:
        raise StateError(_message(path, e)) from e


def damaged(path: Path, fault: str) -> str:
    """The message for a state that cannot be trusted."""
    return (
        f"The state {path} is damaged ({fault}). Nothing was published. Put a copy from a backup in its place, or move "
        "it away: the next run then begins anew, and every story is new."
    )


def _message(path: Path, error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_NOTADB":
        return _no_database(path)
    if name.startswith("SQLITE_CORRUPT"):
        return damaged(path, str(error))
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return (
            f"The state {path} cannot be written ({error}). It is as it was, and nothing was published. "
            "Make room on its disk and run again."
        )
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return f"The state {path} is in use by another program ({error}). Run again when that has ended."
    return (
        f"Cannot use the state {path} ({error}). Check that it and what stands beside it can be read and written, or "
        "name another with --state."
    )


def _no_database(path: Path) -> str:
    return f"{path} is no state: it is no SQLite database, or a damaged one. Name another file with --state."
