"""Stories whose grouping is given: what ties their members is measured all the same."""

import numpy as np

from digest.background import load_background
from digest.corpus import Corpus
from digest.similarity import Bool, Vectors
from digest.stories.assignment import score_pairs
from digest.stories.candidates import with_guessed_days
from digest.stories.features import gather_evidence
from digest.stories.linkage import complete_pairs
from digest.stories.ties import Assignment, Forest, describe
from digest.stories.weights import Weights, load_weights
from digest.tokens import Int32

_MOST = 1_000  # articles of a group that are compared with each other; the pairs of more would not fit in memory


def assign_given(
    corpus: Corpus,
    kept: Int32,
    vectors: Vectors,
    groups: Int32,
    *,
    understood: Bool | None = None,
    weights: Weights | None = None,
) -> Assignment:
    """The stories of the articles `kept` (int32 [n]), which are the given groups (int32 [n], any numbers).

    vectors, understood and weights: as in `assign_stories`.
    """
    weights = weights or load_weights()
    evidence = with_guessed_days(gather_evidence(corpus, kept, vectors, load_background(), understood))
    members = [np.flatnonzero(groups == g)[:_MOST] for g in np.unique(groups)]
    compared = sorted((m for m in members if len(m) > 1), key=lambda m: int(m[0]))
    within = score_pairs(evidence, weights, *complete_pairs(compared))
    labels = np.unique(groups, return_inverse=True)[1].astype(np.int32)
    return describe(Forest(len(kept), within, within, [], weights), labels, 0.0)
