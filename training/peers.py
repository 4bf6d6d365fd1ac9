"""What the model is compared with: the teacher itself, its plain distillation, and TF-IDF."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from training.bags import all_vectors, make_bags
from training.corpus import read_articles
from training.initial import row_vectors
from training.teacher import Teacher, read_tokenizer
from training.vocabulary import WORD

Vectors = npt.NDArray[np.float32] | sp.csr_array
Encoder = Callable[[list[str]], Vectors]


def tfidf_encoder(texts: list[str]) -> Encoder:
    """TF-IDF with the document frequencies of `texts`: 1 + ln tf, ln N / df, unit length."""
    frequencies = Counter(word for text in texts for word in set(WORD.findall(text.lower())))
    columns: dict[str, int] = {}

    def encode(batch: list[str]) -> sp.csr_array:
        values, indices, starts = [], [], [0]
        for text in batch:
            for word, count in Counter(WORD.findall(text.lower())).items():
                indices.append(columns.setdefault(word, len(columns)))
                values.append((1 + math.log(count)) * math.log(len(texts) / max(1, frequencies[word])))
            starts.append(len(indices))
        # Columns grow as words come; a wide fixed shape lets early matrices meet later ones.
        matrix = sp.csr_array((values, indices, starts), shape=(len(batch), 2_000_000))
        lengths = np.maximum(np.sqrt(matrix.multiply(matrix).sum(axis=1)), 1e-9)
        return sp.csr_array(sp.diags_array(1 / np.asarray(lengths).ravel()) @ matrix)

    return encode


def plain_encoder(teacher: Teacher, dimensions: int = 256, coefficient: float = 1e-4) -> Encoder:
    """The static model that model2vec distils (van Dongen and Tulkens 2024): principal axes, then Zipf's weights."""
    tokenizer = read_tokenizer(teacher.folder)
    vectors = row_vectors(tokenizer, teacher)
    centred = vectors - vectors.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    share = 1 / np.arange(2, len(vectors) + 2)
    weights = coefficient / (coefficient + share / share.sum())
    table = (centred @ axes[:, ::-1][:, :dimensions] * weights[:, None]).astype(np.float32)
    return lambda texts: all_vectors(table, make_bags(texts, tokenizer))


def peer_encoders(folder: Path, news: Path | None, cache: Path) -> dict[str, Encoder]:
    """The peers by name; TF-IDF only where there is news to count in."""
    # 256 tokens is the model's own limit; the packaged tokenizer truncates at 128.
    teacher = Teacher(folder, cache, max_tokens=256)
    found: dict[str, Encoder] = {
        "all-MiniLM-L6-v2": teacher.embed_texts,
        "plain distillation": plain_encoder(teacher),
    }
    if news is not None:
        articles = [f"{article.title} {article.text[:4_000]}" for article in read_articles(news)]
        found["TF-IDF, background frequencies"] = tfidf_encoder(articles)
    return found
