"""Which sentence may open a digest: one that says what happened, as most sources tell it at their beginning."""

import numpy as np

from digest.digests.ngrams import Expectation, sentence_density
from digest.digests.reading import Float, Reading

_LATE = 0.5  # What a sentence far down is worth of what the first would be.
_SHARPER = 2  # The power of what a sentence holds: one that tells the event is to win over one that stands first.


def opens(reading: Reading, expectation: Expectation) -> Float:
    """How well each of a story's sentences says what happened: float64 [S].

    What it holds of what a digest is expected to hold, by its length, squared; more for a sentence that stands early.
    """
    early = _LATE + (1 - _LATE) / (1 + reading.place / 2)
    return np.asarray(sentence_density(expectation, len(reading.rows)) ** _SHARPER * early)
