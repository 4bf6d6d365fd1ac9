"""Fits the weights that choose a digest's sentences: `python fit_selection.py --bench PATH`.

For each n-gram of a story, whether the reference summaries hold it; a logistic (Newton's method, L2) by
cross-validation over events.  `crossed_weights` gives the weights that never saw the events of a fold, which is what
`summaries.py` reports; `--write` puts the weights of all events into the package.
"""

import argparse
import collections
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from summary_sets import SETS, Event, load_events

from digest.digests import ngrams
from digest.digests.ngrams import COPIES, Expectation
from digest.digests.reading import Reading, fold_of
from digest.tokens import to_terms, tokenize

FOLDS = 5
SHARED = [
    "articles",
    "early",
    "earliest",
    "ln_early",
    "first",
    "first3",
    "title",
    "titled",
    "ln_sentences",
    "alone",
    "ln_articles",
    "length",
    "idf",
    "stop",
    "figure",
    "early*length",
    "title*length",
    "ln_sentences*length",
    "title*stop",
    "early*stop",
    "title*early",
    "articles*ln_articles",
    "idf*idf",
]
UNIGRAM = [*SHARED, "copy", "again", "copy_length"]
SIMPLE = ["early", "first3", "title", "ln_sentences"]  # what holds in any language


@dataclass(frozen=True, slots=True)
class Example:
    """Features and answers of one event's n-grams."""

    one: Mapping[str, np.ndarray]
    two: Mapping[str, np.ndarray]
    grams: tuple[ngrams.Grams, ngrams.Grams]
    held: tuple[np.ndarray, np.ndarray]


def example_of(event: Event) -> Example:
    reading, words = event.reading, event.words
    one = ngrams.unigrams(reading.sentences)
    two = ngrams.bigrams(reading.sentences, len(reading.spelled))
    features = ngrams.unigram_features(reading, one, words), ngrams.bigram_features(reading, two, words)
    held = [_held(reading, one, two, reference, event.language) for reference in event.references]
    return Example(*features, (one, two), tuple(np.mean(h, axis=0) for h in zip(*held, strict=True)))


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


def fit(examples: Sequence[Example], names: tuple[Sequence[str], Sequence[str]]) -> dict[str, dict[str, float]]:
    """Weights of unigrams and bigrams."""
    one = [np.stack([np.broadcast_to(e.one[n], e.held[0].shape).ravel() for n in names[0]], 1) for e in examples]
    two = [np.stack([e.two[n] for n in names[1]], 1) for e in examples]
    weights = (
        _newton(np.concatenate(one), np.concatenate([e.held[0].ravel() for e in examples])),
        _newton(np.concatenate(two), np.concatenate([e.held[1] for e in examples])),
    )
    return {
        kind: dict(zip(["constant", *n], np.round(w, 4).tolist(), strict=True))
        for kind, n, w in zip(("unigram", "bigram"), names, weights, strict=True)
    }


def _newton(x: np.ndarray, y: np.ndarray, ridge: float = 1.0, steps: int = 30) -> np.ndarray:
    x = np.concatenate([np.ones((len(x), 1)), x], axis=1)
    penalty = np.full(x.shape[1], ridge)
    penalty[0] = 1e-6
    b = np.zeros(x.shape[1])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-np.clip(x @ b, -30, 30)))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        change = np.linalg.solve(hessian, x.T @ (y - p) - penalty * b)
        b += change
        if np.abs(change).max() < 1e-7:
            break
    return b


def fold_number(event: Event) -> int:
    return int(hashlib.blake2b(event.key.encode()).hexdigest(), 16) % FOLDS


def expectation_of(example: Example, weights: Mapping[str, Mapping[str, float]]) -> Expectation:
    return Expectation(
        *example.grams,
        ngrams.logistic(example.one, weights["unigram"]),
        ngrams.logistic(example.two, weights["bigram"]),
    )


def names_of(language: str) -> tuple[Sequence[str], Sequence[str]]:
    """The features of a language's weights; those that are constant in its one set are left out."""
    if language == "any":
        return SIMPLE, SIMPLE
    if language == "en":
        return UNIGRAM, SHARED
    single = [n for n in SHARED if "length" not in n]
    return [*single, "copy", "again"], single


def crossed_weights(events: Sequence[Event], language: str) -> list[dict[str, dict[str, float]]]:
    """The weights for each fold, learned on the others."""
    examples = [example_of(e) for e in events]
    folds = [fold_number(e) for e in events]
    return [
        fit([x for x, f in zip(examples, folds, strict=True) if f != fold], names_of(language)) for fold in range(FOLDS)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--write", type=Path, help="where the weights go, as TOML")
    args = parser.parse_args()
    by_language = collections.defaultdict(list)
    for name in SETS:
        for event in load_events(args.bench, name):
            by_language[event.language].append(example_of(event))
    fitted = {language: fit(examples, names_of(language)) for language, examples in sorted(by_language.items())}
    fitted["any"] = fit([x for examples in by_language.values() for x in examples], names_of("any"))
    lines = [
        "# Weights of the logistic of digests/ngrams.py, learned by benchmarks/fit_selection.py.",
        "# `any` serves the languages that have none of their own.",
    ]
    for language, kinds in fitted.items():
        for kind, weights in kinds.items():
            lines += ["", f"[{language}.{kind}]", *(f"{_quoted(n)} = {w}" for n, w in weights.items())]
    text = "\n".join(lines) + "\n"
    if args.write:
        args.write.write_text(text, "utf-8")
    else:
        print(text)


def _quoted(name: str) -> str:
    return f'"{name}"' if "*" in name else name


if __name__ == "__main__":
    main()
