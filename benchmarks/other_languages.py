"""Stories in languages that the embedded model does not know: `python benchmarks/other_languages.py --bench FOLDER`.

Prints B-cubed F1 of each set beside that of words alone: the same features without the dense one, weights and
threshold fitted without it to the English sets.  Other languages should be no worse for the model's presence.  Then
the English sets as if neither the model nor the word frequencies knew English: what a language is worth that they do
not know, and what settings for such languages are chosen by.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
from arguments import parser_of
from fit_stories import ENGLISH, FOREIGN, labelled
from story_sets import StorySet, load_set, score

from digest.stories.fitting import fit_weights
from digest.stories.weights import Weights, load_weights

THRESHOLDS = np.arange(0.5, 0.92, 0.04).round(2).tolist()


def main() -> None:
    parser = parser_of(__doc__, bench=True)
    parser.add_argument("--sets", nargs="*", type=Path, default=[], help="more sets: folders with articles and gold")
    args = parser.parse_args()
    words = fit_to_words([without_dense(load_set(args.bench / "sets" / name)) for name in ENGLISH])
    print(f"{'':24}digest  words alone", flush=True)
    for folder in [*(args.bench / "sets" / name for name in FOREIGN), *args.sets]:
        s = load_set(folder)
        show(s, words)
    for name in ENGLISH:
        show(load_set(args.bench / "sets" / name, unknown=True), words)


def show(s: StorySet, words: Weights) -> None:
    print(f"{s.name:24}{score(s, load_weights())[0]:.3f}   {score(without_dense(s), words)[0]:.3f}", flush=True)


def without_dense(s: StorySet) -> StorySet:
    return replace(s, evidence=replace(s.evidence, dense=np.zeros_like(s.evidence.dense)))


def fit_to_words(sets: list[StorySet]) -> Weights:
    """The weights and the threshold that suit the sets best on average."""
    weights = fit_weights([labelled(s) for s in sets], load_weights())
    best = max(THRESHOLDS, key=lambda t: float(np.mean([score(s, weights, t)[0] for s in sets])))
    return replace(weights, thresholds=(1.0, best, 0.0))


if __name__ == "__main__":
    main()
