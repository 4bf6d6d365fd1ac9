"""What ties each article to its story, holds each story together, and keeps it from its nearest neighbour."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digest.records import Link, Tie
from digest.similarity import PLACES, Bool, Float32
from digest.stories.features import FEATURES
from digest.stories.linkage import Tree, bond, cut_trees
from digest.stories.weights import Weights, tie
from digest.tokens import Int32, Int64

APART = -8.0  # Log-odds of two articles that tell two events in the same words; their tie is 0.


MEASURED = (*FEATURES, "closeness")  # what is told of a pair


@dataclass(frozen=True, eq=False, slots=True)
class Pairs:
    """Scored pairs: left, right int64 [n pairs], left < right; features float32 [n pairs, 4], see FEATURES; closeness
    and log_odds float32 [n pairs]."""

    left: Int64
    right: Int64
    features: Float32
    closeness: Float32
    log_odds: Float32


@dataclass(frozen=True, eq=False, slots=True)
class Forest:
    """All that the granularity does not change: candidates, all pairs inside the components, and their trees."""

    n: int
    candidates: Pairs
    within: Pairs
    trees: list[Tree]
    weights: Weights


@dataclass(frozen=True, eq=False, slots=True)
class Links:
    """A pair for each of m stories or articles: pairs int32 [m, 2] (-1, -1 for none); score float32 [m]; features
    float32 [m, 4 + 1], FEATURES and closeness; look_alike bool [m], whether likeness was overruled."""

    pairs: Int32
    score: Float32
    features: Float32
    look_alike: Bool

    def link(self, place: int, ids: Sequence[str]) -> Link | None:
        """The pair at a place as a record, None where there is none.  ids: the ids of the n articles."""
        one, other = self.pairs[place].tolist()
        if one < 0:
            return None
        return Link(
            (ids[one], ids[other]),
            round(float(self.score[place]), 4),
            {name: round(float(v), 4) for name, v in zip(MEASURED, self.features[place], strict=True)},
            bool(self.look_alike[place]),
        )


@dataclass(frozen=True, eq=False, slots=True)
class Assignment:
    """The stories of n articles, numbered in the order of their first articles.

    labels: int32 [n]; similarity: float32 [n], the mean tie to the story's other articles (1 when alone); strongest:
    the strongest tie of each within its story, as (article, other).

    By story, s of them: cohesion: float32 [s], the mean tie of all pairs (1 for one article); weakest: the pair of the
    weakest tie; nearest: int32 [s], the other story that it is bound to most (-1 when no pair was compared), and
    nearest_score: float32 [s], that bond (see `linkage.bond`); between: the strongest tie with an article of that
    story, as (own, other).

    Two stories merge when their bond reaches `threshold` (0 where the stories were given).
    """

    labels: Int32
    similarity: Float32
    strongest: Links
    cohesion: Float32
    weakest: Links
    nearest: Int32
    nearest_score: Float32
    between: Links
    threshold: float
    weights: Weights

    def tie_of(self, article: int, ids: Sequence[str]) -> Tie | None:
        """The strongest tie of an article within its story, None when it is alone.  ids: the ids of the n articles."""
        link = self.strongest.link(article, ids)
        return None if link is None else Tie(link.article_ids[1], link.score, link.features, link.look_alike)


def cut_forest(forest: Forest, threshold: float) -> Assignment:
    """The stories at a threshold, with what ties them together and what keeps them apart."""
    return describe(forest, cut_trees(forest.trees, forest.n, threshold), threshold)


def describe(forest: Forest, labels: Int32, threshold: float) -> Assignment:
    """The stories of these labels (int32 [n]), with what ties them together and what keeps them apart."""
    pairs = forest.within
    ties = tie(pairs.log_odds)
    inside = labels[pairs.left] == labels[pairs.right]
    similarity, strongest = _member_ties(forest.n, pairs, ties, inside)
    cohesion, weakest = _story_ties(labels, pairs, ties, inside)
    nearest, nearest_score, between = _neighbours(forest, labels)
    return Assignment(
        labels, similarity, strongest, cohesion, weakest, nearest, nearest_score, between, threshold, forest.weights
    )


def _member_ties(n: int, pairs: Pairs, ties: Float32, inside: Bool) -> tuple[Float32, Links]:
    """Mean tie and strongest tie of each article."""
    end = np.concatenate((pairs.left[inside], pairs.right[inside]))
    other = np.concatenate((pairs.right[inside], pairs.left[inside]))
    pair = np.tile(np.flatnonzero(inside), 2)
    score = np.round(ties[pair], PLACES)
    count = np.bincount(end, minlength=n)
    mean = np.bincount(end, weights=score, minlength=n) / np.maximum(count, 1)
    similarity = np.where(count > 0, mean, 1).astype(np.float32)
    order = np.lexsort((other, -pairs.log_odds[pair], end))
    end, first = np.unique(end[order], return_index=True)
    best = order[first]
    return similarity, _links(n, end, np.column_stack((end, other[best])), pairs, pair[best])


def _links(count: int, places: npt.NDArray[np.integer], ends: Int64, pairs: Pairs, at: Int64) -> Links:
    """The pairs `at` some places of `count`.  places, at: int [m]; ends: int64 [m, 2], their two articles."""
    chosen = pick_links(Pairs(ends[:, 0], ends[:, 1], pairs.features[at], pairs.closeness[at], pairs.log_odds[at]))
    found = Links(
        np.full((count, 2), -1, np.int32),
        np.zeros(count, np.float32),
        np.zeros((count, len(MEASURED)), np.float32),
        np.zeros(count, bool),
    )
    found.pairs[places], found.score[places] = chosen.pairs, chosen.score
    found.features[places], found.look_alike[places] = chosen.features, chosen.look_alike
    return found


def pick_links(pairs: Pairs) -> Links:
    """Scored pairs as what is told of them."""
    return Links(
        np.column_stack((pairs.left, pairs.right)).astype(np.int32),
        np.round(tie(pairs.log_odds), PLACES),
        np.column_stack((pairs.features, pairs.closeness)),
        np.asarray(pairs.log_odds == APART),
    )


def _story_ties(labels: Int32, pairs: Pairs, ties: Float32, inside: Bool) -> tuple[Float32, Links]:
    """Mean tie and weakest pair of each story."""
    stories = int(labels.max(initial=-1)) + 1
    at = np.flatnonzero(inside)
    label = labels[pairs.left[at]]
    score = np.round(ties[at], PLACES)
    count = np.bincount(label, minlength=stories)
    mean = np.bincount(label, weights=score, minlength=stories) / np.maximum(count, 1)
    order = np.lexsort((pairs.right[at], pairs.left[at], pairs.log_odds[at], label))
    label, first = np.unique(label[order], return_index=True)
    worst = at[order[first]]
    weakest = _links(stories, label, np.column_stack((pairs.left[worst], pairs.right[worst])), pairs, worst)
    return np.where(count > 0, mean, 1).astype(np.float32), weakest


def _neighbours(forest: Forest, labels: Int32) -> tuple[Int32, Float32, Links]:
    """For each story, the other one that it is bound to most by the pairs that were compared, that bond, and the
    strongest of those pairs."""
    stories = int(labels.max(initial=-1)) + 1
    pairs = _between(forest, labels)
    one, other = labels[pairs.left].astype(np.int64), labels[pairs.right].astype(np.int64)
    score = tie(pairs.log_odds)
    key, inverse = np.unique(np.concatenate((one * stories + other, other * stories + one)), return_inverse=True)
    mean = np.bincount(inverse, weights=np.tile(score, 2)) / np.maximum(np.bincount(inverse), 1)
    story, rival = np.divmod(key, max(stories, 1))
    size = np.bincount(labels, minlength=stories).astype(np.float64)
    mean = bond(mean, size[story], size[rival])
    order = np.lexsort((rival, -mean, story))
    story, first = np.unique(story[order], return_index=True)
    nearest = np.full(stories, -1, np.int32)
    nearest_score = np.zeros(stories, np.float32)
    nearest[story], nearest_score[story] = rival[order[first]], mean[order[first]]
    here, there = np.concatenate((one, other)), np.concatenate((other, one))
    ends = np.concatenate(
        (np.column_stack((pairs.left, pairs.right)), np.column_stack((pairs.right, pairs.left)))
    ).reshape(-1, 2)
    at = np.flatnonzero(nearest[here] == there)
    pair = at % max(len(one), 1)
    order = np.lexsort((ends[at, 1], ends[at, 0], -pairs.log_odds[pair], here[at]))
    story, first = np.unique(here[at][order], return_index=True)
    best = order[first]
    return nearest, nearest_score, _links(stories, story, ends[at[best]], pairs, pair[best])


def _between(forest: Forest, labels: Int32) -> Pairs:
    """The pairs that were compared, each once, of articles in two stories."""
    left = np.concatenate((forest.within.left, forest.candidates.left))
    right = np.concatenate((forest.within.right, forest.candidates.right))
    first = np.unique(left * max(forest.n, 1) + right, return_index=True)[1]
    first = first[labels[left[first]] != labels[right[first]]]
    count = len(forest.within.left)
    parts = (forest.within, first[first < count]), (forest.candidates, first[first >= count] - count)
    return Pairs(
        *(
            np.concatenate([getattr(pairs, name)[at] for pairs, at in parts])
            for name in ("left", "right", "features", "closeness", "log_odds")
        )
    )
