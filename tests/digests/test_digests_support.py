"""Support is an article of another outlet that says what a sentence says; never one speaker quoted twice."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from builders import article, corpus
from hypothesis import given
from hypothesis import strategies as st

from digest.corpus import Corpus
from digest.digests.ngrams import unigrams
from digest.digests.reading import Reader, Reading
from digest.digests.support import says_the_same, supporters
from digest.digests.word_weights import WordWeights, weigh_words
from digest.records import Article

SAME = "The dam at Corvel burst after days of rain and flooded 300 homes on Monday."
AGAIN = "Some 300 homes were flooded when, after days of heavy rain, a dam burst at Corvel."
OTHER = "The council meets in June to vote on a new library."
GERMAN, AGAIN_GERMAN = "Der Damm bei Corvel brach am Montag.", "Am Montag brach bei Corvel der alte Damm ein."
CASES = Path(__file__).parent.parent / "cases" / "support.jsonl"
PAIRS = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


def found(articles: list[Article], chosen: list[int], near: list[float] | None = None) -> list[tuple[str, ...]]:
    """Who supports some sentences of a story; near: the cosine of each sentence of the story to the first, or None."""
    story, reading, words = read(articles)
    vectors = None if near is None else np.asarray([[x, (1 - x * x) ** 0.5] for x in near], np.float32)
    return supporters(story, reading, np.arange(len(reading.rows)), chosen, vectors, words)


def read(articles: list[Article]) -> tuple[Corpus, Reading, WordWeights]:
    story = corpus(articles)
    reading = Reader(story).read(range(len(articles)), articles[0].language or "")
    return story, reading, weigh_words(reading, unigrams(reading.sentences))


@pytest.mark.parametrize("case", PAIRS, ids=lambda c: c["case"])
def test_support_is_an_independent_article_that_says_it(case: dict[str, Any]) -> None:
    ours = article(case["sentence"], id="a", source=case.get("ours", "a.example"), language="en")
    source, title = case.get("source", "b.example"), case.get("title", "")
    theirs = article("\n".join(case["article"]), id="b", source=source, title=title, language="en")
    near = [1.0, *[case["near"] if i == case.get("aligned", 0) else 0.2 for i in range(len(case["article"]))]]
    assert found([ours, theirs], [0], near) == [("b",) if case["right"] else ()]


def test_what_says_more_supports_and_is_not_supported() -> None:
    more = f"{AGAIN[:-1]}, and herds of two villages near Ostby were drowned by the water in the night."
    articles = [article(SAME, id="a", language="en"), article(more, id="b", language="en")]
    assert found(articles, [0, 1], [1.0, 0.7]) == [("b",), ()]


def test_an_article_never_supports_itself_and_words_serve_without_vectors() -> None:
    mine = article(f"{SAME}\n{SAME[:-1]} today.", id="a", language="en")
    articles = [mine, article(AGAIN, id="b", language="en"), article(OTHER, id="c", language="en")]
    assert found(articles, [0, 3]) == [("b",), ()]


@pytest.mark.parametrize(
    ("other", "supports"), [("blogs.paper.example", ()), ("newspaper.example", ("b",)), (None, ("b",))]
)
def test_an_outlet_never_supports_itself(other: str | None, supports: tuple[str, ...]) -> None:
    articles = [
        article(SAME, id="a", source="paper.example", language="en"),
        article(AGAIN, id="b", source=other, language="en"),
    ]
    assert found(articles, [0]) == [supports]


@pytest.mark.parametrize(
    ("ours", "theirs", "supports"),
    [
        ("2026-03-02", "2026-03-03T23:00:00Z", ("b",)),
        ("2026-03-02", "2026-03-04", ()),
        (None, "2026-03-04", ("b",)),
    ],
)
def test_reports_more_than_a_day_apart_tell_of_two_states(
    ours: str | None, theirs: str, supports: tuple[str, ...]
) -> None:
    articles = [
        article(SAME, id="a", language="en", published=ours),
        article(AGAIN, id="b", language="en", published=theirs),
    ]
    assert found(articles, [0]) == [supports]


@pytest.mark.parametrize(("before", "supports"), [(9, ("b",)), (10, ())])
def test_what_an_article_tells_late_has_no_witness(before: int, supports: tuple[str, ...]) -> None:
    late = "\n".join([*(f"Stall {n} of the market sold apples and pears." for n in range(before)), SAME])
    articles = [article(late, id="a", language="en"), article(AGAIN, id="b", language="en")]
    assert found(articles, [before]) == [supports]


@pytest.mark.parametrize("teller", ["a", "b"])
def test_who_names_the_other_outlet_anywhere_has_it_from_there(teller: str) -> None:
    texts = {"a": SAME, "b": AGAIN}
    texts[teller] += "\nA reporter of the Ostby Courant and the Halven Courant had counted."
    articles = [
        article(texts["a"], id="a", source="ostbycourant.example", language="en"),
        article(texts["b"], id="b", source="halvencourant.example", language="en"),
    ]
    assert found(articles, [0]) == [()]


@given(
    tellers=st.lists(st.sampled_from([None, "a.example", "b.example", "www.c.example", "c.example"]), max_size=5),
    order=st.randoms(use_true_random=False),
)
def test_supporters_are_other_outlets_in_order_whatever_else_the_story_holds(
    tellers: list[str | None], order: Any
) -> None:
    mine = article(SAME, id="m", source="c.example", language="en")
    others = [article(AGAIN, id=f"{i}", source=source, language="en") for i, source in enumerate(tellers)]
    order.shuffle(others)
    copies = [article(SAME, id="copy", source="d.example", language="en")]
    unrelated = [article(OTHER, id="u", source="e.example", language="en")]
    (told,) = found([mine, *others], [0])
    assert list(told) == sorted(a.id for a in others if a.source not in ("c.example", "www.c.example"))
    assert found([mine, *others, *copies, *unrelated], [0]) == [told]


@pytest.mark.parametrize(("near", "same"), [(0.88, False), (0.91, True)])
def test_other_languages_need_nearer_vectors(near: float, same: bool) -> None:
    assert says_the_same(GERMAN, AGAIN_GERMAN, near) == same


@pytest.mark.parametrize(("near", "same"), [(0.86, False), (0.88, True)])
def test_runs_of_words_in_common_bring_other_languages_nearer(near: float, same: bool) -> None:
    other = "Der alte Damm bei Corvel, hieß es, brach nach Tagen Regen ein."
    assert says_the_same(GERMAN, other, near) == same


def test_in_other_languages_words_must_agree_too() -> None:
    articles = [
        article(GERMAN, id="a", language="de"),
        article(AGAIN_GERMAN, id="b", language="de"),
        article("Der Rat tagt im Juni und stimmt über eine Bücherei ab.", id="c", language="de"),
    ]
    assert found(articles, [0, 2], [1.0, 1.0, 1.0]) == [("b",), ()]
