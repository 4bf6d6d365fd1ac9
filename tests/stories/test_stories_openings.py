"""The first words of articles, by which look-alikes are told."""

import pickle

import numpy as np
from builders import article, corpus

from digest.stories.look_alikes import OPENING, Openings, read_marks

LONG = "word " * (OPENING // 5)
ARTICLES = [
    article("The vote failed.\nIt was close.", title="Vote"),
    article("東京で会議が開かれた。", title="Meeting"),
    article(f"{LONG}\nToo late.", title="Long"),
    article("A second vote passed.", title="Again"),
]


def _words(openings: Openings, articles: list[int]) -> list[list[int]]:
    terms = openings.of(np.array(articles, np.int64))
    return [terms.hashes[terms.of_rows(row, row + 1)].tolist() for row in range(len(terms))]


def test_openings_are_the_first_sentences_of_the_articles_asked_for() -> None:
    c = corpus(ARTICLES)
    openings = read_marks(c, np.array([0, 1, 2, 3], np.int32)).openings
    spelled = dict(zip(c.terms.hashes.tolist(), c.terms.words, strict=True))
    first, long, again = ([spelled[h] for h in words] for words in _words(openings, [3, 2, 3]))
    assert first == again == ["a", "second", "vote", "passed"]
    assert set(long) == {"word"}


def test_openings_of_some_articles_are_those_of_all() -> None:
    c = corpus(ARTICLES)
    every = read_marks(c, np.array([0, 1, 2, 3], np.int32)).openings
    some = read_marks(c, np.array([1, 3], np.int32)).openings
    assert _words(some, [0, 1]) == _words(every, [1, 3])
    assert _words(some, []) == []


def test_openings_that_are_sent_elsewhere_are_the_same_without_the_run_s_other_words() -> None:
    c = corpus(ARTICLES)
    here = read_marks(c, np.array([0, 3], np.int32)).openings
    there = pickle.loads(pickle.dumps(here))
    assert _words(there, [1, 0]) == _words(here, [1, 0])
    assert len(there.terms.ids) < len(c.terms.ids)
