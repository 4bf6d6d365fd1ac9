"""Embeddings: one protocol, the model inside the package, and any sentence-transformers model."""

from digest.embeddings.calibration import (
    LEAST_ARTICLE_PAIRS,
    LEAST_SENTENCE_PAIRS,
    Calibration,
    NoScaleError,
    Scale,
    fit_scale,
    sample_pairs,
    sample_places,
)
from digest.embeddings.protocol import Embedder, Progress, understood
from digest.embeddings.registry import EMBEDDED, load_embedder

__all__ = [
    "EMBEDDED",
    "LEAST_ARTICLE_PAIRS",
    "LEAST_SENTENCE_PAIRS",
    "Calibration",
    "Embedder",
    "NoScaleError",
    "Progress",
    "Scale",
    "fit_scale",
    "load_embedder",
    "sample_pairs",
    "sample_places",
    "understood",
]
