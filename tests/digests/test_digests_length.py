"""What the choice of sentences seeks: likely words, and a budget that is used."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from digest.digests.ngrams import Expectation, Grams, sharpened
from digest.digests.selection import reference_length


@given(st.floats(1, 5000), st.floats(1.01, 3))
def test_a_longer_digest_has_a_longer_reference_in_mind(words: float, times: float) -> None:
    assert 0 < reference_length(words) < reference_length(words * times)
    assert reference_length(42) == 42 * 1.2


def test_sharpening_keeps_the_order_and_what_is_certain() -> None:
    none = np.zeros(0, np.int64)
    grams = Grams(none, none, none, none)
    before = Expectation(grams, grams, np.asarray([[1.0, 0.5], [0.2, 0.0]]), np.asarray([0.1, 0.9]))
    after = sharpened(before)
    for old, new in ((before.unigram, after.unigram), (before.bigram, after.bigram)):
        assert np.all(new <= old)
        assert np.array_equal(np.argsort(old, axis=None), np.argsort(new, axis=None))
    assert after.unigram[0, 0] == 1
