"""Whether an English sentence says what another one claims.

There is no parser in the package: a claim is read from its words.  Names match in every sentence on an event; what
happened stands in the plain words, those without a capital letter, and in which words follow each other.  A sentence
says the claim of another when it has all of its numbers, a word of each of its names, and enough of its words, of its
plain ones and of its pairs of neighbours, weighed together; it may say more.  The weights were fitted to pairs judged
by hand; `docs/digests.md` says what they are worth on others.
"""

import functools
import itertools
import math
import re
from dataclasses import dataclass

from digest.digests.disagreements_words import figure_words
from digest.digests.reading import fold_of
from digest.digests.words import words_of

# What each share is worth (of the claim's words, of its plain ones, of the shorter sentence's pairs of neighbours),
_WORDS, _PLAIN, _NEIGHBOURS = 5.5, 2.0, 3.25
_NUMBER, _MOST_NUMBERS = 0.8, 2  # and each of so many numbers in both;
_LONGER = -1.0  # what speaks against it: a longer sentence (by the logarithm) has more of the words by chance.
_ENOUGH = 7.1  # So much says it.
_JOINED = 0.2  # A smaller share of pairs of neighbours is the same words, otherwise joined.
_FEWEST = 3  # A claim of fewer plain words is too little to know it by.
_STEM = 6  # Letters that tell words apart: "resign" and "resignation" agree.
_WORD = re.compile("\\d+(?:[.,]\\d+)+|\\w+")
_POSSESSIVE = re.compile("['’]s\\b")
_NATION = re.compile("\\b(?:U\\.?S\\.?|United States)(?!\\w)")


@dataclass(frozen=True, slots=True)
class _Claim:
    """words: those that claim something, folded; plain: the ones without a capital letter; names: the others, those
    that stand together in one set; numbers: digits, number words, ordinals and months; days: weekdays; all: every word,
    folded; neighbours: pairs as they follow each other; anchored: whether it names or counts anything."""

    words: frozenset[str]
    plain: frozenset[str]
    names: tuple[frozenset[str], ...]
    numbers: frozenset[str]
    days: frozenset[str]
    all: frozenset[str]
    neighbours: frozenset[tuple[str, str]]
    anchored: bool


def says(other: str, claim: str) -> bool:
    """Whether the sentence `other` says what the sentence `claim` claims, as far as words tell."""
    ours, theirs = _read(claim), _read(other)
    if len(ours.plain) < _FEWEST or not ours.anchored or not ours.numbers <= theirs.numbers:
        return False
    if any(name.isdisjoint(theirs.all) for name in ours.names):
        return False
    if ours.days and theirs.days and ours.days.isdisjoint(theirs.days):
        return False
    return _agreement(ours, theirs) >= _ENOUGH


def _agreement(ours: _Claim, theirs: _Claim) -> float:
    """How much speaks for it that one sentence says the claim of the other."""
    fewer = max(1, min(len(ours.neighbours), len(theirs.neighbours)))
    joined = len(ours.neighbours & theirs.neighbours) / fewer
    if joined < _JOINED:
        return -math.inf
    worth = (
        _WORDS * len(ours.words & theirs.all) / len(ours.words)
        + _PLAIN * len(ours.plain & theirs.all) / len(ours.plain)
        + _NEIGHBOURS * joined
        + _NUMBER * min(len(ours.numbers), _MOST_NUMBERS)
        + _LONGER * math.log((1 + len(theirs.words)) / (1 + len(ours.words)))
    )
    return round(worth, 6)


@functools.lru_cache(maxsize=1 << 12)
def _read(text: str) -> _Claim:
    text = _NATION.sub("America", _POSSESSIVE.sub("", text))
    tokens = list(_WORD.finditer(text))
    found = [token.group() for token in tokens]
    lower = [word.lower().replace(",", "") for word in found]
    folded = [fold_of("en")(word)[:_STEM] for word in lower]
    counting = {i for i, word in enumerate(found) if _counts(word)}
    claims = [i for i, word in enumerate(lower) if len(word) > 1 and word not in _silent()]
    number = figure_words().numbers
    named = [i for i in claims if i and i not in counting and not found[i][0].islower()]
    apart = [
        n for n, (i, j) in enumerate(itertools.pairwise(named), 1) if text[tokens[i].end() : tokens[j].start()] != " "
    ]
    runs = (named[a:b] for a, b in itertools.pairwise([0, *apart, len(named)]))
    return _Claim(
        words=frozenset(folded[i] for i in claims),
        plain=frozenset(folded[i] for i in set(claims) - counting - set(named)),
        names=tuple(frozenset(folded[i] for i in run) for run in runs if run),
        numbers=frozenset(f"{number[w]:g}" if w in number else w for w in (lower[i] for i in counting)),
        days=frozenset(lower) & figure_words().vetoes["days"],
        all=frozenset(folded),
        neighbours=frozenset(itertools.pairwise(lower)),
        anchored=bool(named or counting),
    )


@functools.lru_cache(maxsize=1 << 14)
def _counts(word: str) -> bool:
    """Whether a word tells how many or which one ("one" tells neither: "one of them")."""
    words, low = figure_words(), word.lower()
    if low in words.months:
        return word[0].isupper()
    return word[0].isdigit() or low in words.vetoes["ordinal"] or (low in words.numbers and low != "one")


@functools.cache
def _silent() -> frozenset[str]:
    """Words that claim nothing by themselves: function words, times, and that somebody says so."""
    words = figure_words()
    veto = words.vetoes
    return words_of("en").stop | words.months | veto["days"] | veto["times"] | veto["passing"] | veto["told"]
