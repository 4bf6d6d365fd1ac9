"""Some articles of a corpus as a corpus of their own, for who cannot see the whole; and two corpora as one."""

from dataclasses import replace

import numpy as np

from digest.corpus import Corpus
from digest.tokens import Int64, Terms, Tokens


def excerpt(corpus: Corpus, articles: Int64) -> Corpus:
    """The corpus of some articles: int64 [n], in the order given.  Its vocabulary holds their words alone, numbered by
    first appearance."""
    widths = np.diff(corpus.rows)[articles]
    rows = np.concatenate(([0], np.cumsum(widths)))
    at = np.arange(rows[-1]) + np.repeat(corpus.rows[articles] - rows[:-1], widths)
    return Corpus(
        tuple(map(corpus.articles.__getitem__, articles.tolist())),
        rows.astype(np.int64),
        corpus.spans[at],
        corpus.kinds[at],
        _numbered_anew(corpus.tokens.rows(at)),
    )


def merged(one: Corpus, other: Corpus) -> Corpus:
    """The articles of two corpora, each article in one of them, by id: what splitting all at once would have given."""
    number = {word: n for n, word in enumerate(one.tokens.vocabulary)}
    numbers = np.array([number.setdefault(word, len(number)) for word in other.tokens.vocabulary], np.int32)
    tokens = Tokens(
        tuple(number),
        np.concatenate((one.tokens.ids, numbers[other.tokens.ids])),
        np.concatenate((one.tokens.ptr, other.tokens.ptr[1:] + one.tokens.ptr[-1])),
    )
    both = Corpus(
        (*one.articles, *other.articles),
        np.concatenate((one.rows, other.rows[1:] + one.rows[-1])),
        np.concatenate((one.spans, other.spans)),
        np.concatenate((one.kinds, other.kinds)),
        tokens,
    )
    order = sorted(range(len(both)), key=lambda i: both.articles[i].id)
    return excerpt(both, np.array(order, np.int64))


def _numbered_anew(tokens: Tokens) -> Tokens:
    """The same rows over the words that they hold, numbered by first appearance."""
    places = len(tokens.ids)
    first = np.full(len(tokens.vocabulary), places)
    first[tokens.ids[::-1]] = np.arange(places - 1, -1, -1)  # of a word's places the last one set is its first
    order = np.argsort(first, kind="stable")[: np.count_nonzero(first < places)]
    number = np.empty(len(first), np.int32)
    number[order] = np.arange(len(order), dtype=np.int32)
    return Tokens(tuple(map(tokens.vocabulary.__getitem__, order.tolist())), number[tokens.ids], tokens.ptr)


def unspelled(terms: Terms) -> Terms:
    """The same terms without their spellings, for who only counts and hashes them."""
    held = terms.held
    return replace(
        terms, words=(), held=(replace(held[0], vocabulary=()), held[1]) if isinstance(held, tuple) else held
    )
