"""How well groups agree with the groups of a gold standard.

B-cubed (Bagga and Baldwin 1998), pairs, the adjusted Rand index (Hubert and Arabie 1985) and the V-measure (Rosenberg
and Hirschberg 2007).  All of them are made of totals to which each gold group adds its part, so that groups can be
drawn anew for confidence intervals.
"""

import numpy as np
import numpy.typing as npt

from digest.evaluation.bootstrap import Figures
from digest.similarity import Float64

Int64 = npt.NDArray[np.int64]

_TINY = 1e-12


def numbered(labels: list[str]) -> Int64:
    """Labels as numbers from 0: int64 [n]."""
    return np.unique(np.array(labels, dtype=np.str_), return_inverse=True)[1].astype(np.int64).reshape(-1)


def totals_by_group(gold: Int64, found: Int64) -> Float64:
    """What each gold group adds to the totals of `cluster_figures`: float64 [groups, 12].

    gold, found: int64 [n], the group of each article, from 0.
    """
    n_gold, n_found = (np.bincount(labels)[labels] for labels in (gold, found))
    _, inverse, count = np.unique(gold * (found.max() + 1) + found, return_inverse=True, return_counts=True)
    both = count[inverse.reshape(-1)]
    precision, recall, grouped = both / n_found, both / n_gold, n_gold > 1
    columns = (
        np.ones(len(gold)), precision, recall, grouped, grouped * precision, grouped * recall,
        (both - 1) / 2, (n_found - 1) / 2, (n_gold - 1) / 2, np.log(n_gold), np.log(n_found), np.log(both),
    )  # fmt: skip
    return np.column_stack([np.bincount(gold, weights=column) for column in columns])


def cluster_figures(totals: Float64) -> Figures:
    """Every figure from totals [..., 12].  B-cubed without singletons is nan where the gold has only singletons."""
    n, precision, recall, grouped, grouped_precision, grouped_recall = np.moveaxis(totals[..., :6], -1, 0)
    log_gold, log_found, log_both = np.moveaxis(totals[..., 9:], -1, 0) / n
    with np.errstate(invalid="ignore"):
        without = grouped_precision / grouped, grouped_recall / grouped
    h_gold, h_found, h_both = np.log(n) - log_gold, np.log(n) - log_found, np.log(n) - log_both
    entropy = h_gold + h_found
    return {
        **_named("bcubed", precision / n, recall / n),
        **_named("bcubed_nonsingleton", *without),
        **pair_figures(totals[..., [0, 6, 7, 8]], "pairs."),
        "v": _ratio(2 * (entropy - h_both), entropy, 1.0),
    }


def pair_figures(totals: Float64, prefix: str = "") -> Figures:
    """Pairs and ARI from totals [..., 4]: articles, pairs in both, in the found groups, in the gold ones."""
    n, both, found, gold = np.moveaxis(totals, -1, 0)
    every = n * (n - 1) / 2
    chance = _ratio(gold * found, every, 0.0)
    names = _named("pairs", _ratio(both, found, 1.0), _ratio(both, gold, 1.0))
    ari = _ratio(both - chance, (gold + found) / 2 - chance, 1.0)
    return {**{prefix + name.removeprefix("pairs."): values for name, values in names.items()}, f"{prefix}ari": ari}


def _named(name: str, precision: Float64, recall: Float64) -> dict[str, Float64]:
    f1 = _ratio(2 * precision * recall, precision + recall, 0.0)
    return {f"{name}.precision": precision, f"{name}.recall": recall, f"{name}.f1": f1}


def _ratio(above: Float64, below: Float64, otherwise: float) -> Float64:
    """Quotients, and `otherwise` where there is nothing to divide by; nan stays nan."""
    nothing = np.abs(below) < _TINY
    return np.where(nothing, otherwise, above / np.where(nothing, 1, below))
