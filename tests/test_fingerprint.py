"""Content hashes."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from digest.fingerprint import fingerprint, hash_words


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
