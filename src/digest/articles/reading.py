"""Sources to articles: files, folders and standard input, one reader a format.

To add a format, write a reader file and name its two functions in `FORMATS`.
"""

import gzip
import re
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BufferedIOBase
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from digest.articles.files import check_exists, cut_whole, find_files, not_regular, shown, unreadable
from digest.articles.html_files import read_html
from digest.articles.json_files import cut_json, read_json_value
from digest.articles.json_lines import cut_json_lines, read_json_line
from digest.articles.keeping import rejects_gathered
from digest.articles.normalise import OWN_SCHEMAS
from digest.articles.raw import Raw
from digest.articles.text_files import read_markdown, read_text
from digest.errors import UsageError
from digest.records import Article, Reject

Item = Article | Reject
Raws = Iterator[Raw | Reject]

# Takes the open stream (unpacked), the name to show, the suffix, and the most bytes that one article may have.
Cut = Callable[[BufferedIOBase, str, str, int], Raws]


class Format(NamedTuple):
    """How a kind of file is read: cut into inputs, in this process, one after another; and each of them understood by
    itself, wherever there is a processor for it."""

    cut: Cut
    read: Callable[[Raw], Item]


_LINES = Format(cut_json_lines, read_json_line)
FORMATS: Mapping[str, Format] = {
    ".txt": Format(cut_whole, read_text),
    ".text": Format(cut_whole, read_text),
    ".md": Format(cut_whole, read_markdown),
    ".markdown": Format(cut_whole, read_markdown),
    ".html": Format(cut_whole, read_html),
    ".htm": Format(cut_whole, read_html),
    ".json": Format(cut_json, read_json_value),
    ".jsonl": _LINES,
    ".ndjson": _LINES,
}
STDIN = "-"
_OWN_OUTPUT = re.compile(rf'\s*\{{\s*"schema":\s*"(?:{"|".join(map(re.escape, OWN_SCHEMAS))})'.encode())


def read_articles(sources: Sequence[str | Path], *, max_bytes: int, stdin: BinaryIO | None = None) -> Iterator[Item]:
    """The articles of files, folders (searched deeply, sorted, hidden files skipped) and "-" (JSON Lines on `stdin`).

    What is no article comes as a Reject, in its place.  Each suffix of `FORMATS` may be followed by ".gz".
    `max_bytes` bounds a single article, unpacked, and so the memory.  Raises UsageError at once for a source that
    does not exist or has an empty name, and for what is no list of them.
    """
    return rejects_gathered(map(understand, raw_inputs(sources, max_bytes=max_bytes, stdin=stdin)))


def understand(raw: Raw | Reject) -> Item:
    """The article of an input, or why it is none."""
    return raw if isinstance(raw, Reject) else FORMATS[raw.kind].read(raw)


def raw_inputs(sources: Sequence[str | Path], *, max_bytes: int, stdin: BinaryIO | None = None) -> Raws:
    """What `read_articles` reads, before it is understood."""
    if isinstance(sources, str | Path) or not all(isinstance(source, str | Path) for source in sources):
        raise UsageError(f"{sources!r} is no list of sources. Name them as ['articles/'], each a str or a Path.")
    if "" in sources:  # An unset variable in a script: as a path it would be the working folder.
        raise UsageError("A source has an empty name. Name a file or a folder; '.' is the working folder.")
    paths = [STDIN if source == STDIN else Path(source) for source in sources]
    for path in paths:
        if isinstance(path, Path):
            check_exists(path)
    return _cut_all(paths, max_bytes, stdin)


def _cut_all(paths: Sequence[Path | str], max_bytes: int, stdin: BinaryIO | None) -> Raws:
    for path in paths:
        if isinstance(path, str):
            lines = cast(BufferedIOBase, stdin or sys.stdin.buffer)
            yield from _LINES.cut(lines, STDIN, ".jsonl", max_bytes)
            continue
        for found in find_files(path):
            if isinstance(found, Reject):
                yield found
            else:
                yield from _cut_file(found, max_bytes)


def holds_articles(path: Path) -> bool:
    """Whether a file is one that a run would read: of a known kind, not empty, and no output of an earlier run."""
    kind, unpacked = _kind_of(path)
    if kind not in FORMATS or not path.is_file():
        return False
    try:
        with unpacked(path) as stream:
            head = stream.read(200)
    except (OSError, EOFError, zlib.error):
        return True  # whatever it is, this program does not write such
    return bool(head.strip()) and not _OWN_OUTPUT.match(head)


def _kind_of(path: Path) -> tuple[str, Callable[[Path], BufferedIOBase]]:
    """The suffix that says how a file is read, and what opens it."""
    name = path.name.lower()
    kind = Path(name.removesuffix(".gz")).suffix
    return kind, gzip.open if name.endswith(".gz") else _open


def _open(path: Path) -> BufferedIOBase:
    return path.open("rb")


def _cut_file(path: Path, max_bytes: int) -> Raws:
    kind, unpacked = _kind_of(path)
    try:
        if problem := not_regular(path):
            yield Reject(shown(path), None, None, "unreadable", problem)
        elif kind not in FORMATS:
            message = f"No reader for this kind of file. Known: {', '.join(FORMATS)}, each also with .gz."
            yield Reject(shown(path), None, None, "unsupported", message)
        else:
            with unpacked(path) as stream:
                yield from FORMATS[kind].cut(stream, shown(path), kind, max_bytes)
    except (OSError, EOFError, zlib.error) as e:
        yield unreadable(path, e)
