"""After training: digits weigh more, and no direction drowns the others."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from training.bags import Bags, all_vectors

Floats = npt.NDArray[np.float32]

DIGITS = 1.3
"""Rows of digits are longer by this: a teacher that pools over contexts hears them less than a reader of news does."""

FLATTENING = 0.2
"""The variance along each axis is raised to 1 less this (partial whitening: Su et al. 2021; Mu and Viswanath 2018)."""

LEAST = 1e-3
"""The least share of the mean variance that is divided by."""


def finish_table(table: Floats, tokenizer: Tokenizer, texts: list[Bags]) -> Floats:
    """The table [rows, dimensions] with digits raised, turned to the axes of the texts' vectors and flattened."""
    digits = np.zeros(len(table), dtype=bool)
    digits[[row for piece, row in tokenizer.get_vocab().items() if piece.removeprefix("##").isdigit()]] = True
    raised = (table * np.where(digits, DIGITS, 1)[:, None]).astype(np.float32)
    second_moments = sum(vectors.T @ vectors for vectors in (all_vectors(raised, bags) for bags in texts))
    variances, axes = np.linalg.eigh(np.asarray(second_moments, dtype=np.float64))
    # A small trial has axes that no text uses: they must not be blown up.
    factors = np.maximum(variances / variances.mean(), LEAST) ** (-FLATTENING / 2)
    finished: Floats = np.ascontiguousarray((raised @ axes * factors)[:, ::-1], dtype=np.float32)
    return finished
