"""The changes of wording between two texts: which figures, names and other words stand in another's place.

What a scanner misread is no change: words whose letters are the same once the letters that scanners confuse are taken
for one another, with spaces and hyphens left out, count as shared.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from digest.duplicates.alignment import Alignment
from digest.duplicates.texts import FIGURE, NAME, ORDINARY, spelled_figure
from digest.fingerprint import hash_words
from digest.tokens import Terms

# A stretch with one of these is a credit: outlets put their own there.
_CREDITS = "afp agencies agency ansa ap associated bloomberg contributed copyright correspondent desk dpa editing efe"
_CREDITS += " newsroom press reporter reporters reserved reuters rights staff tass updated upi writer xinhua"

# Letters that scanners confuse have the same spelling here ("d" and "cl", "e" and "c"); no two digits have.
_SPELLINGS = "0:c o:c e:c 5:s 1:l i:l b:h q:g 9:g d:cl u:ll m:rn w:vv ﬁ:fl ﬂ:fl"
_AS_SCANNED = str.maketrans(dict(pair.split(":") for pair in _SPELLINGS.split()))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the verdicts need to know of terms: the spelling of each, and which ones are credits."""

    words: tuple[str, ...]
    credits: frozenset[int]


@dataclass(frozen=True, slots=True)
class Change:
    """A short gap between two shared runs.  left, right: its words in the shorter and the longer text;
    names, figures, ordinary: how many words of that shape have another one in their place."""

    left: slice
    right: slice
    names: int
    figures: int
    ordinary: int

    @property
    def is_telling(self) -> bool:
        return self.names + self.figures > 0


def read_lexicon(terms: Terms) -> Lexicon:
    at = np.flatnonzero(np.isin(terms.hashes, hash_words(_CREDITS.split())))
    return Lexicon(terms.words, frozenset(at.tolist()))


def mend(alignment: Alignment, lexicon: Lexicon) -> Alignment:
    """The same alignment, in which misread words count as shared."""
    a, b = alignment.shorter.ids.tolist(), alignment.longer.ids.tolist()
    misread = [
        _is_misread(a[start:end], b[other_start:other_end], lexicon.words)
        for start, end, other_start, other_end in alignment.gaps.tolist()
    ]
    return replace(alignment, misread=np.asarray(misread, bool)) if any(misread) else alignment


def find_changes(alignment: Alignment, lexicon: Lexicon) -> list[Change]:
    """The changes of wording between two texts, but for credits and misread words."""
    ids = alignment.shorter.ids.tolist(), alignment.longer.ids.tolist()
    shapes = alignment.shorter.shapes.tolist(), alignment.longer.shapes.tolist()
    changes = []
    for start, end, other_start, other_end in alignment.gaps[~alignment.misread].tolist():
        left, right = slice(start, end), slice(other_start, other_end)
        if not lexicon.credits.isdisjoint(ids[0][left]) or not lexicon.credits.isdisjoint(ids[1][right]):
            continue
        if start == end or other_start == other_end:  # left out: nothing stands in its place
            changes.append(Change(left, right, 0, 0, 0))
            continue
        here, there = _by_shape(ids[0][left], shapes[0][left]), _by_shape(ids[1][right], shapes[1][right])
        new = [min(len(x - y), len(y - x)) for x, y in zip(here, there, strict=True)]
        if new[NAME] and not _other_names(here[NAME] - there[NAME], there[NAME] - here[NAME], lexicon.words):
            new[NAME] = 0
        if new[FIGURE] and _digits(ids[0][left], lexicon.words) == _digits(ids[1][right], lexicon.words):
            new[FIGURE] = 0
        changes.append(Change(left, right, new[NAME], new[FIGURE], new[ORDINARY]))
    return changes


def _is_misread(here: Sequence[int], there: Sequence[int], words: tuple[str, ...]) -> bool:
    if not here or not there:
        return False
    one, other = ("".join(words[t] for t in side).translate(_AS_SCANNED) for side in (here, there))
    return one == other


def _digits(ids: Sequence[int], words: tuple[str, ...]) -> str:
    """The digits of a stretch, one after another: "1,200", "1200", and "five" for 5 are written in several ways."""
    return "".join(re.sub(r"\D", "", spelled_figure(words[t])) for t in ids)


def _by_shape(ids: Sequence[int], shapes: Sequence[int]) -> tuple[set[int], set[int], set[int]]:
    sets: tuple[set[int], set[int], set[int]] = (set(), set(), set())
    for term, shape in zip(ids, shapes, strict=True):
        sets[shape].add(term)
    return sets


def _other_names(mine: Collection[int], theirs: Collection[int], words: tuple[str, ...]) -> bool:
    """Whether some name is no longer or shorter spelling of one in its place (Sept, September; Japan, Japan's)."""
    there = [words[t] for t in theirs]
    return any(not any(words[t].startswith(y) or y.startswith(words[t]) for y in there) for t in mine)
