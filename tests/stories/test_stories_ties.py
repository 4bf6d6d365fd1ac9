import numpy as np
import pytest
from story_builders import forest

from digest.stories.ties import APART, cut_forest

ODDS = {(0, 1): 3.0, (0, 2): 2.0, (1, 2): 0.0, (2, 3): -0.5, (0, 3): -2.0, (1, 3): -2.0}


def test_an_article_is_tied_most_to_the_strongest_other_one() -> None:
    found = cut_forest(forest(ODDS, [[0, 1, 2, 3]], 5), 0.8)
    assert found.labels.tolist() == [0, 0, 0, 1, 2]
    assert found.strongest.pairs.tolist() == [[0, 1], [1, 0], [2, 0], [-1, -1], [-1, -1]]
    assert found.similarity[3:].tolist() == [1, 1]
    tie = found.tie_of(2, list("abcde"))
    assert tie is not None
    assert tie.article_id == "a"
    assert tie.score == pytest.approx(1 / (1 + np.exp(-6)), abs=1e-4)
    assert list(tie.features) == ["body", "lead", "title_in_other", "dense", "closeness"]
    assert found.tie_of(3, list("abcde")) is None


def test_a_story_knows_its_weakest_link_and_its_cohesion() -> None:
    found = cut_forest(forest(ODDS, [[0, 1, 2, 3]], 5), 0.8)
    assert found.weakest.pairs.tolist() == [[1, 2], [-1, -1], [-1, -1]]
    weakest = found.weakest.link(0, list("abcde"))
    assert weakest is not None
    assert weakest.article_ids == ("b", "c")
    assert weakest.score == pytest.approx(1 / (1 + np.exp(-2)), abs=1e-4)
    assert found.weakest.link(1, list("abcde")) is None
    assert found.cohesion[0] == pytest.approx(np.mean([1 / (1 + np.exp(-2 * (z + 1))) for z in (3, 2, 0)]), abs=1e-4)


def test_a_story_knows_its_nearest_neighbour_and_why_they_are_two() -> None:
    found = cut_forest(forest(ODDS, [[0, 1, 2, 3]], 5), 0.8)
    assert found.nearest.tolist() == [1, 0, -1]
    assert found.nearest_score[0] == found.nearest_score[1] < found.threshold
    assert found.between.pairs.tolist() == [[2, 3], [3, 2], [-1, -1]]
    assert found.between.score[0] == found.between.score[1] == pytest.approx(1 / (1 + np.exp(-1)), abs=1e-4)


def test_look_alikes_are_marked_as_such() -> None:
    found = cut_forest(forest({(0, 1): APART, (1, 2): 3.0}, [[0, 1, 2]], 3), 0.8)
    assert found.labels.tolist() == [0, 1, 1]
    assert found.between.look_alike.tolist() == [True, True]
    assert found.strongest.look_alike.tolist() == [False, False, False]


def test_no_articles_make_no_stories() -> None:
    found = cut_forest(forest({}, [], 0), 0.8)
    assert found.labels.tolist() == found.cohesion.tolist() == found.nearest.tolist() == []
