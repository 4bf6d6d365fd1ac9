"""Texts as bags of rows, and their vectors: what the table is trained through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
import torch
from tokenizers import Tokenizer

Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Spans:
    """The rows that a few texts use, one text after the other, and how many each uses."""

    rows: npt.NDArray[np.int32]
    lengths: Indices

    def thinned(self, share: float, rng: np.random.Generator) -> Spans:
        """Without a `share` of the rows, drawn by chance."""
        kept = rng.random(len(self.rows)) >= share
        totals = np.concatenate([[0], np.cumsum(kept)])
        ends = np.cumsum(self.lengths)
        return Spans(self.rows[kept], totals[ends] - totals[ends - self.lengths])


@dataclass(frozen=True, slots=True)
class Bags:
    """Rows of the table that the texts use, flat: text i uses `rows[starts[i]:starts[i + 1]]`, in reading order."""

    rows: npt.NDArray[np.int32]
    starts: Indices

    def __len__(self) -> int:
        return len(self.starts) - 1

    def spans(self, begins: Indices, ends: Indices) -> Spans:
        """Runs of rows: passages of the texts."""
        lengths = ends - begins
        totals = np.cumsum(lengths)
        index = np.arange(totals[-1]) + np.repeat(begins - totals + lengths, lengths)
        return Spans(self.rows[index], lengths)

    def texts(self, chosen: Indices) -> Spans:
        """Whole texts."""
        return self.spans(self.starts[chosen], self.starts[chosen + 1])


def make_bags(texts: list[str], tokenizer: Tokenizer) -> Bags:
    """Cuts texts into rows; row 0, the unknown piece, is left out."""
    parts: list[npt.NDArray[np.int32]] = []
    for start in range(0, len(texts), 8192):
        for encoding in tokenizer.encode_batch_fast(texts[start : start + 8192], add_special_tokens=False):
            ids = np.asarray(encoding.ids, dtype=np.int32)
            parts.append(ids[ids != 0])
    starts = np.concatenate([[0], np.cumsum([len(part) for part in parts], dtype=np.int64)])
    return Bags(np.concatenate(parts), starts)


class _SumRows(torch.autograd.Function):
    """Counts times table, and back. Scipy's product is ten times as fast as `embedding_bag` on the way back."""

    @staticmethod
    def forward(context: Any, table: torch.Tensor, counts: sp.csr_array) -> torch.Tensor:
        context.counts = counts
        return torch.from_numpy(counts @ table.detach().numpy())

    @staticmethod
    def backward(context: Any, *gradients: torch.Tensor) -> tuple[torch.Tensor, None]:
        return torch.from_numpy(context.counts.T @ gradients[0].numpy()), None


def bag_vectors(table: torch.Tensor, bags: list[Spans]) -> list[torch.Tensor]:
    """Unit vectors [texts, dimensions] of each list of texts: the normalised sum of their rows."""
    rows = np.concatenate([part.rows for part in bags])
    lengths = np.concatenate([part.lengths for part in bags])
    starts = np.concatenate([[0], np.cumsum(lengths)])
    ones = np.ones(len(rows), dtype=np.float32)
    counts = sp.csr_array((ones, rows, starts), shape=(len(lengths), len(table)))
    summed: torch.Tensor = _SumRows.apply(table, counts)  # type: ignore[no-untyped-call]
    return list(torch.split(torch.nn.functional.normalize(summed, dim=1), [len(part.lengths) for part in bags]))


def all_vectors(table: npt.NDArray[np.float32], bags: Bags) -> npt.NDArray[np.float32]:
    """Unit vectors [len(bags), dimensions] of all texts."""
    whole = torch.from_numpy(table)
    with torch.inference_mode():
        parts = [
            bag_vectors(whole, [bags.texts(np.arange(start, min(start + 4096, len(bags))))])[0]
            for start in range(0, len(bags), 4096)
        ]
    found: npt.NDArray[np.float32] = torch.cat(parts).numpy()
    return found
