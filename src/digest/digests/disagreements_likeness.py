"""How likely two figures of two reports are two readings of one quantity: a logistic on what stands around them.

Rules that each forbid a pair leave either false pairs or none at all; a sum of small reasons for and against leaves the
surest.  The weights (disagreements_weights.toml) were learned by benchmarks/fit_disagreements.py from pairs judged by
hand; what is told must be likelier than `SURE`.
"""

import functools
import math
import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any

from digest.digests.disagreements_figures import Figure, figures_of
from digest.digests.disagreements_pairs import Mention, Objection, forbids, names_part, of_one_kind, same_value
from digest.digests.disagreements_words import figure_words
from digest.digests.reading import fold_of
from digest.digests.words import words_of

SURE = 1.25  # Log-odds from which on two figures are told as two readings of one quantity.
_TWICE = 2.0  # Two readings of one day are nearer than an old count and a new one.
_OTHERS = 4  # Other figures are counted up to so many.


@functools.cache
def _weights() -> Mapping[str, float]:
    table: Mapping[str, Any] = tomllib.loads(
        resources.files(__package__).joinpath("disagreements_weights.toml").read_text("utf-8")
    )
    return {str(name): float(weight) for name, weight in table.items()}


def objection(a: Mention, b: Mention, given: int = 0) -> Objection | None:
    """The first reason against telling that two sources disagree; None where there is none.

    given: what `given_too` found; without it, an objection stands whatever it will find.
    """
    if reason := forbids(a, b):
        return reason
    if max(a.figure.high, b.figure.high) > _TWICE * min(a.figure.high, b.figure.high):
        return "twice"
    if log_odds(a, b, given) < SURE:
        return "unlike"
    then = figure_words().vetoes["then"]
    called_old = not then.isdisjoint(a.statement.words | b.statement.words)
    return "update" if called_old or a.day is None or a.day != b.day else None


def log_odds(a: Mention, b: Mention, given: int = 0) -> float:
    """The log-odds that two mentions that nothing forbids are of one quantity."""
    weights, features = _weights(), features_of(a, b, given)
    return round(weights["constant"] + math.fsum(weights[name] * value for name, value in features.items()), 6)


def given_too(a: Mention, b: Mention, texts: tuple[str, str]) -> int:
    """How many of the two articles, whose texts these are, give the other's value too: 0 to 2."""
    pairs = ((texts[0], b.figure), (texts[1], a.figure))
    return sum(
        any(unit == figure.unit and same_value(low, figure.low) for unit, low in _values(text))
        for text, figure in pairs
    )


@functools.lru_cache(maxsize=1 << 7)  # of one story: pairs of articles come again
def _values(text: str) -> frozenset[tuple[str, float]]:
    return frozenset((figure.unit, figure.low) for line in text.split("\n") for figure in figures_of(line))


def features_of(a: Mention, b: Mention, given: int) -> dict[str, float]:
    """What speaks for and against one quantity; the same whichever comes first."""
    x, y = a.figure, b.figure
    veto = figure_words().vetoes
    ratio = abs(math.log(max(x.high, 0.5) / max(y.high, 0.5)))
    shared = _overlap(_content(a.statement.words), _content(b.statement.words))
    part = [not veto["part"].isdisjoint(f.marks) for f in (x, y)]
    others = [[f for f in m.statement.figures if f is not m.figure] for m in (a, b)]
    return {
        "words": shared,
        "ratio": ratio,
        "ratio*unlike": ratio * (1 - shared),
        "size": math.log10(max(x.high, y.high, 1)),
        "hedges": float(bool(x.hedge) + bool(y.hedge)),
        "counted": float(not x.unit),
        "before": float(_run(x.before, y.before)),
        "after": float(_run(x.after, y.after)),
        "kin": float(any(of_one_kind(f, g) for f, rest in zip((x, y), others, strict=True) for g in rest)),
        "unmatched": float(_unmatched(*others)),
        "given": float(given),
        "one_part": float(part[0] != part[1]),
        "two_parts": float(part[0] and part[1]),
        "one_day": float(bool(a.statement.words & b.statement.words & veto["days"])),
        "other_names": float(names_part(a.statement.names, b.statement.names)),
    }


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / max(1, len(a | b))


@functools.lru_cache(maxsize=1 << 9)  # of one story, as statements
def _content(words: frozenset[str]) -> frozenset[str]:
    """The words that tell something, folded."""
    known, fold, stop = figure_words(), fold_of("en"), words_of("en").stop
    return frozenset(
        fold(word.removesuffix("'s"))
        for word in words
        if len(word) > 2 and word not in stop and word not in known.numbers and word not in known.scales
    )


def _run(a: tuple[str, ...], b: tuple[str, ...]) -> int:
    """How many words in a row agree."""
    return next((n for n, (one, other) in enumerate(zip(a, b, strict=False)) if one != other), min(len(a), len(b)))


def _unmatched(ours: list[Figure], theirs: list[Figure]) -> int:
    """How many of the other figures the other sentence does not have."""
    matched = sum(any(a.unit == b.unit and same_value(a.low, b.low) for b in theirs) for a in ours)
    return min(_OTHERS, max(0, len(ours) + len(theirs) - 2 * matched))
