"""Sources to articles: files, folders and standard input, one reader a format.

To add a format, write a reader file with a function of the type `Reader` and name it in `READERS`.
"""

import gzip
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BufferedIOBase
from pathlib import Path
from typing import BinaryIO, cast

from digest.articles.files import check_exists, find_files, not_regular, shown, unreadable
from digest.articles.html_files import read_html
from digest.articles.json_files import read_json
from digest.articles.json_lines import read_json_lines
from digest.articles.keeping import rejects_gathered
from digest.articles.text_files import read_markdown, read_text
from digest.errors import UsageError
from digest.records import Article, Reject

# Takes the open stream (unpacked), the name to show, and the most bytes that one article may have.
Reader = Callable[[BufferedIOBase, str, int], Iterator[Article | Reject]]

READERS: Mapping[str, Reader] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".json": read_json,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
}
STDIN = "-"


def read_articles(
    sources: Sequence[str | Path], *, max_bytes: int, stdin: BinaryIO | None = None
) -> Iterator[Article | Reject]:
    """The articles of files, folders (searched deeply, sorted, hidden files skipped) and "-" (JSON Lines on `stdin`).

    What is no article comes as a Reject, in its place.  Each suffix of `READERS` may be followed by ".gz".
    `max_bytes` bounds a single article, unpacked, and so the memory.  Raises UsageError at once for a source that
    does not exist or has an empty name, and for what is no list of them.
    """
    if isinstance(sources, str | Path) or not all(isinstance(source, str | Path) for source in sources):
        raise UsageError(f"{sources!r} is no list of sources. Name them as ['articles/'], each a str or a Path.")
    if "" in sources:  # An unset variable in a script: as a path it would be the working folder.
        raise UsageError("A source has an empty name. Name a file or a folder; '.' is the working folder.")
    paths = [STDIN if source == STDIN else Path(source) for source in sources]
    for path in paths:
        if isinstance(path, Path):
            check_exists(path)
    return _read_all(paths, max_bytes, stdin)


def _read_all(paths: Sequence[Path | str], max_bytes: int, stdin: BinaryIO | None) -> Iterator[Article | Reject]:
    for path in paths:
        if isinstance(path, str):
            lines = cast(BufferedIOBase, stdin or sys.stdin.buffer)
            yield from rejects_gathered(read_json_lines(lines, STDIN, max_bytes))
            continue
        for found in find_files(path):
            if isinstance(found, Reject):
                yield found
            else:
                yield from _read_file(found, max_bytes)


def _read_file(path: Path, max_bytes: int) -> Iterator[Article | Reject]:
    name = path.name.lower()
    packed = name.endswith(".gz")
    reader = READERS.get(Path(name.removesuffix(".gz")).suffix)
    try:
        if problem := not_regular(path):
            yield Reject(shown(path), None, None, "unreadable", problem)
        elif reader is None:
            message = f"No reader for this kind of file. Known: {', '.join(READERS)}, each also with .gz."
            yield Reject(shown(path), None, None, "unsupported", message)
        else:
            with gzip.open(path) if packed else path.open("rb") as stream:
                yield from rejects_gathered(reader(stream, shown(path), max_bytes))
    except (OSError, EOFError, zlib.error) as e:
        yield unreadable(path, e)
