"""What a model's cosines mean on the scale of the shipped model, on which every threshold was measured.

The map from one scale to the other is monotone: it pairs the quantiles of both models' cosines over the same pairs of
texts (quantile mapping; equipercentile linking in Kolen and Brennan 2014, chapter 2).  So a threshold lets as many
pairs through as it does with the shipped model, and which ones is up to the model at hand.
"""

import functools
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from digest.embeddings.locating import FOLDER
from digest.similarity import Float32
from digest.tokens import Int64

SHIPPED = Path(__file__).parent / "calibrations.json"

LEAST_ARTICLE_PAIRS = 10  # that is five articles: enough to tell where a model's cosines lie
LEAST_SENTENCE_PAIRS = 100  # the thresholds for sentences are high, where pairs are rare
LEAST_AGREEMENT = 0.3  # with the shipped model, on which pairs are near; 0 is chance
MOST_PAIRS = 500_000
_NEAR = 0.1  # The share of pairs that are called near.
# Shares of pairs that lie below a knot: dense where the thresholds are, at the top.
_SHARES = np.array([0, 0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9998, 0.9999])
_ABOVE = 3  # pairs above the last knot, at least
_PLACES = 4


@dataclass(frozen=True, eq=False, slots=True)
class Scale:
    """A monotone map from a model's cosines to the shipped model's, linear between knots.

    found, reference: float32 [k], both ascending; identical texts (1 and 1) are the last knot.
    """

    found: Float32
    reference: Float32

    def __call__(self, cosines: Float32) -> Float32:
        """The cosines as the shipped model would have given them: float32, of the same shape."""
        return np.interp(cosines, self.found, self.reference).astype(np.float32)


@dataclass(frozen=True, eq=False, slots=True)
class Calibration:
    """A model's scales; None is the shipped model's own.

    mean: float32 [d], its mean vector of news leads; articles: for cosines about the mean of titles with leads;
    sentences: for plain cosines of sentences.
    """

    mean: Float32 | None = None
    articles: Scale | None = None
    sentences: Scale | None = None


class NoScaleError(Exception):
    """A model cannot be put on the shipped model's scale; the message says why."""


def fit_scale(found: Float32, reference: Float32, least: int) -> Scale:
    """The scale of a model from the cosines (float32 [m]) that it and the shipped model give the same pairs of texts.

    Raises NoScaleError where there are fewer than `least` pairs, or where the two models have too little in common.
    """
    if len(found) < least:
        raise NoScaleError(
            f"{least} pairs of texts in a language that both know are needed, and there are {len(found)}"
        )
    if (agreement := _agreement(found, reference)) < LEAST_AGREEMENT:
        raise NoScaleError(
            f"on which texts are alike they agree by {agreement:.2f}; 0 is chance, {LEAST_AGREEMENT} is needed"
        )
    shares = _SHARES[(_SHARES == 0) | (len(found) * (1 - _SHARES) >= _ABOVE)]
    x, y = (np.append(np.quantile(v, shares).round(_PLACES), 1.0) for v in (found, reference))
    # Of knots at one place the highest stands: cosines may be equal over long stretches.
    last = np.append(np.diff(x) > 0, True)
    return Scale(x[last].astype(np.float32), np.maximum.accumulate(np.minimum(y, 1))[last].astype(np.float32))


def sample_pairs(items: int) -> tuple[Int64, Int64]:
    """Pairs of items, each pair once: all of them, or those among as many as MOST_PAIRS allows, evenly spread."""
    chosen = sample_places(items, int(np.sqrt(2 * MOST_PAIRS)))
    left, right = np.triu_indices(len(chosen), 1)
    return chosen[left], chosen[right]


def sample_places(items: int, most: int = MOST_PAIRS) -> Int64:
    """Places from 0 to items - 1, at most `most` of them, evenly spread."""
    if items <= most:
        return np.arange(items, dtype=np.int64)
    return np.linspace(0, items - 1, most).astype(np.int64)


def _agreement(found: Float32, reference: Float32) -> float:
    """How far a model puts those pairs above the others that the shipped one does: 0 is chance, 0.9 nearly all.

    Over all pairs the correlation would say little: most are strangers, whose order means nothing.
    """
    ranks = (_ranks(np.round(found, 6)) - 0.5) / len(found)
    near = reference >= np.quantile(reference, 1 - _NEAR)
    return float(2 * ranks[near].mean() - 1)


def _ranks(values: Float32) -> npt.NDArray[np.float64]:
    """The rank of each value, the mean one among equals: float64 [m]."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    ranks: npt.NDArray[np.float64] = (np.cumsum(count) - (count - 1) / 2)[place]
    return ranks


def shipped_calibration(weights: str | None) -> Calibration | None:
    """The measured calibration of a well-known model, by the SHA-256 of its weights; None for any other.

    What was measured against another table than the one that ships counts for nothing.
    """
    entry = _shipped().get(weights or "")
    if entry is None or entry["reference"] != reference_hash():
        return None
    scales = [
        Scale(*(np.asarray(entry[kind][side], np.float32) for side in ("found", "reference")))
        for kind in ("articles", "sentences")
    ]
    return Calibration(np.asarray(entry["mean"], np.float32), *scales)


@functools.cache
def _shipped() -> dict[str, Any]:
    known: dict[str, Any] = json.loads(SHIPPED.read_text("utf-8"))
    return known


@functools.cache
def reference_hash() -> str:
    """SHA-256 of what scales are measured against: the shipped weights, and the mean of leads as they are read."""
    files = (FOLDER / name for name in ("model.safetensors", "background.safetensors"))
    return hashlib.sha256(b"".join(hashlib.sha256(file.read_bytes()).digest() for file in files)).hexdigest()
