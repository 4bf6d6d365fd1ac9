"""Whether an article in English says what a sentence of another one claims.

There is no parser in the package: a claim is read from its words.  One sentence must carry it (the aligned one); what
that one leaves out (a day, a place, a figure) may stand in the sentences beside it, in the next best two, or in the
title.  An article says a claim when these hold all of its numbers, most of its words (also of those that are no names,
and of its first clause) and some of its pairs of neighbours, and when the aligned sentence is about the same, leaves
out next to nothing and tells as done what the claim tells as done, as to come what it tells as to come; it may say
more.  `docs/digests.md` says what the rule is worth on pairs judged by hand.
"""

import functools
import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digest.digests.disagreements_words import figure_words
from digest.digests.reading import fold_of
from digest.digests.words import words_of

_COUNTED = 0.85  # So large a share of the claim's words must be there,
_WEIGHED = 0.8  # also where each weighs by its rarity,
_PLAIN = 0.67  # of those that are no names and no numbers as large a share as this: names alone are about whom it is,
_OPENS = 0.7  # and of the words of its first clause, where who did what stands.
_JOINED = 0.25  # So large a share of its pairs of neighbours must be there: less is the same words, otherwise joined.
_ABOUT = 0.4  # So large a share of the aligned sentence's words is the claim's or its title's: less is another matter.
_LACKS = 2  # The aligned sentence lacks no more of the claim's words: others of the article may tell of other things.
_FEWEST = 7  # A claim of fewer words is too little to know it by.
RAREST = 7.6  # Nats: what is rarer, or not in the table, is a name or a misspelling and claims no more for it.
STEM = 6  # Letters that tell words apart: "resign" and "resignation" agree.
_WORD = re.compile("\\d+(?:[.,]\\d+)+|\\w+")
_TOKEN = re.compile("\\w+(?:['’]\\w+)?")
_POSSESSIVE = re.compile("['’]s\\b")
_NATION = re.compile("\\b(?:U\\.?S\\.?|United States)(?!\\w)")
_CLAUSE = re.compile(
    "[,;:—–]| (?:-|and|but|while|as|after|before|when|where|who|which|that|because|so|although|though|with) "
)  # What parts a sentence into clauses, as far as that can be seen without a parser.


@dataclass(frozen=True, slots=True)
class _Claim:
    """order: the words that claim something, folded, as they stand; words: each once; plain: those of them that are no
    names and no numbers; numbers: digits, number words, ordinals and months; days: weekdays; all: every word, folded;
    neighbours: pairs as they follow each other; named: whether it names anybody or anything; leans: whether it begins
    with what points back; denies: whether it denies; foresees: whether it tells what may come or what somebody means to
    do."""

    order: tuple[str, ...]
    words: frozenset[str]
    plain: frozenset[str]
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
    return (claim.named or bool(claim.numbers)) and not claim.leans and len(claim.order) >= _FEWEST


def says(claim: str, aligned: str, others: Sequence[str], rarity: Mapping[str, float], title: str = "") -> bool:
    """Whether the sentence `aligned`, helped out by others of its article, says what the sentence `claim` claims.

    rarity: of each word of the claim, folded and cut to `STEM` letters, its inverse document frequency; title: of the
    claim's own article.
    """
    ours, main = _read(claim), _read(aligned)
    if ours.denies != main.denies or ours.foresees != main.foresees:
        return False
    if not _carries(main, ours, _read(title).all):
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
    return _held(ours, held, rarity) and _opening_held(claim, held)


def _carries(aligned: _Claim, claim: _Claim, title: frozenset[str]) -> bool:
    """Whether a sentence lacks few words of a claim, and is itself about it or its title."""
    lacks = sum(word not in aligned.all for word in claim.order)
    about = sum(word in claim.all or word in title for word in aligned.order)
    return lacks <= _LACKS and about >= _ABOUT * len(aligned.order)


def _held(claim: _Claim, held: frozenset[str], rarity: Mapping[str, float]) -> bool:
    """Whether enough of the words of a claim are among others."""
    if len(claim.words & held) < _COUNTED * len(claim.words):
        return False
    for words, share in ((claim.words, _WEIGHED), (claim.plain, _PLAIN)):
        weight = {word: rarity.get(word, RAREST) for word in sorted(words)}
        there = sum(w for word, w in weight.items() if word in held)
        if words and round(there / max(sum(weight.values()), 1e-9), 6) < share:
            return False
    return True


def _opening_held(claim: str, held: frozenset[str]) -> bool:
    """Whether enough of the words of a claim's first clause are among others."""
    clauses = (_read(text).order for text in _CLAUSE.split(claim))
    opening = next((words for words in clauses if len(words) > 1), ())
    return bool(opening) and sum(map(held.__contains__, opening)) >= _OPENS * len(opening)


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
        plain=frozenset(folded[i] for i in claims if found[i][0].islower() and i not in counting),
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
