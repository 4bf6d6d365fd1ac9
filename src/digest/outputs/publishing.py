"""All or nothing: files are written beside their places, flushed to disk, and only then renamed into them.

Files take their places in the order in which they were staged, so the one that others wait for is staged last.
"""

import fcntl
import gzip
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, cast

from digest.checkpoints import reached
from digest.errors import OutputError


@dataclass(frozen=True, slots=True)
class _Staged:
    """A file that waits: its descriptor holds a lock as long as its writer lives."""

    target: Path
    temporary: Path
    descriptor: int


class Publication:
    """A context manager: what was staged appears when the block ends well, and leaves no trace when it does not.

    Raises OutputError where a file cannot be written; then nothing was renamed, and what stood there stands.
    """

    def __init__(self) -> None:
        self._staged: list[_Staged] = []

    @property
    def waiting(self) -> list[tuple[Path, Path]]:
        """The files that lie complete on disk, each with the place that it takes when the block ends."""
        return [(staged.temporary, staged.target) for staged in self._staged]

    def __enter__(self) -> "Publication":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        try:
            if kind is None:
                self._publish()
        finally:
            self._discard()

    @contextmanager
    def stage(self, path: Path) -> Iterator[BinaryIO]:
        """A binary stream for what `path` shall hold; folders on the way are made, `.gz` is compressed.

        A path that stands and is no plain file (a pipe, a terminal, /dev/null) is written to at once.
        """
        with _explained(path):
            if path.is_dir():
                raise OutputError(f"Cannot write {path}: it is a folder. Name a file in it.")
            if path.exists() and not path.is_file():
                with path.open("wb") as device:
                    yield cast("BinaryIO", device)
                return
            # A link stays a link: the file that it points to is replaced.
            target = Path(os.path.realpath(path))
            target.parent.mkdir(parents=True, exist_ok=True)
            staged = _create(target)
            self._staged.append(staged)
            with os.fdopen(staged.descriptor, "wb", closefd=False) as raw:
                if target.suffix == ".gz":
                    # No name and no time inside, or the same result would be other bytes.
                    with gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0) as zipped:
                        yield cast("BinaryIO", zipped)
                else:
                    yield cast("BinaryIO", raw)
            os.fsync(staged.descriptor)
        reached("first-staged")

    def _publish(self) -> None:
        for staged in self._staged:
            with _explained(staged.target):
                staged.temporary.replace(staged.target)
            reached("first-renamed")
        for folder in dict.fromkeys(staged.target.parent for staged in self._staged):
            with _explained(folder):
                _flush_folder(folder)
        reached("all-renamed")

    def _discard(self) -> None:
        for staged in self._staged:
            with suppress(OSError):
                staged.temporary.unlink(missing_ok=True)
            os.close(staged.descriptor)
        self._staged.clear()


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """An OSError as a message that says what to do."""
    try:
        yield
    except FileExistsError as e:
        raise OutputError(f"Cannot write {path}: {e.filename} is no folder. Choose another place.") from e
    except OSError as e:
        raise OutputError(
            f"Cannot write {path}: {e.strerror or e}. What stood there before is untouched. "
            "Make room, grant access, or choose another place."
        ) from e


def _create(target: Path) -> _Staged:
    """A new, locked file beside its target, with the mode that the umask says."""
    _sweep(target)
    while True:
        temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
        descriptor = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o666)
        # A file system without locks loses the sweep below, nothing else.
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink:
            return _Staged(target, temporary, descriptor)
        os.close(descriptor)  # another run swept it before it was locked


def _sweep(target: Path) -> None:
    """Removes what killed runs left beside the target: temporary files whose lock no one holds."""
    for left in sorted(target.parent.glob(f".{_literal(target.name)}.*.tmp")):
        with suppress(OSError):
            descriptor = os.open(left, os.O_WRONLY | os.O_CLOEXEC)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                left.unlink()
            finally:
                os.close(descriptor)


def _literal(name: str) -> str:
    """A name without meaning to glob."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
