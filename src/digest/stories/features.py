"""What a pair of articles has in common, in a few numbers that people understand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from digest.background import Background, Part
from digest.corpus import Corpus
from digest.languages import base_language
from digest.maps import Map, in_turn
from digest.similarity import (
    Bool,
    Float32,
    Float64,
    ScaledVectors,
    Vectors,
    by_blocks,
    holders,
    pair_cosines,
    pair_products,
    row_sums,
    unit_rows_about,
    unit_sparse_rows,
    weigh_terms,
)
from digest.stories.days import closeness, days_of, guessed_closeness
from digest.stories.look_alikes import Marks, read_marks
from digest.stories.others import Others
from digest.stories.words import Groups, count_words
from digest.tokens import Int32, Int64

UNSURE = 5  # In a language that the table lacks, words of fewer articles than this tell less than half of a meaning.
MEAN_PRIOR = 100  # The shipped mean vector counts as much as this many articles of the run.

FEATURES = ("body", "lead", "title_in_other", "dense")
"""The features of a pair in the order of the columns: the words of both texts, the words of both beginnings, each
title's words found in the other's text, the meaning of both beginnings.  All lie between 0 and 1, but dense may be
negative.  `closeness`, the day factor, multiplies them all."""


@dataclass(frozen=True, eq=False, slots=True)
class Evidence:
    """What is known of n articles, ready to be compared.

    body, lead: float32 [n, T], TF-IDF rows of length 1; title_weights: float32 [n, T], the idf of each title's
    words, which add up to 1; holds: int8 [n, T], 1 for each word of the text; dense: float32 [n, d], unit vectors
    about the mean, zeros where the model does not know the language; day: float64 [n], days since year 1, nan where
    unknown; loose: bool [n], whose day was read in the text; language: int32 [n], a number for each, -1 where unknown;
    marks: what tells look-alikes apart; scale: from dense cosines to the shipped model's, where they are another's;
    sure: float32 [n], how far its words' likeness tells its meaning, 0 to 1 (None: 1): less where word frequencies are
    those of a few articles; guessed: float64 [n], the days with those of undated articles guessed (None: none are).
    """

    body: sp.csr_array
    lead: sp.csr_array
    title_weights: sp.csr_array
    holds: sp.csr_array
    dense: Float32
    day: Float64
    loose: Bool
    language: Int32
    marks: Marks
    scale: Callable[[Float32], Float32] | None = None
    sure: Float32 | None = None
    guessed: Float64 | None = None

    def __len__(self) -> int:
        return len(self.day)

    def told(self, left: Int64, right: Int64) -> Bool:
        """Whether the model knows what both articles of each pair mean: bool [n pairs]."""
        # Of these articles alone: a block of pairs asks, and there are the more blocks the more articles there are.
        used, at = np.unique(np.concatenate((left, right)), return_inverse=True)
        told = np.asarray(self.dense[used].any(axis=1))[at]
        return np.asarray(told[: len(left)] & told[len(left) :])

    def sureness(self, left: Int64, right: Int64) -> Float32:
        """How far the likeness of the words of each pair tells that of their meaning: float32 [n pairs]."""
        sure = np.ones(len(self), np.float32) if self.sure is None else self.sure
        return np.minimum(sure[left], sure[right])

    def dense_cosines(self, left: Int64, right: Int64) -> Float32:
        """The cosine of each pair by meaning, on the shipped model's scale: float32 [n pairs]; 0 where one is blank."""
        cosines = pair_cosines(self.dense, left, right)
        if self.scale is None:
            return cosines
        return np.where(self.told(left, right), self.scale(cosines), 0).astype(np.float32)


def gather_evidence(
    corpus: Corpus,
    kept: Int32,
    vectors: Vectors,
    background: Background,
    understood: Bool | None = None,
    others: Others | None = None,
    spread: Map = in_turn,
) -> Evidence:
    """What the articles `kept` (int32 [n]) of a corpus hold.

    vectors: float32 [n, d], unit vectors of title and lead; understood: bool [n], whose language the model knows
    (default: those whose language the table of word frequencies knows); others: whose mean counts as well; spread:
    does the work by blocks.
    """
    rows, mean, scale = _unpacked(vectors, background.mean)
    marks = read_marks(corpus, kept, spread)  # first: later there is less room
    words, (title, body, lead) = count_words(corpus, kept, background, understood, spread)
    hashes, groups = words.hashes, words.groups
    body_idf = _idf_rows(background, hashes, body, groups, "body")
    lead_idf = _idf_rows(background, hashes, lead, groups, "lead")
    weights = _weighed(_ones(title), body_idf, slice(None))
    n, width = title.shape
    leads = _unit_tf_idf(lead, title, lead_idf)
    del lead  # the room is needed
    articles = [corpus.articles[i] for i in kept.tolist()]
    return Evidence(
        _unit_tf_idf(body, title, body_idf),
        leads,
        _scaled(weights, np.reciprocal(np.maximum(row_sums(weights), np.float32(1e-6)))),
        by_blocks(n, width, lambda at: _ones(body[at] + title[at], np.int8), np.int8),
        centred(rows, mean, words.known if understood is None else understood, others),
        days_of([article.published for article in articles]),
        np.array([article.published_from == "text" for article in articles], bool),
        _numbered([article.language for article in articles]),
        replace(marks, names=words.restated(marks.names)),
        scale,
        _sure(groups),
    )


def measure(evidence: Evidence, left: Int64, right: Int64) -> tuple[Float32, Float32]:
    """The features of each pair (float32 [n pairs, 4], see FEATURES) and its day factor (float32 [n pairs])."""

    def product(a: sp.csr_array, b: sp.csr_array) -> Float32:
        return pair_products(a, b, left, right)

    titled = (np.diff(evidence.title_weights.indptr) > 0).astype(np.float32)
    titles = np.maximum(titled[left] + titled[right], 1)
    found = product(evidence.title_weights, evidence.holds) + product(evidence.holds, evidence.title_weights)
    columns = [
        product(evidence.body, evidence.body),
        product(evidence.lead, evidence.lead),
        found / titles,
        evidence.dense_cosines(left, right),
    ]
    return np.column_stack(columns).astype(np.float32), _closeness(evidence, left, right)


def _closeness(evidence: Evidence, left: Int64, right: Int64) -> Float32:
    """The day factor of each pair: float32 [n pairs]."""
    day, guessed = evidence.day, evidence.guessed
    near = closeness(day[left], day[right], evidence.loose[left] | evidence.loose[right])
    if guessed is None:
        return near
    unknown = np.isnan(day[left]) | np.isnan(day[right])
    return np.where(unknown, np.minimum(near, guessed_closeness(guessed[left], guessed[right])), near)


def _numbered(languages: Sequence[str | None]) -> Int32:
    """A number for each language, the same whatever its region ("pt-BR"): int32 [n], -1 where it is not known."""
    names = list(map(base_language, languages))
    number = {name: i for i, name in enumerate(sorted(set(names) - {""}))}
    return np.array([number.get(name, -1) for name in names], np.int32)


def _unpacked(vectors: Vectors, shipped: Float32) -> tuple[Float32, Float32, Callable[[Float32], Float32] | None]:
    """Vectors, the mean of their like in news, and the scale of their cosines."""
    if isinstance(vectors, ScaledVectors):
        return vectors.vectors, vectors.mean, vectors.scale
    return vectors, shipped, None


def centred(vectors: Float32, shipped: Float32, understood: Bool, others: Others | None = None) -> Float32:
    """Unit vectors about the mean, zeros for articles that are not understood.

    Without its mean, what all news shares would count as likeness.  A small run's own mean is its event, so the mean
    that ships stands in by as much as the run is small.
    """
    if not len(vectors):
        return vectors
    prior = shipped if len(shipped) == vectors.shape[1] else np.zeros(vectors.shape[1], np.float32)
    told = vectors if understood.all() else vectors[understood]
    total, count = told.sum(axis=0) + MEAN_PRIOR * prior, len(told) + MEAN_PRIOR
    if others is not None and others.count:
        total, count = total + others.vectors, count + others.count
    mean = total / max(count, 1)
    found = unit_rows_about(vectors, mean.astype(np.float32))
    found[~vectors.any(axis=1) | ~understood] = 0
    return found


def _sure(groups: Groups) -> Float32:
    """How far the words' likeness of each article tells its meaning: float32 [n].

    Frequencies of a few articles make all that these share weigh alike, names and articles of speech, so they count
    as they do beside a few imagined articles of which nothing is known.
    """
    sure = np.ones(len(groups[0][1]) if groups else 0, np.float32)
    for known, members in groups:
        if not known:
            sure[members] = members.sum() / (members.sum() + UNSURE)
    return sure


def _idf_rows(
    background: Background,
    hashes: npt.NDArray[np.uint64],
    counted: sp.csr_array,
    groups: Groups,
    part: Part,
) -> list[tuple[Bool, Float32]]:
    """The idf of every word for each group of articles."""
    out = []
    for known, members in groups:
        df = holders(counted if members.all() else counted[np.flatnonzero(members)])
        out.append((members, background.idf(hashes, df, int(members.sum()), part, known)))
    return out


def _weighed(counted: sp.csr_array, groups: list[tuple[Bool, Float32]], at: slice) -> sp.csr_array:
    """TF-IDF of the rows `at` of all with the idf of their groups.  counted: float32, those rows."""
    weights = np.zeros(counted.nnz, np.float32)
    for members, idf in groups:
        mine = np.repeat(members[at], np.diff(counted.indptr))
        weights[mine] = idf[counted.indices[mine]]
    return weigh_terms(counted, weights)


def _unit_tf_idf(text: sp.csr_array, title: sp.csr_array, groups: list[tuple[Bool, Float32]]) -> sp.csr_array:
    """TF-IDF rows of length 1; a title's words count twice."""
    return by_blocks(*title.shape, lambda at: unit_sparse_rows(_weighed(text[at] + 2 * title[at], groups, at)))


def _ones(matrix: sp.csr_array, kind: type[np.generic] = np.float32) -> sp.csr_array:
    return sp.csr_array((np.ones(matrix.nnz, kind), matrix.indices, matrix.indptr), shape=matrix.shape)


def _scaled(matrix: sp.csr_array, factors: Float32) -> sp.csr_array:
    data = (matrix.data * np.repeat(factors, np.diff(matrix.indptr))).astype(np.float32)
    return sp.csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)
