import numpy as np
import pytest
import scipy.sparse as sp

from digest import similarity
from digest.similarity import (
    counts,
    pair_products,
    row_sums,
    tf_idf,
    unit_rows,
    unit_sparse_rows,
)
from digest.tokens import to_terms, tokenize


def _random(n: int, terms: int, seed: int) -> sp.csr_array:
    rng = np.random.default_rng(seed)
    dense = np.where(rng.random((n, terms)) < 0.2, rng.random((n, terms)), 0).astype(np.float32)
    return unit_sparse_rows(sp.csr_array(dense))


def test_counts_counts_each_word_of_each_row() -> None:
    terms = to_terms(tokenize(["b a b", "", "a"]))
    dense = counts(terms).toarray()
    assert dense[:, [terms.words.index("a"), terms.words.index("b")]].tolist() == [[1, 2], [0, 0], [1, 0]]


def test_counting_leaves_the_terms_in_reading_order() -> None:
    terms = to_terms(tokenize(["zebra ape zebra ant", "moth ape"]))
    before = terms.ids.tolist()
    counts(terms)
    assert terms.ids.tolist() == before


def test_tf_idf_grows_with_the_logarithm_of_the_count_and_leaves_out_worthless_words() -> None:
    counted = sp.csr_array(np.array([[1, 3, 2]], np.float32))
    found = tf_idf(counted, np.array([2, 1, 0], np.float32))
    assert found.nnz == 2
    assert found.toarray()[0] == pytest.approx([2, 1 + np.log(3), 0])


def test_unit_rows_have_length_one_and_rows_of_zeros_stay() -> None:
    dense = np.array([[3, 4], [0, 0]], np.float32)
    assert unit_rows(dense) == pytest.approx(np.array([[0.6, 0.8], [0, 0]]))
    assert unit_sparse_rows(sp.csr_array(dense)).toarray() == pytest.approx(unit_rows(dense))
    assert row_sums(sp.csr_array(dense)).tolist() == [7, 0]


@pytest.mark.parametrize("block", [1, 500, 4_000_000])
@pytest.mark.parametrize("wasted", [0, 10**9])
def test_pair_products_are_the_same_in_blocks_of_any_size(
    block: int, wasted: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(similarity, "_BLOCK", block)
    monkeypatch.setattr(similarity, "_DENSE", wasted)
    a, b = _random(12, 30, 1), _random(12, 30, 2)
    left, right = np.triu_indices(12, 1)
    expected = (a @ b.T).toarray()[left, right]
    assert pair_products(a, b, left, right) == pytest.approx(expected, abs=1e-6)


def test_no_pairs_have_no_products() -> None:
    nothing = np.empty(0, np.int64)
    assert pair_products(_random(3, 5, 0), _random(3, 5, 0), nothing, nothing).shape == (0,)
