"""A digest says nothing twice, in the same words or in others, and never leaves out what happened for that."""

import numpy as np
import pytest
from builders import article, corpus
from hypothesis import given
from hypothesis import strategies as st

from digest.corpus import Corpus
from digest.digests import Budget, Digest, Reader, candidate_rows, compose
from digest.digests.ngrams import unigrams
from digest.digests.repetition import compare
from digest.digests.word_weights import weigh_words
from digest.similarity import Float32, Vectors, unit_rows

DAM = "The dam at Corvel burst on Monday and flooded 300 homes in the lower town, the council said."
AGAIN = "Water stood in 300 houses of the lower town when, after rain, the old Corvel dam burst."
SHORT = "The dam at Corvel burst on Monday."
RAIN = "The river had risen for six days and stood two metres above its usual mark."
SHELTER = "Families from the valley sleep in two schools until engineers have looked at the walls."
LOST = "Engineers want to look at the walls before anybody goes home to the valley."


def words_of(texts: list[str]) -> Float32:
    story = corpus([article(t, id=str(n), language="en") for n, t in enumerate(texts)])
    reading = Reader(story).read(range(len(texts)), "en")
    return weigh_words(reading, unigrams(reading.sentences)).rows(np.arange(len(texts)))


def at_cosines(near: list[float]) -> Vectors:
    """Vectors of the first sentence and of others that have these cosines with it and none with each other."""
    rows = np.zeros((len(near) + 1, len(near) + 1), np.float32)
    rows[0, 0] = 1
    for n, cosine in enumerate(near, 1):
        rows[n, 0], rows[n, n] = cosine, (1 - cosine**2) ** 0.5
    return rows


def test_sentences_alike_in_words_or_in_vectors_never_stand_together() -> None:
    words = words_of([DAM, DAM.replace("the council", "the mayor"), RAIN])
    assert compare(None, words, english=True)[0][0].tolist() == [True, True, False]
    assert compare(np.asarray([[1, 0]] * 3, np.float32), words, english=True)[0].all()


def test_what_is_told_grows_with_likeness_and_with_the_words_that_the_other_holds() -> None:
    words = words_of([DAM, AGAIN, SHORT, RAIN])
    _, told = compare(at_cosines([0.7, 0.7, 0.7]), words, english=True)
    assert told[0, 1] > 0.5
    assert told[0, 2] > 0.5
    assert told[0, 3] == 0
    assert compare(at_cosines([0.4, 0.4, 0.4]), words, english=True)[1][0, 1] < told[0, 1]


def test_a_short_sentence_that_a_long_one_holds_is_told_whichever_comes_first() -> None:
    _, told = compare(at_cosines([0.6]), words_of([DAM, SHORT]), english=True)
    assert np.array_equal(told, told.T)


@pytest.mark.parametrize(("vectors", "english"), [(None, True), (at_cosines([0.8, 0.8]), False)])
def test_without_vectors_that_know_the_language_only_alike_words_are_told(
    vectors: Vectors | None, english: bool
) -> None:
    alike, told = compare(vectors, words_of([DAM, AGAIN, RAIN]), english)
    assert not told.any()
    assert alike.tolist() == np.eye(3, dtype=bool).tolist()


@given(st.lists(st.sampled_from([DAM, AGAIN, SHORT, RAIN, SHELTER]), min_size=1, max_size=6), st.integers(0, 9))
def test_all_is_between_nothing_and_everything_and_a_sentence_tells_itself(texts: list[str], seed: int) -> None:
    vectors = unit_rows(np.random.default_rng(seed).normal(size=(len(texts), 4)).astype(np.float32))
    alike, told = compare(vectors, words_of(texts), english=True)
    assert np.all((told >= 0) & (told <= 1))
    assert np.array_equal(told, told.T)
    assert np.all(np.diag(told) == 1)
    assert np.all(np.diag(alike))


def story() -> Corpus:
    texts = ["\n".join(t) for t in ([DAM, RAIN], [AGAIN, SHELTER], [SHORT, LOST], [DAM.replace("300", "some 300")])]
    titles = ["Dam bursts at Corvel", "Homes flooded at Corvel", "Dam burst floods homes", "Corvel dam bursts"]
    return corpus(
        [article(t, id=i, title=title, language="en") for i, t, title in zip("abcd", texts, titles, strict=True)]
    )


def told_of(words: int) -> Digest:
    source = story()
    rows = candidate_rows(source, range(4))
    happened = [text in (DAM, AGAIN, SHORT) or "some 300" in text for text in map(source.text_of, rows.tolist())]
    vectors = np.zeros((len(rows), len(rows) + 1), np.float32)
    vectors[happened, 0] = 0.85  # All that tell the burst are near, and nothing else is near anything.
    vectors[np.arange(len(rows)), np.arange(len(rows)) + 1] = np.where(happened, (1 - 0.85**2) ** 0.5, 1)
    return compose(Reader(source), range(4), rows, vectors, Budget(words))


@pytest.mark.parametrize("words", [80, 100, 120])
def test_what_happened_is_told_once_however_many_tell_it(words: int) -> None:
    sentences = [s.text for s in told_of(words).sentences]
    assert sum("burst" in text for text in sentences) == 1
    assert "burst" in sentences[0]
    assert len(sentences) > 1
