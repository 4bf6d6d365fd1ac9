"""How much each word of a story's sentences weighs, and how much of it other sentences hold."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digest.digests.ngrams import Grams
from digest.digests.reading import Reading
from digest.similarity import Float32
from digest.tokens import Int64


@dataclass(frozen=True, slots=True)
class WordWeights:
    """TF-IDF of some sentences: which holds which word (int64 [entries] each, by sentence), and the weights, float32
    [entries], of which each sentence's have length 1.  shape: how many sentences and words there are.

    A story has a few dozen sentences: a sparse matrix would take longer to make than to use.
    """

    sentence: Int64
    word: Int64
    weight: Float32
    shape: tuple[int, int]

    def rows(self, sentences: Int64) -> Float32:
        """Some sentences, each once: float32 [n, words]."""
        place = np.full(self.shape[0], -1)
        place[sentences] = np.arange(len(sentences))
        row = place[self.sentence]
        held = row >= 0
        found = np.zeros((len(sentences), self.shape[1]), np.float32)
        found[row[held], self.word[held]] = self.weight[held]
        return found

    def products(self, rows: Float32) -> Float32:
        """The inner product of rows (see `rows`) with each sentence: float32 [n, sentences]."""
        return self._sums(row[self.word] * self.weight for row in rows)

    def held(self, rows: Float32) -> Float32:
        """The share of the words of rows that each sentence holds: float32 [n, sentences]."""
        return self._sums((row > 0)[self.word] / max(1, np.count_nonzero(row)) for row in rows)

    def _sums(self, rows: Iterable[npt.NDArray[np.floating]]) -> Float32:
        """Sums over sentences.  rows: one number each for all that they hold."""
        return np.asarray([np.bincount(self.sentence, row, self.shape[0]) for row in rows], np.float32)


def weigh_words(reading: Reading, grams: Grams) -> WordWeights:
    """The words of a story's sentences; those that every text has are left out.  grams: its unigrams."""
    weight = (1 + np.log(grams.copies)) * np.where(reading.stop, 0, reading.idf)[grams.key][grams.gram]
    told = np.flatnonzero(weight)
    sentence, weight = grams.sentence[told], weight[told]
    length = np.sqrt(np.bincount(sentence, weight * weight, len(reading.rows)))
    weight /= length[sentence]
    return WordWeights(sentence, grams.gram[told], weight.astype(np.float32), (len(reading.rows), len(grams.key)))
