"""Which sentences of a story say the same, and which articles thereby support a chosen sentence.

Two sentences of different outlets say the same when their vectors are near (in other languages than English their words
must agree too), and neither figures, nor modes, nor a denial part them.  Support is a second witness: what one speaker
said counts for nothing, however many quote it, nor does a sentence that shares a long run of words with the other (both
have it from one wire), or credits an agency, or comes from the same outlet.  `benchmarks/support.py` measures it on
pairs judged by hand.
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
from digest.similarity import Vectors, cosines, unit_sparse_rows
from digest.tokens import Int64

NEAR = 0.87  # Cosine of vectors from which on two sentences say the same, where they share some runs of words.
VERY_NEAR = 0.90  # The same for two that share none.
WORDS = 0.5  # TF-IDF cosine that decides without vectors, and must be there too in other languages.
ALIKE = 0.9  # cosine of vectors of sentences that must not both stand in a digest
ALIKE_WORDS = 0.8  # the same for TF-IDF
_PLACES = 6
_COMMON = 0.12  # So large a share of runs of three words is some in common.
_TAKEN_OVER = 0.5  # So large a share is one text, not two.
_COPIED = 8  # As is one shared run of so many words.
_AGENCY = re.compile(
    "\\b(?:Associated Press|AP|Reuters|AFP|Agence France-Presse)\\b"
)  # Who is credited is the witness.
_QUOTED = re.compile('["“„«「]([^"“”„«»「」]+)["”»“」]')
_QUOTE_WORDS = 4  # A quotation is at least so long; less is a term in quotes.
_SHARED_QUOTE = 1  # So many words in a row that both quote are one speaker's.
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
    same = np.ones((len(at), words.shape[0]), bool)
    if vectors is None or not english:
        same = np.round((words[at] @ words.T).toarray(), _PLACES) >= WORDS
    if vectors is not None:
        near = np.round(cosines(vectors[at], vectors), _PLACES)
        same &= near >= NEAR
    owner = corpus.owner[rows]
    sources = [corpus.articles[i].source for i in owner.tolist()]
    same &= owner[None, :] != owner[at][:, None]

    def supports(c: int, other: int, cosine: float | None) -> bool:
        texts = corpus.text_of(int(rows[c])), corpus.text_of(int(rows[other]))
        return not _one_outlet(sources[c], sources[other]) and says_the_same(*texts, cosine, english)

    return [
        tuple(
            sorted(
                {
                    corpus.articles[owner[other]].id
                    for other in np.flatnonzero(row).tolist()
                    if supports(c, other, None if vectors is None else round(float(near[n, other]), _PLACES))
                }
            )
        )
        for n, (c, row) in enumerate(zip(chosen, same, strict=True))
    ]


def _one_outlet(ours: str | None, theirs: str | None) -> bool:
    """Whether two sources are one, or one's host lies in the other's ("blogs.cnn.com", "cnn.com")."""
    return bool(ours and theirs) and f".{ours}".endswith(f".{theirs}") | f".{theirs}".endswith(f".{ours}")


def says_the_same(ours: str, theirs: str, near: float | None = None, english: bool = True) -> bool:
    """Whether two sentences that are alike are two witnesses of one fact.

    near: the cosine of their vectors, rounded, or None where only words were compared.
    """
    if _AGENCY.search(ours) or _AGENCY.search(theirs):
        return False
    runs = _shared_runs(ours, theirs)
    if near is not None and near < (NEAR if runs >= _COMMON else VERY_NEAR):
        return False
    if runs >= _TAKEN_OVER or _share(ours, theirs, _COPIED) or _one_speaker(ours, theirs, runs):
        return False
    return not english or not _contradict(ours, theirs)


def _share(ours: str, theirs: str, words: int) -> bool:
    """Whether so many words in a row stand in both."""
    return not _runs(ours, words).isdisjoint(_runs(theirs, words))


def _shared_runs(ours: str, theirs: str) -> float:
    """The share of runs of three words of the sentence that has fewer of them that stand in both."""
    a, b = _runs(ours, 3), _runs(theirs, 3)
    return len(a & b) / max(1, min(len(a), len(b)))


def _runs(text: str, words: int) -> set[tuple[str, ...]]:
    low = _WORD.findall(text.lower())
    return {tuple(low[i : i + words]) for i in range(len(low) - words + 1)}


def _one_speaker(ours: str, theirs: str, runs: float) -> bool:
    """Whether what two sentences share is what somebody said, or what each has is a quotation of its own."""
    if any(_share(p, q, _SHARED_QUOTE) for p in _QUOTED.findall(ours) for q in _QUOTED.findall(theirs)):
        return True
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
