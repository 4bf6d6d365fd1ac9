"""Some articles of a corpus as a corpus of their own: what is sent to who cannot see the whole."""

from dataclasses import replace

import numpy as np

from digest.corpus import Corpus
from digest.tokens import Int64, Terms, Tokens


def excerpt(corpus: Corpus, articles: Int64) -> Corpus:
    """The corpus of some articles: int64 [n], ascending.  Its vocabulary holds their words alone."""
    widths = np.diff(corpus.rows)[articles]
    rows = np.concatenate(([0], np.cumsum(widths)))
    at = np.arange(rows[-1]) + np.repeat(corpus.rows[articles] - rows[:-1], widths)
    tokens = corpus.tokens.rows(at)
    used, ids = np.unique(tokens.ids, return_inverse=True)
    vocabulary = tuple(map(corpus.tokens.vocabulary.__getitem__, used.tolist()))
    return Corpus(
        tuple(map(corpus.articles.__getitem__, articles.tolist())),
        rows.astype(np.int64),
        corpus.spans[at],
        corpus.kinds[at],
        Tokens(vocabulary, ids.astype(np.int32), tokens.ptr),
    )


def unspelled(terms: Terms) -> Terms:
    """The same terms without their spellings, for who only counts and hashes them."""
    held = terms.held
    return replace(
        terms, words=(), held=(replace(held[0], vocabulary=()), held[1]) if isinstance(held, tuple) else held
    )
