"""What two articles share, word for word: the shingles of one found in the other, and the gaps between them.

Containment of word shingles is Broder's (1997), counted in words: a word is shared when it stands in a run of
three that both texts hold, so that one changed word costs little more than itself.
"""

from dataclasses import dataclass

import numpy as np

from digest.duplicates.texts import Text
from digest.fingerprint import UInt64, shingles
from digest.similarity import Bool
from digest.tokens import Int64

RUN = 3  # words in a row that count as shared
_NEAR = 12  # a longer stretch between two shared runs is a passage of its own, not a change of wording
_PLACE_BITS = np.uint64(24)  # longer texts than 16 million words have other troubles
_PLACE = np.uint64((1 << 24) - 1)


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
    gaps: the short stretches between neighbouring shared runs, before the first and after the last: what one text says
    where the other says the other; int64 [n gaps, 4]: from and to in the shorter, from and to in the longer.
    misread: bool [n gaps], which of them hold the same words, badly scanned; they count as shared.
    """

    shorter: Text
    longer: Text
    left: Int64
    right: Int64
    gaps: Int64
    misread: Bool

    @property
    def shared(self) -> tuple[Bool, Bool]:
        """Which words of either text stand in shared runs: bool [words of shorter], bool [words of longer]."""
        return self._shared_and(self.gaps[self.misread])

    @property
    def alongside(self) -> tuple[Bool, Bool]:
        """Which words of either text are shared or stand in a gap between shared runs: bool, as `shared`.

        Two reports that quote one speech share long runs and have long passages of their own; an edited, scanned or
        translated copy shares less, but everywhere.
        """
        return self._shared_and(self.gaps)

    @property
    def overlap(self) -> float:
        """The share of the shorter text's words that the longer one holds in runs, 0 to 1."""
        return float(np.round(np.mean(self.shared[0]), 6)) if len(self.shorter) else 0.0

    def _shared_and(self, gaps: Int64) -> tuple[Bool, Bool]:
        return (
            _covered(self.left, gaps[:, 0], gaps[:, 1], len(self.shorter)),
            _covered(self.right, gaps[:, 2], gaps[:, 3], len(self.longer)),
        )


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
    """The shingles that two texts share, each occurrence once.  The order of the two does not matter."""
    a, b = sorted((one, other), key=_size)
    at = np.searchsorted(b.keys, a.keys, "left") + a.repeats
    found = np.flatnonzero(at < len(b.keys))
    found = found[b.keys[at[found]] == a.keys[found]]
    left, right = a.positions[found], b.positions[at[found]]
    order = np.argsort(left)
    left, right = left[order], right[order]
    gaps = _find_gaps(left, right, len(a.text), len(b.text))
    return Alignment(a.text, b.text, left, right, gaps, np.zeros(len(gaps), bool))


def _size(keyed: Keyed) -> tuple[int, bytes, bytes]:
    """By length; of texts of one length by what they say, since texts with a word changed have one often."""
    return len(keyed.text), keyed.keys.tobytes(), keyed.positions.tobytes()


def _find_gaps(left: Int64, right: Int64, length: int, other_length: int) -> Int64:
    """See `Alignment`."""
    if not len(left):
        return np.empty((0, 4), np.int64)
    begins, ends = np.append(0, left + RUN), np.append(left, length)
    other_begins, other_ends = np.append(0, right + RUN), np.append(right, other_length)
    width, other_width = ends - begins, other_ends - other_begins
    near = (width >= 0) & (other_width >= 0) & (width <= _NEAR) & (other_width <= _NEAR) & (width + other_width > 0)
    chosen = np.flatnonzero(near)
    return np.stack([places[chosen] for places in (begins, ends, other_begins, other_ends)], axis=1)


def _covered(starts: Int64, begins: Int64, ends: Int64, length: int) -> Bool:
    """The words of runs that begin at `starts`, and those of the stretches from `begins` to `ends`."""
    covered = np.zeros(length, bool)
    for offset in range(RUN):
        covered[starts + offset] = True
    if len(begins):
        steps = np.bincount(begins, minlength=length + 1) - np.bincount(ends, minlength=length + 1)
        covered |= np.cumsum(steps[:length]) > 0
    return covered
