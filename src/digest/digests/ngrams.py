"""How likely each n-gram of a story is to be in a good digest of it.

Each unigram (its first, second ... copy) and each bigram gets the probability that an editor's summary holds it, by a
logistic of a dozen readable features: how many of the articles hold it, how early, in their titles (after the bigram
regression of Li, Qian and Liu, 2013).  A second look then knows how the sentences that hold it rank (standing.py).
The weights stand in weights.toml, learned by `benchmarks/fit_selection.py`.
"""

import functools
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import resources
from typing import Any

import numpy as np

from digest.digests.reading import Float, Line, Reading
from digest.similarity import distinct, firsts
from digest.tokens import Int64

COPIES = 4  # Further copies of one word are worth nothing.
BIGRAMS = 1.5  # The weight of bigrams beside unigrams.
_SHARPER = 1.25  # The power of a probability in the choice of sentences.
_TYPICAL = 15  # Words beside a sentence's own, so that the shortest do not win by density alone.
Features = Mapping[str, Float]
Weights = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Grams:
    """The distinct n-grams of a story and which sentence holds which.

    key: int64 [G], ascending; sentence, gram, copies: int64 [entries], by sentence: how often each holds each.
    """

    key: Int64
    sentence: Int64
    gram: Int64
    copies: Int64


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a digest is expected to hold.

    unigram: float64 [U, COPIES], the probability of at least one copy, two, ...; bigram: float64 [B].
    """

    unigrams: Grams
    bigrams: Grams
    unigram: Float
    bigram: Float


def count_grams(reading: Reading) -> tuple[Grams, Grams]:
    """The unigrams and bigrams of a story's sentences."""
    return unigrams(reading.sentences), bigrams(reading.sentences, len(reading.spelled))


def features_of(reading: Reading, grams: tuple[Grams, Grams], words: float) -> tuple[Features, Features]:
    """The features of unigrams and bigrams for a digest of so many words."""
    return unigram_features(reading, grams[0], words), bigram_features(reading, grams[1], words)


def weigh(grams: tuple[Grams, Grams], features: tuple[Features, Features], weights: Weights) -> Expectation:
    """The expectation by one look's weights; a further copy is never likelier than the one before it."""
    one = logistic(features[0], weights["unigram"]) * features[0]["possible"]
    for copy in range(1, COPIES):
        np.minimum(one[:, copy], one[:, copy - 1], out=one[:, copy])
    return Expectation(*grams, one, logistic(features[1], weights["bigram"]))


def sharpened(expectation: Expectation) -> Expectation:
    """What the choice of sentences seeks: likely n-grams count for more, many unlikely ones for less."""
    return replace(expectation, unigram=expectation.unigram**_SHARPER, bigram=expectation.bigram**_SHARPER)


def sentence_density(expectation: Expectation, sentences: int, bigrams: float = BIGRAMS) -> Float:
    """What each of the story's sentences holds of what is expected, by its length: float64 [S]."""
    one, two = expectation.unigrams, expectation.bigrams
    first = np.bincount(one.sentence, expectation.unigram[one.gram, 0], minlength=sentences)
    pairs = np.bincount(two.sentence, expectation.bigram[two.gram], minlength=sentences)
    tokens = np.bincount(one.sentence, one.copies, minlength=sentences)
    return np.asarray((first + bigrams * pairs) / (tokens + _TYPICAL))


def sentence_worth(expectation: Expectation, sentences: Int64) -> list[float]:
    """The mean probability of each sentence's words to be in an editor's summary, 0 to 1."""
    one = expectation.unigrams
    total = np.bincount(one.sentence, expectation.unigram[one.gram, 0])
    return [round(float(w), 4) for w in (total / np.maximum(np.bincount(one.sentence), 1))[sentences]]


@functools.cache
def shipped_weights() -> Mapping[str, Mapping[str, Weights]]:
    """By language and look (`first`, `second`): the weights of unigrams and bigrams."""
    return tomllib.loads(resources.files(__package__).joinpath("weights.toml").read_text("utf-8"))


def logistic(features: Features, weights: Mapping[str, float]) -> Float:
    """1 / (1 + exp(-sum)), over the named features and a constant."""
    total: Any = weights["constant"]
    for name, values in features.items():
        if name in weights:
            total = total + weights[name] * values
    return np.asarray(1 / (1 + np.exp(-np.clip(total, -30, 30))))


def unigrams(line: Line) -> Grams:
    key = np.flatnonzero(np.bincount(line.word))
    place = np.zeros(int(key.max(initial=-1)) + 1, np.int64)
    place[key] = np.arange(len(key))
    return _entries(key, place[line.word], line.text)


def bigrams(line: Line, size: int) -> Grams:
    """Neighbours in one sentence; the key is `first * size + second` for a vocabulary of that size."""
    keys, text = _neighbours(line, size)
    return _entries(*np.unique(keys, return_inverse=True), text)


def _neighbours(line: Line, size: int) -> tuple[Int64, Int64]:
    inside = line.text[1:] == line.text[:-1]
    return (line.word[:-1] * size + line.word[1:])[inside], line.text[1:][inside]


def _entries(key: Int64, gram: Int64, text: Int64) -> Grams:
    """key: int64 [G]; gram, text: int64 [words], the place of each word in it, and the sentence that it stands in."""
    size = max(len(key), 1)
    entry, copies = np.unique(text * size + gram, return_counts=True)
    return Grams(key, entry // size, entry % size, copies)


def unigram_features(reading: Reading, grams: Grams, words: float) -> Features:
    """Features of each copy of each unigram: float64 [U, COPIES], or [U, 1] where the copies agree."""
    titles = reading.titles
    found = _features(reading, grams, titles.word, titles.text, words)
    of_word = {"idf": reading.idf, "stop": reading.stop}
    columns = {name: value[:, None] for name, value in found.items()}
    columns |= {name: value[grams.key].astype(np.float64)[:, None] for name, value in of_word.items()}
    again = [np.bincount(grams.gram[grams.copies > k], minlength=len(grams.key)) for k in range(COPIES)]
    held = np.stack(again, axis=1) / again[0][:, None]
    # Last, so that all that holds for every copy is summed before them.
    columns |= {
        "copy": np.arange(COPIES, dtype=np.float64)[None, :],
        "again": held,
        "possible": (held > 0).astype(np.float64),
    }
    return columns


def bigram_features(reading: Reading, grams: Grams, words: float) -> Features:
    """Features of each bigram: float64 [B]."""
    size = max(len(reading.spelled), 1)
    keys, of = _neighbours(reading.titles, size)
    found = _features(reading, grams, keys, of, words)
    pair = grams.key // size, grams.key % size
    for name, value in {"idf": reading.idf, "stop": reading.stop}.items():
        found[name] = (value[pair[0]].astype(np.float64) + value[pair[1]].astype(np.float64)) / 2
    return found


def _features(reading: Reading, grams: Grams, titles: Int64, title_of: Int64, words: float) -> dict[str, Float]:
    """What holds for unigrams and bigrams alike; titles: the keys in titles, title_of: the article of each."""
    n, articles = len(grams.key), reading.articles
    # The first sentence of each article that holds each.
    pair, entry = firsts(reading.article[grams.sentence] * n + grams.gram)
    first, gram = reading.place[grams.sentence[entry]], pair % max(n, 1)
    holding = np.bincount(gram, minlength=n)
    place = np.minimum(np.searchsorted(grams.key, titles), n - 1)
    known = grams.key[place] == titles
    titled = distinct(place[known] * articles + title_of[known]) // articles
    early = np.bincount(gram, 1 / (1 + first), minlength=n) / articles
    title = np.bincount(titled, minlength=n) / articles
    length = math.log(words)
    return {
        "articles": holding / articles,
        "early": early,
        "ln_early": np.log(early + 0.01),
        "title": title,
        "titled": (title > 0).astype(np.float64),
        "ln_sentences": np.log(np.bincount(grams.gram, minlength=n) / len(reading.rows)),
        "alone": (holding == 1).astype(np.float64),
        "length": np.full(n, length),
        "early*length": early * length,
        "title*length": title * length,
    }
