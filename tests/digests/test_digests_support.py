"""Support is two witnesses that say the same; never one speaker quoted twice."""

import numpy as np
import pytest
from builders import article, corpus
from scipy.sparse import csr_array

from digest.corpus import Corpus
from digest.digests.ngrams import unigrams
from digest.digests.reading import Reader, Reading
from digest.digests.support import alike, supporters, weigh_words
from digest.similarity import unit_rows

SAME = "The dam at Corvel burst on Monday, flooding 300 homes."
PAIRS = [
    ("the same in other words", SAME, "Flooding hit 300 homes on Monday when the dam at Corvel burst.", True),
    ("no figure is not another figure", SAME, "The dam at Corvel burst on Monday, flooding many homes.", True),
    ("another figure", SAME, "The dam at Corvel burst on Monday, flooding 450 homes.", False),
    (
        "one quotation, twice heard",
        'The governor said "nobody could have seen this flood coming" on Monday.',
        'Rivals mocked a claim that "nobody could have seen this flood coming" as absurd.',
        False,
    ),
    (
        "a quotation and the same report around it",
        'Governor Anna Reed told reporters in Corvel that "nobody could have seen this flood coming" on Monday.',
        'In Corvel on Monday governor Anna Reed told reporters "nobody could have seen this flood coming" there.',
        True,
    ),
]


@pytest.mark.parametrize(("why", "ours", "theirs", "supported"), PAIRS)
def test_support_is_agreement_of_independent_reports(why: str, ours: str, theirs: str, supported: bool) -> None:
    story = corpus([article(ours, id="a", language="en"), article(theirs, id="b", language="en")])
    reading = Reader(story).read([0, 1], "en")
    words = weigh_words(reading, unigrams(reading.sentences))
    vectors = np.asarray([[1, 0], [1, 0]], np.float32)
    found = supporters(story, reading.rows, [0], vectors, words)
    assert found == [("b",) if supported else ()], why


def _three() -> tuple[Corpus, Reading, csr_array]:
    story = corpus(
        [
            article(f"{SAME}\n{SAME[:-1]} today.", id="a", language="en"),
            article("Flooding hit 300 homes on Monday when the dam at Corvel burst.", id="b", language="en"),
            article("The council meets in June to vote on a new library.", id="c", language="en"),
        ]
    )
    reading = Reader(story).read([0, 1, 2], "en")
    return story, reading, weigh_words(reading, unigrams(reading.sentences))


def test_an_article_never_supports_itself_and_words_serve_without_vectors() -> None:
    story, reading, words = _three()
    assert supporters(story, reading.rows, [0, 3], None, words) == [("b",), ()]


def test_what_is_merely_near_is_no_support() -> None:
    story, reading, words = _three()
    near = unit_rows(np.asarray([[1, 0], [0, 1], [0.72, 0.694], [0.72, -0.694]], np.float32))
    assert supporters(story, reading.rows, [0], near, words) == [()]


def test_where_vectors_know_little_words_must_agree_too() -> None:
    story, reading, words = _three()
    same = np.asarray([[1, 0]] * 4, np.float32)
    assert supporters(story, reading.rows, [1], same, words, english=False) == [("b",)]
    assert supporters(story, reading.rows, [3], same, words, english=False) == [()]


def test_sentences_alike_in_words_or_in_vectors_are_told() -> None:
    _, _, words = _three()
    assert alike(None, words)[0].tolist() == [True, True, True, False]
    assert alike(np.asarray([[1, 0]] * 4, np.float32), words).all()
