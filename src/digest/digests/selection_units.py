"""Sentences that are chosen together: one that leans on the one before it comes only with that one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from digest.digests.ngrams import Expectation
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


@dataclass(frozen=True, slots=True)
class Unit:
    """Sentences that are chosen together; `after` is the sentence that must have been chosen (-1: none)."""

    parts: tuple[int, ...]
    after: int
    words: int
    characters: int
    grams: Int64
    copies: Int64
    pairs: Int64
    tokens: int


def size_of(unit: Unit) -> tuple[int, int]:
    """Unigrams and bigrams of a unit, repeats counted."""
    return unit.tokens, max(unit.tokens - len(unit.parts), 0)


def units_of(choosable: Choosable, expectation: Expectation) -> list[Unit]:
    """Each sentence that stands alone; each that leans, with what it leans on, and by itself after that."""
    one, two = expectation.unigrams, expectation.bigrams
    ones = np.searchsorted(one.sentence, [choosable.index, choosable.index + 1]).T.tolist()
    twos = np.searchsorted(two.sentence, [choosable.index, choosable.index + 1]).T.tolist()
    words, characters = choosable.words.tolist(), choosable.characters.tolist()
    tokens_before = np.append(0, np.cumsum(one.copies)).tolist()
    single = []
    for c, ((a, b), (p, q)) in enumerate(zip(ones, twos, strict=True)):
        tokens = tokens_before[b] - tokens_before[a]
        single.append(Unit((c,), -1, words[c], characters[c], one.gram[a:b], one.copies[a:b], two.gram[p:q], tokens))
    units = []
    for c, unit in enumerate(single):
        parts, whole = _chain(choosable, c)
        if len(parts) > 1:
            units.append(replace(unit, after=c - 1))
        if whole:
            units.append(_joined([single[p] for p in parts]))
    return units


def _chain(choosable: Choosable, c: int) -> tuple[tuple[int, ...], bool]:
    """A sentence with those it leans on, and whether the first of them stands alone."""
    first = c
    while choosable.leans[first] and choosable.follows[first] and c - first + 1 < CHAIN:
        first -= 1
    return tuple(range(first, c + 1)), not choosable.leans[first]


def _joined(units: Sequence[Unit]) -> Unit:
    """Single sentences as one unit."""
    if len(units) == 1:
        return units[0]
    grams, at = np.unique(np.concatenate([u.grams for u in units]), return_inverse=True)
    return Unit(
        tuple(part for u in units for part in u.parts),
        -1,
        sum(u.words for u in units),
        sum(u.characters for u in units) + len(units) - 1,
        grams,
        np.bincount(at, np.concatenate([u.copies for u in units])).astype(np.int64),
        np.unique(np.concatenate([u.pairs for u in units])),
        sum(u.tokens for u in units),
    )
