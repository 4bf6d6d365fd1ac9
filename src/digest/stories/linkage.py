"""From scored pairs to stories: components of the graph of candidates, and one tree of merges in each.

Average linkage (UPGMA: Sokal and Michener 1958) of soft-quorum ties, with a discount where two stories meet.  Cutting
a tree higher or lower is the granularity: a lower cut only merges, whatever the articles.
"""

import bisect
import itertools
from dataclasses import dataclass

import numpy as np

from digest.maps import Map, in_turn
from digest.similarity import PLACES, Float32, Float64
from digest.tokens import Int32, Int64

STEP = 0.25  # Log-odds by which the cut rises in a component that is too large.
_PAIRS = 20_000  # of articles, in a shard of groups
DOUBT = 3.0  # Two small stories merge by the mean tie to this power: .9 counts as .73.
SMALL = 3  # Articles up to which the larger of two stories is small; above, the power falls towards 1.


@dataclass(frozen=True, eq=False, slots=True)
class Tree:
    """The merges of one component: members int64 [m], ascending; merges float64 [m - 1, 4] as scipy writes them."""

    members: Int64
    merges: Float64


def find_components(left: Int64, right: Int64, log_odds: Float32, n: int, cut: float, most: int) -> list[Int64]:
    """The groups of articles that pairs of log-odds `cut` or more connect, alone ones left out: arrays, ascending.

    A group of more than `most` articles is a topic that chains: in it the cut rises, step by step, until no group is
    larger.  Groups stand in the order of their first articles.
    """
    groups: list[Int64] = []
    todo = [(left, right, np.round(log_odds, PLACES), cut)]
    while todo:
        one, other, score, at = todo.pop()
        strong = score >= at
        one, other, score = one[strong], other[strong], score[strong]
        label = _connected(one, other, n)
        size = np.bincount(label, minlength=1)[label]
        large = size > most
        groups += _members(label, np.flatnonzero((size > 1) & ~large))
        if large.any():
            inside = large[one]
            todo.append((one[inside], other[inside], score[inside], at + STEP))
    return sorted(groups, key=lambda group: int(group[0]))


def _connected(left: Int64, right: Int64, n: int) -> Int64:
    """The lowest of the articles that each is connected with: int64 [n].

    Trees of articles are hung below lower ones and flattened, until no pair joins two (Shiloach and Vishkin 1982).
    scipy's own would load its linear algebra, which takes as long as reading 200 articles.
    """
    lowest = np.arange(n)
    while len(left):
        one, other = lowest[left], lowest[right]
        np.minimum.at(lowest, np.maximum(one, other), np.minimum(one, other))
        while np.any(lowest != (lower := lowest[lowest])):
            lowest = lower
        apart = lowest[left] != lowest[right]
        left, right = left[apart], right[apart]
    return lowest


def _members(label: Int64, chosen: Int64) -> list[Int64]:
    """The chosen articles of each label, ascending."""
    ordered = chosen[np.argsort(label[chosen], kind="stable")]
    return np.split(ordered, np.flatnonzero(np.diff(label[ordered])) + 1) if len(ordered) else []


def complete_pairs(groups: list[Int64]) -> tuple[Int64, Int64]:
    """All pairs within each group, in the order of `scipy.spatial.distance.pdist`: two int64 [n pairs]."""
    corners = [np.triu_indices(len(group), 1) for group in groups]
    empty = [np.empty(0, np.int64)]
    left = [group[i] for group, (i, _) in zip(groups, corners, strict=True)]
    right = [group[j] for group, (_, j) in zip(groups, corners, strict=True)]
    return np.concatenate(left or empty), np.concatenate(right or empty)


def bond(mean: Float64, one: Float64, other: Float64) -> Float64:
    """How strongly two groups are bound: float64, of the shape of `mean`, the mean tie of their pairs; one, other: how
    many articles each has.

    An article that joins a story has the mean itself.  Two stories that each hold together have stayed apart so far,
    as two days of one affair do, so they need more; the mean over the many pairs of a large one is surer.
    """
    power = 1 + (DOUBT - 1) * np.minimum(1, SMALL / np.maximum(one, other))
    bonds = np.power(mean, power, out=mean.copy(), where=(np.minimum(one, other) > 1) & (mean > 0))
    return np.asarray(np.round(bonds, PLACES))


def grow_trees(groups: list[Int64], ties: Float32, spread: Map = in_turn) -> list[Tree]:
    """The tree of merges of each group.  ties: float32 [n pairs], of all pairs as `complete_pairs` lists them; spread:
    does the groups.

    Bonds are rounded, so that equal ones are equal on every machine; which of them merges first then depends on the
    order of the articles alone.
    """
    ends = np.cumsum([len(group) * (len(group) - 1) // 2 for group in groups]).tolist()
    merges = itertools.chain.from_iterable(spread(_grow_some, _shards(ends), (groups, ends, ties)))
    return [Tree(group, merged) for group, merged in zip(groups, merges, strict=True)]


def _shards(ends: list[int]) -> list[range]:
    """Neighbouring groups with about `_PAIRS` pairs each.  ends: how many pairs there are up to each group."""
    cuts = [0]
    while cuts[-1] < len(ends):
        before = ends[cuts[-1] - 1] if cuts[-1] else 0
        cuts.append(max(cuts[-1] + 1, bisect.bisect_right(ends, before + _PAIRS)))
    return [range(*pair) for pair in itertools.pairwise(cuts)]


def _grow_some(shared: tuple[list[Int64], list[int], Float32], shard: range) -> list[Float64]:
    """The merges of some groups.  shared: all groups, how many pairs there are up to each, and their ties."""
    groups, ends, ties = shared
    found = []
    for n in shard:
        square = np.zeros((len(groups[n]), len(groups[n])))
        square[np.triu_indices(len(groups[n]), 1)] = ties[ends[n - 1] if n else 0 : ends[n]]
        found.append(_merges(square + square.T))
    return found


def _merges(sums: Float64) -> Float64:
    """Merges the two groups of the strongest bond, again and again.  sums: float64 [m, m], the ties, which become the
    sums over the pairs of two groups.

    Each group keeps its best partner, so that a merge costs O(m).  A merge stands no higher than what it merges: the
    discount could let a large group merge more easily than its parts did.
    """
    m = len(sums)
    size, name, heights = np.ones(m), np.arange(m), np.zeros(2 * m - 1)
    merges = np.empty((m - 1, 4))
    np.fill_diagonal(sums, -np.inf)
    first = bond(sums, size, size)
    partner, best = first.argmax(axis=1), first.max(axis=1)
    for step in range(m - 1):
        found = int(best.argmax())
        one, other = min(found, int(partner[found])), max(found, int(partner[found]))
        height = max(1 - best[found], heights[name[one]], heights[name[other]])
        size[one] += size[other]
        merges[step] = (*sorted((name[one], name[other])), height, size[one])
        name[one], heights[m + step] = m + step, height
        sums[one] += sums[other]
        sums[:, one] += sums[:, other]
        sums[other] = sums[:, other] = best[other] = -np.inf
        partner[other] = other
        stale = (partner == one) | (partner == other)
        stale[[one, other]] = False
        rows = np.append(np.flatnonzero(stale), one)
        bonds = bond(sums[rows] / (size[rows, None] * size), size[rows, None], size)
        partner[rows], best[rows] = bonds.argmax(axis=1), bonds.max(axis=1)
        better = bonds[-1] > best
        partner[better], best[better] = one, bonds[-1][better]
    return merges


def cut_trees(trees: list[Tree], n: int, threshold: float) -> Int32:
    """The story of each of n articles when groups merge at a bond of `threshold` or more: int32 [n].

    Stories are numbered in the order of their first articles.
    """
    label = np.arange(n, dtype=np.int64)
    for tree in trees:
        parts = _parts(tree.merges, 1 - threshold + 0.5 * 10.0**-PLACES)
        first = np.full(int(parts.max()) + 1, n, np.int64)
        np.minimum.at(first, parts, tree.members)
        label[tree.members] = first[parts]
    return np.unique(label, return_inverse=True)[1].astype(np.int32)


def _parts(merges: Float64, highest: float) -> Int64:
    """A number for each member of a tree, the same for those that merges of height `highest` or less bring together:
    int64 [m].  What `scipy.cluster.hierarchy.fcluster` does, whose import takes a quarter of a small run."""
    m = len(merges) + 1
    root = list(range(2 * m - 1))
    for step in range(m - 2, -1, -1):
        if merges[step, 2] <= highest:
            root[int(merges[step, 0])] = root[int(merges[step, 1])] = root[m + step]
    return np.asarray(root[:m], np.int64)
