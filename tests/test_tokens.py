"""One tokenisation for everything."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.tokens import Terms, Tokens, to_terms, tokenize, word_spans


def words(tokens: Tokens, row: int) -> list[str]:
    return [tokens.vocabulary[i] for i in tokens.ids[tokens.ptr[row] : tokens.ptr[row + 1]]]


def spelled(terms: Terms, row: int) -> list[str]:
    return [terms.words[i] for i in terms.ids[terms.ptr[row] : terms.ptr[row + 1]]]


def test_words_and_punctuation_marks_are_cut_apart() -> None:
    tokens = tokenize(["The U.N. said 1,200.5 people (or more) fled.", ""])
    assert words(tokens, 0) == "The|U|.|N|.|said|1|,|200|.|5|people|(|or|more|)|fled|.".split("|")
    assert words(tokens, 1) == []


def test_terms_are_folded_and_without_punctuation() -> None:
    terms = to_terms(tokenize(["Élan, ÉLAN e\u0301lan — €500!"]))
    assert spelled(terms, 0) == ["élan", "élan", "élan", "500"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("東京の天気。", ["東京", "京の", "の天", "天気"]),
        ("雨", ["雨"]),
        ("abc東京x", ["abc", "東京", "x"]),
        ("สวัสดี", ["สว", "วั", "ัส", "สด", "ดี"]),
    ],
)
def test_scripts_without_spaces_become_pairs_of_characters(text: str, expected: list[str]) -> None:
    assert spelled(to_terms(tokenize([text])), 0) == expected


def test_the_same_word_has_the_same_hash_in_every_run() -> None:
    first, second = to_terms(tokenize(["alpha beta"])), to_terms(tokenize(["gamma", "beta delta"]))
    assert first.hashes[first.words.index("beta")] == second.hashes[second.words.index("beta")]


def test_rows_can_be_joined_by_spans_and_by_choice() -> None:
    tokens = tokenize(["a b", "c", "", "d e"])
    joined = tokens.spans([0, 1], [2, 4])
    assert [words(joined, 0), words(joined, 1)] == [["a", "b", "c"], ["c", "d", "e"]]
    chosen = tokens.joined(np.array([True, False, True, True]), np.array([0, 2, 4]))
    assert [words(chosen, 0), words(chosen, 1)] == [["a", "b"], ["d", "e"]]
    assert words(tokens.rows(np.array([3, 0])), 0) == ["d", "e"]
    assert spelled(to_terms(tokens).spans([3], [4]), 0) == ["d", "e"]
    terms = to_terms(tokens).joined(np.array([True, True, False, False]), np.array([0, 4]))
    assert spelled(terms, 0) == ["a", "b", "c"]


@given(st.lists(st.text(), max_size=6))
def test_nothing_but_white_space_is_lost(texts: list[str]) -> None:
    tokens = tokenize(texts)
    assert len(tokens) == len(texts)
    assert ["".join(words(tokens, i)) for i in range(len(texts))] == [re.sub(r"\s", "", t) for t in texts]


@given(st.lists(st.text() | st.text(alphabet="aB1 é’—東.,-_\n\u00a0\u0301\U0001f600\ud800", max_size=12), max_size=6))
def test_words_are_those_whose_places_can_be_asked_for(texts: list[str]) -> None:
    tokens = tokenize(texts)
    assert [words(tokens, i) for i in range(len(texts))] == [[t[a:b] for a, b in word_spans(t)] for t in texts]


def test_many_texts_are_cut_as_each_alone() -> None:
    texts = ["Word, word; " * n for n in range(0, 300, 7)] * 4
    tokens = tokenize(texts)
    assert [words(tokens, i) for i in range(len(texts))] == [words(tokenize([t]), 0) for t in texts]


@given(st.lists(st.text(alphabet="aB é東京.,-1", max_size=12), min_size=1, max_size=5), st.randoms())
def test_terms_of_a_row_do_not_depend_on_its_neighbours(texts: list[str], random: object) -> None:
    together = to_terms(tokenize(texts))
    for i, text in enumerate(texts):
        assert spelled(together, i) == spelled(to_terms(tokenize([text])), 0)


@given(st.lists(st.text("ab .東京のé", max_size=20), max_size=6), st.data())
def test_rows_that_are_spelled_as_they_are_read_are_those_that_are_held(texts: list[str], data: st.DataObject) -> None:
    read = to_terms(tokenize(texts))
    held = Terms(read.hashes, read.words, read.ids, read.ptr)
    places = st.integers(0, len(texts))
    first, last = sorted((data.draw(places), data.draw(places)))
    assert read.of_rows(first, last).tolist() == held.of_rows(first, last).tolist()
    chosen = np.array([data.draw(st.booleans()) for _ in texts], bool)
    bounds = np.array([0, first, last, len(texts)], np.int64)
    for one, other in (
        (read.spans([first, 0], [last, first]), held.spans([first, 0], [last, first])),
        (read.joined(chosen, bounds), held.joined(chosen, bounds)),
    ):
        assert one.ids.tolist() == other.ids.tolist()
        assert one.ptr.tolist() == other.ptr.tolist()


def test_a_long_row_is_spelled_like_the_short_ones_that_it_is_made_of() -> None:
    terms = to_terms(tokenize(["One, two. 東京都 "] * 3 + ["One, two. 東京都 " * 20_000]))
    assert spelled(terms, 0) == ["one", "two", "東京", "京都"]
    assert terms.of_rows(3, 4).tolist() == terms.of_rows(0, 1).tolist() * 20_000
