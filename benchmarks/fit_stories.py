"""Fits the join decision's weights and reports them honestly: `python benchmarks/fit_stories.py --bench FOLDER`.

Prints B-cubed F1 (and pairwise F1) for the shipped weights, and for them where no two articles have a word in common,
so that meaning alone decides, as between languages; for weights by cross-validation over events, where every figure is
of events that the weights never saw; and leaving each set out in turn.  `--without FEATURE` shows what a feature earns.
`--write` puts weights fitted to all English sets into the package.  The Vietnamese set never gives weights.
"""

import re
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from arguments import parser_of
from story_sets import StorySet, agreement, load_set, score

from digest.stories import assignment, fitting
from digest.stories.assignment import build_forest
from digest.stories.features import FEATURES, Evidence, measure
from digest.stories.fitting import Labelled, expect_features, fit_weights
from digest.stories.linkage import cut_trees
from digest.stories.weights import SHIPPED, Weights, load_weights

ENGLISH = ("stories-allsides", "stories-basil", "stories-ecbplus", "stories-ground", "night")
SINGLE = ENGLISH[:-1]
FOREIGN = ("stories-vietnamese",)
THRESHOLDS = (0.54, 0.56, 0.58, 0.6, 0.62, 0.66, 0.7)
FOLDS = 5


def main() -> None:
    parser = parser_of(__doc__, bench=True)
    parser.add_argument("--model", default="embedded", help="the embedding model")
    parser.add_argument("--vector-cache", type=Path, help="keeps another model's vectors from run to run")
    parser.add_argument("--fit", action="store_true", help="cross-validate and leave sets out too (minutes)")
    parser.add_argument("--without", choices=[*FEATURES], help="as if this feature were always 0")
    parser.add_argument("--write", action="store_true", help="write the weights fitted to all English sets")
    args = parser.parse_args()
    sets = [load_set(args.bench / "sets" / name, args.model, args.vector_cache) for name in (*ENGLISH, *FOREIGN)]
    shipped = load_weights()
    if args.without:
        shipped = leave_out_feature(args.without, shipped)
    show("shipped weights", sets, [score(s, shipped) for s in sets])
    strange = [without_words(s) for s in sets if s.name in ENGLISH]
    show("no word in common", strange, [score(s, shipped) for s in strange])
    if args.fit or args.write:
        fitted = fit_weights([labelled(s) for s in sets if s.name in ENGLISH], shipped)
        fitted = replace(fitted, expected=expect_features([s.evidence for s in sets if s.name in SINGLE]))
        print(fitted)
        for threshold in THRESHOLDS:
            show(f"fitted to all, {threshold}", sets, [score(s, fitted, threshold) for s in sets])
    if args.fit:
        leave_one_out(sets, shipped)
        cross_validate(sets, shipped)
    if args.write:
        write(fitted)


def without_words(s: StorySet) -> StorySet:
    """The set as if each of its articles were in a language and a script of its own."""
    none, language = sp.csr_array(s.evidence.body.shape, dtype=np.float32), np.arange(len(s.evidence), dtype=np.int32)
    words = dict.fromkeys(("body", "lead", "title_weights", "holds"), none)
    return replace(s, evidence=replace(s.evidence, language=language, **words))


def leave_out_feature(name: str, weights: Weights) -> Weights:
    """From here on the feature is 0 for every pair, in fits and in decisions.

    Weights to begin fits with: what is expected of the feature goes to the one that it is expected from, since from
    weights that decide far too strictly a fit does not find back.
    """
    column = [*FEATURES].index(name)

    def without(evidence: Evidence, left: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        features, closeness = measure(evidence, left, right)
        features[:, column] = 0
        return features, closeness

    assignment.measure = fitting.measure = without
    (least, slope), heir = weights.expected[name], "body" if name == "dense" else "dense"
    moved = {heir: weights.features[heir] + weights.features[name] * slope, name: 0.0}
    intercept = weights.intercept + weights.features[name] * least
    return replace(weights, intercept=intercept, features={**weights.features, **moved})


def cross_validate(sets: Sequence[StorySet], start: Weights) -> None:
    """Every article's story by weights that its event gave nothing to: trees of all, pairs of the other folds."""
    rows = {threshold: list[tuple[float, float]]() for threshold in THRESHOLDS}
    folds = [[zlib.crc32(label.encode()) % FOLDS for label in s.gold] for s in sets]
    by_fold = [fit_weights([labelled(s, fold) for s in sets if s.name in ENGLISH], start) for fold in range(FOLDS)]
    for s, fold_of in zip(sets, folds, strict=True):
        forests = [build_forest(s.evidence, weights) for weights in by_fold]
        for threshold in THRESHOLDS:
            scores = []
            for fold, forest in enumerate(forests):
                labels = cut_trees(forest.trees, forest.n, threshold)[s.place]
                scores.append(held_out(s.gold, labels, np.asarray(fold_of) == fold))
            sizes = [fold_of.count(fold) for fold in range(FOLDS)]
            rows[threshold].append(tuple(np.average(scores, axis=0, weights=sizes)))
    for threshold, values in rows.items():
        show(f"cross-validated, {threshold}", sets, values)


def held_out(gold: Sequence[str], labels: np.ndarray, chosen: np.ndarray) -> tuple[float, float]:
    """B-cubed F1 of the chosen articles, in the stories of all; pairwise F1 of all articles."""
    _, g = np.unique(gold, return_inverse=True)
    _, inverse, both = np.unique(np.column_stack((g, labels)), axis=0, return_inverse=True, return_counts=True)
    shared = both[inverse.ravel()][chosen]
    precision = (shared / np.bincount(labels)[labels[chosen]]).mean()
    recall = (shared / np.bincount(g)[g[chosen]]).mean()
    return float(2 * precision * recall / (precision + recall)), agreement(tuple(gold), labels)[1]


def leave_one_out(sets: Sequence[StorySet], start: Weights) -> None:
    """Each set by weights to which none of its articles gave anything, here or in the night.

    The night is made of the others' articles: each of them is scored there by the weights that never saw its set.
    """
    single, night = [s for s in sets if s.name != "night"], next(s for s in sets if s.name == "night")
    rows = {threshold: list[tuple[float, float]]() for threshold in THRESHOLDS}
    nights = {threshold: list[tuple[float, float]]() for threshold in THRESHOLDS}
    sizes = []
    for left_out in single:
        known = {*left_out.gold}
        others = [labelled(s, without=known) for s in sets if s.name in ENGLISH and s.name != left_out.name]
        weights = fit_weights(others, start)
        of_set = np.array([label in known for label in night.gold])
        sizes += [int(of_set.sum())] if of_set.any() else []
        forest = build_forest(night.evidence, weights)
        for threshold in THRESHOLDS:
            rows[threshold].append(score(left_out, weights, threshold))
            if of_set.any():
                labels = cut_trees(forest.trees, forest.n, threshold)[night.place]
                nights[threshold].append(held_out(night.gold, labels, of_set))
    for threshold, values in rows.items():
        whole = np.average(nights[threshold], axis=0, weights=sizes)
        show(f"left out, {threshold}", [*single, night], [*values, tuple(whole)])
    print(f"({sum(sizes)} of {len(night.gold)} articles of the night are of these sets)")


def labelled(s: StorySet, fold: int | None = None, without: set[str] = frozenset()) -> Labelled:
    held = [label in without or zlib.crc32(label.encode()) % FOLDS == fold for label in s.kept_gold]
    labels = np.unique(s.kept_gold, return_inverse=True)[1].astype(np.int32)
    return Labelled(s.evidence, labels, np.asarray(held, bool))


def show(title: str, sets: Sequence[StorySet], values: Sequence[tuple[float, float]]) -> None:
    cells = " ".join(f"{s.name.removeprefix('stories-')} {v[0]:.3f}" for s, v in zip(sets, values, strict=True))
    night = "".join(f"  night pairs {v[1]:.3f}" for s, v in zip(sets, values, strict=True) if s.name == "night")
    print(f"{title:24} {cells}  mean {np.mean([v[0] for v in values]):.4f}{night}", flush=True)


def write(weights: Weights) -> None:
    """Puts new numbers into the shipped file; its words stay."""
    text = SHIPPED.read_text("utf-8")
    decision, expected = text.split("[expected]")
    for name, value in {"intercept": weights.intercept, **weights.features}.items():
        decision = re.sub(rf"^{name} = .*$", f"{name} = {value}", decision, flags=re.MULTILINE)
    for name, line in weights.expected.items():
        expected = re.sub(rf"^{name} = .*$", f"{name} = {list(line)}", expected, flags=re.MULTILINE)
    SHIPPED.write_text(f"{decision}[expected]{expected}", "utf-8")


if __name__ == "__main__":
    main()
