"""Texts in batches of one shape, so that a text's vector does not depend on the batch it shares.

Matrix products choose their kernels, and with them the order of their sums, by the shape of a batch.  Here a text's
own length alone decides that shape: its tokens rounded up to a multiple of STEP give the width, the width gives the
number of rows, and a batch that is not full is filled up.  Whoever stands beside a text, it meets the same arithmetic.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from digest.tokens import Int64

STEP = 8  # Widths are its multiples: 4 tokens of padding a text on average.


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts of one width.  width: tokens; rows: texts that the batch holds when it is full; members: int64 [m]."""

    width: int
    rows: int
    members: Int64

    @property
    def tokens(self) -> int:
        """What the batch costs, padding and filling included."""
        return self.width * self.rows


def widths_of(lengths: Int64, longest: int) -> Int64:
    """The width of each text's batch: int64 [n].  lengths: tokens of each text, at most `longest`."""
    widths: Int64 = np.clip(-(-lengths // STEP) * STEP, STEP, longest)
    return widths


def rows_of(width: int, budget: int) -> int:
    """How many texts of a width one batch holds; budget: tokens in a batch."""
    return max(1, budget // width)


def cut_batches(widths: Int64, places: Int64, budget: int) -> Iterator[Batch]:
    """The texts at `places` (int64 [m]) in batches, the widest first: what does not fit into memory shows at once."""
    order = places[np.lexsort((places, -widths[places]))]
    for part in np.split(order, np.flatnonzero(np.diff(widths[order])) + 1):
        if len(part):
            width = int(widths[part[0]])
            rows = rows_of(width, budget)
            yield from (Batch(width, rows, part[first : first + rows]) for first in range(0, len(part), rows))
