"""How often each article holds each word, and what a word is in its language."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from digest.background import Background
from digest.corpus import Corpus
from digest.excerpts import unspelled
from digest.fingerprint import UInt64
from digest.maps import Map
from digest.records import Article, Kind
from digest.similarity import Bool, counts_of_each
from digest.stories.refrains import find_refrains
from digest.stories.short_words import have_short_words, with_neighbours
from digest.stories.stems import Stems, find_stems
from digest.tokens import Int32, Terms

Groups = Sequence[tuple[bool, Bool]]  # of articles that share word frequencies, and whether the table has these
Parts = Sequence[Bool]  # rows of a corpus

BODY_CHARACTERS = 4_000
LEAD_CHARACTERS = 1_000


@dataclass(frozen=True, eq=False, slots=True)
class Words:
    """What n articles are counted by.  hashes: uint64 [T], of the words; groups; known: bool [n], whose language the
    table of word frequencies knows; stems: of words that are inflected, if any are."""

    hashes: UInt64
    groups: Groups
    known: Bool
    stems: Stems | None

    def restated(self, counted: sp.csr_array) -> sp.csr_array:
        """What is told of the corpus's own terms (float32 [n, fewer], 0 or 1), told of these words: float32 [n, T]."""
        shape = (counted.shape[0], len(self.hashes))
        if self.stems is None:
            return sp.csr_array((counted.data, counted.indices, counted.indptr), shape=shape)
        found = self.stems.of(counted)
        found.data[:] = 1
        return found


def count_words(
    corpus: Corpus, kept: Int32, background: Background, understood: Bool | None, spread: Map
) -> tuple[Words, list[sp.csr_array]]:
    """The words of the articles `kept` (int32 [n]), and how often each has them in its title, in its text and in its
    beginning: three times float32 [n, T].

    understood: bool [n], whose language the embedding model knows, if that is not the table's; spread: does the work.
    """
    text = _word_rows(corpus, BODY_CHARACTERS) & ~find_refrains(corpus, kept)
    parts = (_title_rows(corpus), text, text & _word_rows(corpus, LEAD_CHARACTERS))
    terms, counted = corpus.terms, _article_counts(corpus, corpus.terms, parts, kept, spread)
    known = background.knows(terms.hashes, counted[1])
    groups = _languages([corpus.articles[i] for i in kept.tolist()], known)
    short = _short_words(terms, counted[1], groups)
    if short.any():
        chosen = np.zeros(len(corpus), bool)
        chosen[kept[short]] = True
        terms = with_neighbours(terms, chosen[corpus.owner])
        counted = _article_counts(corpus, terms, parts, kept, spread)
    inflected = ~(known | short if understood is None else known | short | understood)
    if not inflected.any():
        return Words(terms.hashes, groups, known, None), counted
    stems = find_stems(terms, counted[0] + counted[1], inflected)
    for part, matrix in enumerate(counted):
        counted[part] = stems.of(matrix)  # one at a time: each is large
    return Words(stems.hashes, groups, known, stems), counted


def _word_rows(corpus: Corpus, characters: int) -> Bool:
    """The rows of text that start within the first characters and are no page furniture."""
    text = (corpus.kinds != Kind.TITLE) & (corpus.kinds != Kind.FURNITURE)
    return np.asarray(text & (corpus.spans[:, 0] < characters))


def _title_rows(corpus: Corpus) -> Bool:
    """Each article's title, or its first row of text where it has none: agencies put it there."""
    rows: Bool = corpus.kinds == Kind.TITLE
    empty = np.diff(corpus.terms.ptr) == 0
    text = _word_rows(corpus, LEAD_CHARACTERS) & ~empty
    last = len(text)
    first = np.minimum.reduceat(np.where(text, np.arange(last), last), corpus.rows[:-1]) if last else np.empty(0, int)
    untitled = empty[corpus.rows[:-1]] & (first < last)
    rows[first[untitled]] = True
    return rows


def _article_counts(corpus: Corpus, terms: Terms, parts: Parts, kept: Int32, spread: Map) -> list[sp.csr_array]:
    """How often each article `kept` holds each of the terms of all rows in each of its parts: float32 [n, T]."""
    counted = counts_of_each(unspelled(terms), parts, corpus.rows, spread)
    return counted if len(kept) == len(corpus) else [matrix[kept] for matrix in counted]


def _languages(articles: Sequence[Article], known: Bool) -> list[tuple[bool, Bool]]:
    """The articles in groups that share word frequencies: those that the table knows, then one a language."""
    names = ["" if k else (a.language or "?") for a, k in zip(articles, known.tolist(), strict=True)]
    labels = np.array(names, dtype=np.str_)
    return [(name == "", labels == name) for name in sorted(set(names))]


def _short_words(terms: Terms, body: sp.csr_array, groups: Groups) -> Bool:
    """The articles in languages that the table lacks and that have short words: bool [n]."""
    short = np.zeros(body.shape[0], bool)
    for known, members in groups:
        if not known and have_short_words(terms, body[np.flatnonzero(members)]):
            short |= members
    return short
