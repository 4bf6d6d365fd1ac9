"""The word lists of this room: furniture.toml by language, and each language's commonest function words."""

import functools
import tomllib
from importlib import resources
from typing import Any

Table = dict[str, list[str]]


@functools.cache
def tables() -> dict[str, Table]:
    """furniture.toml, a table a language (and one for datelines)."""
    return _read("furniture.toml")


@functools.cache
def function_words() -> dict[str, tuple[str, ...]]:
    """The commonest function words of each language (ISO 639-1)."""
    return {language: tuple(words.split()) for language, words in _read("function_words.toml").items()}


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("digest.sentences").joinpath(name).read_text("utf-8"))
