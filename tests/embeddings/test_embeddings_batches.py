"""Texts in batches whose shape depends on nothing but a text's own length."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from digest.embeddings.batches import STEP, cut_batches, widths_of

lengths = st.lists(st.integers(1, 256), max_size=60)
budgets = st.integers(1, 2_000)


@given(lengths, budgets)
def test_every_text_is_in_one_batch_that_it_fits_into(given_lengths: list[int], budget: int) -> None:
    widths = widths_of(np.asarray(given_lengths, np.int64), 256)
    batches = list(cut_batches(widths, np.arange(len(widths)), budget))
    assert sorted(i for batch in batches for i in batch.members.tolist()) == list(range(len(widths)))
    assert all(given_lengths[i] <= batch.width for batch in batches for i in batch.members)
    assert all(0 < len(batch.members) <= batch.rows for batch in batches)
    assert [b.width for b in batches] == sorted((b.width for b in batches), reverse=True)


@given(lengths, lengths, budgets)
def test_the_shape_of_a_texts_batch_does_not_depend_on_the_others(
    one: list[int], other: list[int], budget: int
) -> None:
    def shapes(given_lengths: list[int]) -> dict[int, tuple[int, int]]:
        widths = widths_of(np.asarray(given_lengths, np.int64), 256)
        cut = cut_batches(widths, np.arange(len(widths)), budget)
        return {given_lengths[i]: (b.width, b.rows) for b in cut for i in b.members.tolist()}

    first, second = shapes(one), shapes(other)
    assert all(first[length] == second[length] for length in first.keys() & second.keys())


@given(lengths, budgets)
def test_hardly_anything_is_padding(given_lengths: list[int], budget: int) -> None:
    widths = widths_of(np.asarray(given_lengths, np.int64), 256)
    assert all(0 <= width - length < STEP for width, length in zip(widths, given_lengths, strict=True))
    assert all(b.tokens <= max(budget, b.width) for b in cut_batches(widths, np.arange(len(widths)), budget))


def test_a_text_is_no_wider_than_the_model_reads() -> None:
    assert widths_of(np.asarray([1, 9, 100, 511, 512]), 510).tolist() == [8, 16, 104, 510, 510]
