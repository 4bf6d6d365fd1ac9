"""What the state keeps of every article to find it again: its words, as numbers, and how often it holds each."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from digest.background import load_background
from digest.corpus import Corpus
from digest.records import Kind
from digest.similarity import PLACES, counts, pair_products, tf_idf, unit_sparse_rows
from digest.tokens import Int64

Float32 = npt.NDArray[np.float32]
UInt32 = npt.NDArray[np.uint32]
UInt64 = npt.NDArray[np.uint64]

CHARACTERS = 4_000  # of a text that tell what it is about, beside its title
_INDEXED = 50  # An article's heaviest words, by which others are looked for ...
_MOST = 1_000  # ... those aside that more articles hold.
_SHORT_LIST = 4  # Articles compared exactly for each one wanted.
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
    body, titles = (counts(corpus.terms.joined(rows, corpus.rows)) for rows in (text, corpus.kinds == Kind.TITLE))
    both = sp.csr_array(body + 2 * titles)
    hashes = halves(corpus.terms.hashes)[both.indices]
    limited = np.minimum(both.data, 255).astype(np.uint8)
    return Words(tuple(a.id for a in corpus.articles), hashes, limited, both.indptr.astype(np.int64))


def nearest_known(known: Words, fresh: Words, k: int, least: float) -> tuple[Int64, Int64]:
    """The up to k known articles nearest to each fresh one by their words, as pairs of places (fresh, known).

    By the cosine of TF-IDF; below `least` is none near.  An inverted index of each fresh article's heaviest words
    gives a short list, which is compared exactly.  Of equal ones the lower place comes first.
    """
    vocabulary, column = np.unique(np.concatenate((known.hashes, fresh.hashes)), return_inverse=True)
    split, width = len(known.hashes), len(vocabulary)
    frequency = np.bincount(column, minlength=width)
    idf = _idf(vocabulary, frequency, len(known.ids) + len(fresh.ids))
    theirs = _weighed(known, column[:split], idf)
    mine = _weighed(fresh, column[split:], idf)
    rare = sp.csr_array(mine @ sp.diags_array((frequency <= _MOST).astype(np.float32)))
    rows, others = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    by_word = theirs.T.tocsr()
    for start in range(0, len(fresh.ids), _BLOCK):
        found = (_heaviest(rare[start : start + _BLOCK]) @ by_word).tocoo()
        row, other = found.coords[0].astype(np.int64) + start, found.coords[1].astype(np.int64)
        row, other, _ = _best(row, other, found.data, _SHORT_LIST * k)
        row, other, score = _best(row, other, pair_products(mine, theirs, row, other), k)
        near = np.round(score, PLACES) >= least
        rows.append(row[near])
        others.append(other[near])
    return np.concatenate(rows), np.concatenate(others)


def _idf(vocabulary: UInt32, frequency: npt.NDArray[np.intp], articles: int) -> Float32:
    """The rarity of each word: in other news, and no more than among these articles, whatever their language."""
    background = load_background()
    table = replace(background, keys=halves(background.keys).astype(np.uint64))
    shipped = table.idf(vocabulary.astype(np.uint64), np.full(len(vocabulary), 2), 0)
    own = np.log((articles + 21) / (frequency + 0.5))
    return np.maximum(np.minimum(shipped, own), 0).astype(np.float32)


def _weighed(words: Words, column: npt.NDArray[np.intp], idf: Float32) -> sp.csr_array:
    data = words.counts.astype(np.float32)
    matrix = sp.csr_array((data, column.astype(np.int64), words.ptr.copy()), shape=(len(words.ids), len(idf)))
    matrix.sum_duplicates()
    return unit_sparse_rows(tf_idf(matrix, idf))


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
