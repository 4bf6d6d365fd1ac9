"""The articles as copies are judged by: rows of words, without the title, bylines and other furniture.

Two outlets print a wire report under different bylines and headlines; what makes it a copy is the text between.
"""

import datetime
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digest.corpus import Corpus
from digest.excerpts import unspelled
from digest.records import Kind
from digest.similarity import Bool, distinct
from digest.tokens import Int32, Int64, Terms, row_hashes

UInt8 = npt.NDArray[np.uint8]

_BLOCK = 500_000  # terms hashed at a time: bounds the memory, whatever the number of articles


# The shape of a word: what its spelling says.  Templates differ in names and figures, edits in ordinary words.
ORDINARY, NAME, FIGURE = range(3)

# English alone writes small figures and the number of an occasion out so often that templates differ by them.
_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_UNITS += " seventeen eighteen nineteen"
_SPELLED = {word: str(n) for n, word in enumerate(_UNITS.split())}
_SPELLED |= {
    word: str(10 * n) for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"
_SPELLED |= {word: str(n) for n, word in enumerate(_ORDINALS.split(), 1)}
_WORDS_AS_WELL = frozenset(("zero", "one", "first", "second"))  # too often no figure


@dataclass(frozen=True, slots=True)
class Text:
    """The words of one article (or title): term ids and shapes, in reading order."""

    ids: Int32
    shapes: UInt8

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, eq=False, slots=True)
class Bodies:
    """The words of n bodies, without their spelling.

    terms: of all rows; rows: int64 [n + 1], those of article i are `rows[i]:rows[i + 1]`; is_body: bool [n rows];
    lengths: int64 [n], words in each.
    """

    terms: Terms
    rows: Int64
    is_body: Bool
    lengths: Int64

    def ids(self, first: int, last: int) -> Int32:
        """The term ids of the bodies of the articles `first:last`, one after another."""
        begin, end = int(self.rows[first]), int(self.rows[last])
        wanted = np.repeat(self.is_body[begin:end], np.diff(self.terms.ptr[begin : end + 1]))
        return self.terms.of_rows(begin, end)[wanted]


class Texts:
    """The bodies and titles of a corpus.  `lengths`: words in each body, int64 [n]."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.terms = corpus.terms
        self.row_lengths: Int64 = np.diff(self.terms.ptr)
        self.is_body = _body_rows(corpus, self.row_lengths)
        self._is_sentence = (corpus.kinds == Kind.SENTENCE) & (self.row_lengths > 0)
        counted = np.concatenate(([0], np.cumsum(np.where(self.is_body, self.row_lengths, 0))))
        self.lengths: Int64 = counted[corpus.rows[1:]] - counted[corpus.rows[:-1]]
        self.bodies = Bodies(unspelled(corpus.terms), corpus.rows, self.is_body, self.lengths)
        self.widths = corpus.widths
        self._shapes = np.fromiter(map(shape_of, corpus.tokens.vocabulary), np.uint8, len(corpus.tokens.vocabulary))

    def __len__(self) -> int:
        return len(self.corpus)

    def body(self, article: int) -> Text:
        first, last = int(self.corpus.rows[article]), int(self.corpus.rows[article + 1])
        return self._text(first, last, self.is_body[first:last])

    def title(self, article: int) -> Text:
        row = self.corpus.title_row(article)
        return self._text(row, row + 1, np.ones(1, bool))

    def mentions(self, article: int) -> Int32:
        """The terms of all rows of an article, title and furniture too, ascending."""
        first, last = self.corpus.rows[article : article + 2].tolist()
        return distinct(self.terms.of_rows(first, last))

    def holding(self, mark: str) -> set[int]:
        """The articles that hold a punctuation mark, in the title or elsewhere; no text is read."""
        tokens = self.corpus.tokens
        if mark not in tokens.vocabulary:
            return set()
        at = np.flatnonzero(tokens.ids == tokens.vocabulary.index(mark))
        return set(self.corpus.owner[np.searchsorted(tokens.ptr, at, "right") - 1].tolist())

    def day(self, article: int) -> int | None:
        """The day of its publication as an ordinal number, None where that is not known."""
        published = self.corpus.articles[article].published
        return datetime.date.fromisoformat(published[:10]).toordinal() if published else None

    def body_rows(self, article: int) -> Sequence[int]:
        first, last = self.corpus.rows[article], self.corpus.rows[article + 1]
        return (first + np.flatnonzero(self.is_body[first:last])).tolist()  # type: ignore[no-any-return]

    def have_sums_in_common(self) -> Bool:
        """Which bodies have the sum of their words' hashes in common with another: bool [n].  Of the others none has
        the words of another."""
        of_rows = np.where(self.is_body, row_hashes(self.terms), np.uint64(0))
        ends = np.append(np.zeros(1, np.uint64), np.cumsum(of_rows))[self.corpus.rows]
        sums = ends[1:] - ends[:-1]
        ordered = np.sort(sums)
        return np.isin(sums, ordered[1:][ordered[1:] == ordered[:-1]])

    def blocks(self) -> Iterator[tuple[int, int]]:
        """Ranges of neighbouring articles with about half a million words each."""
        ends = np.cumsum(self.lengths)
        cuts = [0]
        while cuts[-1] < len(self):
            done = int(ends[cuts[-1] - 1]) if cuts[-1] else 0
            cuts.append(max(cuts[-1] + 1, int(np.searchsorted(ends, done + _BLOCK, "right"))))
        yield from itertools.pairwise(cuts)

    def _text(self, first: int, last: int, wanted: npt.NDArray[np.bool_]) -> Text:
        """The wanted ones of the neighbouring rows `first:last`."""
        tokens, terms = self.corpus.tokens, self.terms
        word_ids = tokens.ids[tokens.ptr[first] : tokens.ptr[last]]
        ids = terms.of_rows(first, last)
        shapes = np.repeat(self._shapes[word_ids], self.widths[word_ids])
        begins = (terms.ptr[first:last] - terms.ptr[first])[self._is_sentence[first:last]]
        shapes[begins[shapes[begins] == NAME]] = ORDINARY
        if not wanted.all():
            of_body = np.repeat(wanted, self.row_lengths[first:last])
            ids, shapes = ids[of_body], shapes[of_body]
        if np.count_nonzero(shapes == NAME) > 0.6 * len(shapes):
            shapes[shapes == NAME] = ORDINARY  # all in capitals: they say nothing here
        return Text(ids, shapes)


def spelled_figure(word: str) -> str:
    """The digits of a small number that is written out in English ("5" of "five"), else the word itself."""
    return _SPELLED.get(word, word)


def shape_of(word: str) -> int:
    """Figures hold a digit or are small numbers in words; names begin with a capital.  A sentence's first word does
    anyway and counts as ordinary."""
    folded = word.lower()
    if (not word.isalpha() and any(c.isdigit() for c in word)) or (folded in _SPELLED and folded not in _WORDS_AS_WELL):
        return FIGURE
    return NAME if word[0].isupper() else ORDINARY


def _body_rows(corpus: Corpus, row_lengths: Int64) -> npt.NDArray[np.bool_]:
    """The rows that are text; where furniture is all that an article has, the furniture."""
    text = np.isin(corpus.kinds, (Kind.SENTENCE, Kind.HEADING)) & (row_lengths > 0) & ~_title_lines(corpus, row_lengths)
    has_text = np.zeros(len(corpus), bool)
    has_text[corpus.owner[text]] = True
    furniture: npt.NDArray[np.bool_] = (corpus.kinds == Kind.FURNITURE) & ~has_text[corpus.owner]
    return text | furniture


def _title_lines(corpus: Corpus, row_lengths: Int64) -> npt.NDArray[np.bool_]:
    """The first rows that repeat the title: in a plain file the title is a line of the text."""
    terms = corpus.terms
    found = np.zeros(len(corpus.kinds), bool)
    titles = corpus.rows[:-1][np.diff(corpus.rows) > 1]
    same = (corpus.kinds[titles + 1] == Kind.HEADING) & (row_lengths[titles] == row_lengths[titles + 1])
    for title in titles[same].tolist():
        found[title + 1] = np.array_equal(terms.of_rows(title, title + 1), terms.of_rows(title + 1, title + 2))
    return found
