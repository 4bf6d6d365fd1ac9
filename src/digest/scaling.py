"""Puts another model's cosines on the scale of the shipped one, on which every threshold was measured.

A model that brings its calibration is taken at its word.  For any other one the shipped model embeds the run's own
texts too, and the scale is fitted to pairs of them; where that cannot be done, the stages lean on words.
"""

import logging
from collections.abc import Sequence

import numpy as np

from digest.background import load_background
from digest.embeddings import (
    EMBEDDED,
    LEAST_ARTICLE_PAIRS,
    LEAST_SENTENCE_PAIRS,
    Embedder,
    NoScaleError,
    fit_scale,
    load_embedder,
    sample_pairs,
    sample_places,
    understood,
)
from digest.similarity import Bool, Float32, ScaledVectors, Vectors, pair_cosines
from digest.stories import centred
from digest.tokens import Int32, Int64, Tokens

LOG = logging.getLogger(__name__)


_OF_A_STORY = 200  # Sentences of one story that are paired: a large story is one voice among others.
_NO_MEAN = np.empty(0, np.float32)


def scale_leads(embedder: Embedder, vectors: Float32, known: Bool, tokens: Tokens) -> tuple[Vectors, Bool]:
    """The vectors of titles with leads, ready to be compared, and which of them count: bool [n].

    vectors: float32 [n, d]; known: bool [n], whose language the model knows; tokens: the same texts, tokenised.
    """
    if (given := embedder.calibration) is not None:
        mean, scale = given.mean, given.articles
        return (vectors, known) if scale is None or mean is None else (ScaledVectors(vectors, mean, scale), known)
    shipped = load_embedder(EMBEDDED)
    known_to_it = understood(shipped, tokens)
    at = np.flatnonzero(known & known_to_it)
    left, right = sample_pairs(len(at))
    found = pair_cosines(centred(vectors, _NO_MEAN, known)[at], left, right)
    # As a run with the shipped model compares the same articles.
    meant = centred(shipped.embed((), tokens, leads=True), load_background().mean, known_to_it)
    reference = pair_cosines(meant[at], left, right)
    try:
        return ScaledVectors(vectors, _NO_MEAN, fit_scale(found, reference, LEAST_ARTICLE_PAIRS)), known
    except NoScaleError as e:
        _warn(embedder, "stories are found", e)
        return vectors, np.zeros(len(known), bool)


def scale_sentences(
    embedder: Embedder, vectors: Float32, tokens: Tokens, owner: Int32, sizes: Sequence[int]
) -> Vectors | None:
    """The vectors of sentences, ready to be compared; None where words have to do.

    vectors: float32 [n, d]; tokens: the same texts, tokenised; owner: int32 [n], the article of each; sizes: how many
    belong to each story, one story after another.
    """
    if not len(vectors):
        return vectors
    if (given := embedder.calibration) is not None:
        return vectors if given.sentences is None else ScaledVectors(vectors, _NO_MEAN, given.sentences)
    shipped = load_embedder(EMBEDDED)
    left, right = pairs_within(sizes, owner)
    both = understood(embedder, tokens) & understood(shipped, tokens)
    left, right = (side[both[left] & both[right]] for side in (left, right))
    found, reference = (pair_cosines(v, left, right) for v in (vectors, shipped.embed((), tokens)))
    try:
        return ScaledVectors(vectors, _NO_MEAN, fit_scale(found, reference, LEAST_SENTENCE_PAIRS))
    except NoScaleError as e:
        _warn(embedder, "sentences are compared", e)
        return None


def pairs_within(sizes: Sequence[int], owner: Int32) -> tuple[Int64, Int64]:
    """Pairs of sentences of different articles of one story: what thresholds for sentences are about."""
    found = [np.empty((2, 0), np.int64)]
    first = 0
    for size in sizes:
        chosen = first + sample_places(size, _OF_A_STORY)
        one, other = np.triu_indices(len(chosen), 1)
        pairs = np.stack((chosen[one], chosen[other]))
        found.append(pairs[:, owner[pairs[0]] != owner[pairs[1]]])
        first += size
    left, right = np.concatenate(found, axis=1)
    at = sample_places(len(left))
    return left[at], right[at]


def _warn(embedder: Embedder, what: str, reason: NoScaleError) -> None:
    LOG.warning(
        "The model %s cannot be put on the scale of the embedded one (%s), so %s by words alone. "
        "More articles, or --model embedded, would help.",
        embedder.name,
        reason,
        what,
    )
