"""Why two articles are copies of each other, or are not: for people who ask."""

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from digest.corpus import Corpus
from digest.duplicates.alignment import RUN, Alignment
from digest.duplicates.changes import find_changes
from digest.duplicates.comparer import Comparer
from digest.duplicates.copies import Copies
from digest.duplicates.texts import Texts
from digest.duplicates.verdict import Reason, have_same_words
from digest.records import DuplicateKind, Passage
from digest.tokens import Int64, word_spans

_IN_WORDS: dict[Reason, str] = {
    "copy": "The shorter article runs alongside the longer one, and its figures and names are the same.",
    "little shared": "Too little of the shorter article stands in the longer one.",
    "same notice": "The shared text is a notice: it says nothing of what either headline says.",
    "other day": "Two short articles of one wording with days between them: the later one is the next of a series.",
    "other opening": "One of them opens with names or figures of its own that the other never mentions: an update.",
    "other headline": "Each headline gives a name or figure that the other article never mentions.",
    "other figures or names": "The shared words are filled with other figures or names.",
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two articles beside each other.

    kind: which kind of copy, None for none; reason, explanation: why, as a code and as a sentence; overlap: the share
    of the shorter one's words that both hold in runs; containment: the share of the first one's words that the second
    holds, and the other way round; passages: the shared runs, in the first article and in the second;
    differences: where the one gives other figures or names than the other.
    """

    article_ids: tuple[str, str]
    kind: DuplicateKind | None
    reason: Reason
    explanation: str
    overlap: float
    containment: tuple[float, float]
    passages: tuple[tuple[Passage, Passage], ...]
    differences: tuple[tuple[Passage, Passage], ...]


def compare(corpus: Corpus, one: int, other: int) -> Comparison:
    """Compares two articles, given by their places in the corpus, as `find_copies` does."""
    return _compare(Comparer(Texts(corpus)), one, other)


def compare_copies(corpus: Corpus, copies: Copies) -> Callable[[int], Comparison]:
    """Compares a copy, given by its place in the corpus, with the article that is kept in its place."""
    comparer = Comparer(Texts(corpus))
    return lambda article: _compare(comparer, article, int(copies.kept[article]))


def _compare(comparer: Comparer, one: int, other: int) -> Comparison:
    corpus = comparer.texts.corpus
    verdict = comparer.judge(one, other)
    alignment = verdict.alignment
    exact = have_same_words(comparer.read(one), comparer.read(other), comparer.lexicon)
    reason: Reason = "copy" if exact else verdict.reason
    kind: DuplicateKind | None = "exact" if exact else "near" if verdict.is_copy else None
    turned = alignment.shorter is not comparer.read(one).body.text
    left, right = (_Spans(comparer.texts, article) for article in ((other, one) if turned else (one, other)))
    passages = [(left.passage(a, a + n), right.passage(b, b + n)) for a, b, n in _runs(alignment)]
    differences = [
        (left.passage(change.left.start, change.left.stop), right.passage(change.right.start, change.right.stop))
        for change in find_changes(alignment, comparer.lexicon)
        if change.is_telling
    ]
    shares = [float(np.round(np.mean(shared), 6)) if len(shared) else 0.0 for shared in alignment.shared]
    return Comparison(
        article_ids=(corpus.articles[one].id, corpus.articles[other].id),
        kind=kind,
        reason=reason,
        explanation=_IN_WORDS[reason],
        overlap=verdict.overlap,
        containment=(shares[turned], shares[not turned]),
        passages=tuple(sorted(((b, a) if turned else (a, b) for a, b in passages), key=_place)),
        differences=tuple(sorted(((b, a) if turned else (a, b) for a, b in differences), key=_place)),
    )


def _place(pair: tuple[Passage, Passage]) -> tuple[int, int]:
    return pair[0].start, pair[0].end


def _runs(alignment: Alignment) -> Iterator[tuple[int, int, int]]:
    """The shared runs: where each begins in the shorter and the longer text, and its length, in words."""
    left, right = alignment.left, alignment.right
    breaks = np.flatnonzero((np.diff(left) != 1) | (np.diff(right) != 1)) + 1
    for run in np.split(np.arange(len(left)), breaks):
        if len(run):
            yield int(left[run[0]]), int(right[run[0]]), len(run) + RUN - 1


class _Spans:
    """Where the words of an article's body stand in its text."""

    def __init__(self, texts: Texts, article: int) -> None:
        self._texts = texts
        self._id = texts.corpus.articles[article].id
        self._rows = texts.body_rows(article)
        self._ends = np.cumsum(texts.row_lengths[self._rows])
        self._read = functools.cache(self._words)

    def passage(self, first: int, last: int) -> Passage:
        """The slice of the words `first:last` (never empty)."""
        return Passage(self._id, self._span(first)[0], self._span(last - 1)[1])

    def _span(self, term: int) -> tuple[int, int]:
        """A term's place: a pair of neighbours in a script without spaces, else the whole word that it is from."""
        place = int(np.searchsorted(self._ends, term, "right"))
        row = self._rows[place]
        spans, ends = self._read(row)
        within = term - int(self._ends[place]) + int(ends[-1])
        word = int(np.searchsorted(ends, within, "right"))
        offset = int(self._texts.corpus.spans[row, 0])
        start, end = (offset + edge for edge in spans[word])
        width = int(ends[word] - ends[word - 1]) if word else int(ends[0])
        if width > 1 and width == end - start - 1:
            start += within - int(ends[word]) + width
            end = start + 2
        return start, end

    def _words(self, row: int) -> tuple[list[tuple[int, int]], Int64]:
        """The offsets of a row's words within it, and how many terms there are up to each: int64 [n words]."""
        corpus = self._texts.corpus
        words = corpus.tokens.ids[corpus.tokens.ptr[row] : corpus.tokens.ptr[row + 1]]
        return word_spans(corpus.text_of(row)), np.cumsum(self._texts.widths[words], dtype=np.int64)
