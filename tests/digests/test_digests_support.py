"""Support is two witnesses that say the same; never one speaker quoted twice."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from builders import article, corpus
from scipy.sparse import csr_array

from digest.corpus import Corpus
from digest.digests.ngrams import unigrams
from digest.digests.reading import Reader, Reading
from digest.digests.support import says_the_same, supporters, weigh_words
from digest.similarity import unit_rows

SAME = "The dam at Corvel burst after days of rain and flooded 300 homes on Monday."
AGAIN = "Some 300 homes were flooded when, after days of heavy rain, a dam burst at Corvel."
AGAIN_GERMAN = "Am Montag brach bei Corvel der alte Damm ein."
CASES = Path(__file__).parent.parent / "cases" / "support.jsonl"
PAIRS = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", PAIRS, ids=lambda c: c["case"])
def test_support_is_agreement_of_independent_reports(case: dict[str, Any]) -> None:
    ours, theirs, near = case["first"], case["second"], case["near"]
    assert says_the_same(ours, theirs, near) == case["same"]
    story = corpus([article(ours, id="a", language="en"), article(theirs, id="b", language="en")])
    reading = Reader(story).read([0, 1], "en")
    words = weigh_words(reading, unigrams(reading.sentences))
    vectors = np.asarray([[1, 0], [near, (1 - near**2) ** 0.5]], np.float32)
    found = supporters(story, reading.rows, [0], vectors, words)
    assert found == [("b",) if case["same"] else ()]


def test_other_languages_know_no_english_denial() -> None:
    one, other = "Der Damm bei Corvel brach am Montag.", "Am Montag brach bei Corvel der alte Damm not."
    assert says_the_same(one, other, english=False)
    assert not says_the_same(one, other)


@pytest.mark.parametrize(("near", "same"), [(0.88, False), (0.91, True)])
def test_other_languages_need_nearer_vectors(near: float, same: bool) -> None:
    assert says_the_same("Der Damm bei Corvel brach am Montag.", AGAIN_GERMAN, near, english=False) == same


@pytest.mark.parametrize(("near", "same"), [(0.86, False), (0.88, True)])
def test_runs_of_words_in_common_bring_other_languages_nearer(near: float, same: bool) -> None:
    other = "Der alte Damm bei Corvel, hieß es, brach nach Tagen Regen ein."
    assert says_the_same("Der Damm bei Corvel brach am Montag.", other, near, english=False) == same


def test_what_says_more_supports_and_is_not_supported() -> None:
    more = f"{AGAIN[:-1]}, and the herds of two villages were drowned by the water."
    assert says_the_same(SAME, more, 0.7)
    assert not says_the_same(more, SAME, 0.7)


def _three() -> tuple[Corpus, Reading, csr_array]:
    story = corpus(
        [
            article(f"{SAME}\n{SAME[:-1]} today.", id="a", language="en"),
            article(AGAIN, id="b", language="en"),
            article("The council meets in June to vote on a new library.", id="c", language="en"),
        ]
    )
    reading = Reader(story).read([0, 1, 2], "en")
    return story, reading, weigh_words(reading, unigrams(reading.sentences))


def test_an_article_never_supports_itself_and_words_serve_without_vectors() -> None:
    story, reading, words = _three()
    assert supporters(story, reading.rows, [0, 3], None, words) == [("b",), ()]


@pytest.mark.parametrize(
    ("other", "found"), [("blogs.paper.example", ()), ("newspaper.example", ("b",)), (None, ("b",))]
)
def test_an_outlet_never_supports_itself(other: str | None, found: tuple[str, ...]) -> None:
    story = corpus(
        [
            article(SAME, id="a", source="paper.example", language="en"),
            article(AGAIN, id="b", source=other, language="en"),
        ]
    )
    reading = Reader(story).read([0, 1], "en")
    words = weigh_words(reading, unigrams(reading.sentences))
    assert supporters(story, reading.rows, [0], np.ones((2, 1), np.float32), words) == [found]


def test_what_is_merely_near_is_no_support() -> None:
    story, reading, words = _three()
    near = unit_rows(np.asarray([[1, 0], [0, 1], [0.58, 0.815], [0.58, -0.815]], np.float32))
    assert supporters(story, reading.rows, [0], near, words) == [()]


def test_where_vectors_know_little_words_must_agree_too() -> None:
    story, reading, words = _three()
    same = np.asarray([[1, 0]] * 4, np.float32)
    assert supporters(story, reading.rows, [1], same, words, english=False) == [("b",)]
    assert supporters(story, reading.rows, [3], same, words, english=False) == [()]
