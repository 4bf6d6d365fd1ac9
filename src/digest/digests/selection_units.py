"""Sentences that are chosen together: one that leans on the one before it comes only with that one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from digest.tokens import Int64

CHAIN = 3  # Sentences that lean one on the other, at most.


@dataclass(frozen=True, slots=True)
class Choosable:
    """The sentences of a story that may be chosen.

    index: int64 [C], places among the story's sentences, ascending; leans: bool [C]; follows: bool [C], whether the one
    before in this list is the sentence right before it in the article; words, characters: int64 [C]; alike: bool
    [C, C], pairs that say the same; told: float64 [C, C], 0 to 1, how much of what one says the other tells.
    """

    index: Int64
    leans: npt.NDArray[np.bool_]
    follows: npt.NDArray[np.bool_]
    words: Int64
    characters: Int64
    alike: npt.NDArray[np.bool_]
    told: npt.NDArray[np.float64]


class Unit(NamedTuple):
    """Sentences that are chosen together; `after` is the sentence that must have been chosen (-1: none)."""

    parts: tuple[int, ...]
    after: int
    words: int
    characters: int


def units_of(choosable: Choosable) -> list[Unit]:
    """Each sentence that stands alone; each that leans, with what it leans on, and by itself after that."""
    leans, follows = choosable.leans.tolist(), choosable.follows.tolist()
    words, characters = choosable.words.tolist(), choosable.characters.tolist()
    units = []
    for c in range(len(leans)):
        first = c
        while leans[first] and follows[first] and c - first + 1 < CHAIN:
            first -= 1
        if first < c:
            units.append(Unit((c,), c - 1, words[c], characters[c]))
        if not leans[first]:
            parts = slice(first, c + 1)
            spaces = c - first
            units.append(Unit(tuple(range(first, c + 1)), -1, sum(words[parts]), sum(characters[parts]) + spaces))
    return units


def parts_of(units: Sequence[Unit]) -> tuple[Int64, Int64]:
    """The sentences of all units, one unit after another, and whose each is (its number): int64 [parts] each."""
    found = [(part, n) for n, unit in enumerate(units) for part in unit.parts]
    parts, numbers = np.asarray(found, np.int64).T
    return parts, numbers
