"""Confidence intervals: how far a figure may move with another draw of stories."""

from collections.abc import Callable, Mapping

import numpy as np

from digest.similarity import Float64

Figures = Mapping[str, Float64]
Interval = tuple[float, float]

RESAMPLES = 1_000
LEVEL = 0.95
_AT_ONCE = 4_000_000  # draws held in memory, 32 MB


def intervals(sums: Float64, figures: Callable[[Float64], Figures], seed: int) -> dict[str, Interval]:
    """The percentile interval (Efron 1979) of each figure at LEVEL, over draws of units with replacement.

    sums: float64 [units, k], what each unit (a story) adds to the k totals that the figures are made of; figures: takes
    totals [..., k] and gives each figure as an array [...].  Figures that a draw leaves undefined (nan) are left out.
    """
    units = len(sums)
    chance = np.random.default_rng(seed)
    step = max(1, _AT_ONCE // max(units, 1))
    totals = []
    for start in range(0, RESAMPLES, step):
        draws = min(step, RESAMPLES - start)
        drawn = chance.integers(units, size=(draws, units)) + np.arange(draws)[:, None] * units
        counts = np.bincount(drawn.ravel(), minlength=draws * units).reshape(draws, units)
        # Not a matrix product: BLAS sums in an order of its own on each processor.
        totals.append(np.column_stack([(counts * column).sum(axis=1) for column in sums.T]))
    outside = (1 - LEVEL) / 2
    found = figures(np.concatenate(totals))
    return {name: _quantiles(values, (outside, 1 - outside)) for name, values in found.items()}


def _quantiles(values: Float64, at: tuple[float, float]) -> Interval:
    low, high = np.quantile(values[~np.isnan(values)], at).tolist()
    return low, high
