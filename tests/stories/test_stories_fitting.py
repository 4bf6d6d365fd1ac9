from dataclasses import replace

import numpy as np
import pytest
from story_builders import evidence

from digest.errors import UsageError
from digest.stories.assignment import build_forest
from digest.stories.features import FEATURES
from digest.stories.fitting import Labelled, expect_features, fit_weights, logistic_regression
from digest.stories.linkage import cut_trees
from digest.stories.weights import load_weights

EVENTS = [event for event in range(40) for _ in range(3)]
POOR = replace(load_weights(), intercept=-0.5, features=dict.fromkeys(load_weights().features, 0.4))


def _labelled(seed: int, excluded: int = 0) -> Labelled:
    held_out = np.array(EVENTS) < excluded
    return Labelled(evidence(EVENTS, seed), np.array(EVENTS, np.int32), held_out)


def test_fitted_weights_find_the_stories_of_articles_they_never_saw() -> None:
    weights = fit_weights([_labelled(1), _labelled(2)], POOR)
    forest = build_forest(evidence(EVENTS, 3), weights)
    labels = cut_trees(forest.trees, forest.n, weights.threshold(0.5))
    right = np.equal.outer(labels, labels) == np.equal.outer(EVENTS, EVENTS)
    assert right.mean() > 0.99


def test_fitting_twice_gives_the_same_weights() -> None:
    assert fit_weights([_labelled(1)], POOR) == fit_weights([_labelled(1)], POOR)


def test_articles_held_out_give_no_weights() -> None:
    shuffled = np.array(EVENTS, np.int32)
    shuffled[:15] = np.random.default_rng(0).integers(0, 5, 15)
    held_out = np.array(EVENTS) < 5
    wrong = Labelled(evidence(EVENTS, 1), shuffled, held_out)
    assert fit_weights([wrong], POOR) == fit_weights([_labelled(1, excluded=5)], POOR)


def test_too_few_labels_are_refused_with_the_number_needed() -> None:
    few = Labelled(evidence([0, 0, 1]), np.array([0, 0, 1], np.int32), np.zeros(3, np.bool_))
    with pytest.raises(UsageError, match="Too few labelled articles: 30 pairs"):
        fit_weights([few], POOR)
    with pytest.raises(UsageError, match="Too few"):
        fit_weights([], POOR)


def test_labels_without_a_look_alike_are_refused_with_what_is_missing() -> None:
    alike = Labelled(evidence([0] * 60), np.zeros(60, np.int32), np.zeros(60, np.bool_))
    with pytest.raises(UsageError, match="Add articles about other events that resemble these"):
        fit_weights([alike], POOR)


def test_what_is_expected_of_a_feature_is_measured_on_articles_that_the_model_knows() -> None:
    known = evidence(EVENTS, 1)
    lines = expect_features([known])
    assert set(lines) == set(FEATURES)
    assert all(slope > 0 for _, slope in lines.values())  # likeness of one kind goes with that of another
    blank = replace(known, dense=np.zeros_like(known.dense))
    assert expect_features([known, blank]) == lines


def test_logistic_regression_finds_the_slopes_that_made_the_data() -> None:
    rng = np.random.default_rng(0)
    features = rng.normal(size=(20_000, 2))
    chance = 1 / (1 + np.exp(-(-0.5 + features @ np.array([1.5, -1.0]))))
    outcomes = (rng.random(20_000) < chance).astype(float)
    assert logistic_regression(features, outcomes, np.ones(20_000)) == pytest.approx([-0.5, 1.5, -1.0], abs=0.1)


def test_outcomes_that_can_be_told_apart_at_once_give_finite_weights() -> None:
    features = np.array([[0.0], [0.1], [0.9], [1.0]])
    assert np.isfinite(logistic_regression(features, np.array([0.0, 0, 1, 1]), np.ones(4))).all()
