"""Counts that a later day's report of the same story has raised: "12 dead" when the toll stands at 21.

Sentences are compared as for disagreements: figures that are likely of one quantity, were there not a day between them,
are an update, and the older sentence is not told any more.  English only, as the words of figures are.
"""

import functools
import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from digest.corpus import Corpus
from digest.digests.disagreements_likeness import log_odds
from digest.digests.disagreements_pairs import Mention, forbids, read_statement
from digest.digests.disagreements_words import figure_words
from digest.digests.reading import Bool, Reading, fold_of
from digest.similarity import Vectors, cosines
from digest.tokens import Int64

_COUNTED = ("dead", "hurt", "arrest", "flee")
_RAISED = frozenset(word.upper() for word in _COUNTED)
_MOST = 120  # Sentences with such counts that are compared in one story: the first ones of its articles.
_NEAR = 0.50  # Cosine of sentences that count the hurt, the arrested or those who fled in one event.
_NEAR_DEAD = 0.39  # The same for the dead.
_LIKELY = 0.0  # Log-odds of one quantity: a sentence left out says nothing false, so that less will do than to tell.
_LIKELY_TOTAL = -2.0  # The same where the later count is called the toll: that is of the event, however it is worded.
_PLACES = 4
_ORDINALS = {word: n for n, word in enumerate("second third fourth fifth sixth seventh eighth ninth tenth".split(), 2)}


def is_current(corpus: Corpus, reading: Reading, index: Int64, rows: Int64, vectors: Vectors | None) -> Bool:
    """Which sentences may still be told: bool [C].

    index: int64 [C], places in the reading; rows: int64 [C], in the corpus; vectors: float32 [C, d], unit rows, or None
    (then all may).
    """
    current = np.ones(len(rows), bool)
    owners = corpus.owner[rows].tolist()
    day_of = {owner: _day(corpus, owner) for owner in dict.fromkeys(owners)}
    days = sorted({day for day in day_of.values() if day})
    if vectors is None or reading.language != "en" or len(days) < 2:
        return current
    places = _counting(reading, index)
    near = np.round(cosines(vectors[places], vectors[places]), _PLACES)
    number = {day: n for n, day in enumerate(days)}
    at = np.asarray([number.get(day_of[owners[p]] or "", -1) for p in places.tolist()], np.int64)

    @functools.cache
    def told(i: int) -> list[Mention]:
        statement, day = read_statement(corpus.text_of(int(rows[places[i]]))), day_of[owners[places[i]]]
        return [Mention(statement, f, day) for f in statement.figures if f.about & _RAISED]

    later = (at[:, None] >= 0) & (at[:, None] < at[None, :])
    for i, j in np.argwhere(later & (near >= _NEAR_DEAD)).tolist():
        if any(_raised(a, b, float(near[i, j])) for a in told(i) for b in told(j)):
            current[places[i]] = False
    return current if current.any() else np.ones(len(rows), bool)


def outdated(corpus: Corpus, articles: Sequence[int], language: str) -> list[bool]:
    """Which titles give a number of dead that the title of a later day raises (as "second passenger dies" does)."""
    if language != "en":
        return [False] * len(articles)
    dead = [_dead(corpus.articles[i].title) for i in articles]
    days = [_day(corpus, i) or "" for i in articles]
    return [
        any(
            days[i] and days[i] < days[j] and a < b <= 10 * a
            for a in dead[i]
            for j in range(len(dead))
            for b in dead[j]
        )
        for i in range(len(dead))
    ]


def _raised(old: Mention, new: Mention, near: float) -> bool:
    """Whether the one count is the other's, of an earlier day and lower."""
    both = old.figure.about & new.figure.about & _RAISED
    if not both or not (old.day and new.day and old.day < new.day and old.figure.low < new.figure.low):
        return False
    if near < (_NEAR_DEAD if "DEAD" in both else _NEAR):
        return False
    total = "DEAD" in both and not figure_words().vetoes["total"].isdisjoint(new.figure.marks)
    likely = _LIKELY_TOTAL if total else _LIKELY
    return forbids(_alone(old), _alone(new)) is None and log_odds(old, new) >= likely


def _alone(mention: Mention) -> Mention:
    """A figure without its hedge and its neighbours: "at least 12" is old news, too, when there are 21."""
    bare = replace(mention.figure, hedge="")
    return Mention(replace(mention.statement, figures=(bare,)), bare, mention.day)


def _dead(title: str) -> list[float]:
    """The numbers of dead that a title gives; that of "second passenger dies" is two."""
    low = title.lower()
    if not any(word in low for word in _words_for_the_dead()):
        return []
    counted = [f.low for f in read_statement(title).figures if "DEAD" in f.about]
    return [*counted, *(float(_ORDINALS[m.group(1)]) for m in _one_more().finditer(low))]


@functools.cache
def _one_more() -> re.Pattern[str]:
    """An ordinal with a word for the dead among the next three."""
    return re.compile(f"\\b({'|'.join(_ORDINALS)})(?:\\W+\\w+){{0,2}}?\\W+(?:{'|'.join(_words_for_the_dead())})\\b")


@functools.cache
def _words_for_the_dead() -> tuple[str, ...]:
    return tuple(word for word, meaning in figure_words().same.items() if meaning == "DEAD")


@functools.cache
def _counted_words() -> frozenset[str]:
    """The words of such counts, folded."""
    fold = fold_of("en")
    return frozenset(fold(word) for word, meaning in figure_words().same.items() if meaning in _RAISED)


def _day(corpus: Corpus, article: int) -> str | None:
    published = corpus.articles[article].published
    return published[:10] if published else None


def _counting(reading: Reading, index: Int64) -> Int64:
    """Which of the sentences hold a word of such counts: places in `index`."""
    wanted = _counted_words()
    holds = np.fromiter(map(wanted.__contains__, reading.spelled), bool, len(reading.spelled))
    line = reading.sentences
    found = np.bincount(line.text, holds[line.word], len(reading.rows)) > 0
    places = np.flatnonzero(found[index])
    order = np.lexsort((reading.article[index[places]], reading.place[index[places]]))
    return np.sort(places[order[:_MOST]])
