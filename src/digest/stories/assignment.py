"""Which article belongs to which story: evidence, candidate pairs, components, trees, and a cut."""

import numpy as np
import numpy.typing as npt

from digest.background import Background, load_background
from digest.corpus import Corpus
from digest.similarity import PLACES, nearest_rows
from digest.stories.features import Bool, Evidence, gather_evidence, measure
from digest.stories.linkage import complete_pairs, find_components, grow_trees
from digest.stories.look_alikes import find_look_alikes
from digest.stories.ties import Assignment, Forest, Pairs, cut_forest
from digest.stories.weights import Weights, load_weights, tie
from digest.tokens import Int32, Int64

Float32 = npt.NDArray[np.float32]

NEIGHBOURS = 4  # More than a few a piece and topics chain: look-alikes meet in one component, and merge.
CUT = -1.0  # Log-odds below which two articles are not even connected; their tie is .5.
APART = -8.0  # Log-odds of two articles that tell two events in the same words; their tie is 0.
MOST = 1_000  # Articles in a component at most: half a million pairs.


def assign_stories(
    corpus: Corpus,
    kept: Int32,
    vectors: Float32,
    granularity: float = 0.5,
    *,
    understood: Bool | None = None,
    weights: Weights | None = None,
    background: Background | None = None,
) -> Assignment:
    """The stories of the articles `kept` (int32 [n], ascending indices into the corpus).

    vectors: float32 [n, d], unit vectors of title and lead (1,000 characters); granularity: 0 (one event) to 1 (one
    topic), a coarser one only merges; understood: bool [n], whose language the embedding model knows (default: those
    in a language of the background table, which is the embedded model's).
    """
    background = background or load_background()
    weights = weights or load_weights()
    evidence = gather_evidence(corpus, kept, vectors, background, understood)
    forest = build_forest(evidence, weights)
    return cut_forest(forest, weights.threshold(granularity))


def score_pairs(evidence: Evidence, weights: Weights, left: Int64, right: Int64) -> Pairs:
    """The features and the log-odds of each pair; those of look-alikes are `APART`."""
    features, closeness = measure(evidence, left, right)
    apart = find_look_alikes(evidence.marks, evidence.holds, features[:, 0], left, right)
    log_odds = np.where(apart, APART, weights.log_odds(features, closeness))
    return Pairs(left, right, features, closeness, np.round(log_odds, PLACES).astype(np.float32))


def build_forest(evidence: Evidence, weights: Weights) -> Forest:
    """Candidates from each article's nearest ones, then every pair inside the components that they make.

    Unscored pairs would count as strangers and split the large stories, so none is left unscored.
    """
    n = len(evidence)
    row, other = nearest_rows(evidence.body, NEIGHBOURS)
    low, high = np.divmod(np.unique(np.minimum(row, other) * max(n, 1) + np.maximum(row, other)), max(n, 1))
    candidates = score_pairs(evidence, weights, low, high)
    groups = find_components(low, high, candidates.log_odds, n, CUT, MOST)
    within = score_pairs(evidence, weights, *complete_pairs(groups))
    return Forest(n, candidates, within, grow_trees(groups, tie(within.log_odds)))
