"""Whether two figures of two reports may be two readings of one quantity, and what forbids it.

Most pairs of like sentences with unlike figures are no disagreement: another subject, a part against the whole, a plan
against the outcome, another year, a rounded value.  `forbids` names the first reason that no likeness outweighs; how
likely the others are of one quantity is weighed in `disagreements_likeness`.
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
    "twice",
    "unlike",
    "update",
]

_RATIO = 3.0  # Two readings of one quantity are of one size.
_YEARS = 3
_ROUNDED = 0.045  # Values so near are one value, rounded.
_VAGUE = 0.12  # The same where one of them is "about" so much.
_SMALL = 20  # Up to here a count is told as it is; only a fraction is rounded: 5.6 to 6.
_LARGE = 50  # From here on "more than 300" is any number up to 399.
_UNITS = frozenset({"", "usd", "eur", "gbp", "age", "minute", "hour", "month", "year", "acre", "hectare", "ton"})
_RECENT = re.compile("(?i)\\bearlier (?:this|in the|on)\\b")
_BEHIND = 3  # "three other people": the word stands among so many behind the number.
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


def forbids(a: Mention, b: Mention) -> Objection | None:
    """The first reason why two mentions are not two readings of one quantity; None where there is none."""
    return next((name for name, stands in _CHECKS.items() if stands(a, b)), None)


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
    if large.low <= _SMALL:
        return _is_whole(small.high) != _is_whole(large.low) and round(small.high) == round(large.low)
    return gap <= limit


def figures_part(ours: Sequence[Figure], theirs: Sequence[Figure]) -> bool:
    """Whether two sentences cannot tell the same: each has a figure of one thing that the other gives otherwise."""
    return any(_unmatched(a, theirs) and _unmatched(b, ours) for a in ours for b in theirs if of_one_kind(a, b))


def _unmatched(figure: Figure, others: Sequence[Figure]) -> bool:
    return not any(of_one_kind(figure, other) and agree(figure, other) for other in others)


def _is_whole(value: float) -> bool:
    return value == int(value)


def _round(value: float) -> bool:
    """Whether a number has one digit that is not zero."""
    return len(f"{value:.0f}".rstrip("0")) == 1


def compatible(a: Figure, b: Figure) -> bool:
    """Whether two figures of one unit agree, or the lower is a bound in round numbers: "more than 300" and 375."""
    small, large = (a, b) if a.high < b.low else (b, a)
    bound = small.hedge == "least" and small.unit != "age"
    return agree(a, b) or (bound and large.low < small.high + _step(small.high))


def _step(value: float) -> float:
    """What the last digit of a large number that is not zero counts: 100 of 300; 0 of a small one."""
    step = 1.0
    while value >= _LARGE and value % (10 * step) == 0:
        step *= 10
    return step if value >= _LARGE else 0


def of_one_kind(a: Figure, b: Figure) -> bool:
    """Whether two figures are of one unit or, without a unit, count things of one name."""
    return a.unit == b.unit and (bool(a.unit) or a.heads[-1:] == b.heads[-1:])


def crossed(figure: Figure, theirs: Figure, others: Sequence[Figure]) -> bool:
    """Whether another figure of a sentence has the value of the other sentence's, alone or added to this one."""
    return any(same_value(other.low, theirs.low) or same_value(other.low + figure.low, theirs.low) for other in others)


def _units_differ(a: Mention, b: Mention) -> bool:
    return a.figure.unit != b.figure.unit or a.figure.unit not in _UNITS


def _too_unlike(a: Mention, b: Mention) -> bool:
    low, high = sorted((a.figure.high, b.figure.high))
    if a.figure.unit == "age":
        return high - low > _YEARS  # Two people of one name.
    return high > _RATIO * low


def _subjects_differ(a: Mention, b: Mention) -> bool:
    x, y = a.figure, b.figure
    if x.unit == "age":
        return not x.names & y.names
    if x.unit:
        return not (x.about & y.about) - {PERSON}
    ours, theirs = deeds_of(x), deeds_of(y)
    if ours & theirs:
        return False
    return bool(ours or theirs) or x.heads[-1:] != y.heads[-1:]


def deeds_of(figure: Figure) -> frozenset[str]:
    """What happened to those counted, where it is one of the known things (written in capitals)."""
    return frozenset(w for w in figure.about if w.isupper() and w != PERSON)


def _several(a: Mention, b: Mention) -> bool:
    """Whether either sentence has another figure that may be the one meant, or whose sum with it is the other's."""
    return any(
        crossed(mine.figure, theirs.figure, [f for f in mine.statement.figures if f is not mine.figure])
        for mine, theirs in ((a, b), (b, a))
    )


def same_value(x: float, y: float) -> bool:
    """Whether two numbers are one, rounded."""
    return abs(x - y) <= _ROUNDED * max(x, y) and (max(x, y) > 20 or x == y)


def _part(a: Mention, b: Mention) -> bool:
    """Whether one figure is of others than those counted before, or one of many."""
    veto = figure_words().vetoes
    near = (frozenset(m.figure.after[:_BEHIND] + m.figure.before[:1]) for m in (a, b))
    others = {veto["other"].isdisjoint(words) for words in near}
    rates = {veto["rate"].isdisjoint(m.statement.words) for m in (a, b)}
    return len(others) == 2 or len(rates) == 2


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


def _of_a_field(a: Mention, b: Mention) -> bool:
    """Whether either sentence is on a match, a market, a poll or the weather, which have figures of their own in every
    report."""
    return not figure_words().vetoes["field"].isdisjoint(a.statement.words | b.statement.words)


def names_part(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether both have names, and none in common."""
    return bool(a and b) and not names_shared(a, b)


def names_shared(a: frozenset[str], b: frozenset[str]) -> int:
    """How many names both have; a country and its people agree by their first letters."""
    return len({name[:_STEM] for name in a} & {name[:_STEM] for name in b})


_CHECKS: Mapping[Objection, Callable[[Mention, Mention], bool]] = {
    "unit": _units_differ,
    "agree": lambda a, b: compatible(a.figure, b.figure),
    "ratio": _too_unlike,
    "subject": _subjects_differ,
    "several": _several,
    "part": _part,
    "mode": _modes_differ,
    "direction": _directions_differ,
    "time": _times_differ,
    "names": lambda a, b: names_part(a.figure.names, b.figure.names),
    "field": _of_a_field,
}
