"""Languages that write one word as several short ones, as Vietnamese does: there, neighbours are terms too.

A syllable alone says little of what an article is about.  Two that stand side by side are mostly a word, as two
characters are in a script without spaces (see `tokens`).
"""

import re

import numpy as np
import scipy.sparse as sp

from digest.fingerprint import hash_runs
from digest.similarity import Bool
from digest.tokens import UNSPACED, Terms

# Letters of a running word, on average: 3.5 in Vietnamese; 4.5 to 6 in English, French, Spanish, German and Russian.
SHORT = 4.0
_OTHER = re.compile(f"[{UNSPACED}\uac00-\ud7a3]")  # and Hangul: two or three letters in a character


def have_short_words(terms: Terms, counted: sp.csr_array) -> bool:
    """Whether the words of some articles (float32 [n, T], as the columns count `terms`) are short on average.

    Figures are no words; nor are the pairs of characters of a script without spaces, which are cut short already.
    """
    used = np.asarray(counted.sum(axis=0)).ravel()
    words = [(terms.words[i], float(used[i])) for i in np.flatnonzero(used).tolist()]
    plain = [(len(word), times) for word, times in words if word.isalpha() and not _OTHER.search(word)]
    running = sum(times for _, times in plain)
    return running > 0 and round(sum(length * times for length, times in plain) / running, 4) < SHORT


def with_neighbours(terms: Terms, chosen: Bool) -> Terms:
    """The same rows, the chosen ones (bool [n rows]) with each pair of neighbouring terms as a further term.

    The pairs stand behind the terms, in the order of their two; so their hashes are not ascending.
    """
    row, ids = np.repeat(np.arange(len(terms), dtype=np.int32), np.diff(terms.ptr)), terms.ids
    first = np.flatnonzero((row[1:] == row[:-1]) & chosen[row[1:]])
    size, words, hashes = len(terms.hashes), terms.words, terms.hashes
    pairs, place = np.unique(ids[first].astype(np.int64) * size + ids[first + 1], return_inverse=True)
    one, other = np.divmod(pairs, max(size, 1))
    spelled = [f"{words[a]} {words[b]}" for a, b in zip(one.tolist(), other.tolist(), strict=True)]
    ids = np.concatenate((ids, (size + place).astype(np.int32)))
    order = np.argsort(np.concatenate((row, row[first])), kind="stable")
    added = np.bincount(row[first], minlength=len(terms))
    return Terms(
        np.concatenate((hashes, hash_runs(hashes[one], hashes[other]))),
        (*words, *spelled),
        ids[order],
        terms.ptr + np.concatenate(([0], np.cumsum(added))),
    )
