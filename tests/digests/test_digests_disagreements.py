"""A disagreement is two readings of one quantity by two sources; everything that only looks like one is none."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from builders import article, corpus
from hypothesis import given
from hypothesis import strategies as st

from digest.digests.disagreements import NOTHING, Differing, find_disagreements
from digest.digests.disagreements_figures import figures_of
from digest.digests.disagreements_likeness import given_too, log_odds, objection
from digest.digests.disagreements_pairs import Mention, read_statement
from digest.digests.reading import Reader
from digest.records import Article, Disagreement, Passage, Value

CASES = Path(__file__).parent.parent / "cases"
DAY = "2031-04-02T08:00:00Z"
FEW = "14 people were killed when the bridge at Corvel fell on Monday, the fire brigade said."
MANY = "The hospital in Corvel said that 21 people were killed when the bridge fell on Monday."


def cases(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text("utf-8").splitlines()]


def mention(text: str, day: str | None = None) -> Mention:
    statement = read_statement(text)
    return Mention(statement, statement.figures[0], day)


@pytest.mark.parametrize("case", cases("figures"), ids=lambda c: c["text"])
def test_figures_are_read_with_unit_and_hedge(case: dict[str, Any]) -> None:
    text = case["text"]
    found = [[f.low, f.high, f.unit, f.hedge, text[f.start : f.stop]] for f in figures_of(text)]
    assert found == case["figures"]


@pytest.mark.parametrize("case", cases("disagreements"), ids=lambda c: c["case"])
def test_only_two_readings_of_one_quantity_pass(case: dict[str, Any]) -> None:
    one, other = mention(case["first"], case["days"][0]), mention(case["second"], case["days"][1])
    assert objection(one, other) == case["objection"]
    assert objection(other, one) == case["objection"]


def test_an_article_that_gives_the_other_value_too_speaks_against_a_pair() -> None:
    one, other = mention(FEW, DAY), mention(MANY, DAY)
    texts = (f"{FEW}\nSome of the 21 who were feared dead were found.", MANY)
    assert [given_too(one, other, texts), given_too(other, one, texts[::-1]), given_too(one, other, (FEW, MANY))] == [
        1,
        1,
        0,
    ]
    assert log_odds(one, other, 2) < log_odds(one, other, 1) < log_odds(one, other)


def _differing(articles: list[Article], near: float = 0.9) -> Differing:
    story = corpus(articles)
    reading = Reader(story).read(range(len(articles)), "en")
    rows = reading.rows
    side = np.sqrt(1 - near**2)
    vectors = np.asarray([[near**0.5, *(side * (i == k) for k in range(len(rows)))] for i in range(len(rows))])
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return find_disagreements(story, reading, np.arange(len(rows)), rows, vectors)


def _found(articles: list[Article]) -> tuple[Disagreement, ...]:
    differing = _differing(articles)
    assert differing.updates == ()
    return differing.disagreements


def told(text: str, name: str, **fields: Any) -> Article:
    return article(text, **{"id": name, "source": name, "published": DAY, "language": "en", **fields})


def test_a_disagreement_names_the_values_who_gives_them_and_where() -> None:
    found = _found([told(FEW, "a"), told(f"A quiet day.\n{MANY}", "b"), told(FEW.replace("fell", "gave way"), "c")])
    assert found == (
        Disagreement(
            (Value("14 people", ("a", "c")), Value("21 people", ("b",))),
            (Passage("a", 0, len(FEW)), Passage("b", 13, 13 + len(MANY)), Passage("c", 0, len(FEW) + 4)),
        ),
    )


def test_one_source_never_disagrees_with_itself() -> None:
    assert _found([told(FEW, "a"), told(MANY, "b", source="a")]) == ()
    assert len(_found([told(FEW, "a", source=None), told(MANY, "b", source=None)])) == 1


def test_an_article_that_gives_both_values_takes_no_side() -> None:
    assert _found([told(f"{FEW}\n{MANY}", "a"), told(f"{MANY}\n{FEW}", "b")]) == ()


@pytest.mark.parametrize("published", ["2031-04-03", None])
def test_reports_of_different_or_unknown_days_give_an_update_and_no_disagreement(published: str | None) -> None:
    differing = _differing([told(FEW, "a"), told(MANY, "b", published=published)])
    assert differing.disagreements == ()
    assert [d.values for d in differing.updates] == [(Value("14 people", ("a",)), Value("21 people", ("b",)))]


def test_an_update_brings_another_value_than_the_disagreement_before_it() -> None:
    first = [told(FEW, "a"), told(MANY, "b")]
    assert _differing([*first, told(MANY, "c", published="2031-04-03")]).updates == ()
    more = _differing([*first, told(MANY.replace("21", "24"), "c", published="2031-04-03")])
    assert [v.text for d in more.disagreements for v in d.values] == ["14 people", "21 people"]
    assert [v.text for d in more.updates for v in d.values] == ["14 people", "21 people", "24 people"]


def test_nothing_is_told_without_vectors_or_in_another_language() -> None:
    story = corpus([told(FEW, "a"), told(MANY, "b")])
    reading = Reader(story).read([0, 1], "en")
    vectors = np.ones((2, 1), np.float32)
    index = np.arange(2)
    assert find_disagreements(story, reading, index, reading.rows, vectors) != NOTHING
    assert find_disagreements(story, reading, index, reading.rows, None) == NOTHING
    assert find_disagreements(story, replace(reading, language="de"), index, reading.rows, vectors) == NOTHING


WORDS = st.sampled_from(
    ["14", "21", "people", "were", "killed", "$", "3", "million", "to", "-", "a", "half", "one", "of"]
)


@given(st.lists(WORDS, max_size=14))
def test_figures_are_slices_of_their_text_whatever_it_says(words: list[str]) -> None:
    text = " ".join(words)
    places = [(f.start, f.end, f.stop) for f in figures_of(text)]
    assert all(0 <= start < end <= stop <= len(text) for start, end, stop in places)
    assert all(f.low <= f.high for f in figures_of(text))


@given(st.permutations([0, 1, 2, 3]))
def test_the_order_of_articles_changes_nothing(order: list[int]) -> None:
    texts = [FEW, MANY, FEW.replace("14", "17"), "The river rose by 2 metres."]
    articles = [told(text, name) for text, name in zip(texts, "abcd", strict=True)]
    shuffled = _found([articles[i] for i in order])
    assert [d.values for d in shuffled] == [d.values for d in _found(articles)]
    assert {p for d in shuffled for p in d.sentences} == {p for d in _found(articles) for p in d.sentences}
