"""Words are found where they stand, and told apart by their numbers alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.similarity import firsts
from digest.tokens import tokenize, word_spans
from digest.word_places import by_appearance, hash_slices

WORDS = st.lists(st.text("ab", min_size=1, max_size=3), max_size=60)


@given(WORDS)
def test_a_word_has_one_number_wherever_it_stands_and_another_word_another(words: list[str]) -> None:
    ends = np.cumsum([len(word) + 1 for word in words] or [0])[: len(words)].astype(np.int64)
    starts = ends - np.asarray([len(word) + 1 for word in words], np.int64)
    codes = np.asarray([ord(c) for c in "".join(f"{word} " for word in words)], np.uint32)
    numbers = hash_slices(codes, starts, ends - 1).tolist()
    assert len(set(numbers)) == len(set(words)) == len(set(zip(words, numbers, strict=True)))


@given(st.lists(st.integers(0, 5), max_size=40))
def test_numbers_follow_the_order_of_first_appearance(values: list[int]) -> None:
    ids, first = by_appearance(np.asarray(values, np.uint64))
    distinct = list(dict.fromkeys(values))
    assert ids.tolist() == [distinct.index(value) for value in values]
    assert first.tolist() == [values.index(value) for value in distinct]


@pytest.mark.parametrize("large", [1, 1 << 60], ids=["small", "too large to stand beside their places"])
@given(values=st.lists(st.integers(0, 7), max_size=40))
def test_distinct_numbers_are_told_with_the_first_place_of_each(values: list[int], large: int) -> None:
    numbers = np.asarray(values, np.int64) * large
    found, places = firsts(numbers)
    expected, first = np.unique(numbers, return_index=True)
    assert (found.tolist(), places.tolist()) == (expected.tolist(), first.tolist())


def test_one_giant_text_is_cut_like_many_small_ones() -> None:
    text = "Über the lake, 12.5 boats sailed – “slowly”. " * 8_000
    tokens = tokenize([text])
    assert [tokens.vocabulary[word] for word in tokens.ids] == [text[a:b] for a, b in word_spans(text)]
