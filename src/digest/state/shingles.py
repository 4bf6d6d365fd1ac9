"""What the state keeps of every article to find its copies again: some of its runs of five words, as numbers.

Shingles are sampled by value (mod-p sampling: Broder 1997, section 4), so a share of the samples estimates a share of
the text, of a brief within a long report too.  The whole text counts, also what the state keeps nothing else of.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from digest.corpus import Corpus
from digest.fingerprint import FACTOR, shingles
from digest.records import Kind
from digest.tokens import Int64

UInt32 = npt.NDArray[np.uint32]

_WIDTH = 5  # words in a shingle
_ONE_IN = np.uint64(8)
_MANY = 50  # Articles that hold a shingle from which on it is a set phrase of an outlet.
_LEAST_SHARED = 2
_LEAST_SHARE = 0.12  # of the shorter article's: one with every fourth word changed still shares a quarter


def sampled_shingles(corpus: Corpus) -> list[UInt32]:
    """Of each article, the sampled shingles of its sentences and headings, each once, ascending."""
    text = np.isin(corpus.kinds, (Kind.SENTENCE, Kind.HEADING))
    terms = corpus.terms.joined(text, corpus.rows)
    owner = np.repeat(np.arange(len(corpus)), np.diff(terms.ptr))
    words = terms.hashes[terms.ids]
    rolled = shingles(words, _WIDTH)
    count = len(rolled)
    whole = owner[:count] == owner[len(owner) - count :]
    mixed = (rolled ^ (rolled >> np.uint64(32))) * FACTOR
    taken = whole & (mixed % _ONE_IN == 0)
    upper = (mixed >> np.uint64(32)).astype(np.uint32)
    ends = np.searchsorted(owner[:count][taken], np.arange(1, len(corpus)))
    return [np.unique(part) for part in np.split(upper[taken], ends)] if len(corpus) else []


def sharing(fresh: Sequence[UInt32], known: Sequence[UInt32]) -> tuple[Int64, Int64]:
    """The pairs of articles (places in `fresh`, in `known`) that may be copies by their sampled shingles."""
    mine, theirs = (np.concatenate([np.empty(0, np.uint32), *parts]) for parts in (fresh, known))
    sizes = [np.fromiter(map(len, parts), np.int64, len(parts)) for parts in (fresh, known)]
    of_mine, of_theirs = (np.repeat(np.arange(len(size)), size) for size in sizes)
    order = np.argsort(theirs, kind="stable")
    first, last = (np.searchsorted(theirs, mine, side, sorter=order) for side in ("left", "right"))
    width = np.where(last - first <= _MANY, last - first, 0)
    ends = np.cumsum(width)
    at = np.arange(int(width.sum())) + np.repeat(first - (ends - width), width)
    pairs = np.repeat(of_mine, width) * max(len(known), 1) + of_theirs[order[at]]
    pair, shared = np.unique(pairs, return_counts=True)
    one, other = np.divmod(pair, max(len(known), 1))
    enough = (shared >= _LEAST_SHARED) & (shared >= _LEAST_SHARE * np.minimum(sizes[0][one], sizes[1][other]))
    return one[enough], other[enough]
