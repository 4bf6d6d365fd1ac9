"""What two articles share, word for word: the shingles of one found in the other, and the gaps between them.

Containment of word shingles is Broder's (1997), counted in words: a word is shared when it stands in a run of
three that both texts hold, so that one changed word costs little more than itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digest.duplicates.texts import Text, UInt64, shingles
from digest.tokens import Int64

RUN = 3  # words in a row that count as shared
_NEAR = 12  # a longer stretch between two shared runs is a passage of its own, not a change of wording
_PLACE_BITS = np.uint64(24)  # longer texts than 16 million words have other troubles
_PLACE = np.uint64((1 << 24) - 1)

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Keyed:
    """A text with its shingles in ascending order: `positions[i]` is where `keys[i]` begins, and `repeats[i]` how
    many equal ones begin before it."""

    text: Text
    keys: UInt64
    positions: Int64
    repeats: Int64


@dataclass(frozen=True, slots=True)
class Alignment:
    """The shared shingles of a shorter and a longer text: `left[i]` begins the same three words as `right[i]`.

    left: ascending, int64; right: int64 of the same length.  A shingle's second occurrence meets the other's second.
    """

    shorter: Text
    longer: Text
    left: Int64
    right: Int64

    @property
    def shared(self) -> tuple[Bools, Bools]:
        """Which words of either text stand in shared runs: bool [words of shorter], bool [words of longer]."""
        return _covered(self.left, len(self.shorter)), _covered(self.right, len(self.longer))

    @property
    def overlap(self) -> float:
        """The share of the shorter text's words that the longer one holds in runs, 0 to 1."""
        return float(np.round(np.mean(self.shared[0]), 6)) if len(self.shorter) else 0.0

    @property
    def alongside(self) -> float:
        """The share of the shorter text that is shared or stands in a gap between shared runs, 0 to 1.

        Two reports that quote one speech share long runs and have long passages of their own; an edited, scanned or
        translated copy shares less, but everywhere.
        """
        covered = self.shared[0]
        for here, _ in self.gaps():
            covered[here] = True
        return float(np.round(np.mean(covered), 6)) if len(covered) else 0.0

    def gaps(self) -> Iterator[tuple[slice, slice]]:
        """The short stretches between neighbouring shared runs: what one text says where the other says the other."""
        ends = (self.left[:-1] + RUN, self.right[:-1] + RUN)
        widths = self.left[1:] - ends[0], self.right[1:] - ends[1]
        near = (widths[0] >= 0) & (widths[1] >= 0) & (widths[0] <= _NEAR) & (widths[1] <= _NEAR)
        for i in np.flatnonzero(near & ((widths[0] > 0) | (widths[1] > 0))):
            yield slice(ends[0][i], self.left[i + 1]), slice(ends[1][i], self.right[i + 1])


def key(text: Text, hashes: UInt64) -> Keyed:
    """Sorts a text's shingles.  `hashes`: of all terms, by term id.

    One number holds a shingle and its place, since sorting numbers is several times as fast as sorting places by them.
    """
    rolled = shingles(hashes[text.ids], RUN)
    packed = (rolled & ~_PLACE) | np.arange(len(rolled), dtype=np.uint64)
    packed.sort()
    keys = packed >> _PLACE_BITS
    new = np.append(True, keys[1:] != keys[:-1])[: len(keys)]
    begins = np.maximum.accumulate(np.where(new, np.arange(len(keys)), 0))
    return Keyed(text, keys, (packed & _PLACE).astype(np.int64), np.arange(len(keys)) - begins)


def align(one: Keyed, other: Keyed) -> Alignment:
    """The shingles that two texts share, each occurrence once."""
    a, b = (one, other) if len(one.text) <= len(other.text) else (other, one)
    at = np.searchsorted(b.keys, a.keys, "left") + a.repeats
    found = np.flatnonzero(at < len(b.keys))
    found = found[b.keys[at[found]] == a.keys[found]]
    left, right = a.positions[found], b.positions[at[found]]
    order = np.argsort(left)
    return Alignment(a.text, b.text, left[order], right[order])


def _covered(starts: Int64, length: int) -> Bools:
    """The words of runs that begin at `starts`."""
    covered = np.zeros(length, bool)
    for offset in range(RUN):
        covered[starts + offset] = True
    return covered
