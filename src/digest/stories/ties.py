"""What ties each article to its story, holds each story together, and keeps it from its nearest neighbour."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digest.records import Tie
from digest.similarity import PLACES
from digest.stories.features import FEATURES, Bool
from digest.stories.linkage import Tree, cut_trees
from digest.stories.weights import tie
from digest.tokens import Int32, Int64

Float32 = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False, slots=True)
class Pairs:
    """Scored pairs: left, right int64 [n pairs], left < right; features float32 [n pairs, 5], see FEATURES; closeness
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


@dataclass(frozen=True, eq=False, slots=True)
class Assignment:
    """The stories of n articles, numbered in the order of their first articles.

    labels: int32 [n]; similarity: float32 [n], the mean tie to the story's other articles (1 when alone); strongest:
    int32 [n], the article of the strongest tie within the story (-1 when alone), with its score: float32 [n] and
    features: float32 [n, 5 + 1], FEATURES and closeness.

    By story, s of them: cohesion: float32 [s], the mean tie of all pairs (1 for one article); weakest: int32 [s, 2],
    the pair of the weakest tie (-1, -1 for one article), and weakest_score: float32 [s]; nearest: int32 [s], the other
    story of the highest mean tie (-1 when no pair was compared), and nearest_score: float32 [s].  Two stories merge
    when that reaches `threshold`.
    """

    labels: Int32
    similarity: Float32
    strongest: Int32
    strongest_score: Float32
    features: Float32
    cohesion: Float32
    weakest: Int32
    weakest_score: Float32
    nearest: Int32
    nearest_score: Float32
    threshold: float

    def tie_of(self, article: int, ids: list[str]) -> Tie | None:
        """The strongest tie of an article within its story, None when it is alone.  ids: the ids of the n articles."""
        other = int(self.strongest[article])
        if other < 0:
            return None
        names = [*FEATURES, "closeness"]
        values = {name: round(float(v), 4) for name, v in zip(names, self.features[article], strict=True)}
        return Tie(ids[other], round(float(self.strongest_score[article]), 4), values)


def cut_forest(forest: Forest, threshold: float) -> Assignment:
    """The stories at a threshold, with what ties them together and what keeps them apart."""
    return describe(forest, cut_trees(forest.trees, forest.n, threshold), threshold)


def describe(forest: Forest, labels: Int32, threshold: float) -> Assignment:
    """The stories of these labels (int32 [n]), with what ties them together and what keeps them apart."""
    pairs = forest.within
    ties = tie(pairs.log_odds)
    inside = labels[pairs.left] == labels[pairs.right]
    members = _member_ties(forest.n, pairs, ties, inside)
    return Assignment(
        labels, *members, *_story_ties(labels, pairs, ties, inside), *_neighbours(forest, labels), threshold
    )


def _member_ties(n: int, pairs: Pairs, ties: Float32, inside: Bool) -> tuple[Float32, Int32, Float32, Float32]:
    """Mean tie, strongest other article, its score and its features, for each article."""
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
    strongest = np.full(n, -1, np.int32)
    strongest_score = np.zeros(n, np.float32)
    features = np.zeros((n, len(FEATURES) + 1), np.float32)
    strongest[end], strongest_score[end] = other[best], score[best]
    features[end] = np.column_stack((pairs.features, pairs.closeness))[pair[best]]
    return similarity, strongest, strongest_score, features


def _story_ties(labels: Int32, pairs: Pairs, ties: Float32, inside: Bool) -> tuple[Float32, Int32, Float32]:
    """Mean tie, weakest pair and its score, for each story."""
    stories = int(labels.max(initial=-1)) + 1
    at = np.flatnonzero(inside)
    label = labels[pairs.left[at]]
    score = np.round(ties[at], PLACES)
    count = np.bincount(label, minlength=stories)
    mean = np.bincount(label, weights=score, minlength=stories) / np.maximum(count, 1)
    order = np.lexsort((pairs.right[at], pairs.left[at], pairs.log_odds[at], label))
    label, first = np.unique(label[order], return_index=True)
    worst = order[first]
    weakest = np.full((stories, 2), -1, np.int32)
    weakest_score = np.ones(stories, np.float32)
    weakest[label] = np.column_stack((pairs.left[at][worst], pairs.right[at][worst]))
    weakest_score[label] = score[worst]
    return np.where(count > 0, mean, 1).astype(np.float32), weakest, weakest_score


def _neighbours(forest: Forest, labels: Int32) -> tuple[Int32, Float32]:
    """For each story, the other one of the highest mean tie over the pairs that were compared, and that mean."""
    stories = int(labels.max(initial=-1)) + 1
    left = np.concatenate((forest.within.left, forest.candidates.left))
    right = np.concatenate((forest.within.right, forest.candidates.right))
    score = np.concatenate((tie(forest.within.log_odds), tie(forest.candidates.log_odds)))
    first = np.unique(left * max(forest.n, 1) + right, return_index=True)[1]
    one, other = labels[left[first]].astype(np.int64), labels[right[first]].astype(np.int64)
    apart = one != other
    one, other, score = one[apart], other[apart], score[first][apart]
    key, inverse = np.unique(np.concatenate((one * stories + other, other * stories + one)), return_inverse=True)
    mean = np.round(np.bincount(inverse, weights=np.tile(score, 2)) / np.maximum(np.bincount(inverse), 1), PLACES)
    story, rival = np.divmod(key, max(stories, 1))
    order = np.lexsort((rival, -mean, story))
    story, first = np.unique(story[order], return_index=True)
    nearest = np.full(stories, -1, np.int32)
    nearest_score = np.zeros(stories, np.float32)
    nearest[story], nearest_score[story] = rival[order[first]], mean[order[first]]
    return nearest, nearest_score
