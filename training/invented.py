"""Texts that the news lacks: short runs of words, most of them invented, for the teacher to embed.

News of one country leaves most of the teacher's words without a sentence; what a table learns of them comes from here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer

from training.teacher import Teacher

GRAMMAR = 120
"""So many of the most frequent words are mostly grammar: half of the related bags get some."""

KEPT = 150
"""Words of a sentence that are as frequent are not exchanged for others."""

NEIGHBOURS = 40


@dataclass(frozen=True, slots=True)
class Words:
    """The teacher's whole words, most frequent first, and the share of draws that each gets [n]."""

    words: list[str]
    shares: npt.NDArray[np.float64]

    def most_frequent(self, count: int) -> Words:
        """The first `count` words alone."""
        return Words(self.words[:count], self.shares[:count] / self.shares[:count].sum())

    def draw(self, count: int, rng: np.random.Generator) -> list[int]:
        """Some words by chance, the frequent ones more often."""
        found: list[int] = rng.choice(len(self.words), size=count, p=self.shares).tolist()
        return found

    def text(self, chosen: list[int]) -> str:
        """The chosen words in a row."""
        return " ".join(self.words[index] for index in chosen)


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
    return [known.text(part.tolist()) for part in np.split(drawn, np.cumsum(lengths)[:-1])]


def related_bags(known: Words, teacher: Teacher, count: int, rng: np.random.Generator) -> list[str]:
    """3 to 9 words of which some are near in meaning to the teacher, as the words of a sentence are."""
    vectors = torch.from_numpy(teacher.embed_texts(known.words, "words"))
    blocks = [vectors[start : start + 2_048] @ vectors.T for start in range(0, len(vectors), 2_048)]
    near = torch.cat([block.topk(NEIGHBOURS).indices for block in blocks]).numpy()
    return [known.text(_related(known, near, rng)) for _ in range(count)]


def _related(known: Words, near: npt.NDArray[np.int64], rng: np.random.Generator) -> list[int]:
    length = int(rng.integers(3, 10))
    seed = known.draw(1, rng)[0]
    related = max(1, round(length * rng.uniform(0.3, 0.8)))
    chosen = [seed, *near[seed][rng.integers(1, NEIGHBOURS, related - 1)].tolist()]
    if rng.random() >= 0.5:
        chosen += rng.integers(GRAMMAR, size=(length - related + 1) // 2).tolist()
    chosen += known.draw(length - len(chosen), rng)
    rng.shuffle(chosen)
    return chosen


def swapped_windows(texts: list[str], known: Words, count: int, rng: np.random.Generator) -> list[str]:
    """Runs of 4 to 12 words of the texts, most content words exchanged: other subjects, in the order of sentences."""
    rank = {word: index for index, word in enumerate(known.words)}
    found = []
    for index in rng.integers(len(texts), size=count).tolist():
        words = texts[index].split()
        length = int(rng.integers(4, 13))
        start = int(rng.integers(max(1, len(words) - length + 1)))
        words = words[start : start + length]
        for place, word in enumerate(words):
            if rank.get(word.lower().strip(".,\"“”'"), len(rank)) > KEPT and rng.random() < 0.6:
                words[place] = known.words[known.draw(1, rng)[0]]
        found.append(" ".join(words))
    return found
