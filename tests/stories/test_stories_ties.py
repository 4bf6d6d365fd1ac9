import numpy as np
import pytest
from story_builders import evidence, forest

from digest.stories.explanation import explain_boundary, explain_pair
from digest.stories.ties import cut_forest
from digest.stories.weights import load_weights

ODDS = {(0, 1): 3.0, (0, 2): 2.0, (1, 2): 0.0, (2, 3): -0.5, (0, 3): -2.0, (1, 3): -2.0}


def test_an_article_is_tied_most_to_the_strongest_other_one() -> None:
    found = cut_forest(forest(ODDS, [[0, 1, 2, 3]], 5), 0.8)
    assert found.labels.tolist() == [0, 0, 0, 1, 2]
    assert found.strongest.tolist() == [1, 0, 0, -1, -1]
    assert found.similarity[3:].tolist() == [1, 1]
    tie = found.tie_of(2, list("abcde"))
    assert tie is not None
    assert tie.article_id == "a"
    assert tie.score == pytest.approx(1 / (1 + np.exp(-6)), abs=1e-4)
    assert list(tie.features) == ["body", "lead", "title", "title_in_other", "dense", "closeness"]
    assert found.tie_of(3, list("abcde")) is None


def test_a_story_knows_its_weakest_link_and_its_cohesion() -> None:
    found = cut_forest(forest(ODDS, [[0, 1, 2, 3]], 5), 0.8)
    assert found.weakest.tolist() == [[1, 2], [-1, -1], [-1, -1]]
    assert found.weakest_score.tolist() == pytest.approx([1 / (1 + np.exp(-2)), 1, 1], abs=1e-4)
    assert found.cohesion[0] == pytest.approx(np.mean([1 / (1 + np.exp(-2 * (z + 1))) for z in (3, 2, 0)]), abs=1e-4)


def test_a_story_knows_its_nearest_neighbour_and_why_they_are_two() -> None:
    found = cut_forest(forest(ODDS, [[0, 1, 2, 3]], 5), 0.8)
    assert found.nearest.tolist() == [1, 0, -1]
    assert found.nearest_score[0] == found.nearest_score[1] < found.threshold
    assert "0.80 would merge" in explain_boundary(found, 0)
    assert "No other story" in explain_boundary(found, 2)


def test_no_articles_make_no_stories() -> None:
    found = cut_forest(forest({}, [], 0), 0.8)
    assert found.labels.tolist() == found.cohesion.tolist() == found.nearest.tolist() == []


def test_what_the_features_add_makes_up_the_log_odds() -> None:
    known, weights = evidence([0, 0, 1, 1, 2, 3]), load_weights()
    for one, other in ((0, 1), (0, 2), (4, 5)):
        why = explain_pair(known, weights, one, other)
        assert why.intercept + sum(why.contributions.values()) == pytest.approx(why.log_odds, abs=1e-3)


def test_a_pair_is_explained_in_words_with_the_strongest_reason_first() -> None:
    known, weights = evidence([0, 0, 1, 1]), load_weights()
    together, apart = explain_pair(known, weights, 0, 1), explain_pair(known, weights, 0, 2)
    assert together.tie > apart.tie
    assert "enough for one story" in together.sentences()[-1]
    assert "not enough" in apart.sentences()[-1]
    strongest = max(together.contributions.values())
    assert f"{strongest:+.2f}" in together.sentences()[0]


def test_days_apart_are_told_where_both_are_known() -> None:
    known, weights = evidence([0] * 30), load_weights()
    days = {explain_pair(known, weights, 0, i).days for i in range(1, 30)}
    sentences = [line for i in range(1, 30) for line in explain_pair(known, weights, 0, i).sentences()]
    assert days <= {0, None}
    assert None in days
    assert any("no date is known" in line for line in sentences)
