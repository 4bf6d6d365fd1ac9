"""Evidence made by hand for tests of linkage, ties and fitting."""

import numpy as np
import scipy.sparse as sp

from digest.similarity import Float32, unit_rows, unit_sparse_rows
from digest.stories.features import Evidence
from digest.stories.linkage import complete_pairs, grow_trees
from digest.stories.look_alikes import Marks, Openings
from digest.stories.ties import Forest, Pairs
from digest.stories.weights import load_weights, tie
from digest.tokens import Terms


def evidence(events: list[int], seed: int = 0, words: int = 400, noise: float = 0.35) -> Evidence:
    """Articles of the given events: each event has words of its own, which its articles mix with others by chance."""
    rng = np.random.default_rng(seed)
    themes = {event: rng.choice(words, 25, replace=False) for event in sorted(set(events))}
    rows = np.zeros((len(events), words), np.float32)
    for row, event in zip(rows, events, strict=True):
        own = rng.choice(themes[event], 14, replace=False)
        row[own] = 1
        row[rng.choice(words, int(40 * noise), replace=False)] = 1
    body = unit_sparse_rows(sp.csr_array(rows))
    title = sp.csr_array(rows * (rng.random(rows.shape) < 0.4))
    counted = np.maximum(np.asarray(title.sum(axis=1)).ravel(), 1)
    weights = sp.csr_array(title.toarray() / counted[:, None])
    dense = unit_rows(rows @ rng.normal(size=(words, 16)).astype(np.float32))
    day = np.where(rng.random(len(events)) < 0.2, np.nan, 700_000.0 + np.array(events))
    firm, english, marks = np.zeros(len(events), bool), np.zeros(len(events), np.int32), unmarked(len(events), words)
    holds = sp.csr_array(rows)
    return Evidence(body, body, weights, holds, dense, day, firm, english, marks)


def unmarked(n: int, words: int) -> Marks:
    """Articles that nothing marks as look-alikes."""
    none = sp.csr_array(np.zeros((n, words), np.float32))
    no_words = Terms(np.empty(0, np.uint64), (), np.empty(0, np.int32), np.zeros(1, np.int64))
    openings = Openings(no_words, np.empty(0, np.int64), np.zeros(n + 1, np.int64))
    return Marks(openings, none, none, ({},) * n)


def forest(log_odds: dict[tuple[int, int], float], groups: list[list[int]], n: int) -> Forest:
    """The trees of given groups, whose pairs have the given log-odds (-9 where none is given)."""
    members = [np.array(group, np.int64) for group in groups]
    left, right = complete_pairs(members)
    odds = np.array([log_odds.get(pair, -9.0) for pair in zip(left.tolist(), right.tolist(), strict=True)], np.float32)
    features: Float32 = np.tile(np.arange(4, dtype=np.float32), (len(left), 1))
    pairs = Pairs(left, right, features, np.ones(len(left), np.float32), odds)
    return Forest(n, pairs, pairs, grow_trees(members, tie(odds)), load_weights())
