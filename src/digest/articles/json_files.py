"""JSON files: one object, a list of them, or objects one after another, decoded as they stream in.

Memory is bounded by the largest article, not by the file.  Nothing after a syntax error can be trusted, so the articles
before it are kept and the rest is one reject.
"""

import codecs
import json
import re
import zlib
from collections.abc import Iterator
from io import BufferedIOBase
from typing import Any

from digest.articles import fields
from digest.articles.decoding import byte_order_mark, looks_binary
from digest.articles.normalise import article_from, nested_too_deep
from digest.articles.raw import Raw, binary, empty, no_object
from digest.records import Article, Origin, Reject

_CHUNK = 1 << 18
_LONGEST_TOKEN = 16  # "false", a number, an escape: what may be cut in two at the end of a chunk
_BETWEEN = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder()
_LISTS = ("articles", "items", "results", "data", "entries", "posts", "docs", "documents", "news")


def cut_json(stream: BufferedIOBase, file: str, kind: str, max_bytes: int) -> Iterator[Raw | Reject]:
    """The values of a .json file.  `line` of their origin is the place in the list (1 is the first)."""
    head = stream.read1(_CHUNK)
    if looks_binary(head):
        yield binary(file)
        return
    place = 0
    try:
        values = _Values(stream, head, max_bytes)
        for value in values:
            for record in _unwrap(value):
                place += 1
                alone = place == 1 and record is value and not values.more()
                yield _raw(record, Origin(file, None if alone else place), kind, values.size, max_bytes)
    except _TooLargeError:
        message = f"What stands at place {place + 1} is longer than {max_bytes} characters; the rest was not read."
        yield Reject(file, place + 1, None, "too-large", message)
    except (ValueError, RecursionError) as e:
        cause = e.msg if isinstance(e, json.JSONDecodeError) else str(e)
        cause = "nested too deep" if isinstance(e, RecursionError) else cause
        message = f"Not valid JSON after {place} article{'s' * (place != 1)}: {cause}. The rest was not read."
        yield Reject(file, place + 1, None, "malformed", message)
    else:
        if not place:
            yield empty(file)


def read_json_value(raw: Raw) -> Article | Reject:
    """The article of a value of a .json file."""
    return article_from(raw.content, raw.origin)


def _raw(record: Any, origin: Origin, kind: str, size: int, max_bytes: int) -> Raw | Reject:
    if isinstance(record, _Oversized):
        message = f"It is longer than {max_bytes} characters. Raise max_bytes if it is a true article."
        return Reject(origin.file, origin.line, None, "too-large", message)
    if isinstance(record, dict):  # How deep it is matters here already: what follows may be another process.
        return nested_too_deep(record, origin) or Raw(origin, kind, record, size)
    message = f"There is {no_object(record)}."
    return Reject(origin.file, origin.line, None, "malformed", message)


def _unwrap(value: Any) -> list[Any]:
    """The articles of an answer such as {"status": "ok", "articles": [...]}, or the value itself."""
    if isinstance(value, dict) and not any(value.get(name) for name in (*fields.TEXT, *fields.HTML)):
        for name in _LISTS:
            inner = value.get(name)
            if isinstance(inner, list) and any(isinstance(item, dict) for item in inner):
                return inner
    return [value]


class _TooLargeError(Exception):
    """A value that has no end within the limit."""


class _Oversized:
    """Stands for a value that was longer than the limit."""


class _Values:
    """The JSON values of a stream: those of its list, or those that stand in it one after another."""

    def __init__(self, stream: BufferedIOBase, head: bytes, limit: int) -> None:
        self._stream, self._limit = stream, limit
        self._broken: OSError | EOFError | zlib.error | None = None
        mark, encoding = byte_order_mark(head) or (b"", "utf-8")
        self._decoder = codecs.getincrementaldecoder(encoding)("strict")
        self._text, self._at, self._ended = "", 0, False
        self.size = 0  # characters of the last value
        self._feed(head[len(mark) :])
        self._skip()
        self.is_list = self._text.startswith("[", self._at)
        self._at += self.is_list

    def more(self) -> bool:
        """Whether it is a list, or another value waits in what was read so far."""
        return self.is_list or bool(_BETWEEN.sub("", self._text[self._at :], count=1))

    def __iter__(self) -> Iterator[Any]:
        while True:
            self._skip()
            if self._at >= len(self._text):
                if self.is_list:
                    raise ValueError("the list has no end")
                return
            if self.is_list and self._text[self._at] == "]":
                self._at += 1
                self._skip()
                if self._at < len(self._text):
                    raise ValueError("something follows the list")
                return
            yield self._value()

    def _value(self) -> Any:
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as e:
                # The end of what was read so far looks like an error; a true one stands before it.
                if self._ended or not (e.msg.startswith("Unterminated") or e.pos > len(self._text) - _LONGEST_TOKEN):
                    raise
                held = len(self._text) - self._at
                if held > self._limit:
                    raise _TooLargeError from e
                self._feed(self._read(max(_CHUNK, held)))
            else:
                self.size = end - self._at
                self._at = end
                return _Oversized() if self.size > self._limit else value

    def _read(self, size: int) -> bytes:
        """So many bytes; where the stream breaks off, first those before the break, and the error at the next call."""
        if self._broken:
            raise self._broken
        pieces: list[bytes] = []
        try:
            while size > 0 and (piece := self._stream.read1(size)):
                pieces.append(piece)
                size -= len(piece)
        except (OSError, EOFError, zlib.error) as e:
            if not pieces:
                raise
            self._broken = e
        return b"".join(pieces)

    def _feed(self, data: bytes) -> None:
        self._ended = not data
        self._text = self._text[self._at :] + self._decoder.decode(data, final=self._ended)
        self._at = 0

    def _skip(self) -> None:
        """On to the next value, past white space and commas."""
        while True:
            self._at = _BETWEEN.match(self._text, self._at).end()  # type: ignore[union-attr]  # It matches nothing, too.
            if self._at < len(self._text) or self._ended:
                return
            self._feed(self._read(_CHUNK))
