"""Some articles of a corpus as a corpus of their own: what is sent to who cannot see the whole."""

import numpy as np

from digest.corpus import Corpus
from digest.tokens import Int64, Tokens


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
