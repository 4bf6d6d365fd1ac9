"""Which sentences of a story say the same, and which articles thereby support a chosen sentence.

Two sentences of different articles say the same when their vectors are near, nearer where they share few runs of words
(in other languages than English their words must agree too), and neither figures, nor modes, nor a denial part them.
What one speaker said counts for nothing, however many quote it, nor does a sentence that one took over from the other:
support is a second witness.  `benchmarks/support.py` measures it on pairs judged by hand.
"""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from digest.corpus import Corpus
from digest.digests.disagreements_pairs import figures_part, read_statement
from digest.digests.disagreements_words import figure_words
from digest.digests.ngrams import Grams
from digest.digests.reading import Reading
from digest.digests.words import words_of
from digest.similarity import Vectors, cosines, unit_sparse_rows
from digest.tokens import Int64

NEAR = 0.83  # Cosine of vectors from which on two English sentences say the same.
NEAR_IN_RUNS = 0.72  # The same for two that share a quarter of their runs of three words.
WORDS = 0.5  # TF-IDF cosine that decides without vectors, and must be there too in other languages.
ALIKE = 0.9  # cosine of vectors of sentences that must not both stand in a digest
ALIKE_WORDS = 0.8  # the same for TF-IDF
_PLACES = 6
_RUNS = 0.25
_TAKEN_OVER = 0.85  # So large a share of such runs is one text, not two.
_QUOTED = re.compile('["“„«「]([^"“”„«»「」]+)["”»“」]')
_QUOTE_WORDS = 4  # A quotation is at least so long; less is a term in quotes.
_MOSTLY = 0.3  # Of a sentence whose words so largely stand in quotes, the quotation is what it says.
_RETOLD = 0.3  # The share of runs from which on the other tells the same quotation, in quotes or not.
_WORD = re.compile("\\w+")


def weigh_words(reading: Reading, grams: Grams) -> sp.csr_array:
    """TF-IDF of each sentence of a story: float32 [S, V], rows of length 1."""
    data = (1 + np.log(grams.copies)) * np.where(reading.stop, 0, reading.idf)[grams.key[grams.gram]]
    shape = (len(reading.rows), max(len(grams.key), 1))
    matrix = sp.csr_array((data.astype(np.float32), (grams.sentence, grams.gram)), shape=shape)
    matrix.eliminate_zeros()
    return unit_sparse_rows(matrix)


def alike(vectors: Vectors | None, words: sp.csr_array) -> npt.NDArray[np.bool_]:
    """Which pairs of some sentences say the same in nearly the same words: bool [n, n].

    vectors: float32 [n, d], unit rows, or None; words: float32 [n, V], unit rows.
    """
    same = np.round((words @ words.T).toarray(), _PLACES) >= ALIKE_WORDS
    if vectors is not None:
        same |= np.round(cosines(vectors, vectors), _PLACES) >= ALIKE
    return np.asarray(same)


def supporters(
    corpus: Corpus,
    rows: Int64,
    chosen: Sequence[int],
    vectors: Vectors | None,
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
        near = np.round(cosines(vectors[at], vectors), _PLACES)
        same &= near >= NEAR_IN_RUNS
    owner = corpus.owner[rows]
    same &= owner[None, :] != owner[at][:, None]
    return [
        tuple(
            sorted(
                {
                    corpus.articles[owner[other]].id
                    for other in np.flatnonzero(row).tolist()
                    if says_the_same(
                        corpus.text_of(int(rows[c])),
                        corpus.text_of(int(rows[other])),
                        None if vectors is None else float(near[n, other]),
                        english,
                    )
                }
            )
        )
        for n, (c, row) in enumerate(zip(chosen, same, strict=True))
    ]


def says_the_same(ours: str, theirs: str, near: float | None = None, english: bool = True) -> bool:
    """Whether two sentences that are alike are two witnesses of one fact.

    near: the cosine of their vectors, or None where only words were compared.
    """
    if near is not None and near < NEAR and _shared_runs(ours, theirs, telling=True) < _RUNS:
        return False
    runs = _shared_runs(ours, theirs)
    if runs >= _TAKEN_OVER or _one_speaker(ours, theirs, runs):
        return False
    return not english or not _contradict(ours, theirs)


def _shared_runs(ours: str, theirs: str, telling: bool = False) -> float:
    """The share of runs of three words of the sentence that has fewer of them that stand in both.

    telling: only runs that hold more than names and function words count as shared.
    """
    a, b = _runs(ours), _runs(theirs)
    shared = [run for run in a.keys() & b.keys() if a[run] or not telling]
    return len(shared) / max(1, min(len(a), len(b)))


def _runs(text: str) -> dict[tuple[str, str, str], bool]:
    """Each run of three words of a text, and whether it holds a word that is neither a name nor a function word."""
    words, stop = _WORD.findall(text), words_of("en").stop
    low = [word.lower() for word in words]
    tells = [word == small and small not in stop for word, small in zip(words, low, strict=True)]
    return {(low[i], low[i + 1], low[i + 2]): tells[i] or tells[i + 1] or tells[i + 2] for i in range(len(words) - 2)}


def _one_speaker(ours: str, theirs: str, runs: float) -> bool:
    """Whether what two sentences share is what somebody said, or what each has is a quotation of its own."""
    a, b = _quoted(ours), _quoted(theirs)
    if max(len(a) / max(1, len(_WORD.findall(ours))), len(b) / max(1, len(_WORD.findall(theirs)))) < _MOSTLY:
        return min(len(a), len(b)) >= _QUOTE_WORDS and not set(a) & set(b)
    return runs >= _RETOLD or min(len(a), len(b)) >= _QUOTE_WORDS


def _quoted(text: str) -> list[str]:
    """The words of a text's quotations; terms in quotes left out."""
    quoted = [_WORD.findall(q.lower()) for q in _QUOTED.findall(text)]
    return [word for words in quoted if len(words) >= _QUOTE_WORDS for word in words]


def _contradict(ours: str, theirs: str) -> bool:
    """Whether two English sentences give other figures for one thing, or only one denies or foresees."""
    a, b = read_statement(ours), read_statement(theirs)
    for kind in ("denial", "foreseen"):
        words = figure_words().vetoes[kind]
        if words.isdisjoint(a.words) != words.isdisjoint(b.words):
            return True
    return figures_part(a.figures, b.figures)
