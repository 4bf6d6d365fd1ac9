"""Why two articles are copies of each other, or are not: for people who ask."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from digest.corpus import Corpus
from digest.duplicates.alignment import RUN, Alignment
from digest.duplicates.comparer import Comparer
from digest.duplicates.texts import Texts
from digest.duplicates.verdict import Reason, find_changes, have_same_words
from digest.records import DuplicateKind, Passage
from digest.tokens import word_spans

_IN_WORDS: dict[Reason, str] = {
    "copy": "The shorter article runs alongside the longer one, and its figures and names are the same.",
    "little shared": "Too little of the shorter article stands in the longer one.",
    "same notice": "The shared text is a notice: it says nothing of what either headline says.",
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
    comparer = Comparer(Texts(corpus))
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
        corpus = texts.corpus
        self._id = corpus.articles[article].id
        self._spans: list[tuple[int, int]] = []
        for row in texts.body_rows(article):
            offset = int(corpus.spans[row, 0])
            widths = texts.widths[corpus.tokens.ids[corpus.tokens.ptr[row] : corpus.tokens.ptr[row + 1]]].tolist()
            for (start, end), width in zip(word_spans(corpus.text_of(row)), widths, strict=True):
                self._spans += _terms(offset + start, offset + end, width)

    def passage(self, first: int, last: int) -> Passage:
        """The slice of the words `first:last` (never empty)."""
        return Passage(self._id, self._spans[first][0], self._spans[last - 1][1])


def _terms(start: int, end: int, width: int) -> list[tuple[int, int]]:
    """The spans of a word's terms: pairs of neighbours in a script without spaces, else the whole word for each."""
    if width > 1 and width == end - start - 1:
        return [(start + i, start + i + 2) for i in range(width)]
    return [(start, end)] * width
