"""Content hashes: ids of articles and stories, and the numbers that stand for words.

A hash here is a fingerprint, never a digest.  BLAKE2b is the standard library's fastest keyed-size hash and the
same on every machine, unlike `hash()`.
"""

import hashlib
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt


def fingerprint(*parts: str | None, size: int = 8) -> str:
    """A hexadecimal fingerprint of `2 * size` characters; None and "" differ, and so do ("ab", "c") and ("a", "bc")."""
    state = hashlib.blake2b(digest_size=size)
    for part in parts:
        state.update(b"\x00" if part is None else b"\x01" + part.encode("utf-8", "surrogatepass") + b"\x02")
    return state.hexdigest()


def hash_words(words: Iterable[str]) -> npt.NDArray[np.uint64]:
    """A 64-bit number for each word, the key of the background table."""
    joined = b"".join(hashlib.blake2b(w.encode("utf-8", "surrogatepass"), digest_size=8).digest() for w in words)
    return np.frombuffer(joined, dtype="<u8").astype(np.uint64)
