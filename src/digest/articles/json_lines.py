"""JSON Lines: one article a line, read in bounded memory; a bad line costs that line."""

import json
import re
from collections import deque
from collections.abc import Iterator
from io import BufferedIOBase
from typing import Any

import jsonlines
import orjson

from digest.articles.decoding import byte_order_mark, looks_binary
from digest.articles.normalise import article_from
from digest.articles.raw import Raw, binary, empty, no_object
from digest.records import Article, Origin, Reject

_HEAD = 512  # bytes that tell text from a picture or an archive
_OBJECT = re.compile(rb'\s*\{\s*"')


def cut_json_lines(stream: BufferedIOBase, file: str, kind: str, max_bytes: int) -> Iterator[Raw | Reject]:
    """The lines of a .jsonl file that are not blank; one of more than `max_bytes` is rejected unread."""
    lines = _Lines(stream, max_bytes)
    if problem := lines.unfit(file):
        yield problem
        return
    for line in lines:
        if lines.too_long:
            message = f"The line is longer than {max_bytes} bytes. Raise max_bytes if it is a true article."
            yield Reject(file, lines.number, None, "too-large", message)
        else:
            yield Raw(Origin(file, lines.number), kind, line, len(line))
    if lines.broken:
        raise lines.broken
    if not lines.seen:
        yield empty(file)


def read_json_line(raw: Raw) -> Article | Reject:
    """The article of a line."""
    file, number = raw.origin.file, raw.origin.line
    try:
        record: Any = orjson.loads(raw.content)
    except orjson.JSONDecodeError:
        try:
            record = jsonlines.Reader([raw.content], loads=load_json).read(allow_none=True)
        except jsonlines.InvalidLineError as e:
            if isinstance(e.__cause__, UnicodeDecodeError):
                return Reject(
                    file, number, None, "malformed", "The line is not UTF-8, as JSON Lines are. Convert it first."
                )
            cause = str(e.__cause__).splitlines()[0]
            return Reject(file, number, None, "malformed", f"The line is not valid JSON: {cause}.")
    if isinstance(record, dict):
        return article_from(record, raw.origin)
    return Reject(file, number, None, "malformed", f"The line holds {no_object(record)}.")


def load_json(text: str | bytes) -> Any:
    """A JSON value: by orjson, and what it refuses (NaN, huge numbers, half characters) by the standard library."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        try:
            return json.loads(text)
        except RecursionError as e:
            raise ValueError("nested too deep") from e


class _Lines:
    """The lines of a stream that are not blank, never more than `limit` bytes in memory, with the current number."""

    def __init__(self, stream: BufferedIOBase, limit: int) -> None:
        self._stream, self._limit = stream, limit
        self._waiting: deque[tuple[bytes, bool]] = deque()
        self.number = 0
        self.seen = False
        self.too_long = False
        self.broken: EOFError | None = None

    def unfit(self, file: str) -> Reject | None:
        """Why these are no lines of JSON at all, seen from the first of them."""
        head = b""
        while len(head) < _HEAD and (read := self._read_line())[0]:
            self._waiting.append(read)
            head += read[0]
        if looks_binary(head) and not _OBJECT.match(head):  # else the bad bytes cost their line
            return binary(file)
        if (mark := byte_order_mark(head)) and mark[1] != "utf-8":
            return Reject(file, None, None, "malformed", f"It is {mark[1]}; JSON Lines are UTF-8. Convert it first.")
        return None

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        while True:
            line, self.too_long = self._waiting.popleft() if self._waiting else self._read_line()
            if not line:
                raise StopIteration
            self.number += 1
            if line.strip(b"\xef\xbb\xbf \t\r\n"):
                self.seen = True
                return line

    def _read_line(self) -> tuple[bytes, bool]:
        """The next line and False; of one that is too long the first kilobyte and True, the rest skipped."""
        try:
            line = self._stream.readline(self._limit + 2)
            if len(line.rstrip(b"\r\n")) <= self._limit:
                return line, False
            piece = line
            while piece and not piece.endswith(b"\n"):
                piece = self._stream.readline(1 << 20)
        except EOFError as e:  # A cut .gz file; jsonlines would take it for the end.
            self.broken = e
            return b"", False
        return line[:1024], True
