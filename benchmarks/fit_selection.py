"""Fits the weights that choose a digest's sentences: `python benchmarks/fit_selection.py --bench FOLDER`.

For each n-gram of a story, whether the reference summaries hold it; a logistic (Newton's method, L2) by
cross-validation over events.  `crossed_weights` gives the weights that never saw the events of a fold, which is what
`summaries.py` reports; `--write` puts the weights of all events into the package.
"""

import collections
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from arguments import parser_of
from summary_sets import SETS, Event, load_events

from digest.digests import candidate_rows, ngrams
from digest.digests.ngrams import COPIES
from digest.digests.reading import Reading, fold_of
from digest.digests.standing import with_standing
from digest.tokens import to_terms, tokenize

FOLDS = 5
BIGRAM = [
    "early",
    "ln_early",
    "title",
    "titled",
    "ln_sentences",
    "alone",
    "length",
    "early*length",
    "title*length",
    "stop",
    "idf",
]
UNIGRAM = [*BIGRAM, "copy", "again"]
STANDING = ["room", "rooms", "agreement"]
Look = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Example:
    """One event's n-grams with the features of the first look, the places that may stand, and what references hold."""

    reading: Reading
    candidates: np.ndarray
    words: int
    grams: tuple[ngrams.Grams, ngrams.Grams]
    features: tuple[ngrams.Features, ngrams.Features]
    held: tuple[np.ndarray, np.ndarray]


def example_of(event: Event) -> Example:
    reading, words = event.reading, event.editors
    grams = ngrams.count_grams(reading)
    held = [_held(reading, *grams, reference, event.language) for reference in event.references]
    candidates = np.flatnonzero(np.isin(reading.rows, candidate_rows(event.corpus, event.members)))
    features = ngrams.features_of(reading, grams, words)
    return Example(
        reading, candidates, words, grams, features, tuple(np.mean(h, axis=0) for h in zip(*held, strict=True))
    )


def _held(reading: Reading, one, two, reference: str, language: str):
    """How many copies (up to COPIES) of each unigram a reference holds, and which bigrams."""
    known = {w: i for i, w in enumerate(reading.spelled)}
    terms, fold = to_terms(tokenize([reference])), fold_of(language)
    word = np.asarray([known.get(fold(terms.words[i]), -1) for i in terms.ids], np.int64)
    count = collections.Counter(word.tolist())
    copies = np.asarray([count[int(k)] for k in one.key])[:, None] > np.arange(COPIES)[None, :]
    size = len(reading.spelled)
    pairs = (word[:-1] * size + word[1:])[(word[:-1] >= 0) & (word[1:] >= 0)]
    return copies.astype(float), np.isin(two.key, pairs).astype(float)


def fit(examples: Sequence[Example], names: tuple[Sequence[str], Sequence[str]]) -> dict[str, Look]:
    """The weights of both looks; the second is learned on what the first, so learned, makes of the sentences."""
    first = _fit_look([e.features for e in examples], examples, names)
    seen = [
        with_standing(e.features, ngrams.weigh(e.grams, e.features, first), e.reading, e.candidates, e.words)
        for e in examples
    ]
    return {"first": first, "second": _fit_look(seen, examples, tuple([*n, *STANDING] for n in names))}


def _fit_look(features: Sequence, examples: Sequence[Example], names: Sequence[Sequence[str]]) -> Look:
    """The weights of unigrams and bigrams; copies of a word that no sentence holds are no question."""
    look = {}
    for n, kind in enumerate(("unigram", "bigram")):
        columns, answers = [], []
        for f, e in zip(features, examples, strict=True):
            held = e.held[n]
            asked = f[0]["possible"] > 0 if n == 0 else np.ones(len(held), bool)
            columns.append(
                np.stack([np.broadcast_to(f[n][name], held.shape)[asked] for name in names[n]], 1).astype(np.float32)
            )
            answers.append(held[asked].astype(np.float32))
        weights = _newton(np.concatenate(columns), np.concatenate(answers))
        look[kind] = dict(zip(["constant", *names[n]], np.round(weights, 4).tolist(), strict=True))
    return look


def _newton(x: np.ndarray, y: np.ndarray, ridge: float = 1.0, steps: int = 30) -> np.ndarray:
    x = np.concatenate([np.ones((len(x), 1), x.dtype), x], axis=1)
    penalty = np.full(x.shape[1], ridge)
    penalty[0] = 1e-6
    b = np.zeros(x.shape[1])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-np.clip(x @ b.astype(x.dtype), -30, 30)))
        hessian = ((x * (p * (1 - p))[:, None]).T @ x).astype(np.float64) + np.diag(penalty)
        change = np.linalg.solve(hessian, x.T @ (y - p) - penalty * b)
        b += change
        if np.abs(change).max() < 1e-4:
            break
    return b


def fold_number(event: Event) -> int:
    return int(hashlib.blake2b(event.key.encode()).hexdigest(), 16) % FOLDS


def names_of(language: str) -> tuple[Sequence[str], Sequence[str]]:
    """The features of a language's weights; the length is left out where all references have one."""
    if language == "en":
        return UNIGRAM, BIGRAM
    return [n for n in UNIGRAM if "length" not in n], [n for n in BIGRAM if "length" not in n]


def crossed_weights(events: Sequence[Event], language: str) -> list[dict[str, Look]]:
    """The weights for each fold, learned on the others."""
    examples = [example_of(e) for e in events]
    folds = [fold_number(e) for e in events]
    return [
        fit([x for x, f in zip(examples, folds, strict=True) if f != fold], names_of(language)) for fold in range(FOLDS)
    ]


def main() -> None:
    parser = parser_of(__doc__, bench=True)
    parser.add_argument("--write", type=Path, help="where the weights go, as TOML")
    args = parser.parse_args()
    by_language = collections.defaultdict(list)
    for name in SETS:
        for event in load_events(args.bench, name):
            by_language[event.language].append(example_of(event))
    fitted = {language: fit(examples, names_of(language)) for language, examples in sorted(by_language.items())}
    lines = [
        "# Weights of the logistic of digests/ngrams.py and standing.py, learned by benchmarks/fit_selection.py.",
        "# A language that has none is served by the consensus of its sources (digests/consensus.py).",
    ]
    for language, looks in fitted.items():
        for look, kinds in looks.items():
            for kind, weights in kinds.items():
                lines += ["", f"[{language}.{look}.{kind}]", *(f"{_quoted(n)} = {w}" for n, w in weights.items())]
    text = "\n".join(lines) + "\n"
    if args.write:
        args.write.write_text(text, "utf-8")
    else:
        print(text)


def _quoted(name: str) -> str:
    return f'"{name}"' if "*" in name else name


if __name__ == "__main__":
    main()
