"""How common words are in news: document frequencies that ship with the model, and the run's own where they know more.

A run's own counts mislead when it is small (three reports of one event hold its words in every article) and when a
story is large (it devalues its own words).  Frequencies from other news make one threshold hold for a folder of three
and for a night of 30,000.  A word that the table lacks is new or a name: it weighs the most, if two articles hold it.
"""

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from digest.errors import ModelError
from digest.fingerprint import UInt64

Float32 = npt.NDArray[np.float32]
Part = Literal["body", "lead"]

TABLE = Path(__file__).parent / "embeddings" / "model" / "background.safetensors"
COMMON = 0.3  # A word in more of all articles than this says nothing about the event.
FUNCTION_WORD = 0.1  # A word in this share of the table's articles belongs to its language, whatever the subject.
LEAST_SHARE = 0.2  # Running words that are such: .33 to .81 of an article in English, at most .11 in other languages.
OWN_PRIOR = 20  # A language that the table lacks: as many imagined articles without the word stand beside the run's.
ALONE = 0.5  # There a word that one article alone holds weighs half of one of two: it parts that one from others.


@dataclass(frozen=True, eq=False, slots=True)
class Background:
    """Document frequencies in news: keys uint64 [V], ascending (see `hash_words`); body, lead: how many of `articles`
    articles hold the word in their title and first 4,000 (1,000) characters; mean: float32 [d], the mean vector of
    news leads by the embedded model, empty where none ships."""

    keys: UInt64
    body: npt.NDArray[np.integer]
    lead: npt.NDArray[np.integer]
    articles: int
    mean: Float32

    def frequency(self, hashes: UInt64, part: Part = "body") -> Float32:
        """How many articles of the table hold each word: float32 [T], 0 where the table lacks it."""
        column = self.body if part == "body" else self.lead
        if not len(self.keys):
            return np.zeros(len(hashes), np.float32)
        at = np.minimum(np.searchsorted(self.keys, hashes), len(self.keys) - 1)
        return np.where(self.keys[at] == hashes, column[at], 0).astype(np.float32)

    def knows(self, hashes: UInt64, counts: sp.csr_array) -> npt.NDArray[np.bool_]:
        """Whether each row of `counts` (float32 [n, T], words of an article) is in a language of the table: bool [n].

        Function words tell: a fifth of the running words must be among the table's most common ones.
        """
        function = self.frequency(hashes) >= FUNCTION_WORD * self.articles
        total = np.asarray(counts.sum(axis=1)).ravel()
        return np.asarray(counts @ function.astype(np.float32) >= LEAST_SHARE * np.maximum(total, 1))

    def idf(
        self, hashes: UInt64, df: npt.NDArray[np.integer], n: int, part: Part = "body", known: bool = True
    ) -> Float32:
        """The inverse document frequency of each word, in nats: float32 [T].

        hashes: uint64 [T]; df: in how many of the run's n articles each stands.  With `known` False, the articles are
        in a language that the table lacks, and their own counts decide, shrunk where they are few.
        """
        own = np.asarray(df, dtype=np.float64)
        if known:
            shipped = self.frequency(hashes, part).astype(np.float64)
            rate = shipped / max(self.articles, 1)
            idf = -np.log(np.where(shipped > 0, rate, 1 / max(self.articles, 2)))
            idf[(shipped == 0) & (own < 2)] = 0
        else:
            rate = own / (n + OWN_PRIOR)
            idf = np.log((n + OWN_PRIOR + 1) / (np.maximum(own, 2) + 0.5))
            idf[own < 2] *= ALONE
        return np.where(rate > COMMON, 0, idf).astype(np.float32)


@functools.cache
def load_background(path: Path = TABLE) -> Background:
    """The table that ships with the package.  Raises ModelError when it is missing or not one."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, "numpy") as file:
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (no mapping)
            articles = int((file.metadata() or {})["articles"])
        mean = tensors.get("mean", np.empty(0, np.float32)).astype(np.float32)
        return Background(tensors["keys"], tensors["body"], tensors["lead"], articles, mean)
    except (OSError, SafetensorError, KeyError) as e:
        raise ModelError(f"The table of word frequencies {path} cannot be read ({e}). Reinstall the package.") from e
