"""The second look: how the sentences that hold an n-gram rank among those that may stand in the digest.

Editors take over whole sentences or leave them, so an n-gram is likely where a sentence that the first look finds rich
holds it, and where the other sources say much of what that sentence says.
"""

import math

import numpy as np

from digest.digests.ngrams import (
    Expectation,
    Features,
    Grams,
    count_grams,
    features_of,
    sentence_density,
    shipped_weights,
    weigh,
)
from digest.digests.reading import Float, Reading
from digest.tokens import Int64

_NOT_HELD = -2.0  # The agreement of an n-gram that no candidate holds, in standard deviations.
_BIGRAMS = 1.25  # The weight of bigrams in a ranking of single sentences.
_PLACES = 9


def serves(language: str) -> bool:
    """Whether weights were learned for a language (a bare code)."""
    return language in shipped_weights()


def expect(reading: Reading, words: float, candidates: Int64) -> Expectation:
    """The expectation for a digest of so many words, by the weights of its language (see `serves`).

    candidates: int64 [C], the places among the story's sentences of those that may stand in the digest, ascending.
    """
    looks = shipped_weights()[reading.language]
    grams = count_grams(reading)
    features = features_of(reading, grams, words)
    first = weigh(grams, features, looks["first"])
    return weigh(grams, with_standing(features, first, reading, candidates, words), looks["second"])


def with_standing(
    features: tuple[Features, Features], first: Expectation, reading: Reading, candidates: Int64, words: float
) -> tuple[Features, Features]:
    """The features of unigrams and bigrams and those of the sentences that hold them.

    room: the best of those sentences' room, which is exp(-u) where u digests could be filled with richer sentences;
    rooms: the sum over all of them; agreement: of the sentence whose words the other articles hold most, in standard
    deviations from the story's mean.
    """
    room, agreement = np.zeros(len(reading.rows)), np.full(len(reading.rows), _NOT_HELD)
    room[candidates] = _room(sentence_density(first, len(reading.rows), _BIGRAMS), reading, candidates, words)
    shared = _shared(first.unigrams, np.rint(features[0]["articles"][:, 0] * reading.articles), reading)[candidates]
    agreement[candidates] = (shared - shared.mean()) / (shared.std() + 1e-6) if len(shared) else shared
    found: list[dict[str, Float]] = [
        {
            "room": _best(grams, room, 0.0),
            "rooms": np.asarray(np.bincount(grams.gram, room[grams.sentence], minlength=len(grams.key)), np.float64),
            "agreement": _best(grams, agreement, _NOT_HELD),
        }
        for grams in (first.unigrams, first.bigrams)
    ]
    columns: dict[str, Float] = {name: value[:, None] for name, value in found[0].items()}
    return {**columns, **features[0]}, {**found[1], **features[1]}


def _room(density: Float, reading: Reading, candidates: Int64, words: float) -> Float:
    """How much of a digest is left for each candidate when richer ones have gone before: 1 to 0."""
    length = np.bincount(reading.sentences.text, minlength=len(reading.rows))[candidates]
    order = np.argsort(-np.round(density[candidates], _PLACES), kind="stable")
    before = np.empty(len(candidates))
    before[order] = np.cumsum(length[order]) - length[order]
    return np.asarray(np.exp(-before / words))


def _shared(grams: Grams, articles: Float, reading: Reading) -> Float:
    """The share of each sentence's words, weighed by their rarity, that the other articles hold: float64 [S].

    articles: float64 [U], how many hold each word.
    """
    sentences, others = len(reading.rows), (articles - 1) / max(reading.articles - 1, 1)
    weight = ((1 + np.log(grams.copies)) * np.where(reading.stop, 0, reading.idf)[grams.key[grams.gram]]) ** 2
    total = np.bincount(grams.sentence, weight, minlength=sentences)
    held = np.bincount(grams.sentence, weight * others[grams.gram], minlength=sentences)
    return np.asarray(held / np.maximum(total, math.ulp(1.0)))


def _best(grams: Grams, value: Float, least: float) -> Float:
    """The highest value among the sentences that hold each n-gram."""
    best = np.full(len(grams.key), least)
    np.maximum.at(best, grams.gram, value[grams.sentence])
    return best
