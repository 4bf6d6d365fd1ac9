"""The learned join decision: readable weights in a file, and what they make of a pair's features."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from digest.errors import UsageError, did_you_mean
from digest.similarity import Float32
from digest.stories.features import FEATURES

BODY, DENSE = (FEATURES.index(name) for name in ("body", "dense"))
_RAISED = np.float32(1.25)  # Of headlines of one event the meanings are so much less alike than of reports.
_TELLING = np.float32(2)  # Where half of the words that are expected are missing, words tell nothing.
SHIPPED = Path(__file__).parent / "weights.toml"


@dataclass(frozen=True, slots=True)
class Weights:
    """log-odds of a pair = intercept + closeness * sum of weight * feature.

    features: a weight for each of FEATURES; thresholds: the least bond of two groups that are merged, at
    granularity 0, 0.5 and 1, falling.  expected: what stands in for a feature that nothing is known of, as (a, b)
    for a + b x: for each that compares words, what it is between articles of one language whose meaning (dense) is x;
    for dense, what it is between articles whose words (body) are x.
    """

    intercept: float
    features: Mapping[str, float]
    thresholds: tuple[float, float, float]
    expected: Mapping[str, tuple[float, float]]

    def log_odds(self, features: Float32, closeness: Float32) -> Float32:
        """The log-odds that the two articles of each pair report one event: float32 [n pairs]."""
        vector = np.array([self.features[name] for name in FEATURES], dtype=np.float32)
        # Not a matrix product: BLAS sums in an order of its own on each processor.
        return np.asarray(self.intercept + closeness * (features * vector).sum(axis=1), dtype=np.float32)

    def without_words(self, features: Float32) -> Float32:
        """The features of pairs of articles in two languages, float32 [n pairs, 4], where words say little.

        Names and figures that both hold count as ever, but words that are missing are no evidence: what is expected
        of them, given the meaning, stands in.
        """
        filled, dense = features.copy(), features[:, DENSE]
        for column, name in enumerate(FEATURES):
            if column != DENSE:
                a, b = self.expected[name]
                filled[:, column] = np.maximum(filled[:, column], a + b * np.maximum(dense, 0))
        return filled

    def with_few_words(self, features: Float32, few: Float32) -> Float32:
        """The features of pairs of which one article says little, float32 [n pairs, 4].

        few: float32 [n pairs], 0 to 1.  Two headlines of one event may well have no word in common: as far as words are
        missing that their meaning lets expect, the meaning, which few words tell less of, is raised, and what is then
        expected of words stands in.  Where words agree, the few that differ are what tells two events apart.
        """
        a, b = self.expected["body"]
        expected = np.maximum(a + b * features[:, DENSE], np.float32(1e-6))
        missing = np.clip(_TELLING * (1 - features[:, BODY] / expected), 0, 1)
        raised = features.copy()
        raised[:, DENSE] *= _RAISED
        change = self.without_words(raised) - features
        return np.asarray(features + (few * missing)[:, None] * change, np.float32)

    def without_meaning(self, features: Float32, sure: Float32) -> Float32:
        """The features of pairs of articles of which the model understands one at most, float32 [n pairs, 4].

        Meaning that nobody measured is no evidence against: what is expected of it, given the words, stands in, as far
        as one can be sure of them (float32 [n pairs], 0 to 1).
        """
        filled = features.copy()
        a, b = self.expected["dense"]
        filled[:, DENSE] = sure * (a + b * features[:, BODY])
        return filled

    def threshold(self, granularity: float) -> float:
        """The least bond of two groups that are merged: falls as the granularity grows from 0 to 1."""
        return float(np.interp(granularity, (0, 0.5, 1), self.thresholds))


def tie(log_odds: Float32) -> Float32:
    """The strength of a tie, 0 to 1, that average linkage averages: a soft quorum.

    Steeper than the probability and shifted towards it, so that the mean over a pair of groups counts the pairs that
    speak for the merge instead of adding up how loudly they do.
    """
    return (1 / (1 + np.exp(-2 * (np.asarray(log_odds, np.float64) + 1)))).astype(np.float32)


def load_weights(path: Path = SHIPPED) -> Weights:
    """The weights of a TOML file.  Raises UsageError for a file that cannot be read or does not hold them."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except OSError as e:
        raise UsageError(f"Cannot read the weights {path}: {e.strerror}. Check the path.") from e
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise UsageError(f"{path} is not valid TOML: {e}.") from e
    return parse_weights(table, str(path))


def parse_weights(table: Mapping[str, Any], name: str) -> Weights:
    """The weights of a table with the keys intercept, features and thresholds, and perhaps expected (else that which
    ships).  Raises UsageError for any other."""
    given = table.get("features")
    if not isinstance(given, dict):
        raise UsageError(f"{name}: the table 'features' is missing. Make a file of weights with 'digest tune'.")
    for key in sorted(given):
        if key not in FEATURES:
            raise UsageError(
                f"{name}: unknown feature {key!r}. {did_you_mean(key, FEATURES)} "
                "Weights of another version are fitted anew by 'digest tune'."
            )
    for key in FEATURES:
        if not _is_number(given.get(key)):
            raise UsageError(f"{name}: the weight of {key!r} must be a number.")
    thresholds = table.get("thresholds")
    if not isinstance(thresholds, list) or len(thresholds) != 3 or not all(map(_is_number, thresholds)):
        raise UsageError(f"{name}: 'thresholds' must be three numbers, for granularity 0, 0.5 and 1.")
    if not 1 >= thresholds[0] >= thresholds[1] >= thresholds[2] >= 0:
        raise UsageError(f"{name}: 'thresholds' must fall from at most 1 to at least 0.")
    if not _is_number(table.get("intercept")):
        raise UsageError(f"{name}: 'intercept' must be a number.")
    fine, middle, coarse = map(float, thresholds)
    expected = _parse_expected(table["expected"], name) if "expected" in table else load_weights().expected
    return Weights(
        float(table["intercept"]), {key: float(given[key]) for key in FEATURES}, (fine, middle, coarse), expected
    )


def _parse_expected(table: object, name: str) -> Mapping[str, tuple[float, float]]:
    """The line of each feature.  One for meaning may be missing, as it is in configs of before there was one."""
    if isinstance(table, dict) and "dense" not in table:
        table = {**table, "dense": list(load_weights().expected["dense"])}
    if not isinstance(table, dict) or sorted(table) != sorted(FEATURES):
        raise UsageError(f"{name}: 'expected' must have a line for each of {', '.join(FEATURES)}.")
    for key, line in table.items():
        if not isinstance(line, list) or len(line) != 2 or not all(map(_is_number, line)):
            raise UsageError(f"{name}: 'expected' of {key!r} must be two numbers.")
    return {key: (float(table[key][0]), float(table[key][1])) for key in FEATURES}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
