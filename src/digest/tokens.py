"""One tokenisation for everything: texts become rows of word ids, once.

Words are cut where BERT's pre-tokenizer cuts (white space, and each punctuation mark by itself), so that the
embedded model can look a word's pieces up without seeing the text again.  The lexical stages see the same rows as
`Terms`: case-folded words without punctuation, as 64-bit hashes that are the same in every run and process.
"""

import functools
import itertools
import re
import sys
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digest.fingerprint import hash_words

Int32 = npt.NDArray[np.int32]
Int64 = npt.NDArray[np.int64]

# Scripts written without spaces: a run of these becomes overlapping pairs of characters.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_UNSPACED = re.compile(f"[{UNSPACED}]+")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Rows of words: row i is `vocabulary[ids[ptr[i]:ptr[i + 1]]]`.

    vocabulary: distinct words as they stand in the texts; ids: int32 [n words]; ptr: int64 [n rows + 1].
    """

    vocabulary: tuple[str, ...]
    ids: Int32
    ptr: Int64

    def __len__(self) -> int:
        return len(self.ptr) - 1

    def spans(self, first: npt.ArrayLike, last: npt.ArrayLike) -> "Tokens":
        """Rows that each join the neighbouring rows `first[i]:last[i]` (arrays of one length)."""
        return Tokens(self.vocabulary, *_gather(self.ids, self.ptr[np.asarray(first)], self.ptr[np.asarray(last)]))

    def rows(self, chosen: Int64) -> "Tokens":
        """Some of the rows, in the order given."""
        return self.spans(chosen, chosen + 1)

    def joined(self, chosen: npt.NDArray[np.bool_], bounds: Int64) -> "Tokens":
        """Rows that each join the chosen ones (bool [n rows]) among the rows `bounds[i]:bounds[i + 1]`."""
        return Tokens(self.vocabulary, *_join(self.ids, self.ptr, chosen, bounds))


@dataclass(frozen=True, slots=True)
class Terms:
    """Rows of lexical terms: row i is `hashes[ids[ptr[i]:ptr[i + 1]]]`, in reading order.

    hashes: uint64 [n terms], ascending; words: a spelling of each term; ids: int32; ptr: int64 [n rows + 1].
    """

    hashes: npt.NDArray[np.uint64]
    words: tuple[str, ...]
    ids: Int32
    ptr: Int64

    def __len__(self) -> int:
        return len(self.ptr) - 1

    def spans(self, first: npt.ArrayLike, last: npt.ArrayLike) -> "Terms":
        """Rows that each join the neighbouring rows `first[i]:last[i]` (arrays of one length)."""
        return Terms(
            self.hashes, self.words, *_gather(self.ids, self.ptr[np.asarray(first)], self.ptr[np.asarray(last)])
        )

    def joined(self, chosen: npt.NDArray[np.bool_], bounds: Int64) -> "Terms":
        """Rows that each join the chosen ones (bool [n rows]) among the rows `bounds[i]:bounds[i + 1]`."""
        return Terms(self.hashes, self.words, *_join(self.ids, self.ptr, chosen, bounds))


def tokenize(texts: Iterable[str]) -> Tokens:
    """The words and punctuation marks of each text.  Ids follow the order of first appearance."""
    known: defaultdict[str, int] = defaultdict(itertools.count().__next__)
    find = _word_pattern().findall
    ids = array("i")
    ptr = array("q", [0])
    for text in texts:
        ids.extend(map(known.__getitem__, find(text)))
        ptr.append(len(ids))
    return Tokens(tuple(known), np.asarray(ids, np.int32), np.asarray(ptr, np.int64))


def to_terms(tokens: Tokens) -> Terms:
    """The same rows as case-folded words; punctuation vanishes, unspaced scripts become pairs of characters."""
    spelled = [_terms_of(word) for word in tokens.vocabulary]
    flat = list(itertools.chain.from_iterable(spelled))
    hashes, first, inverse = np.unique(hash_words(flat), return_index=True, return_inverse=True)
    width = np.fromiter(map(len, spelled), dtype=np.int64, count=len(spelled))
    ends = np.cumsum(width)
    ids, _ = _gather(inverse.astype(np.int32), (ends - width)[tokens.ids], ends[tokens.ids])
    row_ends = np.concatenate(([0], np.cumsum(width[tokens.ids])))[tokens.ptr]
    return Terms(hashes, tuple(flat[i] for i in first), ids, row_ends.astype(np.int64))


def term_widths(vocabulary: Sequence[str]) -> Int32:
    """How many terms `to_terms` makes of each word (none of a punctuation mark): int32 [n words]."""
    return np.fromiter((len(_terms_of(word)) for word in vocabulary), dtype=np.int32, count=len(vocabulary))


def word_spans(text: str) -> list[tuple[int, int]]:
    """The offsets of the words and punctuation marks that `tokenize` finds in a text, in order."""
    return [match.span() for match in _word_pattern().finditer(text)]


def _gather(ids: Int32, starts: Int64, ends: Int64) -> tuple[Int32, Int64]:
    """The slices `ids[starts[i]:ends[i]]` one after another, and where each begins."""
    width = ends - starts
    ptr = np.concatenate(([0], np.cumsum(width))).astype(np.int64)
    at = np.arange(ptr[-1], dtype=np.int64) + np.repeat(starts - ptr[:-1], width)
    return ids[at], ptr


def _join(ids: Int32, ptr: Int64, chosen: npt.NDArray[np.bool_], bounds: Int64) -> tuple[Int32, Int64]:
    """The ids of the chosen rows, and where each run of rows between two bounds begins."""
    width = np.diff(ptr)
    ends = np.concatenate(([0], np.cumsum(width * chosen)))
    return ids[np.repeat(chosen, width)], ends[bounds].astype(np.int64)


def _terms_of(word: str) -> Sequence[str]:
    """The lexical terms of one word: none for punctuation, several for a run of an unspaced script."""
    folded = word.lower() if word.isascii() else unicodedata.normalize("NFC", word).lower()
    if not folded.isalnum():
        folded = "".join(c for c in folded if c.isalnum() or unicodedata.category(c)[0] == "M")
    if not folded or folded.isascii() or not _UNSPACED.search(folded):
        return (folded,) if folded else ()
    return tuple(itertools.chain.from_iterable(_pairs(run) for run in _runs(folded)))


def _runs(word: str) -> list[str]:
    cuts = [0, *itertools.chain.from_iterable(m.span() for m in _UNSPACED.finditer(word)), len(word)]
    return [word[a:b] for a, b in itertools.pairwise(cuts) if a < b]


def _pairs(run: str) -> list[str]:
    if len(run) == 1 or not _UNSPACED.match(run):
        return [run]
    return [run[i : i + 2] for i in range(len(run) - 1)]


@functools.cache
def _word_pattern() -> re.Pattern[str]:
    """A punctuation mark, or a run of characters that are neither that nor white space."""
    marks = [c for c in range(min(sys.maxunicode, 0xFFFF)) if _is_punctuation(chr(c))]
    ranges = "".join(f"\\u{a:04x}-\\u{b:04x}" for a, b in _ranges(marks))
    return re.compile(f"[^\\s{ranges}]+|[{ranges}]")


def _is_punctuation(c: str) -> bool:
    """As BERT has it: every symbol of ASCII, and Unicode's category P."""
    return c in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~" or unicodedata.category(c).startswith("P")


def _ranges(numbers: Sequence[int]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for n in numbers:
        if out and out[-1][1] == n - 1:
            out[-1] = (out[-1][0], n)
        else:
            out.append((n, n))
    return out
