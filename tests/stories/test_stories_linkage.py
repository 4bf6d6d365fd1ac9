import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.cluster.hierarchy import fcluster
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from digest.similarity import Float32
from digest.stories.linkage import bond, complete_pairs, cut_trees, find_components, grow_trees
from digest.tokens import Int64

ENDS = st.tuples(st.integers(0, 12), st.integers(1, 5)).map(lambda drawn: (drawn[0], min(drawn[0] + drawn[1], 13)))
PAIRS = st.lists(st.tuples(ENDS, st.floats(-3, 6, width=32)).map(lambda drawn: (*drawn[0], drawn[1])), max_size=30)


def _arrays(pairs: list[tuple[int, int, float]]) -> tuple[Int64, Int64, Float32]:
    left, right, odds = zip(*pairs, strict=True) if pairs else ((), (), ())
    return np.array(left, np.int64), np.array(right, np.int64), np.array(odds, np.float32)


@settings(max_examples=50)
@given(PAIRS, st.integers(2, 14))
def test_no_component_is_larger_than_allowed_and_none_shares_an_article(
    pairs: list[tuple[int, int, float]], most: int
) -> None:
    groups = find_components(*_arrays(pairs), 14, 0.0, most)
    members = [i for group in groups for i in group.tolist()]
    assert len(members) == len(set(members))
    assert all(1 < len(group) <= most for group in groups)
    assert [group[0] for group in groups] == sorted(group[0] for group in groups)


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 39), st.integers(0, 39)), max_size=60))
def test_components_are_those_of_scipy(ends: list[tuple[int, int]]) -> None:
    left, right = np.array(ends, np.int64).reshape(-1, 2).T
    graph = coo_array((np.ones(len(left)), (left, right)), shape=(40, 40))
    labels = connected_components(graph, directed=False)[1]
    expected = [np.flatnonzero(labels == label).tolist() for label in dict.fromkeys(labels.tolist())]
    groups = find_components(left, right, np.ones(len(left), np.float32), 40, 0.0, 40)
    assert [group.tolist() for group in groups] == [group for group in expected if len(group) > 1]


def test_a_component_that_chains_is_cut_where_it_is_weakest() -> None:
    chain = [(0, 1, 5.0), (1, 2, 0.1), (2, 3, 5.0)]
    assert [g.tolist() for g in find_components(*_arrays(chain), 5, 0.0, 4)] == [[0, 1, 2, 3]]
    assert [g.tolist() for g in find_components(*_arrays(chain), 5, 0.0, 3)] == [[0, 1], [2, 3]]


def test_average_linkage_does_not_chain() -> None:
    groups = [np.arange(3)]
    ties = np.array([0.9, 0.1, 0.9], np.float32)  # 0-1, 0-2, 1-2
    labels = cut_trees(grow_trees(groups, ties), 3, 0.8)
    assert len(set(labels.tolist())) == 2


def test_articles_outside_the_trees_are_stories_of_their_own() -> None:
    trees = grow_trees([np.array([1, 3])], np.array([0.9], np.float32))
    assert cut_trees(trees, 4, 0.8).tolist() == [0, 1, 2, 1]
    assert cut_trees([], 0, 0.8).tolist() == []


@pytest.mark.parametrize(("threshold", "stories"), [(0.8, 1), (0.80001, 2)])
def test_a_mean_tie_at_the_threshold_merges(threshold: float, stories: int) -> None:
    trees = grow_trees([np.arange(2)], np.array([0.8], np.float32))
    assert len(set(cut_trees(trees, 2, threshold).tolist())) == stories


@settings(max_examples=50)
@given(st.integers(2, 9), st.integers(0, 10_000), st.floats(0, 1), st.floats(0, 1))
def test_a_coarser_setting_only_merges(m: int, seed: int, one: float, other: float) -> None:
    ties = np.random.default_rng(seed).random(m * (m - 1) // 2).round(1).astype(np.float32)
    trees = grow_trees([np.arange(m)], ties)
    fine, coarse = cut_trees(trees, m, max(one, other)), cut_trees(trees, m, min(one, other))
    for story in set(fine.tolist()):
        assert len(set(coarse[fine == story].tolist())) == 1


def test_all_pairs_of_each_group_are_listed_in_order() -> None:
    left, right = complete_pairs([np.array([0, 2, 5]), np.array([1, 3])])
    assert list(zip(left.tolist(), right.tolist(), strict=True)) == [(0, 2), (0, 5), (2, 5), (1, 3)]


def _merged_one_by_one(ties: Float32, m: int) -> list[tuple[float, list[int]]]:
    """Height and members of each merge, by comparing all groups with all others each time; no two bonds may be equal
    and the strongest: here they would merge in another order."""
    square = np.zeros((m, m))
    square[np.triu_indices(m, 1)] = ties
    square += square.T
    groups, merges = [(0.0, [i]) for i in range(m)], []
    while len(groups) > 1:
        pairs = [(a, b) for i, a in enumerate(groups) for b in groups[:i]]
        means = np.array([square[np.ix_(a, b)].mean() for (_, a), (_, b) in pairs])
        bonds = bond(means, *(np.array([float(len(pair[side][1])) for pair in pairs]) for side in (0, 1)))
        best = int(np.argmax(bonds))
        assume(np.count_nonzero(bonds == bonds[best]) == 1)
        (one, a), (other, b) = pairs[best]
        merges.append((max(1 - float(bonds[best]), one, other), sorted(a + b)))
        groups = [g for g in groups if g[1] not in (a, b)] + [merges[-1]]
    return merges


@settings(max_examples=50)
@given(st.integers(2, 12), st.integers(0, 10_000))
def test_the_strongest_bond_merges_first_each_time(m: int, seed: int) -> None:
    ties = np.random.default_rng(seed).random(m * (m - 1) // 2).astype(np.float32)
    (tree,) = grow_trees([np.arange(m)], ties)
    groups = [[i] for i in range(m)]
    for one, other, _, size in tree.merges.tolist():
        groups.append(sorted(groups[int(one)] + groups[int(other)]))
        assert len(groups[-1]) == size
    expected = _merged_one_by_one(ties, m)
    assert groups[m:] == [members for _, members in expected]
    assert tree.merges[:, 2].tolist() == pytest.approx([height for height, _ in expected], abs=2e-5)


def test_an_article_joins_a_story_more_easily_than_two_stories_merge() -> None:
    mean, one = np.full(4, 0.9), np.array([1.0, 2, 2, 2])
    joins, small, middle, large = bond(mean, one, np.array([3.0, 2, 6, 60])).tolist()
    assert joins == pytest.approx(0.9)
    assert small == pytest.approx(0.9**3)
    assert small < middle < large < joins


def test_two_stories_stay_apart_at_a_tie_at_which_one_more_article_would_join() -> None:
    def stories(parts: list[list[int]], across: float) -> int:
        """Into how many stories pairs of tie 1 within parts and `across` between them fall."""
        left, right = complete_pairs([np.arange(sum(map(len, parts)))])
        part = np.repeat(np.arange(len(parts)), [len(p) for p in parts])
        ties = np.where(part[left] == part[right], 1, across).astype(np.float32)
        trees = grow_trees([np.arange(len(part))], ties)
        return len(set(cut_trees(trees, len(part), 0.7).tolist()))

    assert stories([[0, 1], [2]], 0.8) == 1
    assert stories([[0, 1], [2, 3]], 0.8) == 2
    assert stories([[0, 1], [2, 3]], 0.95) == 1


@settings(max_examples=50)
@given(st.lists(st.integers(0, 20).map(lambda n: n / 20), min_size=45, max_size=45), st.integers(0, 20))
def test_a_tree_is_cut_where_scipy_cuts_it(drawn: list[float], place: int) -> None:
    ties, threshold = np.asarray(drawn, np.float32), place / 20
    trees = grow_trees([np.arange(10)], ties)

    ours = cut_trees(trees, 10, threshold)
    theirs = fcluster(trees[0].merges, 1 - threshold + 5e-6, "distance")

    assert (ours[:, None] == ours).tolist() == (theirs[:, None] == theirs).tolist()
