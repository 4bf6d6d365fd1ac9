"""The articles of a run as arrays: what every stage after splitting works on.

Row r of `tokens` is a segment.  The rows of article i are `rows[i]:rows[i + 1]`; the first of them is its title
(which may be empty), the others its segments in reading order.
"""

import functools
import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
import numpy.typing as npt

from digest.records import Article, Kind, Segment
from digest.tokens import Int32, Int64, Terms, Tokens, to_terms, tokenize


@dataclass(frozen=True)
class Corpus:
    """articles: sorted by id; rows: int64 [n + 1]; spans: int32 [n rows, 2], offsets into the text (0, 0 for a
    title); kinds: uint8 [n rows], see `Kind`; tokens: the words of each row."""

    articles: tuple[Article, ...]
    rows: Int64
    spans: Int32
    kinds: npt.NDArray[np.uint8]
    tokens: Tokens

    def __len__(self) -> int:
        return len(self.articles)

    @functools.cached_property
    def terms(self) -> Terms:
        """The lexical terms of each row."""
        return to_terms(self.tokens)

    @property
    def widths(self) -> Int32:
        """How many terms each word of the vocabulary is: int32 [n words]."""
        held = self.terms.held
        assert isinstance(held, tuple)
        return held[1].width

    @functools.cached_property
    def owner(self) -> Int32:
        """The article of each row: int32 [n rows]."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.rows))

    def title_row(self, article: int) -> int:
        return int(self.rows[article])

    def text_of(self, row: int) -> str:
        """The text of a row: the title, or the slice of the article's text."""
        article = int(self.owner[row])
        start, end = self.spans[row].tolist()
        return self.whole_text(article)[start:end] if end else self.articles[article].title

    def texts_of(self, rows: Int64) -> list[str]:
        """The texts of some rows; those of one article should stand side by side."""
        places = zip(self.owner[rows].tolist(), self.spans[rows].tolist(), strict=True)
        return [self.whole_text(a)[start:end] if end else self.articles[a].title for a, (start, end) in places]

    def whole_text(self, article: int) -> str:
        """The text of an article; the last one is at hand, since rows are mostly read one after another."""
        last: tuple[int, str] = self.__dict__.get("_last", (-1, ""))
        if last[0] != article:
            last = self.__dict__["_last"] = article, self.articles[article].text
        return last[1]

    def index_of(self, row: int) -> int:
        """The place of a row among its article's segments, from 0 (the title has no place: -1)."""
        return int(row - self.rows[self.owner[row]] - 1)

    def in_lead(self, characters: int) -> npt.NDArray[np.bool_]:
        """Which rows are a title, or a sentence that starts within its article's first `characters`: bool [n rows]."""
        sentence = (self.kinds == Kind.SENTENCE) & (self.spans[:, 0] < characters)
        chosen: npt.NDArray[np.bool_] = sentence | (self.kinds == Kind.TITLE)
        return chosen

    def lead_tokens(self, characters: int) -> Tokens:
        """Title and first sentences of each article as one row of tokens; page furniture and headings left out."""
        return self.tokens.joined(self.in_lead(characters), self.rows)

    def lead_text(self, article: int, characters: int) -> str:
        """The same as a text: title and first sentences, joined by line breaks."""
        rows = range(int(self.rows[article]), int(self.rows[article + 1]))
        chosen = self.in_lead(characters)[rows.start : rows.stop]
        return "\n".join(filter(None, (self.text_of(row) for row, yes in zip(rows, chosen, strict=True) if yes)))


@dataclass(frozen=True, slots=True)
class LazyTexts(Sequence[str]):
    """The texts of some places (int [n], rows or articles), made when they are read: the embedded model never does."""

    text_of: Callable[[int], str]
    places: npt.NDArray[np.integer]

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        if isinstance(index, slice):
            return LazyTexts(self.text_of, self.places[index])
        return self.text_of(int(self.places[index]))


def build_corpus(articles: Iterable[Article], segments: Iterable[Sequence[Segment]]) -> Corpus:
    """Tokenises titles and segments, in one pass.  `segments` has one sequence an article."""
    kept: list[Article] = []
    texts: list[str] = []
    every: list[Segment] = []
    rows = [0]
    title = Segment(0, 0, Kind.TITLE)
    for article, parts in zip(articles, segments, strict=True):
        kept.append(article)
        text = article.text  # once: it may be packed
        texts.append(article.title)
        texts += [text[start:end] for start, end, _ in parts]
        every.append(title)
        every += parts
        rows.append(len(texts))
    table = np.fromiter(itertools.chain.from_iterable(every), np.int32, 3 * len(every)).reshape(-1, 3)
    spans, kinds = table[:, :2].copy(), table[:, 2].astype(np.uint8)
    return Corpus(tuple(kept), np.asarray(rows, np.int64), spans, kinds, tokenize(texts))
