"""Where the words of a text stand, cut where BERT's pre-tokenizer cuts, and which of them are the same."""

import functools
import re
import string

import numpy as np
import numpy.typing as npt

from digest.characters import by_category, in_brackets
from digest.fingerprint import FACTOR, UInt64

Int32 = npt.NDArray[np.int32]
Int64 = npt.NDArray[np.int64]
UInt32 = npt.NDArray[np.uint32]

_USUAL = 1 << 18  # characters of more than the usual block
_SPACE, _LETTER, _MARK = range(3)  # What a character is to a word; a figure is a letter, too.


def word_places(codes: UInt32) -> tuple[Int64, Int64]:
    """Where the words of a text begin and end: int64 [n words] each.  codes: its characters, a space the last."""
    kind = _kinds_of_characters().take(codes, mode="clip")
    mark, letter = kind == _MARK, kind == _LETTER
    begins = letter & ~np.append(False, letter[:-1])
    ends = letter & ~np.append(letter[1:], False)
    return np.flatnonzero(mark | begins), np.flatnonzero(mark | ends) + 1


def hash_slices(codes: UInt32, starts: Int64, ends: Int64) -> UInt64:
    """A number for each slice `codes[starts[i]:ends[i]]`, the same wherever it stands: uint64 [n]."""
    powers_of = _powers if len(codes) < _USUAL else _powers.__wrapped__  # those of one giant text are not kept
    powers, inverses = powers_of(1 << len(codes).bit_length())
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum((codes + np.uint64(1)) * powers[: len(codes)], out=sums[1:])
    return np.asarray((sums[ends] - sums[starts]) * inverses[starts])


@functools.lru_cache(maxsize=2)
def _powers(count: int) -> tuple[UInt64, UInt64]:
    """The first powers of a number, and of its inverse modulo 2 ** 64: uint64 [count] each."""
    found = np.full((2, count), FACTOR)
    found[1] = pow(int(FACTOR), -1, 1 << 64)
    found[:, 0] = 1
    powers, inverses = np.cumprod(found, axis=1)
    return powers, inverses


def by_appearance(hashes: UInt64) -> tuple[Int32, Int64]:
    """A number for each hash, in the order of first appearance: int32 [n]; and where each number stands first."""
    order = np.argsort(hashes)
    ranked = hashes[order]
    begins = np.flatnonzero(np.append(True, ranked[1:] != ranked[:-1])[: len(ranked)])
    first = np.minimum.reduceat(order, begins)
    appearing = np.argsort(first)
    number = np.empty(len(first), np.int32)
    number[appearing] = np.arange(len(first))
    ids = np.empty(len(hashes), np.int32)
    ids[order] = np.repeat(number, np.diff(begins, append=len(hashes)))
    return ids, first[appearing]


@functools.cache
def _kinds_of_characters() -> npt.NDArray[np.uint8]:
    """What each code point is: uint8 [2 ** 16]; the last stands for all behind it.

    Marks are as BERT has them: every symbol of ASCII, and Unicode's category P.
    """
    marks = dict.fromkeys(("Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"), _MARK)
    kinds = by_category({**marks, **dict.fromkeys(("Zs", "Zl", "Zp"), _SPACE)}, _LETTER)
    kinds[[ord(c) for c in string.punctuation]] = _MARK
    return kinds


@functools.cache
def word_pattern() -> re.Pattern[str]:
    """A punctuation mark, or a run of characters that are neither that nor white space."""
    marks = in_brackets(np.flatnonzero(_kinds_of_characters() == _MARK).tolist())
    return re.compile(f"[^\\s{marks}]+|[{marks}]")
