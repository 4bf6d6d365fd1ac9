"""The table before training: each row's own teacher vector, turned and weighted (a plain distillation)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from training.teacher import Teacher

SMOOTHING = 3e-4
"""a of the weight a / (a + p), p the row's share of the news (Arora et al. 2017)."""


def row_vectors(tokenizer: Tokenizer, teacher: Teacher) -> npt.NDArray[np.float32]:
    """Teacher vectors [rows, 384] of each row by itself between the special tokens, not normalised.

    A piece inside a word is embedded as that piece, a whole word that was added as the pieces the teacher knows.
    """
    known = teacher.tokenizer.get_vocab()
    special = [known["[CLS]"]], [known["[SEP]"]]
    sequences = []
    for row in range(tokenizer.get_vocab_size()):
        piece = tokenizer.id_to_token(row)
        body = [known[piece]] if piece in known else teacher.tokenizer.encode(piece, add_special_tokens=False).ids
        sequences.append([*special[0], *body, *special[1]])
    return teacher.embed_ids(sequences)


def principal_axes(vectors: npt.NDArray[np.float32], dimensions: int) -> npt.NDArray[np.float32]:
    """The axes [384, dimensions] that keep most of the teacher's similarities (no mean is removed)."""
    _, axes = np.linalg.eigh(vectors.T @ vectors)
    kept: npt.NDArray[np.float32] = np.ascontiguousarray(axes[:, ::-1][:, :dimensions])
    return kept


def initial_table(
    vectors: npt.NDArray[np.float32], axes: npt.NDArray[np.float32], counts: npt.NDArray[np.int64]
) -> npt.NDArray[np.float32]:
    """Rows [rows, dimensions]: centred token vectors on the axes, of length about 1, times a / (a + p)."""
    centred = (vectors - vectors.mean(axis=0)) @ axes
    share = counts / counts.sum()
    weights = SMOOTHING / (SMOOTHING + share)
    scale = np.sqrt((centred**2).sum(axis=1).mean())
    table: npt.NDArray[np.float32] = (centred / scale * weights[:, None]).astype(np.float32)
    table[0] = 0
    return table
