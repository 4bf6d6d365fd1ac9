"""Where the sources of a story give different figures for what looks like the same thing.

Sentences of articles of different sources are aligned by the cosine of their vectors; figures of aligned sentences are
compared (see `disagreements_pairs`), and those that conflict are told together, each value with the articles that give
it.  English only: the words of figures are English.  True ones are rare, so only the likeliest are told; an update in
time is no disagreement, so that only reports dated the same day are compared.
"""

import functools
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from digest.corpus import Corpus
from digest.digests.disagreements_likeness import given_too, objection
from digest.digests.disagreements_pairs import Mention, read_statement
from digest.digests.disagreements_words import figure_words
from digest.digests.reading import Bool, Reading, fold_of
from digest.records import Disagreement, Passage, Value
from digest.similarity import Float32, Vectors, cosines
from digest.tokens import Int64

_MOST = 180  # Sentences with figures that are compared in one story: the first of each article before the second.
NEAR = 0.35  # Cosine of sentences that are compared; above it their vectors say little about their figures.
_PLACES = 4


@dataclass(frozen=True, slots=True)
class _Told:
    """A mention, and the corpus row and the article (its index) where it stands."""

    mention: Mention
    row: int
    article: int


def find_disagreements(
    corpus: Corpus, reading: Reading, index: Int64, rows: Int64, vectors: Vectors | None
) -> tuple[Disagreement, ...]:
    """The disagreements between a story's independent articles, those that most articles take part in first.

    rows: int64 [C], sentences that may stand in a digest; index: int64 [C], where each stands in the reading;
    vectors: [C, d], of those sentences, or None (then nothing is aligned).
    """
    if vectors is None or reading.language != "en" or reading.articles < 2:
        return ()
    day = _days(corpus, rows)
    chosen = _with_figures(reading, index, day >= 0)
    if len(np.unique(corpus.owner[rows[chosen]])) < 2:
        return ()
    near = np.round(cosines(vectors[chosen], vectors[chosen]), _PLACES)

    @functools.cache
    def told(place: int) -> list[_Told]:
        return _mentions(corpus, int(rows[chosen[place]]))

    conflicts = [
        (a, b)
        for one, other in _aligned(corpus, rows[chosen], near, day[chosen])
        for a in told(one)
        for b in told(other)
        if a.mention.figure.unit == b.mention.figure.unit and _conflict(corpus, a, b)
    ]
    found = (_disagreement(corpus, group) for group in _groups(conflicts))
    return tuple(sorted((d for d in found if d), key=_order))


def _conflict(corpus: Corpus, a: _Told, b: _Told) -> bool:
    """Whether two mentions are told as two readings of one quantity; their articles are read where it is likely."""
    if objection(a.mention, b.mention) is not None:
        return False
    texts = (corpus.articles[a.article].text, corpus.articles[b.article].text)
    return objection(a.mention, b.mention, given_too(a.mention, b.mention, texts)) is None


def _days(corpus: Corpus, rows: Int64) -> Int64:
    """The day of each row's article as a number, -1 where it has none: int64 [C]."""
    articles, at = np.unique(corpus.owner[rows], return_inverse=True)
    days = [(corpus.articles[i].published or "")[:10] for i in articles.tolist()]
    number = {day: n for n, day in enumerate(filter(None, dict.fromkeys(days)))}
    return np.asarray([number.get(day, -1) for day in days], np.int64)[at]


def _with_figures(reading: Reading, index: Int64, may: Bool) -> Int64:
    """Which of the sentences that may be compared hold digits or number words: places in `index`, ascending."""
    words = figure_words()
    holds = _holding(reading, {*words.numbers, *words.scales}, reading.figure)
    places = np.flatnonzero(holds[index] & may)
    order = np.lexsort((reading.article[index[places]], reading.place[index[places]]))
    return np.sort(places[order[:_MOST]])


def _holding(reading: Reading, words: Collection[str], also: Bool | None = None) -> Bool:
    """Which sentences of the reading hold one of some words (or one that is marked in `also`): bool [S]."""
    folded = _folded(frozenset(words))
    wanted = np.fromiter(map(folded.__contains__, reading.spelled), bool, len(reading.spelled))
    line = reading.sentences
    weights = (wanted if also is None else wanted | also)[line.word]
    holds: Bool = np.bincount(line.text, weights, len(reading.rows)) > 0
    return holds


@functools.cache
def _folded(words: frozenset[str]) -> frozenset[str]:
    return frozenset(map(fold_of("en"), words))


def _aligned(corpus: Corpus, rows: Int64, near: Float32, day: Int64) -> list[tuple[int, int]]:
    """Pairs of sentences of different sources, of one day, that are near enough."""
    owner = corpus.owner[rows]
    names = [corpus.articles[i].source or f"\n{i}" for i in owner.tolist()]
    _, source = np.unique(np.asarray(names), return_inverse=True)
    pairs = np.triu((near >= NEAR) & (source[:, None] != source[None, :]) & (day[:, None] == day[None, :]), 1)
    return [(int(a), int(b)) for a, b in np.argwhere(pairs)]


def _mentions(corpus: Corpus, row: int) -> list[_Told]:
    statement = read_statement(corpus.text_of(row))
    article = int(corpus.owner[row])
    published = corpus.articles[article].published
    day = published[:10] if published else None
    return [_Told(Mention(statement, figure, day), row, article) for figure in statement.figures]


def _groups(conflicts: Sequence[tuple[_Told, _Told]]) -> list[list[_Told]]:
    """The mentions that conflicts or one value of one thing join, each group by row and place, without articles that
    give several values."""
    at = {id(told): told for pair in conflicts for told in pair}
    root = {key: key for key in at}

    def find(key: int) -> int:
        while root[key] != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    same: dict[tuple[object, ...], int] = {}
    for key, told in at.items():
        figure = told.mention.figure
        root[find(key)] = find(same.setdefault((*_value(told), figure.unit, figure.heads[-1:]), key))
    for a, b in conflicts:
        root[find(id(a))] = find(id(b))
    groups: dict[int, list[_Told]] = defaultdict(list)
    for key, told in sorted(at.items(), key=lambda item: (item[1].row, item[1].mention.figure.start)):
        groups[find(key)].append(told)
    return [_decided(group) for group in groups.values()]


def _decided(group: Sequence[_Told]) -> list[_Told]:
    """Without the articles that give several values themselves: they tell of two things, or of a change."""
    values = defaultdict(set)
    for told in group:
        values[told.article].add(_value(told))
    return [told for told in group if len(values[told.article]) == 1]


def _value(told: _Told) -> tuple[float, float]:
    return told.mention.figure.low, told.mention.figure.high


def _disagreement(corpus: Corpus, group: Sequence[_Told]) -> Disagreement | None:
    """The values from the least to the greatest; None where one value is left."""
    by_value: dict[tuple[float, float], list[_Told]] = defaultdict(list)
    for told in group:
        by_value[_value(told)].append(told)
    if len(by_value) < 2:
        return None
    rows = sorted({told.row for told in group})
    return Disagreement(
        tuple(
            Value(_words(corpus, tellers[0]), tuple(sorted({corpus.articles[t.article].id for t in tellers})))
            for _, tellers in sorted(by_value.items())
        ),
        tuple(_passage(corpus, row) for row in rows),
    )


def _words(corpus: Corpus, told: _Told) -> str:
    figure = told.mention.figure
    return " ".join(corpus.text_of(told.row)[figure.start : figure.stop].split())


def _passage(corpus: Corpus, row: int) -> Passage:
    start, end = corpus.spans[row].tolist()
    return Passage(corpus.articles[int(corpus.owner[row])].id, start, end)


def _order(found: Disagreement) -> tuple[int, tuple[tuple[str, int], ...]]:
    articles = {i for value in found.values for i in value.article_ids}
    return -len(articles), tuple((p.article_id, p.start) for p in found.sentences)
