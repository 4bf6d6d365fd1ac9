"""What sources say early, often and in titles is chosen, by learned weights or by their consensus."""

import numpy as np
import pytest
from builders import article, corpus
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.corpus import Corpus
from digest.digests import Budget, Reader, candidate_rows, compose
from digest.digests.budget import count_words
from digest.digests.consensus import agree, choose
from digest.digests.ngrams import shipped_weights
from digest.digests.opening import opens
from digest.digests.readable import mostly_quotes
from digest.digests.reading import Reading
from digest.digests.selection import select
from digest.digests.selection_units import Choosable
from digest.digests.standing import expect, serves

FERRY = [
    (
        "The ferry's owner had saved for twenty years to buy the boat.\n"
        "A ferry hit the pier at Port Anselm on Friday and twelve people were hurt.\n"
        "The harbour office closed the pier until the end of the month."
    ),
    (
        "Twelve people were hurt when a ferry hit the pier at Port Anselm on Friday.\n"
        "The ferry's owner had saved for twenty years to buy the boat, neighbours said.\n"
        "Divers looked for damage under the water line of the boat."
    ),
    (
        "The pier at Port Anselm will stay closed after a ferry hit it on Friday.\n"
        "The harbour office said that the engine of the boat had failed."
    ),
]
TITLES = ["Ferry hits pier at Port Anselm, twelve hurt", "Ferry crash at Port Anselm hurts twelve", "Pier closed"]
LANGUAGES = ["en", "vi", "sw", "pl"]


def story(language: str) -> Corpus:
    return corpus(
        [
            article(text, id=i, title=title, language=language)
            for i, text, title in zip("abc", FERRY, TITLES, strict=True)
        ]
    )


def reading_of(language: str) -> Reading:
    return Reader(story(language)).read([0, 1, 2], language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", [20, 45, 90])
def test_a_digest_opens_with_what_happened_and_not_with_a_side_angle(language: str, words: int) -> None:
    told = story(language)
    digest = compose(Reader(told), [0, 1, 2], candidate_rows(told, [0, 1, 2]), None, Budget(words))
    assert "ferry hit" in digest.sentences[0].text


def test_the_sentence_that_says_what_the_sources_agree_on_opens_best() -> None:
    told = reading_of("en")
    for expected in (expect(told, 50, np.arange(len(told.rows))), agree(told)):
        worth = opens(told, expected)
        best = int(np.argmax(worth))
        assert (told.article[best], told.place[best]) == (1, 0)
        assert np.all(worth >= 0)


def test_of_two_sentences_that_say_as_much_the_earlier_opens() -> None:
    words = "Twelve people were hurt when a ferry hit the pier at Port Anselm on Friday."
    two = corpus([article(f"The owner had saved for a boat.\n{words}"), article(words, id="b")])
    told = Reader(two).read([0, 1], "en")
    worth = opens(told, expect(told, 50, np.arange(len(told.rows))))
    assert worth[2] > worth[1] > worth[0]


def test_a_language_without_weights_is_served_by_the_consensus_of_its_sources() -> None:
    assert [serves(language) for language in LANGUAGES] == [True, True, False, False]
    agreed = agree(reading_of("sw"))
    assert agreed.unigram.max() == 1
    assert not agreed.bigram.any()


@pytest.mark.parametrize("language", ["en", "vi"])
def test_an_expectation_is_a_probability_and_a_further_copy_is_never_likelier(language: str) -> None:
    told = reading_of(language)
    expected = expect(told, 50, np.arange(len(told.rows)))
    for values in (expected.unigram, expected.bigram):
        assert np.all((values >= 0) & (values <= 1))
    assert np.all(np.diff(expected.unigram, axis=1) <= 0)
    none = expect(told, 50, np.empty(0, np.int64))
    assert np.isfinite(none.unigram).all()


def test_the_shipped_weights_are_a_dozen_readable_features_a_look() -> None:
    for looks in shipped_weights().values():
        assert sorted(looks) == ["first", "second"]
        for look in looks.values():
            assert all(len(weights) <= 17 for weights in look.values())
            assert all(isinstance(weight, float) for weights in look.values() for weight in weights.values())


@given(st.integers(3, 90), st.none() | st.integers(1, 4), st.none() | st.integers(10, 400), st.booleans())
@settings(max_examples=40)
def test_every_way_to_choose_keeps_the_maxima_and_leaves_nothing_in_the_air(
    words: int, sentences: int | None, characters: int | None, learned: bool
) -> None:
    told, budget = reading_of("en"), Budget(words, sentences, characters)
    source = story("en")
    texts = [source.text_of(int(row)) for row in told.rows]
    leans = np.asarray([n in (1, 2, 5) for n in range(len(texts))])
    choosable = Choosable(
        index=np.arange(len(texts)),
        leans=leans,
        follows=told.place > 0,
        words=np.asarray([count_words(t) for t in texts]),
        characters=np.asarray([len(t) for t in texts]),
        alike=np.eye(len(texts), dtype=bool),
        told=np.eye(len(texts)),
    )
    if learned:
        expected = expect(told, words, choosable.index)
        worth = opens(told, expected)
        chosen = select(choosable, expected, budget, float(words), worth.tolist().__getitem__, worth)
    else:
        chosen = choose(choosable, agree(told), told.place, budget)
    kept = [texts[c] for c in chosen]
    assert budget.allows(sum(map(count_words, kept)), len(kept), len(" ".join(kept)))
    assert len(set(chosen)) == len(chosen)
    assert all(c - 1 in chosen for c in chosen if leans[c])


@pytest.mark.parametrize("words", [20, 45, 90])
def test_a_digest_tells_something_of_the_articles_that_no_digest_has_drawn_on(words: int) -> None:
    told = story("en")
    rows = candidate_rows(told, [0, 1, 2])
    for article_id, place in (("b", 1), ("c", 2)):
        digest = compose(Reader(told), [0, 1, 2], rows, None, Budget(words), told.owner[rows] == place)
        assert article_id in {s.article_id for s in digest.sentences}
        assert count_words(digest.summary) <= words


QUOTED = '"Twelve people were hurt when a ferry hit the pier at Port Anselm on Friday," the mayor said.'
PLAIN = "Twelve people were hurt when a ferry hit the pier at Port Anselm on Friday, the mayor said."


def test_what_happened_opens_before_somebodys_words_on_it() -> None:
    first = f"{QUOTED}\nThe harbour office closed the pier until the end of the month."
    second = "A ferry hit the pier at Port Anselm on Friday and twelve people were hurt.\nThe pier stays closed."
    told = corpus(
        [
            article(text, id=i, title=TITLES[0], language="en")
            for i, text in (("a", first), ("b", second), ("c", FERRY[2]))
        ]
    )
    digest = compose(Reader(told), [0, 1, 2], candidate_rows(told, [0, 1, 2]), None, Budget(45))
    assert not digest.sentences[0].text.startswith('"')


@pytest.mark.parametrize(
    ("text", "quotes"), [(QUOTED, True), (PLAIN, False), ('The mayor spoke of "a dark day".', False)]
)
def test_a_quotation_is_told_from_a_sentence_with_some_quoted_words(text: str, quotes: bool) -> None:
    assert mostly_quotes(text) == quotes
