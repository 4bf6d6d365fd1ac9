"""Inputs as they stand in their files: what is cut from a stream, before any of it is understood."""

from dataclasses import dataclass
from typing import Any

from digest.records import Origin, Reject


@dataclass(frozen=True, slots=True)
class Raw:
    """An input that may become an article.

    kind: the suffix of its file, which says who makes the article; content: its bytes (a whole file, or a line), or
    the value that stood in a list; size: bytes or characters of it.
    """

    origin: Origin
    kind: str
    content: Any
    size: int


_IN_WORDS = {str: "a string", bool: "true or false", type(None): "null", list: "a list"}


def no_object(value: Any) -> str:
    """What stands where an object should, as JSON calls it."""
    return f"{_IN_WORDS.get(type(value), 'a number')}, not an object with fields"


def empty(file: str) -> Reject:
    return Reject(file, None, None, "empty", "There is nothing in it.")


def binary(file: str) -> Reject:
    return Reject(file, None, None, "binary", "It is no text: nothing of it was read.")
