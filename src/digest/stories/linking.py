"""The ties of chosen pairs, measured as a run measures them: for people who ask why."""

from digest.background import load_background
from digest.corpus import Corpus
from digest.similarity import Bool, Vectors
from digest.stories.assignment import score_pairs
from digest.stories.candidates import with_guessed_days
from digest.stories.features import gather_evidence
from digest.stories.ties import Links, pick_links
from digest.stories.weights import Weights
from digest.tokens import Int32, Int64


def link_pairs(
    corpus: Corpus, kept: Int32, vectors: Vectors, pairs: Int64, *, understood: Bool, weights: Weights
) -> Links:
    """The tie of each pair: int64 [m, 2], places among the articles `kept`, which are all of the run's.

    vectors and understood: as in `assign_stories`.
    """
    evidence = with_guessed_days(gather_evidence(corpus, kept, vectors, load_background(), understood))
    scored = score_pairs(evidence, weights, pairs[:, 0], pairs[:, 1])
    return pick_links(scored)
