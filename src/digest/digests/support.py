"""Which sentences of a story say the same, and which articles thereby support a chosen sentence.

Two sentences of different articles say the same when their vectors are near (in other languages than English, when
their words agree too) and their figures do not conflict.
What both quote counts for nothing: two outlets that carry one quotation heard one speaker, not two witnesses.
"""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from digest.corpus import Corpus
from digest.digests.ngrams import Grams
from digest.digests.reading import Reading
from digest.similarity import Float32, unit_sparse_rows
from digest.tokens import Int64

NEAR = 0.80  # Cosine of vectors from which on two English sentences say the same (.75 lets one in three stray in).
WORDS = 0.5  # TF-IDF cosine that decides without vectors, and must be there too in other languages.
ALIKE = 0.9  # cosine of vectors of sentences that must not both stand in a digest
ALIKE_WORDS = 0.8  # the same for TF-IDF
_PLACES = 6
_FIGURE = re.compile("\\d[\\d.,]*")
_QUOTED = re.compile('["“„«「]([^"“”„«»「」]+)["”»“」]')
_REPORT_WORDS = 4  # Two reports around one quotation share so many longer words of their own.
_QUOTE_WORDS = 4  # A quotation is at least so long; less is a term in quotes.


def weigh_words(reading: Reading, grams: Grams) -> sp.csr_array:
    """TF-IDF of each sentence of a story: float32 [S, V], rows of length 1."""
    data = (1 + np.log(grams.copies)) * np.where(reading.stop, 0, reading.idf)[grams.key[grams.gram]]
    shape = (len(reading.rows), max(len(grams.key), 1))
    matrix = sp.csr_array((data.astype(np.float32), (grams.sentence, grams.gram)), shape=shape)
    matrix.eliminate_zeros()
    return unit_sparse_rows(matrix)


def alike(vectors: Float32 | None, words: sp.csr_array) -> npt.NDArray[np.bool_]:
    """Which pairs of some sentences say the same in nearly the same words: bool [n, n].

    vectors: float32 [n, d], unit rows, or None; words: float32 [n, V], unit rows.
    """
    same = np.round((words @ words.T).toarray(), _PLACES) >= ALIKE_WORDS
    if vectors is not None:
        same |= np.round(vectors @ vectors.T, _PLACES) >= ALIKE
    return np.asarray(same)


def supporters(
    corpus: Corpus,
    rows: Int64,
    chosen: Sequence[int],
    vectors: Float32 | None,
    words: sp.csr_array,
    english: bool = True,
) -> list[tuple[str, ...]]:
    """The ids of the articles that support each chosen sentence, sorted.

    rows: int64 [C], sentences of independent articles; chosen: places in `rows`; vectors: float32 [C, d], unit rows, or
    None; words: float32 [C, V], unit rows; english: whether the vectors alone can be trusted.
    """
    at = np.asarray(chosen, np.int64)
    lexical = np.round((words[at] @ words.T).toarray(), _PLACES)
    same = lexical >= WORDS if vectors is None or not english else np.ones(lexical.shape, bool)
    if vectors is not None:
        same &= np.round(vectors[at] @ vectors.T, _PLACES) >= NEAR
    owner = corpus.owner[rows]
    same &= owner[None, :] != owner[at][:, None]
    return [_confirmed(corpus, int(rows[c]), rows[np.flatnonzero(row)]) for c, row in zip(chosen, same, strict=True)]


def _confirmed(corpus: Corpus, row: int, others: Int64) -> tuple[str, ...]:
    """The articles of those sentences that agree in figures and share more than a quotation."""
    text = corpus.text_of(row)
    found = set()
    for other in others.tolist():
        theirs = corpus.text_of(other)
        if _figures_agree(text, theirs) and not _only_quoted(text, theirs):
            found.add(corpus.articles[int(corpus.owner[other])].id)
    return tuple(sorted(found))


def _figures_agree(a: str, b: str) -> bool:
    """Whether one text's figures all stand in the other (a text without figures agrees with any)."""
    ours, theirs = ({f.strip(".,") for f in _FIGURE.findall(t)} for t in (a, b))
    return ours <= theirs or theirs <= ours


def _only_quoted(a: str, b: str) -> bool:
    """Whether two texts share a quotation, and hardly anything outside it."""
    ours, theirs = _quotations(a), _quotations(b)
    shared = [q for q in ours if any(len(q & t) >= 0.6 * min(len(q), len(t)) for t in theirs)]
    if not shared:
        return False
    outside = [set(re.findall("\\w{4,}", _QUOTED.sub(" ", t).lower())) for t in (a, b)]
    return len(outside[0] & outside[1]) < max(_REPORT_WORDS, 0.5 * min(map(len, outside)))


def _quotations(text: str) -> list[set[str]]:
    quoted = (set(re.findall("\\w+", q.lower())) for q in _QUOTED.findall(text))
    return [q for q in quoted if len(q) >= _QUOTE_WORDS]
