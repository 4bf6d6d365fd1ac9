from pathlib import Path
from typing import Any

import numpy as np
import pytest

from digest.errors import UsageError
from digest.stories.features import FEATURES
from digest.stories.weights import load_weights, parse_weights, tie

GOOD: dict[str, Any] = {"intercept": -1, "thresholds": [0.9, 0.7, 0.4], "features": dict.fromkeys(FEATURES, 1.0)}
EXPECTED = {name: [0.1, 0.5] for name in FEATURES}


def test_what_is_expected_of_words_stands_in_where_they_are_missing_and_never_takes_away() -> None:
    weights = parse_weights({**GOOD, "expected": EXPECTED}, "x")
    features = np.array([[0, 0.9, 0, 0.6], [0, 0, 0, -0.4]], np.float32)
    filled = weights.without_words(features)
    assert filled.tolist() == [pytest.approx([0.4, 0.9, 0.4, 0.6]), pytest.approx([0.1, 0.1, 0.1, -0.4])]


def test_of_few_words_the_missing_ones_are_expected_by_the_meaning_and_those_that_agree_stay() -> None:
    weights = parse_weights({**GOOD, "expected": EXPECTED}, "x")
    features = np.array([[0, 0.9, 0, 0.4]] * 3 + [[0.3, 0, 0, 0.4]], np.float32)
    filled = weights.with_few_words(features, np.array([0, 0.5, 1, 1], np.float32))
    assert filled.tolist() == [
        pytest.approx([0, 0.9, 0, 0.4]),
        pytest.approx([0.175, 0.9, 0.175, 0.45]),
        pytest.approx([0.35, 0.9, 0.35, 0.5]),
        pytest.approx([0.3, 0, 0, 0.4]),
    ]


def test_weights_without_expectations_take_those_that_ship() -> None:
    assert parse_weights(GOOD, "x").expected == load_weights().expected


def test_a_config_of_before_meaning_was_expected_takes_that_line_from_the_shipped_weights() -> None:
    words = {name: line for name, line in EXPECTED.items() if name != "dense"}
    expected = parse_weights({**GOOD, "expected": words}, "x").expected
    assert expected["dense"] == load_weights().expected["dense"]
    assert expected["body"] == (0.1, 0.5)


def test_the_shipped_weights_speak_for_likeness_and_against_strangers() -> None:
    weights = load_weights()
    assert weights.intercept < 0
    assert all(weight > 0 for weight in weights.features.values())


def test_granularity_lowers_the_threshold_step_by_step() -> None:
    weights = load_weights()
    thresholds = [weights.threshold(g) for g in np.linspace(0, 1, 11)]
    assert thresholds == sorted(thresholds, reverse=True)
    assert len(set(thresholds)) == 11


def test_log_odds_are_the_weighted_features_by_the_day_factor() -> None:
    odds = parse_weights(GOOD, "x").log_odds(np.full((2, 4), 0.5, np.float32), np.array([1, 0.3], np.float32))
    assert odds.tolist() == pytest.approx([1.0, -0.4])


def test_a_tie_is_a_soft_quorum_between_nothing_and_one() -> None:
    assert tie(np.array([-9, -1, 9], np.float32)).tolist() == pytest.approx([0, 0.5, 1], abs=1e-4)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"features": None}, "'features' is missing"),
        ({"features": {**GOOD["features"], "boby": 1}}, "Did you mean 'body'"),
        ({"features": {**GOOD["features"], "title": 1}}, "are fitted anew by 'digest tune'"),
        ({"features": {"body": 1.0}}, "the weight of 'lead' must be a number"),
        ({"features": {**GOOD["features"], "lead": True}}, "the weight of 'lead' must be a number"),
        ({"thresholds": [0.9, 0.7]}, "must be three numbers"),
        ({"thresholds": "high"}, "must be three numbers"),
        ({"thresholds": [0.9, "x", 0.1]}, "must be three numbers"),
        ({"thresholds": [0.4, 0.7, 0.9]}, "must fall"),
        ({"intercept": "low"}, "'intercept' must be a number"),
        ({"expected": {"body": [0, 1]}}, "a line for each of body, lead, title_in_other"),
        ({"expected": 1}, "'expected' must have a line for each"),
        ({"expected": {**EXPECTED, "body": [0]}}, "'expected' of 'body' must be two numbers"),
        ({"expected": {**EXPECTED, "lead": [0, "x"]}}, "'expected' of 'lead' must be two numbers"),
    ],
)
def test_a_wrong_file_of_weights_says_what_is_wrong(change: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        parse_weights({**GOOD, **change}, "weights.toml")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    torn = tmp_path / "torn.toml"
    torn.write_text("intercept = ", "utf-8")
    with pytest.raises(UsageError, match=r"torn\.toml is not valid TOML"):
        load_weights(torn)
    with pytest.raises(UsageError, match="Cannot read the weights"):
        load_weights(tmp_path / "none.toml")
