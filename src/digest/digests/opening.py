"""Which sentence may open a digest: one that says what happened, as the titles do and the leads."""

import numpy as np

from digest.digests.reading import Float, Reading
from digest.similarity import distinct

_LATE = 0.5  # What a sentence far down is worth of what the first would be.
_TYPICAL = 12  # Words beside a sentence's own: what it says beside the titles' words lets it say less of them.


def opens(reading: Reading) -> Float:
    """How well each of a story's sentences says what happened: float64 [S].

    The share of the titles' words that it holds, each weighed by its rarity and by the share of titles that hold it;
    more for a sentence that stands early and is short.
    """
    size, sentences = max(len(reading.spelled), 1), len(reading.rows)
    held = distinct(reading.titles.text * size + reading.titles.word) % size
    weight = np.bincount(held, minlength=size)[: len(reading.spelled)] * np.where(reading.stop, 0, reading.idf)
    pairs = distinct(reading.sentences.text * size + reading.sentences.word)
    covered = np.bincount(pairs // size, weight[pairs % size], minlength=sentences)
    length = np.bincount(reading.sentences.text, minlength=sentences)
    early = _LATE + (1 - _LATE) / (1 + reading.place / 2)
    return np.asarray(covered / max(float(weight.sum()), 1e-9) * early / np.sqrt(length + _TYPICAL))
