"""Is one article a copy of the other?  Enough shared text, and no sign that the same words tell another event.

True copies differ by cuts, added lines and small changes of wording.  Look-alikes (yesterday's and today's weather,
two quarters' earnings, a refilled template, an update) differ where figures and names stand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from digest.duplicates.alignment import Alignment, Keyed, align
from digest.duplicates.texts import FIGURE, NAME, ORDINARY, Text
from digest.fingerprint import hash_words
from digest.tokens import Terms

Reason = Literal["copy", "little shared", "same notice", "other headline", "other figures or names"]

LEAST_OVERLAP = 0.4  # the share of the shorter article's words
LEAST_OVERLAP_SHORT = 0.8  # short articles of one kind share more than half by their set phrases
LEAST_ALONGSIDE = 0.8  # two reports of one event that share quotes reach 0.7
SHORT = 100  # words
LEAST_WORDS = 20  # shorter articles are copies only if they and their headlines have the same words
_TELLING_CHANGES = 0.2  # the share of changed figures and names that an edited copy does not reach
_FIGURE_CHANGES = 0.5  # of figures alone, which are few
_FEW_FIGURES = 6

# A stretch with one of these is a credit: outlets put their own there.
_CREDITS = "afp agencies agency ansa ap associated bloomberg contributed copyright correspondent desk dpa editing efe"
_CREDITS += " newsroom press reporter reporters reserved reuters rights staff tass updated upi writer xinhua"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the verdicts need to know of terms: the spelling of each, and which ones are credits."""

    words: tuple[str, ...]
    credits: frozenset[int]


def read_lexicon(terms: Terms) -> Lexicon:
    at = np.flatnonzero(np.isin(terms.hashes, hash_words(_CREDITS.split())))
    return Lexicon(terms.words, frozenset(at.tolist()))


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article as copies are judged by."""

    body: Keyed
    title: Text


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision about two articles.  `overlap`: of the shorter one's words, 0 to 1."""

    reason: Reason
    overlap: float
    alignment: Alignment

    @property
    def is_copy(self) -> bool:
        return self.reason == "copy"


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


def judge(one: Candidate, other: Candidate, lexicon: Lexicon) -> Verdict:
    """Decides about two articles; the order does not matter."""
    alignment = align(one.body, other.body)
    overlap = alignment.overlap
    return Verdict(_reason(one, other, alignment, overlap, lexicon), overlap, alignment)


def _reason(one: Candidate, other: Candidate, alignment: Alignment, overlap: float, lexicon: Lexicon) -> Reason:
    length = len(alignment.shorter)
    if length < LEAST_WORDS or overlap < (LEAST_OVERLAP_SHORT if length < SHORT else LEAST_OVERLAP):
        return "little shared"
    if alignment.alongside < LEAST_ALONGSIDE:
        return "little shared"
    if length < SHORT and is_notice(one, other, lexicon):
        return "same notice"
    if _missing_from_title(one, other) and _missing_from_title(other, one):
        return "other headline"
    return "other figures or names" if _tells_of_another(alignment, lexicon) else "copy"


def have_same_words(one: Candidate, other: Candidate, lexicon: Lexicon) -> bool:
    """Whether two articles are exact copies."""
    body, length = one.body.text.ids, len(one.body.text)
    if not length or not np.array_equal(body, other.body.text.ids):
        return False
    if length < LEAST_WORDS:
        return np.array_equal(one.title.ids, other.title.ids)
    return length >= SHORT or not is_notice(one, other, lexicon)


def is_notice(one: Candidate, other: Candidate, lexicon: Lexicon) -> bool:
    """Two headlines of which nothing stands in the text nor in each other: the text is a site's notice."""
    titles = [{t for t in c.title.ids.tolist() if len(lexicon.words[t]) > 3} for c in (one, other)]
    bodies = [set(c.body.text.ids.tolist()) for c in (one, other)]
    return bool(titles[0] and titles[1]) and not (titles[0] & (bodies[0] | titles[1]) or titles[1] & bodies[1])


def _missing_from_title(one: Candidate, other: Candidate) -> bool:
    """Whether the headline of one gives a name or figure of its text that the other never mentions."""
    if not len(one.title):
        return False
    body = one.body.text
    candidates = np.setdiff1d(one.title.ids, np.concatenate((other.title.ids, other.body.text.ids)))
    return bool(np.isin(body.ids[body.shapes != ORDINARY], candidates).any())


def _tells_of_another(alignment: Alignment, lexicon: Lexicon) -> bool:
    """Whether the differences fall on figures and names.

    They do when most changes are a figure or name for another, or when figures and names changed more than twice as
    often as other words (in an edited or badly scanned copy they change as often, or less).
    """
    a, changes = alignment.shorter, find_changes(alignment, lexicon)
    aimed = sum(change.is_telling for change in changes)
    if aimed >= (1 if len(a) < SHORT else 2) and 2 * aimed >= len(changes):
        return True
    ordinary, names, figures = np.bincount(a.shapes[alignment.shared[0]], minlength=3).tolist()
    new_figures = sum(change.figures for change in changes)
    new_names = sum(change.names for change in changes)
    new_ordinary = sum(change.ordinary for change in changes)
    usual = 2 * new_ordinary / max(1, new_ordinary + ordinary)
    telling = new_names + new_figures
    return telling > max(_TELLING_CHANGES, usual) * (telling + names + figures) or (
        new_figures >= _FEW_FIGURES and new_figures > max(_FIGURE_CHANGES, usual) * (new_figures + figures)
    )


def find_changes(alignment: Alignment, lexicon: Lexicon) -> list[Change]:
    """The changes of wording between two texts, but for credits."""
    ids = alignment.shorter.ids.tolist(), alignment.longer.ids.tolist()
    shapes = alignment.shorter.shapes.tolist(), alignment.longer.shapes.tolist()
    changes = []
    for left, right in alignment.gaps():
        here, there = _by_shape(ids[0][left], shapes[0][left]), _by_shape(ids[1][right], shapes[1][right])
        if not lexicon.credits.isdisjoint(ids[0][left]) or not lexicon.credits.isdisjoint(ids[1][right]):
            continue
        new = [min(len(x - y), len(y - x)) for x, y in zip(here, there, strict=True)]
        if new[NAME] and not _other_names(here[NAME] - there[NAME], there[NAME] - here[NAME], lexicon.words):
            new[NAME] = 0
        changes.append(Change(left, right, new[NAME], new[FIGURE], new[ORDINARY]))
    return changes


def _by_shape(ids: Sequence[int], shapes: Sequence[int]) -> tuple[set[int], set[int], set[int]]:
    sets: tuple[set[int], set[int], set[int]] = (set(), set(), set())
    for term, shape in zip(ids, shapes, strict=True):
        sets[shape].add(term)
    return sets


def _other_names(mine: set[int], theirs: set[int], words: tuple[str, ...]) -> bool:
    """Whether some name is no longer or shorter spelling of one in its place (Sept, September; Japan, Japan's)."""
    there = [words[t] for t in theirs]
    return any(not any(words[t].startswith(y) or y.startswith(words[t]) for y in there) for t in mine)
