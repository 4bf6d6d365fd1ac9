"""Finding the files of a source, and taking one whole within a limit."""

import difflib
import os
import stat
from collections.abc import Iterator
from io import BufferedIOBase
from pathlib import Path

from digest.articles.decoding import looks_binary
from digest.articles.raw import Raw, binary, empty
from digest.errors import UsageError
from digest.records import Origin, Reject


def check_exists(source: Path) -> None:
    """Raises UsageError with the closest name there is, unless something stands at this path (a broken link does)."""
    try:
        os.lstat(source)
    except PermissionError:  # It may be there, but not for us: reading it will say why.
        return
    except OSError:
        pass
    else:
        return
    missing, folder = source, source.parent
    while not _is_folder(folder) and folder != folder.parent:
        missing, folder = folder, folder.parent
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError:
        names = []
    close = difflib.get_close_matches(missing.name, names, n=1, cutoff=0.5)
    hint = f"Did you mean {str(folder / close[0])!r}?" if close else "Check the path; '-' reads standard input."
    raise UsageError(f"There is no {str(source)!r}. {hint}")


def find_files(source: Path) -> Iterator[Path | Reject]:
    """The files at or below a path in sorted order, hidden ones skipped, each folder once on its way down."""
    # Without recursion, for folders nest deeper than calls may.  An entry waits with the folders above it.
    waiting: list[tuple[Path, _Above]] = [(source, None)]
    while waiting:
        path, above = waiting.pop()
        if not _is_folder(path):
            yield path
            continue
        entries = _entries(path, above)
        if isinstance(entries, Reject):
            yield entries
        else:
            waiting += reversed(entries)


def _is_folder(path: Path) -> bool:
    """False, too, for what may not be looked at: reading it will say why."""
    try:
        return path.is_dir()
    except OSError:
        return False


# A folder's device and inode, and those of the folders above it.
_Above = tuple[tuple[int, int], "_Above"] | None


def _entries(folder: Path, above: _Above) -> list[tuple[Path, _Above]] | Reject:
    """What a folder holds, sorted, each with the folders above it."""
    try:
        status = folder.stat()
        names = sorted(path.name for path in folder.iterdir())
    except OSError as e:
        return unreadable(folder, e)
    here = (status.st_dev, status.st_ino)
    if here in _identities(above):
        return Reject(shown(folder), None, None, "unreadable", "The folder is a link to a folder that holds it.")
    return [(folder / name, (here, above)) for name in names if not name.startswith(".")]


def _identities(above: _Above) -> Iterator[tuple[int, int]]:
    while above:
        here, above = above
        yield here


def not_regular(path: Path) -> str | None:
    """Why a path cannot be read as a file, or None.  Opening a pipe or a socket could wait for ever.

    Raises OSError where the path cannot even be looked at.
    """
    if path.is_symlink() and not path.exists():
        return f"It is a link to {str(path.readlink())!r}, which is not there or leads back to itself."
    mode = path.stat().st_mode
    return None if stat.S_ISREG(mode) else "It is a pipe, a socket or a device, not a file."


def unreadable(path: Path, error: Exception) -> Reject:
    """The reject for a file that could not be opened, or that broke off while it was read."""
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return Reject(shown(path), None, None, "unreadable", f"It cannot be read: {reason}.".replace("..", "."))


def shown(path: Path) -> str:
    """A path as text that any output can hold: bytes of a name that are not UTF-8 are written as \\xNN."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def cut_whole(stream: BufferedIOBase, file: str, kind: str, max_bytes: int) -> Iterator[Raw | Reject]:
    """The bytes of a file that is one article; a Reject if it is empty, binary or longer than `max_bytes`."""
    data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        message = f"It is longer than {max_bytes} bytes. Raise max_bytes if it is a true article."
        yield Reject(file, None, None, "too-large", message)
    elif not data.strip(b"\xef\xbb\xbf \t\r\n"):
        yield empty(file)
    elif looks_binary(data):
        yield binary(file)
    else:
        yield Raw(Origin(file), kind, data, len(data))
