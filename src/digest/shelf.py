"""Texts laid aside on disk: a run reads them again and again, but never all at once.

The file has no name once it is open, so a run that is killed leaves nothing behind; it lies where TMPDIR says, else in
/var/tmp, which unlike /tmp is rarely kept in memory.  Where it cannot be written, texts stay in memory.
"""

import os
import tempfile
from typing import IO

_ON_DISK = "/var/tmp"


class Shelf:
    """A file of texts that grows, and is read at any place; workers that are forked later read it too."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._size = 0
        self._is_full = False
        self._last: tuple[int, int, str] = 0, 0, ""  # texts are mostly read several times in a row

    def lay(self, data: bytes) -> "Laid | None":
        """Lays a text aside, in UTF-8; None where there is no room for it, or was none for one before."""
        if self._is_full:
            return None
        try:
            self._file = self._file or tempfile.TemporaryFile(buffering=0, dir=_place())  # noqa: SIM115
            self._is_full = self._file.write(data) < len(data)
        except OSError:
            self._is_full = True
        if self._is_full:
            return None
        self._size += len(data)
        return Laid(self, self._size - len(data), len(data))

    def read(self, start: int, size: int) -> str:
        """The text of `size` bytes from `start` on.  Raises OSError where the disk does not give them."""
        *last, text = self._last
        if last != [start, size]:
            assert self._file is not None
            data = os.pread(self._file.fileno(), size, start)
            if len(data) < size:
                raise OSError(f"The temporary file of texts gave {len(data)} bytes of {size}.")
            text = data.decode("utf-8", "surrogatepass")
            self._last = start, size, text
        return text


class Laid:
    """Where a text lies."""

    __slots__ = ("_shelf", "_start", "size")

    def __init__(self, shelf: Shelf, start: int, size: int) -> None:
        self._shelf, self._start, self.size = shelf, start, size  # size: bytes

    def read(self) -> str:
        """The text.  Raises OSError where the disk does not give it."""
        return self._shelf.read(self._start, self.size)


def _place() -> str | None:
    """The folder of the file: None for the one that `tempfile` chooses."""
    named = any(os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP"))
    return None if named or not os.access(_ON_DISK, os.W_OK | os.X_OK) else _ON_DISK
