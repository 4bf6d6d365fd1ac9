"""The word lists of this room: furniture.toml by language."""

import functools
import tomllib
from importlib import resources

Table = dict[str, list[str]]


@functools.cache
def tables() -> dict[str, Table]:
    """furniture.toml, a table a language (and one for datelines)."""
    table: dict[str, Table] = tomllib.loads(
        resources.files("digest.sentences").joinpath("furniture.toml").read_text("utf-8")
    )
    return table
