"""Short texts for the teacher to embed: runs of the news' words, and words by chance.

News of one country leaves most of the teacher's words without a sentence; what a table learns of them comes from here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer


@dataclass(frozen=True, slots=True)
class Words:
    """The teacher's whole words, most frequent first, and the share of draws that each gets [n]."""

    words: list[str]
    shares: npt.NDArray[np.float64]

    def draw(self, count: int, rng: np.random.Generator) -> list[int]:
        """Some words by chance, the frequent ones more often."""
        found: list[int] = rng.choice(len(self.words), size=count, p=self.shares).tolist()
        return found


def whole_words(tokenizer: Tokenizer) -> Words:
    """Words of the Latin alphabet among the pieces, which BERT orders by frequency: the rank stands for it."""
    vocabulary = sorted((index, piece) for piece, index in tokenizer.get_vocab().items())
    words = [piece for _, piece in vocabulary if piece.isalpha() and piece.isascii() and len(piece) > 2]
    weights = (np.arange(len(words)) + 2_000.0) ** -0.6
    return Words(words, weights / weights.sum())


def windows(texts: list[str], count: int, rng: np.random.Generator) -> list[str]:
    """Runs of 3 to 12 words cut from the texts: cheap to embed, and as short as headlines."""
    cut = []
    for index in rng.integers(len(texts), size=count).tolist():
        words = texts[index].split()
        length = int(rng.integers(3, 13))
        start = int(rng.integers(max(1, len(words) - length + 1)))
        cut.append(" ".join(words[start : start + length]))
    return cut


def word_bags(known: Words, count: int, rng: np.random.Generator) -> list[str]:
    """2 to 7 words by chance."""
    lengths = rng.integers(2, 8, size=count)
    drawn = np.asarray(known.draw(int(lengths.sum()), rng))
    return [" ".join(known.words[index] for index in part) for part in np.split(drawn, np.cumsum(lengths)[:-1])]
