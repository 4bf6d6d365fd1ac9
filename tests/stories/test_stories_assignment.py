from dataclasses import replace

import numpy as np
import pytest
from builders import article, corpus

from digest.background import Background, load_background
from digest.corpus import Corpus, build_corpus
from digest.records import Article, Kind, Segment
from digest.stories import Assignment, assign_given, assign_stories
from digest.stories.days import (
    FLOOR,
    GUESS_FLOOR,
    GUESS_LIKENESS,
    LOOSE_FLOOR,
    ONE_DATED,
    closeness,
    days_of,
    guess_days,
)
from digest.stories.features import Evidence, centred, gather_evidence, measure

FIRE = "A fire destroyed the old granary of Brackwede on Monday. Firefighters saved the horses of the riding school."
VOTE = "Parliament in Reykjavik voted for a ban on bottom trawling. Fisheries minister Sigurdsson had opposed it."


def _stories(articles: list[Article], granularity: float = 0.5) -> Assignment:
    known = corpus(articles)
    vectors = np.zeros((len(articles), 8), np.float32)
    return assign_stories(known, np.arange(len(articles), dtype=np.int32), vectors, granularity)


def _evidence(known: Corpus) -> Evidence:
    vectors = np.ones((len(known), 4), np.float32)
    return gather_evidence(known, np.arange(len(known), dtype=np.int32), vectors, load_background())


def _articles() -> list[Article]:
    return [
        article(FIRE, id="a", title="Granary of Brackwede burns down"),
        article(FIRE.replace("destroyed", "gutted"), id="b", title="Fire guts Brackwede granary"),
        article(VOTE, id="c", title="Iceland bans bottom trawling"),
        article(VOTE.replace("voted for", "agreed on"), id="d", title="Reykjavik votes for trawling ban"),
        article("Rain is expected.", id="e"),
    ]


def test_reports_of_one_event_are_one_story_without_any_vectors() -> None:
    assert _stories(_articles()).labels.tolist() == [0, 0, 1, 1, 2]


def test_the_order_of_the_articles_does_not_matter() -> None:
    articles = _articles()
    forwards, backwards = _stories(articles).labels, _stories(articles[::-1]).labels[::-1]
    assert np.array_equal(np.equal.outer(forwards, forwards), np.equal.outer(backwards, backwards))


def test_only_kept_articles_get_a_story() -> None:
    articles = _articles()
    found = assign_stories(corpus(articles), np.array([0, 2, 3], np.int32), np.zeros((3, 8), np.float32))
    assert found.labels.tolist() == [0, 1, 1]


@pytest.mark.parametrize("texts", [[], [""], ["", ""], ["Rain is expected."]])
def test_nothing_and_next_to_nothing_are_no_trouble(texts: list[str]) -> None:
    found = _stories([article(text, id=str(i)) for i, text in enumerate(texts)])
    assert found.labels.tolist() == list(range(len(texts)))


def test_articles_that_are_all_the_same_are_one_story() -> None:
    assert set(_stories([article(FIRE, id=f"{i:02}", title="Fire") for i in range(30)]).labels.tolist()) == {0}


def test_a_coarser_granularity_only_merges() -> None:
    fine, coarse = (_stories(_articles(), g).labels for g in (0.0, 1.0))
    assert all(len(set(coarse[fine == story].tolist())) == 1 for story in set(fine.tolist()))


def test_given_groups_stay_as_they_are_and_their_ties_are_measured() -> None:
    articles = _articles()
    groups = np.array([7, 7, 3, 7, 3], np.int32)
    found = assign_given(corpus(articles), np.arange(5, dtype=np.int32), np.zeros((5, 8), np.float32), groups)
    assert [found.labels[0] == label for label in found.labels] == [True, True, False, True, False]
    assert found.strongest.pairs[0].tolist() == [0, 1]


def test_closeness_falls_with_the_days_and_is_neutral_without_dates() -> None:
    known, unknown = np.array([10.0, 10, 10, 10]), np.array([10.0, 14, 300, np.nan])
    same, near, far, one = closeness(known, unknown, np.zeros(4, np.bool_)).tolist()
    assert same == 1 > near > far == pytest.approx(FLOOR)
    assert one == pytest.approx(ONE_DATED)
    assert closeness(np.array([np.nan]), np.array([np.nan]), np.array([False])).tolist() == [1]


def test_a_date_that_was_read_in_a_text_keeps_articles_less_far_apart() -> None:
    far = np.array([10.0]), np.array([300.0])
    assert closeness(*far, np.array([True])).tolist() == pytest.approx([LOOSE_FLOOR])
    articles = [article(FIRE, id=i, published="2025-01-01", published_from=i) for i in ("metadata", "text", "url")]
    assert _evidence(corpus(articles)).loose.tolist() == [False, True, False]


def test_regions_of_a_language_are_one_language() -> None:
    articles = [article(FIRE, id=str(i), language=code) for i, code in enumerate(["pt-BR", "pt", "PT_pt", "es", None])]
    assert _evidence(corpus(articles)).language.tolist() == [1, 1, 1, 0, -1]


def test_lines_that_an_outlet_repeats_are_no_evidence() -> None:
    note = "Subscribe to our letter."
    articles = [
        article(f"{FIRE}\n{note}", id="a", source="Harbour News"),
        article(f"{VOTE}\n{note}", id="b", source="Harbour News"),
    ]
    known = corpus(articles)
    assert "letter" not in {known.terms.words[i] for i in _evidence(known).holds.indices}


def test_days_are_counted_from_dates_with_or_without_a_time() -> None:
    dates = ["2025-03-01", "2025-02-28T23:59:59Z", None]
    one, other, none = days_of(dates).tolist()
    assert one - other == 1
    assert np.isnan(none)


def test_the_mean_of_a_small_run_is_mostly_the_one_that_ships() -> None:
    rng = np.random.default_rng(0)
    news = np.array([1, 0, 0], np.float32)
    event = np.array([0.8, 0.6, 0], np.float32) + rng.normal(0, 0.01, (3, 3)).astype(np.float32)
    understood = np.ones(3, np.bool_)
    assert (centred(event, news, understood) @ centred(event, news, understood).T).min() > 0.95
    assert centred(event, news, ~understood).any() == np.False_
    assert centred(event, np.empty(0, np.float32), understood).shape == (3, 3)


def test_page_furniture_is_no_evidence() -> None:
    articles = [article("Sign up here\nA fire broke out.", id="a", title="Fire"), article("A flood came.", id="b")]
    segments = [[Segment(0, 12, Kind.FURNITURE), Segment(13, 30, Kind.SENTENCE)], [Segment(0, 13, Kind.SENTENCE)]]
    known = build_corpus(articles, segments)
    held = _evidence(known).holds
    words = {known.terms.words[i] for i in held.indices}
    assert "fire" in words
    assert "sign" not in words


def test_an_article_without_title_is_known_by_its_first_line() -> None:
    untitled = [article(f"Granary burns down\n{FIRE}", id="a"), article(f"Granary burns down\n{VOTE}", id="b")]
    known = gather_evidence(
        corpus(untitled), np.arange(2, dtype=np.int32), np.zeros((2, 4), np.float32), load_background()
    )
    features, _ = measure(known, np.array([0]), np.array([1]))
    assert features[0, 2] == pytest.approx(1)


def test_languages_are_weighed_each_by_its_own_frequencies() -> None:
    texts = ["Kissa istui puussa ja katseli lintuja.", "Kissa nukkui puussa eikä nähnyt lintuja.", FIRE, VOTE]
    languages = ["fi", "fi", None, None]
    articles = [article(t, id=str(i), language=g) for i, (t, g) in enumerate(zip(texts, languages, strict=True))]
    known = gather_evidence(
        corpus(articles), np.arange(4, dtype=np.int32), np.ones((4, 4), np.float32), load_background()
    )
    first = known.body[[0]].data
    assert len(first) == 6
    assert (first > first.min() * 1.5).sum() == 3  # kissa, puussa, lintuja: what two Finnish articles hold
    assert known.dense.any(axis=1).tolist() == [False, False, True, True]


def test_stories_can_be_made_with_another_table() -> None:
    empty = Background(
        np.empty(0, np.uint64), np.empty(0, np.uint16), np.empty(0, np.uint16), 0, np.empty(0, np.float32)
    )
    articles = _articles()
    found = assign_stories(
        corpus(articles), np.arange(5, dtype=np.int32), np.zeros((5, 8), np.float32), background=empty
    )
    assert found.labels[0] == found.labels[1] != found.labels[2]


DAY = 735_000.0
UNKNOWN = float("nan")


def _guessed(day: list[float], pairs: list[tuple[int, int, float]], loose: int | None = None) -> list[float]:
    left, right, likeness = (np.array(column) for column in zip(*pairs, strict=True))
    from_text = np.arange(len(day)) == (-1 if loose is None else loose)
    return list(guess_days(np.array(day), from_text, left, right, likeness.astype(np.float32)))


def test_an_undated_article_is_taken_to_be_of_the_day_of_the_dated_one_most_like_it() -> None:
    assert _guessed([DAY, UNKNOWN, DAY + 9], [(0, 1, 0.4), (1, 2, 0.6)]) == [DAY, DAY + 9, DAY + 9]
    assert _guessed([DAY, UNKNOWN, DAY - 9], [(0, 1, 0.5), (1, 2, 0.5)])[1] == DAY - 9  # of two alike, the earlier


def test_no_day_is_guessed_from_an_unlike_article_an_undated_one_or_a_date_in_a_text() -> None:
    assert np.isnan(_guessed([DAY, UNKNOWN], [(0, 1, GUESS_LIKENESS - 0.01)])[1])
    assert np.isnan(_guessed([UNKNOWN, UNKNOWN], [(0, 1, 0.9)])[1])
    assert np.isnan(_guessed([DAY, UNKNOWN], [(0, 1, 0.9)], loose=0)[1])


def test_a_guessed_day_parts_and_never_brings_nearer() -> None:
    days = [DAY, UNKNOWN, DAY + 60, UNKNOWN]
    known = corpus([article(f"{FIRE} {i}", id=str(i)) for i in range(4)])
    evidence = replace(_evidence(known), day=np.array(days), loose=np.zeros(4, bool))
    left, right = np.array([0, 0, 0, 1, 1, 2]), np.array([1, 2, 3, 2, 3, 3])
    before = measure(evidence, left, right)[1]
    after = measure(replace(evidence, guessed=np.array([DAY, DAY, DAY + 60, DAY + 60])), left, right)[1]
    assert (after <= before).all()
    lower = (after < before).tolist()
    assert lower == [False, False, True, True, True, False]
    assert after[lower] == pytest.approx(GUESS_FLOOR)
