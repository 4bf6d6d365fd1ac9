"""Where the sources of a story give different figures for what looks like the same thing.

Sentences of articles of different sources are aligned by the cosine of their vectors; figures of aligned sentences are
compared (see `disagreements_pairs`), and those that conflict are told together, each value with the articles that give
it.  English only: the words of figures are English.  True ones are rare, so only the likeliest are told.  An update in
time is no disagreement: what reports of one day give apart is told by itself.
"""

import functools
import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from digest.corpus import Corpus
from digest.digests.disagreements_likeness import given_too, objection
from digest.digests.disagreements_pairs import Mention, Objection, read_statement
from digest.digests.disagreements_words import figure_words
from digest.digests.reading import Bool, Reading, fold_of
from digest.records import Disagreement, Passage, Value
from digest.similarity import Float32, Vectors, cosines
from digest.tokens import Int64

_MOST = 180  # Sentences with figures that are compared in one story: the first of each article before the second.
NEAR = 0.35  # Cosine of sentences that are compared; above it their vectors say little about their figures.
_PLACES = 4


class Differing(NamedTuple):
    """Figures that sources give differently, those that most articles take part in first.

    disagreements: between reports of one day; updates: between reports of different days, or without a day, most of
    which are updates in time.
    """

    disagreements: tuple[Disagreement, ...] = ()
    updates: tuple[Disagreement, ...] = ()


NOTHING = Differing()


@dataclass(frozen=True, slots=True)
class _Told:
    """A mention, and the corpus row and the article (its index) where it stands."""

    mention: Mention
    row: int
    article: int


def find_disagreements(
    corpus: Corpus, reading: Reading, index: Int64, rows: Int64, vectors: Vectors | None
) -> Differing:
    """What a story's independent articles give differently.

    rows: int64 [C], sentences that may stand in a digest; index: int64 [C], where each stands in the reading;
    vectors: [C, d], of those sentences, or None (then nothing is aligned).
    """
    if vectors is None or reading.language != "en" or reading.articles < 2:
        return NOTHING
    chosen = _with_figures(reading, index)
    if len(np.unique(corpus.owner[rows[chosen]])) < 2:
        return NOTHING
    near = np.round(cosines(vectors[chosen], vectors[chosen]), _PLACES)

    @functools.cache
    def told(place: int) -> list[_Told]:
        return _mentions(corpus, int(rows[chosen[place]]))

    conflicts: dict[Objection | None, list[tuple[_Told, _Told]]] = defaultdict(list)
    for one, other in _aligned(corpus, rows[chosen], near):
        for a, b in itertools.product(told(one), told(other)):
            if a.mention.figure.unit == b.mention.figure.unit:
                conflicts[_objection(corpus, a, b)].append((a, b))
    of_one_day = _groups(conflicts[None])
    values = [set(_by_value(group)) for group in of_one_day]
    later = [group for group in _groups(conflicts["update"]) if not any(set(_by_value(group)) <= v for v in values)]
    return Differing(_disagreements(corpus, of_one_day), _disagreements(corpus, later))


def _objection(corpus: Corpus, a: _Told, b: _Told) -> Objection | None:
    """Why two mentions are not told as two readings of one quantity; their articles are read where they may be."""
    if (first := objection(a.mention, b.mention)) not in (None, "update"):
        return first
    texts = (corpus.articles[a.article].text, corpus.articles[b.article].text)
    return objection(a.mention, b.mention, given_too(a.mention, b.mention, texts))


def _with_figures(reading: Reading, index: Int64) -> Int64:
    """Which of the sentences that may be compared hold digits or number words: places in `index`, ascending."""
    words = figure_words()
    holds = _holding(reading, {*words.numbers, *words.scales}, reading.figure)
    places = np.flatnonzero(holds[index])
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


def _aligned(corpus: Corpus, rows: Int64, near: Float32) -> list[tuple[int, int]]:
    """Pairs of sentences of different sources that are near enough."""
    owner = corpus.owner[rows]
    names = [corpus.articles[i].source or f"\n{i}" for i in owner.tolist()]
    _, source = np.unique(np.asarray(names), return_inverse=True)
    pairs = np.triu((near >= NEAR) & (source[:, None] != source[None, :]), 1)
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


def _by_value(group: Sequence[_Told]) -> dict[tuple[float, float], list[_Told]]:
    """The mentions by what they give, from the least to the greatest."""
    by_value: dict[tuple[float, float], list[_Told]] = defaultdict(list)
    for told in group:
        by_value[_value(told)].append(told)
    return dict(sorted(by_value.items()))


def _disagreements(corpus: Corpus, groups: Iterable[Sequence[_Told]]) -> tuple[Disagreement, ...]:
    """What groups tell in which more than one value is left."""
    found = [
        Disagreement(
            tuple(
                Value(_words(corpus, tellers[0]), tuple(sorted({corpus.articles[t.article].id for t in tellers})))
                for tellers in by_value.values()
            ),
            tuple(_passage(corpus, row) for row in sorted({told.row for told in group})),
        )
        for group in groups
        if len(by_value := _by_value(group)) > 1
    ]
    return tuple(sorted(found, key=_order))


def _words(corpus: Corpus, told: _Told) -> str:
    figure = told.mention.figure
    return " ".join(corpus.text_of(told.row)[figure.start : figure.stop].split())


def _passage(corpus: Corpus, row: int) -> Passage:
    start, end = corpus.spans[row].tolist()
    return Passage(corpus.articles[int(corpus.owner[row])].id, start, end)


def _order(found: Disagreement) -> tuple[int, tuple[tuple[str, int], ...]]:
    articles = {i for value in found.values for i in value.article_ids}
    return -len(articles), tuple((p.article_id, p.start) for p in found.sentences)
