import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.similarity import PLACES, Float64, unit_sparse_rows
from digest.stories import neighbours
from digest.stories.neighbours import DAYS_ASIDE, nearest_rows

UNKNOWN = np.full(25, np.nan)


def _random(seed: int) -> sp.csr_array:
    matrix = sp.csr_array(sp.random_array((25, 40), density=0.2, rng=np.random.default_rng(seed), dtype=np.float32))
    return unit_sparse_rows(matrix)


def _check(matrix: sp.csr_array, k: int, day: Float64) -> None:
    """The neighbours found are those that multiplying all with all gives."""
    row, other = nearest_rows(matrix, k, day)
    product = np.round((matrix @ matrix.T).toarray(), PLACES)
    product[np.abs(day[:, None] - day) > DAYS_ASIDE] = -1
    np.fill_diagonal(product, -1)
    assert (np.diff(row) >= 0).all()
    assert (np.bincount(row, minlength=25) == np.minimum((product >= 0.03).sum(axis=1), k)).all()
    for i in range(25):
        found = product[i, other[row == i]]
        assert found.tolist() == pytest.approx(sorted(product[i], reverse=True)[: len(found)], abs=2e-5)


@settings(max_examples=20)
@given(st.integers(0, 1000), st.integers(1, 5))
def test_the_nearest_rows_are_those_of_the_highest_products(seed: int, k: int) -> None:
    _check(_random(seed), k, UNKNOWN)


@settings(max_examples=40)
@given(
    st.integers(0, 1000),
    st.lists(st.none() | st.integers(0, 60), min_size=25, max_size=25),
    st.sampled_from([1, 3, 128]),
)
def test_they_are_sought_within_a_fortnight(seed: int, days: list[int | None], at_once: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(neighbours, "_AT_ONCE", at_once)
        _check(_random(seed), 3, np.array(days, np.float64))


def test_words_of_very_many_rows_make_no_neighbours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neighbours, "_MOST_ROWS", 2)
    matrix = unit_sparse_rows(sp.csr_array(np.array([[1, 1, 0], [1, 1, 0], [1, 0, 1], [1, 0, 0]], np.float32)))
    row, other = nearest_rows(matrix, 3, UNKNOWN[:4])
    assert list(zip(row.tolist(), other.tolist(), strict=True)) == [(0, 1), (1, 0)]


def test_no_rows_have_no_neighbours() -> None:
    row, other = nearest_rows(sp.csr_array(np.zeros((0, 4), np.float32)), 3, UNKNOWN[:0])
    assert len(row) == len(other) == 0
