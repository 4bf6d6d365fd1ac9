"""JSON Lines: a result's objects to bytes, and a result file back to objects."""

import difflib
import gzip
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import jsonlines
import orjson

from digest.errors import OutputError, UsageError
from digest.outputs.story_json import STORY_SCHEMA

DEEPEST = 200  # levels; orjson refuses more than 254
GZIP_MAGIC = b"\x1f\x8b"


def to_json(value: Any, *, indent: bool = False) -> bytes:
    """The bytes of a JSON value (UTF-8, keys in the order given).

    Metadata come from everywhere: what JSON has no word for is written as its string, and half a surrogate pair
    (as in a file name that is not UTF-8) as "?", which keeps every offset true.
    """
    options = orjson.OPT_SERIALIZE_NUMPY | (orjson.OPT_INDENT_2 if indent else 0)
    try:
        return orjson.dumps(value, option=options)
    except TypeError:
        return orjson.dumps(_plain(value), option=options)


def _plain(value: Any, depth: int = 0) -> Any:
    """The same value in the words that JSON has."""
    if isinstance(value, (Mapping, list, tuple)):
        if depth > DEEPEST:
            return "..."
        if isinstance(value, Mapping):
            return {_plain_text(key): _plain(item, depth + 1) for key, item in value.items()}
        return [_plain(item, depth + 1) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted(_plain_text(item) for item in value)
    in_json = value is None or isinstance(value, float) or (isinstance(value, int) and -(2**63) <= value < 2**64)
    return value if in_json else _plain_text(value)


def _plain_text(value: Any) -> str:
    return str(value).encode("utf-8", "replace").decode("utf-8")


def write_jsonl(stream: BinaryIO, records: Iterable[Mapping[str, Any]]) -> None:
    """One object a line, to a binary stream that stays open."""
    with jsonlines.Writer(stream, dumps=to_json) as writer:
        writer.write_all(records)


def no_such_file(path: Path) -> UsageError:
    """The error for a path that is not there; it names the closest one that is."""
    message = f"There is no file or folder {path}."
    try:
        beside = sorted(p.name for p in path.parent.iterdir())
    except OSError:
        return UsageError(f"{message} Check the path: {path.parent} is no folder that can be read.")
    close = difflib.get_close_matches(path.name, beside, n=1)
    return UsageError(
        f"{message} Did you mean {str(path.parent / close[0])!r}?" if close else f"{message} Check the path."
    )


def read_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines of a result file that are not blank, each with its number from 1; `.gz` or not.

    Raises UsageError where there is no such file, OutputError where it cannot be read.
    """
    try:
        with path.open("rb") as raw:
            zipped = raw.peek(2)[:2] == GZIP_MAGIC
            with gzip.open(raw) if zipped else raw as stream:
                for number, line in enumerate(stream, 1):
                    if line.strip():
                        yield number, line
    except FileNotFoundError as e:
        if os.path.lexists(path):
            raise OutputError(f"{path} is a link to a file that is not there.") from e
        raise no_such_file(path) from e
    except IsADirectoryError as e:
        raise OutputError(
            f"{path} is a folder: name the result file in it, for example {path / 'digests.jsonl'}."
        ) from e
    except (EOFError, zlib.error, gzip.BadGzipFile) as e:
        raise OutputError(f"{path} is a damaged gzip file ({e}). Make it again with 'digest run'.") from e
    except OSError as e:
        raise OutputError(f"Cannot read {path}: {e.strerror or e}.") from e


def read_result(path: Path | str) -> Iterator[dict[str, Any]]:
    """The stories of a result file (`.gz` or not), in its order.

    Raises UsageError where there is no such file, OutputError where it is no result; the message names the line.
    """
    path = Path(path)
    for number, line in read_lines(path):
        yield parse_story(line, f"{path}, line {number}")


def parse_story(line: bytes, where: str) -> dict[str, Any]:
    """A line of a result as an object that names its schema.  Raises OutputError otherwise."""
    advice = "Is this a result of 'digest run'?"
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError as e:
        raise OutputError(f"{where}: no JSON ({e}). {advice}") from e
    schema = record.get("schema") if isinstance(record, dict) else None
    if schema != STORY_SCHEMA:
        found = f"its schema is {schema!r}" if schema else "it names no schema"
        raise OutputError(f"{where}: no {STORY_SCHEMA} record ({found}). {advice}")
    return dict(record)
