"""What units of sentences hold of unigrams or of bigrams, and what each adds to what is chosen already."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from digest.digests.ngrams import Grams
from digest.digests.reading import Bool, Float
from digest.tokens import Int64


@dataclass(frozen=True, slots=True)
class Contents:
    """Which unit holds which n-gram: int64 [entries] each, by unit and then by gram; copies: how often."""

    unit: Int64
    gram: Int64
    copies: Int64

    def where(self, chosen: Bool) -> "Contents":
        """Some of the entries: bool [entries]."""
        return Contents(self.unit[chosen], self.gram[chosen], self.copies[chosen])

    def of(self, kept: Bool) -> "Contents":
        """Those of some units (bool [units]), which are numbered anew."""
        found = self.where(kept[self.unit])
        return Contents((np.cumsum(kept) - 1)[found.unit], found.gram, found.copies)

    def worth(self, by_copies: Float, units: int) -> Float:
        """What each of so many units is worth by itself: float64 [units].  by_copies: see `cumulated`; further copies
        add nothing."""
        width = by_copies.shape[1]
        worth = by_copies.take(self.gram * width + np.minimum(self.copies, width - 1))
        return np.asarray(np.bincount(self.unit, worth, units), np.float64)


def contents_of(parts: Int64, unit: Int64, grams: Grams) -> Contents:
    """What units hold: int64 [parts] each, the sentences of all units, one unit after another, and whose each is."""
    first, last = np.searchsorted(grams.sentence, (parts, parts + 1))
    width, ends = last - first, np.cumsum(last - first)
    entry = np.arange(ends[-1]) + np.repeat(first - ends + width, width)
    unit = np.repeat(unit, width)
    gram, copies = grams.gram[entry], grams.copies[entry]
    key = unit * max(len(grams.key), 1) + gram
    order = np.argsort(key, kind="stable")  # nearly in order: what a unit's sentences share is to be joined
    begins = _begins(key[order])
    return Contents(unit[order][begins], gram[order][begins], np.add.reduceat(copies[order], begins))


def cumulated(worth: Float) -> Float:
    """The worth of none, one, two ... copies of each n-gram, from that of each copy: float64 [grams, copies + 1]."""
    found = np.zeros((len(worth), worth.shape[1] + 1))
    np.cumsum(worth, axis=1, out=found[:, 1:])
    return found


def _begins(numbers: Int64) -> Int64:
    """Where each run of equal numbers begins."""
    return np.flatnonzero(np.append(True, numbers[1:] != numbers[:-1])[: len(numbers)])


class Gains:
    """What units add to partial choices, by how much of it these hold.

    A choice's row of `have`, int64 [choices, grams], counts the copies of those grams that several units hold: what one
    unit alone holds is new to whatever takes it.
    """

    def __init__(self, contents: Contents, by_copies: Float, units: int) -> None:
        """by_copies: see `cumulated`."""
        shared = np.bincount(contents.gram) > 1
        several = shared[contents.gram]
        self._alone = contents.where(~several).worth(by_copies, units)
        both = contents.where(several)
        self._most = by_copies.shape[1] - 1
        held, base = np.arange(self._most + 1), both.gram[:, None] * (self._most + 1)
        after = np.minimum(held + both.copies[:, None], self._most)
        self._gains = (by_copies.take(base + after) - by_copies.take(base + held)).ravel()
        self._of = np.arange(len(both.gram)) * (self._most + 1)
        self._gram = (np.cumsum(shared) - 1)[both.gram]
        self._begins = _begins(both.unit)
        self._units = both.unit[self._begins]
        self._adds = np.zeros((units, int(np.count_nonzero(shared))), np.int64)
        self._adds[both.unit, self._gram] = both.copies

    def nothing(self) -> Int64:
        """What one choice of nothing holds."""
        return self._adds[:1] * 0

    def grown(self, have: Int64, units: Sequence[int]) -> Int64:
        """What choices hold, each with one unit more."""
        return np.asarray(np.minimum(have + self._adds[units], self._most))

    def of(self, have: Int64) -> Float:
        """What each unit adds to each choice: float64 [choices, units]."""
        found = np.zeros((len(have), len(self._alone)))
        gains = self._gains.take(have.take(self._gram, axis=1) + self._of)
        found[:, self._units] = np.add.reduceat(gains, self._begins, axis=1)
        return found + self._alone
