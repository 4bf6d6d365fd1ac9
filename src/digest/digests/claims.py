"""Whether an article in English says what a sentence of another one claims.

There is no parser in the package: a claim is read from its words.  One sentence must carry it (the aligned one); what
that one leaves out (a day, a place, a figure) may stand in the sentences beside it, in the next best two, or in the
title.  An article says a claim when these hold all of its numbers, most of its words (weighed by their rarity) and some
of its pairs of neighbours, and when the aligned sentence leaves out no long stretch of it and tells as done what the
claim tells as done; it may say more.  `docs/digests.md` says what the rule is worth on pairs judged by hand.
"""

import functools
import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digest.digests.disagreements_words import figure_words
from digest.digests.reading import fold_of
from digest.digests.words import words_of

_HOLDS = 0.8  # So large a share of the claim's words, weighed by rarity, must be there,
_JOINED = 0.25  # and so large a share of its pairs of neighbours: less is the same words, otherwise joined.
_STRETCH = 4  # More words of the claim in a row that the aligned sentence lacks are a part of it that it does not say.
_FEWEST = 5  # A claim of fewer words is too little to know it by.
RAREST = 7.6  # Nats: what is rarer, or not in the table, is a name or a misspelling and claims no more for it.
STEM = 6  # Letters that tell words apart: "resign" and "resignation" agree.
_WORD = re.compile("\\d+(?:[.,]\\d+)+|\\w+")
_TOKEN = re.compile("\\w+(?:['’]\\w+)?")
_POSSESSIVE = re.compile("['’]s\\b")
_NATION = re.compile("\\b(?:U\\.?S\\.?|United States)(?!\\w)")


@dataclass(frozen=True, slots=True)
class _Claim:
    """order: the words that claim something, folded, as they stand; words: each once; numbers:
    digits, number words, ordinals and months; days: weekdays; all: every word, folded; neighbours: pairs as they follow
    each other; named: whether it names anybody or anything; leans: whether it begins with what points back; denies:
    whether it denies; foresees: whether it tells what may come or what somebody means to do."""

    order: tuple[str, ...]
    words: frozenset[str]
    numbers: frozenset[str]
    days: frozenset[str]
    all: frozenset[str]
    neighbours: frozenset[tuple[str, str]]
    named: bool
    leans: bool
    denies: bool
    foresees: bool


def stands_alone(text: str) -> bool:
    """Whether a claim says enough by itself to be found elsewhere: it names or counts something, and points nowhere."""
    claim = _read(text)
    return (claim.named or bool(claim.numbers)) and not claim.leans and len(claim.words) >= _FEWEST


def says(claim: str, aligned: str, others: Sequence[str], rarity: Mapping[str, float]) -> bool:
    """Whether the sentence `aligned`, helped out by others of its article, says what the sentence `claim` claims.

    rarity: of each word of the claim, folded and cut to `STEM` letters, its inverse document frequency.
    """
    ours, main = _read(claim), _read(aligned)
    if ours.denies != main.denies or (main.foresees and not ours.foresees):
        return False
    if _missing_stretch(ours.order, main.all) > _STRETCH:
        return False
    theirs = [main, *map(_read, others)]
    if not ours.numbers <= frozenset().union(*(t.numbers for t in theirs)):
        return False
    days = frozenset[str]().union(*(t.days for t in theirs))
    if ours.days and days and ours.days.isdisjoint(days):
        return False
    joined = frozenset[tuple[str, str]]().union(*(t.neighbours for t in theirs))
    if len(ours.neighbours & joined) < _JOINED * len(ours.neighbours):
        return False
    held = frozenset[str]().union(*(t.all for t in theirs))
    weight = {word: rarity.get(word, RAREST) for word in sorted(ours.words)}
    return round(sum(w for word, w in weight.items() if word in held) / max(sum(weight.values()), 1e-9), 6) >= _HOLDS


def _missing_stretch(order: Sequence[str], held: frozenset[str]) -> int:
    """How many of some words in a row are missing, at most."""
    runs = itertools.groupby(order, held.__contains__)
    return max((sum(1 for _ in run) for there, run in runs if not there), default=0)


@functools.lru_cache(maxsize=1 << 12)
def _read(text: str) -> _Claim:
    text = _NATION.sub("America", _POSSESSIVE.sub("", text))
    found = _WORD.findall(text)
    lower = [word.lower().replace(",", "") for word in found]
    folded = [fold_of("en")(word)[:STEM] for word in lower]
    counting = {i for i, word in enumerate(found) if _counts(word)}
    claims = [i for i, word in enumerate(lower) if len(word) > 1 and word not in _silent()]
    number, veto, lean = figure_words().numbers, figure_words().vetoes, words_of("en").lean
    return _Claim(
        order=tuple(folded[i] for i in claims),
        words=frozenset(folded[i] for i in claims),
        numbers=frozenset(f"{number[w]:g}" if w in number else w for w in (lower[i] for i in counting)),
        days=frozenset(lower) & veto["days"],
        all=frozenset(folded),
        neighbours=frozenset(itertools.pairwise(lower)),
        named=any(i and i not in counting and not found[i][0].islower() for i in claims),
        leans=lean is not None and lean.match(text) is not None,
        denies=not veto["denial"].isdisjoint(token.lower().replace("’", "'") for token in _TOKEN.findall(text)),
        foresees=any(word in veto["foreseen"] for i, word in enumerate(lower) if i not in counting),
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
