"""Budgets are exact maxima."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.digests.budget import Budget, count_words

COUNTS = [
    ("", 0),
    ("two words", 2),
    ("  spaces   around  ", 2),
    ("市政府周二宣布", 4),
    ("iPhone手机 发布", 3),
    ("Đà Nẵng", 2),
]


@pytest.mark.parametrize(("text", "words"), COUNTS)
def test_words_are_counted_in_any_script(text: str, words: int) -> None:
    assert count_words(text) == words


@given(st.text())
def test_a_count_is_never_below_what_splitting_at_spaces_gives(text: str) -> None:
    assert count_words(text) >= len(text.split())


def test_each_maximum_is_kept() -> None:
    budget = Budget(10, sentences=2, characters=50)
    assert budget.allows(10, 2, 50)
    assert not budget.allows(11, 2, 50)
    assert not budget.allows(10, 3, 50)
    assert not budget.allows(10, 2, 51)
    assert Budget(3).allows_text("one two three")
    assert not Budget(3).allows_text("one two three four")


def test_the_expected_length_follows_the_tightest_maximum() -> None:
    assert Budget(100).expected_words == 100
    assert Budget(100, characters=60).expected_words == 10
    assert Budget(100, sentences=2).expected_words == 50
