"""Whether an English sentence says what another one claims.

There is no parser in the package: a claim is read from its words.  Names match in every sentence on an event; what
happened stands in the plain words, those without a capital letter, and in which words follow each other.  A sentence
says the claim of another when it has nearly all of its words, the plain ones too, a word of each of its names, all of
its numbers, and a share of its pairs of neighbours; it may say more.  The limits were chosen on 400 pairs judged by
hand; `docs/digests.md` says what they are worth on others.
"""

import functools
import itertools
import re
from dataclasses import dataclass

from digest.digests.disagreements_words import figure_words
from digest.digests.reading import fold_of
from digest.digests.words import words_of

_LACKING = 1 / 6  # So large a share of the words may be wanting: a synonym, a title.
_PLAIN_LACKING = 1 / 4  # The same of the plain words.
_NEIGHBOURS = 0.2  # So large a share of the pairs of neighbours of the shorter sentence stand in both.
_FEWEST = 5  # A claim of fewer plain words is too little to know it by.
_STEM = 6  # Letters that tell words apart: "resign" and "resignation" agree.
_WORD = re.compile("\\w+")
_POSSESSIVE = re.compile("['’]s\\b")
_NATION = re.compile("\\b(?:U\\.?S\\.?|United States)(?!\\w)")


@dataclass(frozen=True, slots=True)
class _Claim:
    """words: those that claim something, folded; plain: the ones without a capital letter; names: the others, those
    that stand together in one set; numbers: digits, number words, ordinals and months; days: weekdays; all: every word,
    folded; neighbours: pairs as they follow each other."""

    words: frozenset[str]
    plain: frozenset[str]
    names: tuple[frozenset[str], ...]
    numbers: frozenset[str]
    days: frozenset[str]
    all: frozenset[str]
    neighbours: frozenset[tuple[str, str]]


def says(other: str, claim: str) -> bool:
    """Whether the sentence `other` says what the sentence `claim` claims, as far as words tell."""
    ours, theirs = _read(claim), _read(other)
    if len(ours.plain) < _FEWEST or len(ours.plain - theirs.all) > _PLAIN_LACKING * len(ours.plain):
        return False
    if len(ours.words - theirs.all) > _LACKING * len(ours.words):
        return False
    fewer = min(len(ours.neighbours), len(theirs.neighbours))
    return len(ours.neighbours & theirs.neighbours) >= _NEIGHBOURS * fewer and names_as_much(other, claim)


def names_as_much(other: str, claim: str) -> bool:
    """Whether the sentence `other` has the numbers of `claim` and a word of each of its names, and no other weekday."""
    ours, theirs = _read(claim), _read(other)
    if not ours.numbers <= theirs.numbers or any(name.isdisjoint(theirs.all) for name in ours.names):
        return False
    return not ours.days or not theirs.days or bool(ours.days & theirs.days)


@functools.lru_cache(maxsize=1 << 12)
def _read(text: str) -> _Claim:
    text = _NATION.sub("America", _POSSESSIVE.sub("", text))
    tokens = list(_WORD.finditer(text))
    found = [token.group() for token in tokens]
    lower = [word.lower() for word in found]
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
