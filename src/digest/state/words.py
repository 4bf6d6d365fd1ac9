"""What the state keeps of every article to find it again: its words, as numbers, and how often it holds each."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from digest.background import load_background
from digest.corpus import Corpus
from digest.fingerprint import UInt64
from digest.records import Kind
from digest.similarity import PLACES, Float32, counts_of_each, pair_products, tf_idf, unit_sparse_rows
from digest.tokens import Int64

UInt32 = npt.NDArray[np.uint32]

CHARACTERS = 4_000  # of a text that tell what it is about, beside its title
_INDEXED = 100  # An article's heaviest words, by which others are looked for ...
_MOST = 3_000  # ... those aside that more articles hold.
_LEAST = 0.03  # Cosine by these words below which none is near.
_SHORT_LIST = 8  # Articles compared exactly for each one wanted.
_BLOCK = 200  # Articles looked for at a time: bounds the memory.


@dataclass(frozen=True, slots=True)
class Words:
    """The words of known articles: row i is `hashes[ptr[i]:ptr[i + 1]]` of article `ids[i]`, with `counts`.

    hashes: uint32, the upper halves of the words' hashes: of a million words about a hundred share theirs with another,
    which makes two articles look a little more alike than they are when it is decided which to look at again.
    """

    ids: tuple[str, ...]
    hashes: UInt32
    counts: npt.NDArray[np.uint8]
    ptr: Int64

    def of(self, article: int) -> tuple[UInt32, npt.NDArray[np.uint8]]:
        """The words of one article, and how often it holds each."""
        first, last = self.ptr[article : article + 2].tolist()
        return self.hashes[first:last], self.counts[first:last]


def halves(hashes: UInt64) -> UInt32:
    """The upper halves of 64-bit hashes."""
    return (hashes >> np.uint64(32)).astype(np.uint32)


def article_words(corpus: Corpus) -> Words:
    """The words of each article's title (twice) and beginning."""
    text = np.isin(corpus.kinds, (Kind.SENTENCE, Kind.HEADING)) & (corpus.spans[:, 0] < CHARACTERS)
    body, titles = counts_of_each(corpus.terms, (text, corpus.kinds == Kind.TITLE), corpus.rows)
    both = sp.csr_array(body + 2 * titles)
    hashes = halves(corpus.terms.hashes)[both.indices]
    limited = np.minimum(both.data, 255).astype(np.uint8)
    return Words(tuple(a.id for a in corpus.articles), hashes, limited, both.indptr.astype(np.int64))


class Likeness:
    """How alike articles are by their words: the cosine of TF-IDF.

    An inverted index of each article's heaviest words gives a short list, which is compared exactly.
    """

    def __init__(self, known: Words, fresh: Words) -> None:
        """known, fresh: of different articles.  A place below counts the known ones first, then the fresh ones."""
        self.ids = (*known.ids, *fresh.ids)
        hashes, counted = (
            np.concatenate(pair) for pair in ((known.hashes, fresh.hashes), (known.counts, fresh.counts))
        )
        ptr = np.concatenate((known.ptr, known.ptr[-1] + fresh.ptr[1:]))
        vocabulary, column = np.unique(hashes, return_inverse=True)
        frequency = np.bincount(column, minlength=len(vocabulary))
        idf = _idf(vocabulary, frequency, len(self.ids))
        matrix = sp.csr_array(
            (counted.astype(np.float32), column.astype(np.int64), ptr), (len(self.ids), len(vocabulary))
        )
        matrix.sum_duplicates()
        self._weights = unit_sparse_rows(tf_idf(matrix, idf))
        self._rare = sp.diags_array((frequency <= _MOST).astype(np.float32))
        self._by_word = self._weights.T.tocsr()

    def nearest(self, rows: Int64, among: npt.NDArray[np.bool_], k: int) -> tuple[Int64, Int64, Float32]:
        """The up to k nearest other articles of each of some (places, int64 [m]), as pairs of places (one of `rows`,
        its neighbour) with their cosines, the nearest first.  Of equal ones the lower place comes first.

        among: bool [n articles], which may be a neighbour.
        """
        parts = [(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float32))]
        for start in range(0, len(rows), _BLOCK):
            block = rows[start : start + _BLOCK]
            found = (_heaviest(sp.csr_array(self._weights[block] @ self._rare)) @ self._by_word).tocoo()
            row, other = block[found.coords[0]].astype(np.int64), found.coords[1].astype(np.int64)
            near = (found.data >= _LEAST) & among[other] & (row != other)
            row, other, _ = _best(row[near], other[near], found.data[near], _SHORT_LIST * k)
            parts.append(_best(row, other, pair_products(self._weights, self._weights, row, other), k))
        row, other, cosine = (np.concatenate(column) for column in zip(*parts, strict=True))
        return row, other, cosine


def _idf(vocabulary: UInt32, frequency: npt.NDArray[np.intp], articles: int) -> Float32:
    """The rarity of each word: in other news, and no more than among these articles, whatever their language."""
    background = load_background()
    table = replace(background, keys=halves(background.keys).astype(np.uint64))
    shipped = table.idf(vocabulary.astype(np.uint64), np.full(len(vocabulary), 2), 0)
    own = np.log((articles + 21) / (frequency + 0.5))
    return np.maximum(np.minimum(shipped, own), 0).astype(np.float32)


def _heaviest(matrix: sp.csr_array) -> sp.csr_array:
    """The heaviest words of each row."""
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    order = np.lexsort((matrix.indices, -np.round(matrix.data, PLACES), row))
    order = order[np.arange(len(row)) - matrix.indptr[row] < _INDEXED]
    return sp.csr_array((matrix.data[order], (row[order], matrix.indices[order])), shape=matrix.shape)


def _best(row: Int64, other: Int64, score: Float32, k: int) -> tuple[Int64, Int64, Float32]:
    """The k pairs of highest score of each row."""
    order = np.lexsort((other, -np.round(score, PLACES), row))
    row, other, score = row[order], other[order], score[order]
    kept = np.arange(len(row)) - np.searchsorted(row, row) < k
    return row[kept], other[kept], score[kept]
