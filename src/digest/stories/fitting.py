"""Weights from labelled stories: the heart of `digest tune`.

Linkage decides about groups of articles, so the weights are fitted to pairs of groups: trees are grown with the
weights at hand and cut at several heights, each group meets the one that it is tied to most, the features of the two
are the means over their cross pairs, and a logistic regression learns whether they belong together.  Then the trees
are grown again, and what is decided there is learned as well: pairs of all rounds together (dataset aggregation, Ross,
Gordon and Bagnell 2011), since weights fitted to the last round alone leap from round to round.  The easy pairs would
outvote the hard ones, so only nearest groups count; and a threshold fitted in this way sits at the same place for
other articles than those it was fitted on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from digest.errors import UsageError
from digest.similarity import PLACES, Float64
from digest.stories.assignment import build_forest
from digest.stories.candidates import nearest_foreign, pairs_by_words, two_languages
from digest.stories.features import FEATURES, Evidence, measure
from digest.stories.linkage import cut_trees
from digest.stories.ties import Forest
from digest.stories.weights import BODY, DENSE, Weights, tie
from digest.tokens import Int32, Int64

HEIGHTS = (0.97, 0.9, 0.8, 0.65)  # Mean ties at which the trees are cut; single articles come on top.
ROUNDS = 8  # The last ones move no weight by more than a hundredth or two.
RIDGE = 1e-3
LEAST_PAIRS = 30  # Pairs of one story, and pairs of two: fewer make no weights.


Decisions = tuple[Float64, Float64, Float64]  # what `group_pairs` gives


@dataclass(frozen=True, eq=False, slots=True)
class Labelled:
    """Articles of one source whose stories are known: labels int32 [n]; excluded: bool [n], whose stories are held
    out: they stay in the run, but no pair with one of them gives weights."""

    evidence: Evidence
    labels: Int32
    excluded: npt.NDArray[np.bool_]


def fit_weights(sets: Sequence[Labelled], start: Weights) -> Weights:
    """The intercept and feature weights that fit the labelled sets best, each set counting as much as any other.

    The thresholds stay those of `start`.  Raises UsageError for too few labels.
    """
    decisions: list[Decisions] = []
    weights = start
    for _ in range(ROUNDS):
        rounds = [group_pairs(s, build_forest(s.evidence, weights)) for s in sets]
        decisions += [made for made in rounds if len(made[1])]
        weights = _fit_to(decisions, weights)
    named = {name: round(weights.features[name], 3) for name in FEATURES}
    return replace(weights, intercept=round(weights.intercept, 3), features=named)


def _fit_to(decisions: Sequence[Decisions], weights: Weights) -> Weights:
    """The weights that make these decisions best, each list of them counting as much as any other."""
    features = np.concatenate([np.empty((0, len(FEATURES))), *(part[0] for part in decisions)])
    together = np.concatenate([np.empty(0), *(part[1] for part in decisions)])
    share = np.concatenate([np.empty(0), *(part[2] / part[2].sum() for part in decisions)])
    same, other = int(np.sum(together == 1)), int(np.sum(together == 0))
    if min(same, other) < LEAST_PAIRS:
        missing = "Label a few hundred articles."
        if same >= LEAST_PAIRS:
            missing = "Add articles about other events that resemble these, labelled or not."
        raise UsageError(
            f"Too few labelled articles: {LEAST_PAIRS} pairs that belong together and as many look-alikes that "
            f"do not are needed, and they make {same} and {other}. {missing}"
        )
    intercept, *slopes = logistic_regression(features, together, share).tolist()
    return replace(weights, intercept=intercept, features=dict(zip(FEATURES, slopes, strict=True)))


def expect_features(sets: Sequence[Evidence]) -> dict[str, tuple[float, float]]:
    """What stands in for a feature that nothing is known of, as a + b x (see `Weights.expected`).

    Between articles of one language that the model knows: the features that compare words by dense, over the nearest
    neighbours of each article by meaning; dense by body, over those by words.
    """
    # As if no two articles had a language in common: their neighbours by meaning, not by words.
    strangers = [replace(e, language=np.arange(len(e), dtype=np.int32)) for e in sets]
    lines = _lines(sets, [nearest_foreign(e) for e in strangers], DENSE)
    return {**lines, "dense": _lines(sets, [pairs_by_words(e) for e in sets], BODY)["dense"]}


def _lines(
    sets: Sequence[Evidence], pairs: Sequence[tuple[Int64, Int64]], known: int
) -> dict[str, tuple[float, float]]:
    """Each feature as a line in the one in column `known`: least squares, each set counting as much as any other."""
    parts = []
    for evidence, (left, right) in zip(sets, pairs, strict=True):
        told = evidence.told(left, right)
        features, _ = measure(evidence, left[told], right[told])
        parts.append((features.astype(np.float64), np.full(len(features), 1 / max(len(features), 1))))
    rows, share = (np.concatenate(part) for part in zip(*parts, strict=True))
    lines = np.polynomial.polynomial.polyfit(rows[:, known], rows, 1, w=np.sqrt(share)).round(3).T.tolist()
    return {name: (a, b) for name, (a, b) in zip(FEATURES, lines, strict=True)}


def group_pairs(labelled: Labelled, forest: Forest) -> Decisions:
    """The merges that linkage has to decide about: each group with the one that it is tied to most.

    Their mean features (float64 [m, 4], times closeness), whether most of their cross pairs are of one story (float64
    [m], 0 or 1), and how many articles a wrong decision would misplace (float64 [m]: those of the smaller group).
    """
    pairs = forest.within
    usable = ~(labelled.excluded[pairs.left] | labelled.excluded[pairs.right])
    usable &= ~two_languages(labelled.evidence, pairs.left, pairs.right)  # some of their features are expected ones
    left, right = pairs.left[usable], pairs.right[usable]
    same = (labelled.labels[left] == labelled.labels[right]).astype(np.float64)
    columns = (pairs.features * pairs.closeness[:, None])[usable].astype(np.float64)
    columns = np.column_stack((columns, same, tie(pairs.log_odds[usable])))
    cuts = [np.arange(forest.n, dtype=np.int32)]
    cuts += [cut_trees(forest.trees, forest.n, height) for height in HEIGHTS]
    parts = [_nearest_groups(labels, left, right, columns) for labels in cuts]
    means = np.concatenate([mean for mean, _ in parts])
    return means[:, :-2], np.round(means[:, -2]), np.concatenate([size for _, size in parts])


def _nearest_groups(labels: Int32, left: Int64, right: Int64, columns: Float64) -> tuple[Float64, Float64]:
    """Means of the columns over the cross pairs of two groups, where one is tied to the other most (by the last
    column), and the articles of the smaller one."""
    n = len(labels)
    one, other = labels[left].astype(np.int64), labels[right].astype(np.int64)
    apart = one != other
    key, inverse = np.unique((np.minimum(one, other) * n + np.maximum(one, other))[apart], return_inverse=True)
    crossing = np.bincount(inverse, minlength=len(key))
    sums = [np.bincount(inverse, weights=column, minlength=len(key)) for column in columns[apart].T]
    means = np.column_stack(sums) / np.maximum(crossing, 1)[:, None]
    first, second = np.divmod(key, max(n, 1))
    strength = np.round(means[:, -1], PLACES)
    best = np.zeros(n)
    np.maximum.at(best, first, strength)
    np.maximum.at(best, second, strength)
    nearest = (strength >= best[first]) | (strength >= best[second])
    size = np.bincount(labels, minlength=n)
    return means[nearest], np.minimum(size[first], size[second])[nearest].astype(np.float64)


def logistic_regression(features: Float64, outcomes: Float64, weights: Float64) -> Float64:
    """Intercept and slopes by Newton's method (iteratively reweighted least squares) with a slight ridge.

    features: float64 [m, f]; outcomes: float64 [m], 0 to 1; weights: float64 [m], how much each row counts.
    """
    design = np.column_stack((np.ones(len(features)), features))
    penalty = RIDGE * np.eye(design.shape[1])
    penalty[0, 0] = 0
    share = weights / weights.sum()
    beta = np.zeros(design.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-(design @ beta)))
        slope = design.T @ (share * (chance - outcomes)) + penalty @ beta
        curve = (design * (share * chance * (1 - chance) + 1e-12)[:, None]).T @ design + penalty
        step = np.linalg.solve(curve, slope)
        beta = beta - step
        if np.abs(step).max() < 1e-8:
            break
    return beta
