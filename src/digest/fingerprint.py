"""Content hashes: ids of articles and stories, and the numbers that stand for words and runs of words.

A hash here is a fingerprint, never a digest.  BLAKE2b is the standard library's fastest keyed-size hash and the
same on every machine, unlike `hash()`.
"""

import hashlib
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

UInt64 = npt.NDArray[np.uint64]

FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd, so that multiplying loses nothing


def fingerprint(*parts: str | None, size: int = 8) -> str:
    """A hexadecimal fingerprint of `2 * size` characters; None and "" differ, and so do ("ab", "c") and ("a", "bc")."""
    state = hashlib.blake2b(digest_size=size)
    for part in parts:
        state.update(b"\x00" if part is None else b"\x01" + part.encode("utf-8", "surrogatepass") + b"\x02")
    return state.hexdigest()


def hash_words(words: Iterable[str]) -> UInt64:
    """A 64-bit number for each word, the key of the background table."""
    joined = b"".join(hashlib.blake2b(w.encode("utf-8", "surrogatepass"), digest_size=8).digest() for w in words)
    return np.frombuffer(joined, dtype="<u8").astype(np.uint64)


def hash_runs(first: UInt64, *others: UInt64) -> UInt64:
    """The polynomial hash of words in a row: uint64 [n].  first, others: the hashes of the first words of n such runs,
    of the second ones, ..."""
    rolled = first.copy()
    for words in others:
        rolled *= FACTOR
        rolled += words
    return rolled


def shingles(hashes: UInt64, width: int) -> UInt64:
    """The hash of each `width` neighbouring words: uint64 [n - width + 1] (none of fewer words)."""
    count = len(hashes) - width + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    return hash_runs(*(hashes[offset : offset + count] for offset in range(width)))
