"""Lines that an outlet repeats from article to article: calls to subscribe, notes on the author, a standing paragraph.

They are in the outlet's own words, so no list of patterns knows them all; that they come again gives them away.
"""

import numpy as np
import scipy.sparse as sp

from digest.corpus import Corpus
from digest.records import Kind
from digest.similarity import Bool
from digest.tokens import Int32, Int64, row_hashes

MANY = 20  # A line in more articles of a source is a refrain: no story has so many of one source.
SAME_REPORT = 0.3  # Words in common lines, of the shorter article, from which two tell one event: an update.


def find_refrains(corpus: Corpus, kept: Int32) -> Bool:
    """Which rows stand, word for word, in another article of the same source that tells something else: bool [n rows].

    kept: int32 [n], the articles that are compared; copies of them would repeat every line.  Titles, and articles
    without a source, are left alone.
    """
    found = np.zeros(len(corpus.terms), bool)
    rows, line = _repeated_lines(corpus, kept)
    if not len(rows):
        return found
    owner, width = corpus.owner[rows], np.diff(corpus.terms.ptr)[rows].astype(np.float32)
    shape = (len(corpus), int(line.max(initial=-1)) + 1)
    holds = sp.csr_array((np.ones(len(rows), np.float32), (owner, line)), shape=shape)
    holds.data[:] = 1
    frequent = np.bincount(holds.indices, minlength=shape[1]) > MANY
    rare = ~frequent[line]
    words = sp.csr_array((width[rare], (owner[rare], line[rare])), shape=shape)
    common = (words @ holds.T).tocoo()
    one, other = common.coords
    lengths = np.bincount(corpus.owner, weights=np.diff(corpus.terms.ptr), minlength=len(corpus))
    strange = common.data < SAME_REPORT * np.minimum(lengths[one], lengths[other])
    apart = sp.csr_array((np.ones(int(strange.sum()), np.float32), (one[strange], other[strange])), shape=common.shape)
    elsewhere = (apart @ holds).multiply(holds).tocsr()
    found[rows] = frequent[line] | (np.asarray(elsewhere[owner, line]).ravel() > 0)
    return found


def _repeated_lines(corpus: Corpus, kept: Int32) -> tuple[Int64, Int64]:
    """The rows whose words another article of the source has too (int64 [m]), and a number for each such line."""
    terms = corpus.terms
    source = _numbered_sources(corpus, kept)[corpus.owner]
    text = (corpus.kinds != Kind.TITLE) & (corpus.kinds != Kind.FURNITURE)
    rows = np.flatnonzero(text & (source >= 0) & (np.diff(terms.ptr) > 0))
    words = row_hashes(terms)[rows]
    order = np.lexsort((corpus.owner[rows], words, source[rows]))
    rows, words = rows[order], words[order]
    again = (words[1:] == words[:-1]) & (source[rows[1:]] == source[rows[:-1]])
    line = np.concatenate((np.zeros(min(len(rows), 1), np.int64), np.cumsum(~again)))
    moves = again & (corpus.owner[rows[1:]] != corpus.owner[rows[:-1]])
    repeated = np.bincount(line[1:][moves], minlength=len(line))[line] > 0
    return rows[repeated], np.unique(line[repeated], return_inverse=True)[1].astype(np.int64)


def _numbered_sources(corpus: Corpus, kept: Int32) -> Int32:
    """The source of each kept article as a number: int32 [n articles], -1 for the others and where there is none."""
    number: dict[str, int] = {}
    out = np.full(len(corpus), -1, np.int32)
    for i in kept.tolist():
        if source := corpus.articles[i].source:
            out[i] = number.setdefault(source, len(number))
    return out
