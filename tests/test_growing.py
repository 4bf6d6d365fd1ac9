"""Arrays that grow."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from digest.growing import Growing


@given(st.lists(st.lists(st.integers(-(2**31), 2**31 - 1))))
def test_an_array_that_grew_is_the_one_that_is_made_at_once(parts: list[list[int]]) -> None:
    growing = Growing(np.int32)
    for part in parts:
        growing.add(np.array(part, np.int32))
    grown = growing.grown()
    assert grown.tolist() == [number for part in parts for number in part]
    assert grown.dtype == np.dtype(np.int32)
    assert len(growing) == len(grown)


def test_rows_of_several_columns_are_added_one_after_another() -> None:
    growing = Growing(np.int64)
    growing.add(np.arange(6, dtype=np.int64).reshape(3, 2))
    growing.add(np.arange(4, dtype=np.int64)[::2])
    assert growing.grown().tolist() == [0, 1, 2, 3, 4, 5, 0, 2]
