"""Which sentences of a story say the same, and which articles thereby support a chosen sentence.

A sentence of another outlet says the same in English when the vectors are near and it says what the chosen one claims
(`claims`; it may say more), and when neither figures, nor modes, nor a denial part the two.  In other languages, whose
words that needs, vectors must be very near and words agree.  Support is a second witness: what one speaker said counts
for nothing, however many quote it, nor does a sentence in much the same words (both have it from one wire: who saw for
himself words it otherwise), or one that credits an agency, an outlet or a statement, or comes from the same outlet.
`benchmarks/support.py` measures it on pairs judged by hand.
"""

import difflib
import functools
import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from digest.corpus import Corpus
from digest.digests.claims import says
from digest.digests.disagreements_pairs import figures_part, read_statement
from digest.digests.disagreements_words import figure_words
from digest.digests.ngrams import Grams
from digest.digests.reading import Reading
from digest.similarity import Vectors, cosines, unit_sparse_rows
from digest.tokens import Int64

NEAR = 0.60  # Cosine of vectors from which on an English sentence may say what another claims.
NEARER = 0.87  # From here on sentences of other languages that share some runs of words say the same,
NEAREST = 0.90  # and from here on two that share none.
WORDS = 0.5  # TF-IDF cosine in place of vectors; in other languages it must be there too.
_HELD = 0.4  # So large a share of a sentence's words is in every one that says its claim: a look before the reading.
_PLACES = 6
_COMMON = 0.12  # So large a share of runs of three words is some in common.
_TAKEN_OVER = 0.45  # So large a share of runs of two words is one text, not two,
_IN_ORDER = 0.45  # as is so large a share of the longer one's words in one order,
_COPIED = 6  # and one shared run of so many words.
_CREDITED = re.compile(
    "\\b(?:AP|AFP|UPI|Agence France-Presse|Reuters|Xinhua|Bloomberg|ABC|BBC|CBS|CNBC|CNN|MSNBC|NBC|NPR|PBS|Fox News"
    "|Al Jazeera|Axios|Breitbart|BuzzFeed|Newsweek|Politico|POLITICO|(?:Associated|Free|Daily) [A-Z]\\w+"
    "|Times(?! Square)|Post|Journal|Tribune|Herald|Globe|Guardian|Telegraph|Gazette|Chronicle|Examiner|Magazine"
    "|told (?:the )?(?!Mr|Ms|Mrs|Dr)[A-Z]\\w*|news agency|(?:media|news|press|local) (?:outlet|report)s?"
    "|(?:according to|citing) (?:(?:the|a|an|several|multiple) )?(?:report|statement|newspaper|outlet)s?"
    "|in (?:a|the|his|her|its|their) statement|first reported|obtained by|reportedly)\\b"
)  # An agency or an outlet, what somebody told it, or a statement: who is credited is the witness.
_QUOTED = re.compile("[\"“„«「]([^\"“”„«»「」]+)[\"”»“」]|(?<!\\w)['‘]([^'‘’]+)['’](?!\\w)")
_QUOTE_WORDS = 4  # A quotation is at least so long; less is a term in quotes.
_SHARED_QUOTE = 1  # So many words in a row that both quote are one speaker's,
_RETOLD = 3  # as are so many that one quotes and the other tells without marks.
_MOSTLY = 0.3  # Of a sentence whose words so largely stand in quotes, the quotation is what it says.
_WORD = re.compile("\\w+")


def weigh_words(reading: Reading, grams: Grams) -> sp.csr_array:
    """TF-IDF of each sentence of a story: float32 [S, V], rows of length 1."""
    data = (1 + np.log(grams.copies)) * np.where(reading.stop, 0, reading.idf)[grams.key[grams.gram]]
    shape = (len(reading.rows), max(len(grams.key), 1))
    ends = np.searchsorted(grams.sentence, np.arange(shape[0] + 1))
    matrix = sp.csr_array((data.astype(np.float32), grams.gram.astype(np.int32), ends), shape=shape)
    matrix.eliminate_zeros()
    return unit_sparse_rows(matrix)


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
    owner = corpus.owner[rows]
    may = owner[None, :] != owner[at][:, None]
    near = None if vectors is None else np.round(cosines(vectors[at], vectors), _PLACES)
    if near is not None:
        may &= near >= (NEAR if english else NEARER)
    if near is None or not english:
        may &= np.round((words[at] @ words.T).toarray(), _PLACES) >= WORDS
    if english and may.any():
        may &= _held(words[at], words) >= _HELD
    found: list[set[str]] = [set() for _ in chosen]
    for n, other in np.argwhere(may).tolist():
        ours, theirs = (corpus.articles[owner[place]] for place in (at[n], other))
        if theirs.id in found[n] or _one_outlet(ours.source, theirs.source):
            continue
        one, two = (corpus.text_of(int(rows[place])) for place in (at[n], other))
        if says_the_same(one, two, None if near is None else round(float(near[n, other]), _PLACES), english):
            found[n].add(theirs.id)
    return [tuple(sorted(ids)) for ids in found]


def _held(ours: sp.csr_array, theirs: sp.csr_array) -> npt.NDArray[np.float32]:
    """The share of the words of each row of `ours` that each row of `theirs` holds: float32 [n, m].

    ours: float32 [n, V]; theirs: float32 [m, V].
    """
    one, other = (
        sp.csr_array((np.ones(m.nnz, np.float32), m.indices, m.indptr), shape=m.shape) for m in (ours, theirs)
    )
    return np.asarray((one @ other.T).toarray() / np.maximum(1, np.diff(ours.indptr))[:, None], np.float32)


def _one_outlet(ours: str | None, theirs: str | None) -> bool:
    """Whether two sources are one, or one's host lies in the other's ("blogs.cnn.com", "cnn.com")."""
    return bool(ours and theirs) and f".{ours}".endswith(f".{theirs}") | f".{theirs}".endswith(f".{ours}")


def says_the_same(ours: str, theirs: str, near: float | None = None, english: bool = True) -> bool:
    """Whether `theirs` says what `ours` does, as a second witness of it.

    near: the cosine of their vectors, rounded, or None where only words were compared.
    """
    if _credits(ours) or _credits(theirs) or not _alike(ours, theirs, near, english):
        return False
    if _one_text(ours, theirs) or _one_speaker(ours, theirs):
        return False
    return not english or not _contradict(ours, theirs)


@functools.lru_cache(maxsize=1 << 12)  # of one story: a sentence is asked about again and again
def _credits(text: str) -> bool:
    """Whether a sentence says that it has its news from somebody else's report."""
    return _CREDITED.search(text) is not None


def _alike(ours: str, theirs: str, near: float | None, english: bool) -> bool:
    """Whether `theirs` says what `ours` does: by its words, or in other languages by vectors that are very near."""
    if english:
        return (near is None or near >= NEAR) and says(theirs, ours)
    return near is None or near >= (NEARER if _shared_runs(ours, theirs, 3) >= _COMMON else NEAREST)


def _one_text(ours: str, theirs: str) -> bool:
    """Whether one of two sentences is the other, reworded here and there."""
    if _share(ours, theirs, _COPIED) or _shared_runs(ours, theirs, 2) > _TAKEN_OVER:
        return True
    a, b = _WORD.findall(ours.lower()), _WORD.findall(theirs.lower())
    blocks = difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) > _IN_ORDER * max(len(a), len(b))


def _share(ours: str, theirs: str, words: int) -> bool:
    """Whether so many words in a row stand in both."""
    return not _runs(ours, words).isdisjoint(_runs(theirs, words))


def _shared_runs(ours: str, theirs: str, words: int) -> float:
    """The share of runs of so many words of the sentence that has fewer of them that stand in both."""
    a, b = _runs(ours, words), _runs(theirs, words)
    return len(a & b) / max(1, min(len(a), len(b)))


def _runs(text: str, words: int) -> set[tuple[str, ...]]:
    low = _WORD.findall(text.lower())
    return {tuple(low[i : i + words]) for i in range(len(low) - words + 1)}


def _one_speaker(ours: str, theirs: str) -> bool:
    """Whether what two sentences share is what somebody said, or what each has is a quotation of its own."""
    if any(_share(p, q, _SHARED_QUOTE) for p in _quotations(ours) for q in _quotations(theirs)):
        return True
    if any(_share(q, other, _RETOLD) for one, other in ((ours, theirs), (theirs, ours)) for q in _quotations(one)):
        return True
    a, b = _quoted(ours), _quoted(theirs)
    if max(len(a) / max(1, len(_WORD.findall(ours))), len(b) / max(1, len(_WORD.findall(theirs)))) >= _MOSTLY:
        return True
    return min(len(a), len(b)) >= _QUOTE_WORDS and not set(a) & set(b)


def _quotations(text: str) -> list[str]:
    return [double or single for double, single in _QUOTED.findall(text)]


def _quoted(text: str) -> list[str]:
    """The words of a text's quotations; terms in quotes left out."""
    quoted = [_WORD.findall(q.lower()) for q in _quotations(text)]
    return [word for words in quoted if len(words) >= _QUOTE_WORDS for word in words]


def _contradict(ours: str, theirs: str) -> bool:
    """Whether two English sentences give other figures for one thing, or only one denies or foresees."""
    a, b = read_statement(ours), read_statement(theirs)
    for kind in ("denial", "foreseen"):
        words = figure_words().vetoes[kind]
        if words.isdisjoint(a.words) != words.isdisjoint(b.words):
            return True
    return figures_part(a.figures, b.figures)
