"""Languages that inflect their words: there, a word is its first letters.

"Dresden" and "Dresdens", "Sturm" and "Sturms" are no words in common until their endings are off.  The package has no
stemmer for each language; the first letters alone are the plainest one, and serve nearly as well as an analysis of
words does (Can et al. 2008, on Turkish, where five are best).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from digest.fingerprint import UInt64, hash_words
from digest.similarity import Bool
from digest.tokens import Int32, Terms

LETTERS = 6  # of a word that count: five to seven tell reports of one event from others about equally well


@dataclass(frozen=True, eq=False, slots=True)
class Stems:
    """The stems of a corpus's terms: hashes: uint64 [T'], of the terms and of the stems that are none of them, behind;
    column: int32 [T], where among these the stem of each term is; inflected: bool [n], the articles that it is for."""

    hashes: UInt64
    column: Int32
    inflected: Bool

    def of(self, counted: sp.csr_array) -> sp.csr_array:
        """How often each article holds each term or, where words are inflected, each stem: float32 [n, T'].

        counted: float32 [n, T], the same for terms.
        """
        columns = counted.indices.copy()
        ours = np.repeat(self.inflected, np.diff(counted.indptr))
        columns[ours] = self.column[columns[ours]]
        shape = (counted.shape[0], len(self.hashes))
        found = sp.csr_array((counted.data.copy(), columns, counted.indptr.copy()), shape=shape)
        found.sum_duplicates()
        return found


def find_stems(terms: Terms, counted: sp.csr_array, inflected: Bool) -> Stems:
    """The stems of the terms in inflected articles.  counted: float32 [n, T], the terms of n articles; inflected: bool
    [n]."""
    used = np.unique(counted.indices[np.repeat(inflected, np.diff(counted.indptr))])
    long = [i for i in used.tolist() if len(terms.words[i]) > LETTERS and terms.words[i].isalpha()]
    stems = sorted({terms.words[i][:LETTERS] for i in long})
    hashes = hash_words(stems)
    place = _places(terms.hashes, hashes)
    new = place < 0
    place[new] = len(terms.hashes) + np.arange(new.sum())
    number = dict(zip(stems, place.tolist(), strict=True))
    column = np.arange(len(terms.hashes), dtype=np.int32)
    column[long] = [number[terms.words[i][:LETTERS]] for i in long]
    return Stems(np.concatenate((terms.hashes, hashes[new])), column, inflected)


def _places(hashes: UInt64, wanted: UInt64) -> npt.NDArray[np.int64]:
    """Where each of some hashes stands among others: int64, -1 for one that does not."""
    order = np.argsort(hashes, kind="stable")
    if not len(order):
        return np.full(len(wanted), -1)
    at = order[np.minimum(np.searchsorted(hashes, wanted, sorter=order), len(order) - 1)]
    return np.where(hashes[at] == wanted, at, -1)
