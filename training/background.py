"""Document frequencies of words in news, for TF-IDF that means the same on a folder of 30 and a night of 30,000.

Keys are hashes, so the table spells no text out: the first 8 bytes, little endian and unsigned, of
`blake2b(word.encode(), digest_size=8)`, of the lower-cased word in Unicode's composed form, accents kept.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from training.corpus import Article
from training.model import save_tensors

BODY_CHARACTERS = 4_000
LEAST_ARTICLES = 3
WORD = re.compile(r"[^\W_]+")
"""A word: a run of letters and digits, found after lower-casing."""


def article_words(text: str) -> set[str]:
    """The distinct words of a text."""
    return set(WORD.findall(unicodedata.normalize("NFC", text.lower())))


def word_hash(word: str) -> int:
    """The key of a word, 64 bits."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")


def document_frequencies(texts: Iterable[str]) -> Counter[str]:
    """In how many texts each word stands."""
    found: Counter[str] = Counter()
    for text in texts:
        found.update(article_words(text))
    return found


def write_background(path: Path, articles: list[Article], mean: npt.NDArray[np.float32]) -> int:
    """Writes keys [words] uint64 ascending, `body` and `lead` [words] uint16, `mean` [dimensions]; the words' count.

    `body` counts articles with the word in the title or the first 4,000 characters, `lead` in the title or the first
    1,000. Words of fewer than three articles are left out. `mean` is the mean of the articles' unit vectors.
    """
    body = document_frequencies(f"{article.title}\n{article.text[:BODY_CHARACTERS]}" for article in articles)
    lead = document_frequencies(f"{article.title}\n{article.lead}" for article in articles)
    if len(articles) > np.iinfo(np.uint16).max:
        raise ValueError(f"{len(articles)} articles: counts no longer fit 16 bits")
    kept = sorted((word_hash(word), word) for word, count in body.items() if count >= LEAST_ARTICLES)
    tensors: dict[str, npt.NDArray[Any]] = {
        "keys": np.asarray([key for key, _ in kept], dtype=np.uint64),
        "body": np.asarray([body[word] for _, word in kept], dtype=np.uint16),
        "lead": np.asarray([lead[word] for _, word in kept], dtype=np.uint16),
        "mean": mean.astype(np.float32),
    }
    # One key: safetensors writes several in an order of chance.
    save_tensors(path, tensors, {"articles": str(len(articles))})
    return len(kept)
