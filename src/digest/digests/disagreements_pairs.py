"""Whether two figures of two reports are two readings of one quantity.

Most pairs of like sentences with unlike figures are no disagreement: a part against the whole, a forecast against the
outcome, another day, another subject, a rounded value.  `objection` names the first reason against a pair; what is
left may be told as "sources give different figures".  `benchmarks/disagreements.py` measures it on labelled pairs.
"""

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from digest.digests.disagreements_figures import PERSON, Figure, figures_of
from digest.digests.disagreements_words import figure_words
from digest.digests.words import words_of

Objection = Literal[
    "unit",
    "agree",
    "ratio",
    "subject",
    "several",
    "part",
    "mode",
    "direction",
    "time",
    "names",
    "field",
    "update",
    "twice",
    "far",
]

NEAR = 0.61  # Cosine of the sentences' vectors: below it one in three was right on stories that no rule had seen.
NEAR_TOLD = 0.43  # The same for two counts of the dead, the hurt ... on one day that say who counted and share names.
NEAR_DURATION = 0.70  # The same for spans of time, which every sentence may hold.
_SOME = 10
_NAMES = 2
_RATIO = 3.0  # Two readings of one quantity are of one size.
_TWICE = 2.0  # Two that are no update are nearer still.
_YEARS = 3
_ROUNDED = 0.045  # Values so near are one value, rounded.
_VAGUE = 0.12  # The same where one of them is "about" so much.
_UNITS = frozenset({"", "usd", "eur", "gbp", "age", "minute", "hour", "month", "year", "acre", "hectare", "ton"})
_DURATIONS = frozenset({"minute", "hour", "month", "year"})
_RECENT = re.compile("(?i)\\bearlier (?:this|in the|on)\\b")
_STEM = 6
_WORD = re.compile("[^\\W\\d_]+(?:['’][^\\W\\d_]+)*|(?:19|20)\\d\\d")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with figures: its words in lower case, its names, and the months and years that it names."""

    figures: tuple[Figure, ...]
    words: frozenset[str]
    names: frozenset[str]
    times: frozenset[str]


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure in its statement; day: when its article was published ("2023-07-12"), or None."""

    statement: Statement
    figure: Figure
    day: str | None


@functools.lru_cache(maxsize=1 << 9)  # of one story: its parts ask one after another
def read_statement(text: str) -> Statement:
    """What an English sentence says in figures."""
    veto = figure_words().vetoes
    found = [(m.group().replace("’", "'"), m.start()) for m in _WORD.finditer(text)]
    lower = [w.lower() for w, _ in found]
    plain = [w.removesuffix("'s") for w in lower]
    return Statement(
        figures_of(text),
        frozenset(lower) - ({"earlier"} if _RECENT.search(text) else set()),
        frozenset(w for (s, at), w in zip(found, plain, strict=True) if s[0].isupper() and at and _names(w)),
        frozenset(w for w in plain if w[0].isdigit() or w in veto["times"]),
    )


def _names(word: str) -> bool:
    words = figure_words()
    return (
        len(word) > 1 and word not in words_of("en").stop and word not in words.vetoes["times"] | words.vetoes["days"]
    )


def objection(a: Mention, b: Mention, near: float) -> Objection | None:
    """The first reason why two mentions are not two readings of one quantity; None where there is none.

    near: the cosine of their sentences.
    """
    near = round(near, 4)
    for name, stands in _CHECKS.items():
        if stands(a, b):
            return name
    return "far" if near < _least(a, b) else None


def _least(a: Mention, b: Mention) -> float:
    """The cosine that two figures ask of their sentences."""
    if a.figure.unit in _DURATIONS:
        return NEAR_DURATION
    counted = _deeds(a.figure) & _deeds(b.figure) and a.day and b.day and max(a.figure.high, b.figure.high) >= _SOME
    return NEAR_TOLD if counted and _are_told(a, b) else NEAR


def _are_told(a: Mention, b: Mention) -> bool:
    """Whether both sentences say who counted, and two names are in both."""
    told = figure_words().vetoes["told"]
    if told.isdisjoint(a.statement.words) or told.isdisjoint(b.statement.words):
        return False
    return len(_stems(a.statement.names) & _stems(b.statement.names)) >= _NAMES


def agree(a: Figure, b: Figure) -> bool:
    """Whether two figures of one unit can be the same value, rounded or hedged."""
    if a.low <= b.high and b.low <= a.high:
        return True
    small, large = (a, b) if a.high < b.low else (b, a)
    gap = (large.low - small.high) / large.low
    if small.unit == "age":
        return False
    if small.hedge == "least" and large.hedge != "least":
        return True
    if large.hedge == "most" and small.hedge != "most":
        return True
    vague = a.hedge == "about" or b.hedge == "about" or (small.hedge == "least" and _round(small.high))
    limit = _VAGUE if vague else _ROUNDED
    return gap <= limit and max(a.high, b.high) > 20


def figures_part(ours: Sequence[Figure], theirs: Sequence[Figure]) -> bool:
    """Whether two sentences cannot tell the same: each has a figure of one thing that the other gives otherwise."""
    return any(_unmatched(a, theirs) and _unmatched(b, ours) for a in ours for b in theirs if _of_one_thing(a, b))


def _unmatched(figure: Figure, others: Sequence[Figure]) -> bool:
    return not any(_of_one_thing(figure, other) and agree(figure, other) for other in others)


def _of_one_thing(a: Figure, b: Figure) -> bool:
    return a.unit == b.unit and (bool(a.unit) or a.heads[-1:] == b.heads[-1:])


def _round(value: float) -> bool:
    """Whether a number has one digit that is not zero."""
    return len(f"{value:.0f}".rstrip("0")) == 1


def _units_differ(a: Mention, b: Mention) -> bool:
    return a.figure.unit != b.figure.unit or a.figure.unit not in _UNITS


def _too_unlike(a: Mention, b: Mention) -> bool:
    if a.figure.unit == "age":
        return abs(a.figure.high - b.figure.high) > _YEARS  # Two people of one name.
    return _times(a, b) > _RATIO


def _times(a: Mention, b: Mention) -> float:
    """How many times the lower value the higher one is."""
    low, high = sorted((a.figure.high, b.figure.high))
    return high / max(low, 1e-9)


def _shared(a: Mention, b: Mention) -> frozenset[str]:
    return (a.figure.about & b.figure.about) - {PERSON}


def _subjects_differ(a: Mention, b: Mention) -> bool:
    x, y = a.figure, b.figure
    shared = _shared(a, b)
    if x.unit == "age":
        return not x.names & y.names
    if x.unit:
        return not shared
    if _deeds(x) != _deeds(y) and not _deeds(x) & _deeds(y):
        return True
    if x.heads and y.heads:
        return x.heads[-1] != y.heads[-1] or not shared - set(x.heads)
    return not _deeds(x) & _deeds(y)


def _deeds(figure: Figure) -> frozenset[str]:
    """What happened to those counted, where it is one of the known things (written in capitals)."""
    return frozenset(w for w in figure.about if w.isupper() and w != PERSON)


def _several(a: Mention, b: Mention) -> bool:
    """Whether either sentence has another figure that may be the one meant, or whose sum with it is the other's."""
    for mine, theirs in ((a, b), (b, a)):
        for other in mine.statement.figures:
            if other is mine.figure:
                continue
            if _same(other.low, theirs.figure.low) or _same(other.low + mine.figure.low, theirs.figure.low):
                return True
            if other.unit == mine.figure.unit and (other.unit or other.heads[-1:] == mine.figure.heads[-1:]):
                return True
    return False


def _same(x: float, y: float) -> bool:
    return abs(x - y) <= _ROUNDED * max(x, y) and (max(x, y) > 20 or x == y)


def _part(a: Mention, b: Mention) -> bool:
    """Whether either figure is a part, an addition or a rate."""
    veto, rate = figure_words().vetoes["part"], figure_words().vetoes["rate"]
    if rate.isdisjoint(a.statement.words) != rate.isdisjoint(b.statement.words):
        return True
    return not veto.isdisjoint(a.figure.marks) or not veto.isdisjoint(b.figure.marks)


def _modes_differ(a: Mention, b: Mention) -> bool:
    """Whether one tells a plan, a forecast or a condition, the other a fact."""
    veto = figure_words().vetoes["mode"]
    return veto.isdisjoint(a.figure.marks) != veto.isdisjoint(b.figure.marks)


def _directions_differ(a: Mention, b: Mention) -> bool:
    """Whether one figure is of a gain, the other of a loss."""
    up, down = figure_words().vetoes["up"], figure_words().vetoes["down"]
    x, y = ((not up.isdisjoint(m.figure.marks), not down.isdisjoint(m.figure.marks)) for m in (a, b))
    return x != y and any(x) and any(y)


def _times_differ(a: Mention, b: Mention) -> bool:
    """Whether other days stand by the figures, or only one sentence names a month or a year."""
    days = figure_words().vetoes["days"]
    x, y = ({mark.removesuffix("'s") for mark in m.figure.marks} & days for m in (a, b))
    return bool(x and y and not x & y) or a.statement.times != b.statement.times


def _names_differ(a: Mention, b: Mention) -> bool:
    """Whether the names of the sentences, or those by the figures, have nothing in common."""
    pairs = ((a.figure.names, b.figure.names), (a.statement.names, b.statement.names))
    return any(x and y and not _stems(x) & _stems(y) for x, y in pairs)


def _stems(names: frozenset[str]) -> set[str]:
    """The first letters of names, so that a country and its people agree."""
    return {name[:_STEM] for name in names}


def _of_a_field(a: Mention, b: Mention) -> bool:
    veto = figure_words().vetoes["field"]
    return not veto.isdisjoint(a.statement.words) or not veto.isdisjoint(b.statement.words)


def _updated(a: Mention, b: Mention) -> bool:
    """Whether time may have told: published on other days, or on days that are not known, or said so."""
    then = figure_words().vetoes["then"]
    return not then.isdisjoint(a.statement.words | b.statement.words) or a.day is None or a.day != b.day


_CHECKS: Mapping[Objection, Callable[[Mention, Mention], bool]] = {
    "unit": _units_differ,
    "agree": lambda a, b: agree(a.figure, b.figure),
    "ratio": _too_unlike,
    "subject": _subjects_differ,
    "several": _several,
    "part": _part,
    "mode": _modes_differ,
    "direction": _directions_differ,
    "time": _times_differ,
    "names": _names_differ,
    "field": _of_a_field,
    "update": _updated,
    "twice": lambda a, b: _times(a, b) > _TWICE,
}
