"""Fits weights for whether two figures are of one quantity: `python benchmarks/fit_disagreements.py --bench FOLDER`.

Of `judged/disagreements.jsonl`, the pairs that nothing forbids and that are not kept aside: a logistic (Newton's
method, L2) on `features_of`, an update in time being of one quantity too.  Printed is what each threshold would tell of
pairs of one day by cross-validation over their articles; `--write` puts the weights of all pairs into the package.
"""

import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from arguments import parser_of
from disagreements import ASIDE, mentions_of
from judged_pairs import Judged, load_pairs

from digest.digests import disagreements_likeness
from digest.digests.disagreements_likeness import features_of, given_too
from digest.digests.disagreements_pairs import forbids

FOLDS = 10
RIDGE = 5.0
THRESHOLDS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
HEAD = "# Weights of the logistic of digests/disagreements_likeness.py, learned by benchmarks/fit_disagreements.py.\n\n"


def examples(pairs: Sequence[Judged]) -> list[tuple[Judged, dict[str, float], bool]]:
    """Pairs that nothing forbids, with their features and whether both reports are of one day."""
    found = []
    for pair in pairs:
        mentions = mentions_of(pair)
        if mentions and forbids(*mentions) is None:
            given = given_too(*mentions, pair.whole)
            days = {m.day for m in mentions}
            found.append((pair, features_of(*mentions, given), len(days) == 1 and None not in days))
    return found


def fit(x: np.ndarray, y: np.ndarray, steps: int = 30) -> tuple[float, np.ndarray]:
    """The constant and the weights, the ridge being on standardised features."""
    mean, deviation = x.mean(0), x.std(0) + 1e-9
    design = np.column_stack([np.ones(len(x)), (x - mean) / deviation])
    ridge = np.diag([0.0, *[RIDGE] * x.shape[1]])
    w = np.zeros(design.shape[1])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-design @ w))
        hessian = design.T @ (design * (p * (1 - p))[:, None]) + ridge
        w -= np.linalg.solve(hessian, design.T @ (p - y) + ridge @ w)
    return float(w[0] - (w[1:] * mean / deviation).sum()), w[1:] / deviation


def main() -> None:
    parser = parser_of(__doc__, bench=True)
    parser.add_argument("--write", action="store_true", help="put the weights of all pairs into the package")
    args = parser.parse_args()
    found = examples([p for p in load_pairs(args.bench, "disagreements") if p.note["half"] not in ASIDE])
    names = list(found[0][1])
    x = np.asarray([[features[name] for name in names] for _, features, _ in found])
    label = np.asarray([pair.note["label"] for pair, _, _ in found])
    one_day = np.asarray([same for _, _, same in found])
    fold = np.asarray([zlib.crc32(min(p.note["a"][0], p.note["b"][0]).encode()) % FOLDS for p, _, _ in found])
    odds = np.zeros(len(found))
    for k in range(FOLDS):
        constant, weights = fit(x[fold != k], (label != "false")[fold != k])
        odds[fold == k] = constant + x[fold == k] @ weights
    print(f"{len(found)} pairs that nothing forbids, {one_day.sum()} of one day")
    for threshold in THRESHOLDS:
        told = label[one_day & (odds >= threshold)]
        true = (label[one_day] == "true").sum()
        right = (told == "true").sum()
        print(f"{threshold:5.2f}  told {len(told):3}  true {right:3}  {right / max(1, len(told)):.2f}  of {true}")
    constant, weights = fit(x, label != "false")
    lines = [f"constant = {constant:.4f}", *(f"{_key(n)} = {w:.4f}" for n, w in zip(names, weights, strict=True))]
    print("\n".join(lines))
    if args.write:
        path = Path(disagreements_likeness.__file__).with_name("disagreements_weights.toml")
        path.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")


def _key(name: str) -> str:
    return name if name.replace("_", "").isalpha() else f'"{name}"'


if __name__ == "__main__":
    main()
