"""Which article belongs to which story: evidence, candidate pairs, components, trees, and a cut."""

import numpy as np

from digest.background import Background, load_background
from digest.corpus import Corpus
from digest.maps import Map, in_turn, sparing
from digest.similarity import PLACES, Bool, Float32, Vectors
from digest.stories.candidates import FEW, candidate_pairs, guess_days, two_languages, word_counts
from digest.stories.features import Evidence, gather_evidence, measure
from digest.stories.linkage import complete_pairs, find_components, grow_trees
from digest.stories.look_alikes import find_look_alikes
from digest.stories.others import Others
from digest.stories.ties import APART, Assignment, Forest, Pairs, cut_forest
from digest.stories.weights import Weights, load_weights, tie
from digest.tokens import Int32, Int64

_PAIRS = 10_000  # in a block: a tenth of a second's work
CUT = -1.0  # Log-odds below which two articles are not even connected; their tie is .5.
MOST = 1_000  # Articles in a component at most: half a million pairs.


def assign_stories(  # noqa: PLR0913 - what is known, and who does the work
    corpus: Corpus,
    kept: Int32,
    vectors: Vectors,
    granularity: float = 0.5,
    *,
    understood: Bool | None = None,
    weights: Weights | None = None,
    background: Background | None = None,
    others: Others | None = None,
    spread: Map = in_turn,
) -> Assignment:
    """The stories of the articles `kept` (int32 [n], ascending indices into the corpus).

    vectors: float32 [n, d], unit vectors of title and lead (1,000 characters); granularity: 0 (one event) to 1 (one
    topic), a coarser one only merges; understood: bool [n], whose language the embedding model knows (default: those
    in a language of the background table, which is the embedded model's); others: what is known of articles that are
    not looked at; spread: does the work by blocks.
    """
    background = background or load_background()
    weights, spread = weights or load_weights(), sparing(spread)
    evidence = gather_evidence(corpus, kept, vectors, background, understood, others, spread)
    forest = build_forest(evidence, weights, others.near if others else None, spread)
    return cut_forest(forest, weights.threshold(granularity))


def connected(
    corpus: Corpus,
    vectors: Vectors,
    left: Int64,
    right: Int64,
    *,
    understood: Bool,
    weights: Weights,
    others: Others | None = None,
) -> Bool:
    """Which pairs of a corpus's articles (two int64 [n pairs], the lower first) a candidate link would connect."""
    everyone = np.arange(len(corpus), dtype=np.int32)
    evidence = gather_evidence(corpus, everyone, vectors, load_background(), understood, others)
    return np.asarray(score_pairs(evidence, weights, left, right).log_odds >= CUT)


def score_pairs(evidence: Evidence, weights: Weights, left: Int64, right: Int64, spread: Map = in_turn) -> Pairs:
    """The features and the log-odds of each pair; those of look-alikes are `APART`.  spread: does blocks of pairs."""
    blocks = [slice(at, at + _PAIRS) for at in range(0, max(len(left), 1), _PAIRS)]
    parts = list(spread(_score_block, blocks, (evidence, weights, left, right)))
    return Pairs(left, right, *(np.concatenate(column) for column in zip(*parts, strict=True)))


def _score_block(shared: tuple[Evidence, Weights, Int64, Int64], block: slice) -> tuple[Float32, Float32, Float32]:
    """Features, closeness and log-odds of the pairs of a block.  shared: evidence, weights, and all pairs."""
    evidence, weights, left, right = shared[0], shared[1], shared[2][block], shared[3][block]
    features, closeness = measure(evidence, left, right)
    abroad = two_languages(evidence, left, right)
    features[abroad] = weights.without_words(features[abroad])
    untold = ~(abroad | evidence.told(left, right))
    few = np.where(abroad | untold, 0, _fewness(evidence, left, right))
    features = weights.with_few_words(features, few)
    features[untold] = weights.without_meaning(features[untold], evidence.sureness(left[untold], right[untold]))
    apart = find_look_alikes(evidence.marks, evidence.holds, features[:, 0], abroad, left, right)
    log_odds = np.where(apart, APART, weights.log_odds(features, closeness))
    return features, closeness, np.round(log_odds, PLACES).astype(np.float32)


def _fewness(evidence: Evidence, left: Int64, right: Int64) -> Float32:
    """How little one article of each pair says: float32 [n pairs], 1 for hardly a word, 0 for a report."""
    fewer = np.minimum(word_counts(evidence, left), word_counts(evidence, right))
    return np.round(np.exp(-np.square(fewer / FEW)), PLACES).astype(np.float32)


def build_forest(
    evidence: Evidence, weights: Weights, near: tuple[Int64, Int64] | None = None, spread: Map = in_turn
) -> Forest:
    """Candidates from each article's nearest ones, then every pair inside the components that they make.

    Unscored pairs would count as strangers and split the large stories, so none is left unscored.
    """
    n = len(evidence)
    left, right = candidate_pairs(evidence, near, spread)
    evidence = guess_days(evidence, left, right)
    candidates = score_pairs(evidence, weights, left, right, spread)
    groups = find_components(candidates.left, candidates.right, candidates.log_odds, n, CUT, MOST)
    within = score_pairs(evidence, weights, *complete_pairs(groups), spread)
    return Forest(n, candidates, within, grow_trees(groups, tie(within.log_odds), spread), weights)
