"""What every embedding model is to the other rooms."""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from digest.embeddings.calibration import Calibration
from digest.embeddings.pieces import spelled, words_in
from digest.similarity import Float32
from digest.tokens import Int32, Int64, Tokens

Progress = Callable[[int, int], None]
"""Is told how many tokens are done, and of how many, after each batch."""

# Words over pieces of an article's lead.  With an English vocabulary English news lies above (99 in 100 leads of 1,000
# characters above .80), Vietnamese, Spanish, French, German, Polish and Turkish below (the highest .76).
UNDERSTOOD = 0.78
# A vocabulary of many languages has fewer whole words of each: one and a half to two and a half pieces a word in
# Russian, Turkish or Finnish, punctuation not counted.  In a script that it does not know a word is all letters.
UNDERSTOOD_BY_MANY = 0.4
MANY_LANGUAGES = 60_000
"""Pieces of a vocabulary.  Those of one language have 21,000 to 51,000, those of many 100,000 and more."""


class Embedder(Protocol):
    """Turns texts into vectors.  The same text gives the same vector, whatever stands beside it."""

    @property
    def name(self) -> str:
        """The name that a run report shows."""
        ...

    @property
    def calibration(self) -> Calibration | None:
        """What its cosines mean on the scale that the thresholds were measured on; None: a run has to find out."""
        ...

    @property
    def is_light(self) -> bool:
        """Whether it is small and fast enough for each worker to embed for itself."""
        ...

    @property
    def vocabulary_size(self) -> int:
        """How many pieces its tokenizer knows."""
        ...

    def embed(self, texts: Sequence[str], tokens: Tokens, *, leads: bool = False) -> Float32:
        """Unit vectors, float32 [n, d]; a text without a known word gives zeros.

        texts: n strings; tokens: the same texts, tokenised (row i is texts[i]).  A model reads one of the two.
        leads: they are beginnings of articles, of which a model that does not read in order weighs the first words
        more.
        """
        ...

    def count_pieces(self, vocabulary: Sequence[str], words: Int32) -> Int64:
        """Into how many pieces some words of a vocabulary fall: int64 [n]; an unknown one as `pieces.fragments` says.

        words: int32 [n], their places there.
        """
        ...


def understood(embedder: Embedder, tokens: Tokens) -> npt.NDArray[np.bool_]:
    """Whether the model knows the language of each text: bool [n].  In a strange one, words fall into fragments."""
    limit = UNDERSTOOD_BY_MANY if embedder.vocabulary_size > MANY_LANGUAGES else UNDERSTOOD
    is_used = np.zeros(len(tokens.vocabulary), bool)
    is_used[tokens.ids] = True
    used, at = np.flatnonzero(is_used).astype(np.int32), (np.cumsum(is_used) - 1)[tokens.ids]
    words, pieces = words_in(spelled(tokens.vocabulary, used)), embedder.count_pieces(tokens.vocabulary, used)
    found, cut = (np.concatenate(([0], np.cumsum(of[at])))[tokens.ptr] for of in (words, pieces))
    known: npt.NDArray[np.bool_] = np.diff(found) >= limit * np.diff(cut)
    return known
