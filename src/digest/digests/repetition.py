"""Which sentences of a story say the same, and how much of what one says another tells in other words."""

import numpy as np

from digest.digests.reading import Bool, Float
from digest.similarity import Float32, Vectors, cosines

_ALIKE = 0.9  # Cosine of vectors of sentences that must not both stand in a digest,
_ALIKE_WORDS = 0.8  # and that of their TF-IDF.
# Cosine of vectors plus the share of the words of one that the other holds: up to here nothing is told twice, from
# there on all of it.
_NEW, _TOLD = 1.05, 1.45
_PLACES = 4


def compare(vectors: Vectors | None, words: Float32, english: bool) -> tuple[Bool, Float]:
    """Which of some sentences say the same in nearly the same words: bool [n, n]; and how much of what each says each
    other one tells, in whatever words: float64 [n, n], 0 to 1, symmetric.

    vectors: float32 [n, d], unit rows, or None; words: float32 [n, V], unit rows; english: whether vectors tell how
    near two sentences are that have few words in common (in other languages nothing is told in other words).
    Of two near ones it is the one whose words the other holds that adds little, whichever comes first.
    """
    alike = np.asarray(np.round(words @ words.T, _PLACES) >= _ALIKE_WORDS)
    if vectors is None:
        return alike, np.zeros(alike.shape)
    near = np.round(cosines(vectors, vectors), _PLACES).astype(np.float64)
    alike |= near >= _ALIKE
    if not english:
        return alike, np.zeros(alike.shape)
    held = np.round(words**2 @ (words > 0).astype(np.float32).T, _PLACES)
    return alike, np.clip((near + np.maximum(held, held.T) - _NEW) / (_TOLD - _NEW), 0, 1)
