"""The consensus of a story's sources, for the languages that no weights were learned for.

A word weighs by the share of the articles that hold it, squared, by how early they do and by how many titles do; a
sentence by its words' weights, each less once it is told, by its place, and by its length to the power of 0.4.
Function words count too: without them it is worse.  Nothing is learned: weights of one language mislead in another.
"""

import numpy as np

from digest.digests.budget import Budget
from digest.digests.ngrams import COPIES, Expectation, count_grams, features_of
from digest.digests.reading import Float, Reading
from digest.digests.selection_units import Choosable
from digest.tokens import Int64

_AGAIN = 0.25  # What a word's next copy is worth.
_LENGTH = 0.4
_LEAD = 0.5  # What an article's first sentence is worth more than one far down.
_PLACES = 9


def agree(reading: Reading) -> Expectation:
    """The words' weights as an expectation, 1 for the heaviest; bigrams say nothing here."""
    grams = count_grams(reading)
    found = features_of(reading, grams, 1.0)[0]
    early, title = found["early"][:, 0] * reading.articles, found["title"][:, 0]
    weight = found["articles"][:, 0] ** 2 * (1 + np.log1p(early)) * (1 + 2 * title)
    weight /= max(float(weight.max(initial=0)), 1e-9)
    return Expectation(*grams, weight[:, None] * _AGAIN ** np.arange(COPIES), np.zeros(len(grams[1].key)))


def choose(choosable: Choosable, expectation: Expectation, place: Int64, budget: Budget) -> tuple[int, ...]:
    """Greedily the sentence that adds most, while one fits: places in `choosable`, in the order of choice.

    place: int64 [C], of each sentence in its article.
    """
    grams = expectation.unigrams
    bounds = np.searchsorted(grams.sentence, [choosable.index, choosable.index + 1]).T.tolist()
    words = [grams.gram[a:b] for a, b in bounds]
    by = (1 + _LEAD / (1 + place)) / choosable.words.astype(np.float64) ** _LENGTH
    told = np.zeros(len(grams.key), np.int64)
    chosen: list[int] = []
    size = characters = 0
    while True:
        gains = by * _gains(words, expectation, told)
        for c in np.argsort(-np.round(gains, _PLACES), kind="stable").tolist():
            longer = characters + int(choosable.characters[c]) + bool(chosen)
            fits = budget.allows(size + int(choosable.words[c]), len(chosen) + 1, longer)
            if gains[c] > 0 and fits and _may_follow(choosable, chosen, c):
                break
        else:
            return tuple(chosen)
        chosen.append(c)
        told[words[c]] += 1
        size, characters = size + int(choosable.words[c]), longer


def _gains(words: list[Int64], expectation: Expectation, told: Int64) -> Float:
    unigram = np.pad(expectation.unigram, ((0, 0), (0, 1)))
    return np.asarray([float(unigram[w, np.minimum(told[w], COPIES)].sum()) for w in words])


def _may_follow(choosable: Choosable, chosen: list[int], c: int) -> bool:
    """Whether a sentence is not told yet, and what it leans on is."""
    if c in chosen or bool(choosable.alike[c, chosen].any()):
        return False
    return not choosable.leans[c] or bool(choosable.follows[c] and c - 1 in chosen)
