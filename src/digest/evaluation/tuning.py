"""Weights of the join decision fitted to labelled stories, with an honest figure: `digest tune`.

The figure is by cross-validation over stories: stories are dealt into folds, weights and threshold are fitted to the
others, and only the stories of the fold are judged, among all articles.  No story is judged by weights that it gave
anything to.
"""

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from digest.errors import UsageError
from digest.evaluation.bootstrap import Figures, Interval, intervals
from digest.evaluation.clusters import cluster_figures, numbered, totals_by_group
from digest.evaluation.labels import LabelledArticles
from digest.similarity import Bool, Float64
from digest.stories import Weights
from digest.stories.assignment import build_forest
from digest.stories.fitting import Labelled, fit_weights
from digest.stories.linkage import cut_trees
from digest.stories.ties import Forest
from digest.tokens import Int32

FOLDS = 5
LEAST_STORIES = 50  # with two articles or more: with fewer the weights are worse than those that ship
THRESHOLDS = np.arange(0.5, 0.92, 0.02).round(2).tolist()
LEVEL_GROUND = 0.002  # B-cubed F1; thresholds this near to the best are as good, and the one in use is kept


@dataclass(frozen=True, slots=True)
class Tuning:
    """The fitted weights, and B-cubed F1 with its 95 % interval: by cross-validation, and of the weights before.

    articles: labelled ones; read: all; copies: labelled ones that are a copy of another; stories, grouped: labelled
    stories, and those of two articles or more.
    """

    weights: Weights
    crossed: tuple[float, Interval]
    before: tuple[float, Interval]
    articles: int
    read: int
    copies: int
    stories: int
    grouped: int
    seed: int


def tune(labelled: LabelledArticles, start: Weights, seed: int = 0) -> Tuning:
    """Fits weights to labelled articles, from `start` on.

    Raises UsageError where there are too few stories of two different articles, or too few look-alikes among them.
    """
    case = LabelledCase(labelled)
    _refuse_few(case.grouped)
    fold_of = _deal(case.stories, seed)
    before = case.sums(build_forest(labelled.evidence, start), start.thresholds[1])
    sums = np.empty_like(before)
    for fold in range(FOLDS):
        held = fold_of == fold
        weights, forest = case.fit(start, held)
        sums[held] = case.sums(forest, weights.thresholds[1])[held]
    weights, _ = case.fit(start, np.zeros(case.stories, bool))
    return Tuning(
        weights,
        _bcubed(sums, seed),
        _bcubed(before, seed),
        articles=len(case.labelled),
        read=len(labelled.labels),
        copies=len(case.labelled) - len(np.unique(labelled.place[case.labelled])),
        stories=case.stories,
        grouped=case.grouped,
        seed=seed,
    )


class LabelledCase:
    """Labelled articles as numbers."""

    def __init__(self, articles: LabelledArticles) -> None:
        self._evidence, self._place = articles.evidence, articles.place
        self.labelled = np.flatnonzero([label is not None for label in articles.labels])
        self._gold = numbered([str(articles.labels[i]) for i in self.labelled])
        self.stories = int(self._gold.max()) + 1
        self._kept_gold = np.full(len(articles.evidence), -1, np.int32)
        # An article's story is that of its first labelled copy, if it has no label of its own.
        self._kept_gold[articles.place[self.labelled[::-1]]] = self._gold[::-1]
        sizes = Counter(self._kept_gold[self._kept_gold >= 0].tolist())
        self.grouped = sum(size > 1 for size in sizes.values())

    def fit(self, start: Weights, held: Bool) -> tuple[Weights, Forest]:
        """Weights and threshold from the stories that are not held out (bool [stories]), and the trees they grow."""
        excluded = (self._kept_gold < 0) | held[self._kept_gold]
        weights = fit_weights([Labelled(self._evidence, self._kept_gold, excluded)], start)
        forest = build_forest(self._evidence, weights)
        scores = {t: _f1(self.sums(forest, t)[~held].sum(axis=0)) for t in (*THRESHOLDS, start.thresholds[1])}
        good = [t for t, score in scores.items() if score >= max(scores.values()) - LEVEL_GROUND]
        middle = min(good, key=lambda t: (round(abs(t - start.thresholds[1]), 6), t))
        fine, _, coarse = start.thresholds
        return replace(weights, thresholds=(max(fine, middle), middle, min(coarse, middle))), forest

    def sums(self, forest: Forest, threshold: float) -> Float64:
        """What each labelled story adds to the totals of the scores: float64 [stories, 12]."""
        found: Int32 = cut_trees(forest.trees, forest.n, threshold)[self._place][self.labelled]
        return totals_by_group(self._gold, found.astype(np.int64))


def _deal(stories: int, seed: int) -> npt.NDArray[np.int64]:
    """The fold of each story: int64 [stories]."""
    fold_of = np.empty(stories, np.int64)
    fold_of[np.random.default_rng(seed).permutation(stories)] = np.arange(stories) % FOLDS
    return fold_of


def _refuse_few(grouped: int) -> None:
    if grouped < LEAST_STORIES:
        raise UsageError(
            f"Too few labelled stories: {grouped} have two articles or more (copies count once), and {LEAST_STORIES} "
            f"are needed. Label {LEAST_STORIES - grouped} more such stories, or keep the weights that ship."
        )


def _f1(totals: Float64) -> float:
    return float(np.round(cluster_figures(totals)["bcubed.f1"], 6))


def _bcubed(sums: Float64, seed: int) -> tuple[float, Interval]:
    def figures(totals: Float64) -> Figures:
        return {"f1": cluster_figures(totals)["bcubed.f1"]}

    return _f1(sums.sum(axis=0)), intervals(sums, figures, seed)["f1"]
