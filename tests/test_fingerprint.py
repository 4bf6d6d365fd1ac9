"""Content hashes."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from digest.fingerprint import fingerprint, hash_runs, hash_words, shingles


def test_parts_do_not_run_together() -> None:
    seen = [
        fingerprint("ab", "c"),
        fingerprint("a", "bc"),
        fingerprint("abc"),
        fingerprint("abc", ""),
        fingerprint("abc", None),
    ]
    assert len(set(seen)) == len(seen)


def test_a_fingerprint_never_changes() -> None:
    assert fingerprint("digest") == "6ef9c49fec39bcf9"
    assert hash_words(["news"]).tolist() == [15092568253382157997]


@given(st.lists(st.text(min_size=1), unique=True))
def test_words_have_hashes_of_their_own(words: list[str]) -> None:
    hashes = hash_words(words)
    assert hashes.dtype == np.uint64
    assert len(set(hashes.tolist())) == len(words)


@given(st.lists(st.integers(0, 2**64 - 1), max_size=8), st.integers(1, 5))
def test_shingles_are_the_runs_of_so_many_words(numbers: list[int], width: int) -> None:
    words = np.array(numbers, np.uint64)
    found = shingles(words, width)
    assert len(found) == max(len(words) - width + 1, 0)
    for at, shingle in enumerate(found.tolist()):
        assert [shingle] == hash_runs(*words[at : at + width].reshape(-1, 1)).tolist()


def test_a_run_of_words_never_changes_its_number() -> None:
    """The state keeps such numbers from night to night."""
    words = np.array([1, 2, 3], np.uint64)
    assert shingles(words, 3).tolist() == [(0x9E3779B97F4A7C15**2 + 2 * 0x9E3779B97F4A7C15 + 3) % 2**64]
