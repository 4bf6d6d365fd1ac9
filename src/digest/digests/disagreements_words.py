"""The words that the reading of figures knows, from disagreements.toml."""

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, Literal

Hedge = Literal["", "about", "least", "most"]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of disagreements.toml, each by its meaning."""

    numbers: Mapping[str, float]
    scales: Mapping[str, float]
    units: Mapping[str, str]
    same: Mapping[str, str]
    hedges: Mapping[str, Hedge]
    people: frozenset[str]
    months: frozenset[str]
    vetoes: Mapping[str, frozenset[str]]


@functools.cache
def figure_words() -> Words:
    """What ships in disagreements.toml."""
    table: Mapping[str, Any] = tomllib.loads(
        resources.files(__package__).joinpath("disagreements.toml").read_text("utf-8")
    )
    by_meaning = {
        key: {word: name for name, listed in table[key].items() for word in listed.split()}
        for key in ("units", "same", "hedges")
    }
    return Words(
        table["numbers"],
        table["scales"],
        by_meaning["units"],
        {word: name.upper() for word, name in by_meaning["same"].items()},
        by_meaning["hedges"],
        frozenset(table["people"]["words"].split()),
        frozenset(table["months"]["words"].split()),
        {name: frozenset(listed.split()) for name, listed in table["vetoes"].items()},
    )
