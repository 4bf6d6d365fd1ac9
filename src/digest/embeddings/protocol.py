"""What every embedding model is to the other rooms."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from digest.tokens import Tokens

Float32 = npt.NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into vectors.  The same text gives the same vector, whatever stands beside it."""

    @property
    def name(self) -> str:
        """The name that a run report shows."""
        ...

    def embed(self, texts: Sequence[str], tokens: Tokens) -> Float32:
        """Unit vectors, float32 [n, d]; a text without a known word gives zeros.

        texts: n strings; tokens: the same texts, tokenised (row i is texts[i]).  A model reads one of the two.
        """
        ...
