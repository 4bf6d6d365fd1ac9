"""The articles that are nearest to each by their words, within a few weeks, without multiplying all with all.

An inverted index of each article's heaviest terms gives a short list, whose true products decide.  More terms are
looked up than indexed, which finds as much as if all those were, for less.  Terms that very many articles hold are left
out, and an article looks its terms up, the heaviest first, until they have led to `_MOST_MET` others: so the cost grows
with the articles and not with their square.  `benchmarks/candidates.py` measures what is not found for it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from digest.maps import Map, in_turn
from digest.similarity import PLACES, Bool, Float32, Float64, by_blocks, holders, pair_products
from digest.tokens import Int64

DAYS_ASIDE = 14  # Articles further apart in time are not compared: no event is told for longer.
_AT_ONCE = 1 << 7  # Rows that ask an index at once: a million numbers, at most 2.5 million.
_ONE_IN = 8  # So many rows ask one index at least, of those that it holds: making it takes as long as asking for them.
_INDEXED = 100  # Terms of a row in the inverted index.
_ASKED = 200  # Terms of a row that are looked up there.
_MOST_ROWS = 3000  # A term of more rows than this is left out of an index.
_MOST_MET = 12_000  # Rows that one row is compared with in the index, each as often as it shares a term.
_LEAST = 0.03  # Inner product in the index below which no row is near.
_SHORT_LIST = 12  # Rows compared exactly for each neighbour wanted.


@dataclass(frozen=True, eq=False, slots=True)
class _Rows:
    """What is searched.  matrix: float32 [n, T], rows of length 1; indexed: the heaviest numbers of each; day: float64
    [n], nan where unknown; by_day: int64 [n], the rows in the order of days, those of unknown ones last; k: how many
    neighbours are wanted."""

    matrix: sp.csr_array
    indexed: sp.csr_array
    day: Float64
    by_day: Int64
    k: int


def nearest_rows(matrix: sp.csr_array, k: int, day: Float64, spread: Map = in_turn) -> tuple[Int64, Int64]:
    """The up to k nearest other rows of each row by inner product, as pairs (row, neighbour), sorted by row.

    matrix: float32 [n, T], rows of length 1; day: float64 [n], nan where it is unknown: rows of days that are further
    apart than `DAYS_ASIDE` are no neighbours, nor are those below `_LEAST` in the index.  Of equal ones the lower row
    comes first.  spread: does the work by days.
    """
    indexed = by_blocks(*matrix.shape, lambda rows: _heaviest(matrix[rows], _INDEXED))
    by_day = np.lexsort((np.arange(len(day)), day))
    found = list(spread(_nearest_of_days, _stretches(day[by_day]), _Rows(matrix, indexed, day, by_day, k)))
    empty = [np.empty(0, np.int64)]
    row = np.concatenate(empty + [row for row, _ in found])
    order = np.argsort(row, kind="stable")
    return row[order], np.concatenate(empty + [other for _, other in found])[order]


def _stretches(day: Float64) -> Iterator[tuple[int, int]]:
    """Ranges of rows that ask one index, in the order of their days (ascending, nan last)."""
    dated, begin = int(np.searchsorted(day, np.inf)), 0
    while begin < len(day):
        is_dated = begin < dated
        ends = np.searchsorted(day[:dated], day[begin] + np.array((-DAYS_ASIDE, DAYS_ASIDE)), "right")
        held = len(day) - dated + int(ends[1] - ends[0]) if is_dated else len(day)
        end = min(dated if is_dated else len(day), begin + max(_AT_ONCE, held // _ONE_IN))
        yield begin, end
        begin = end


def _nearest_of_days(rows: _Rows, stretch: tuple[int, int]) -> tuple[Int64, Int64]:
    """`nearest_rows` of a range of rows in the order of their days."""
    asking = np.sort(rows.by_day[slice(*stretch)])
    days = rows.day[asking]
    first, last = days.min(), days.max()  # nan, and then no bound, where they are unknown
    among = np.flatnonzero(~((rows.day < first - DAYS_ASIDE) | (rows.day > last + DAYS_ASIDE)))
    index = sp.csr_array(rows.indexed[among].T.tocsr())
    rare = holders(rows.indexed[among]) <= _MOST_ROWS
    parts = [
        _nearest_of_block(rows, asking[at : at + _AT_ONCE], among, index, rare)
        for at in range(0, len(asking), _AT_ONCE)
    ]
    return np.concatenate([row for row, _ in parts]), np.concatenate([other for _, other in parts])


def _nearest_of_block(rows: _Rows, asking: Int64, among: Int64, index: sp.csr_array, rare: Bool) -> tuple[Int64, Int64]:
    """`nearest_rows` of some rows (int64 [m]).  among: int64 [w], the rows of the index, ascending; index: float32
    [T, w]; rare: bool [T], the terms that count."""
    found = _heaviest(rows.matrix[asking], _ASKED, rare, np.diff(index.indptr)) @ index
    near = np.flatnonzero(found.data >= _LEAST)  # few: the others are never numbered
    row, other = asking[np.searchsorted(found.indptr, near, "right") - 1], among[found.indices[near]]
    kept = (row != other) & ~(np.abs(rows.day[row] - rows.day[other]) > DAYS_ASIDE)
    row, other = _best(row[kept], other[kept], found.data[near[kept]], _SHORT_LIST * rows.k)
    return _best(row, other, pair_products(rows.matrix, rows.matrix, row, other), rows.k)


def _best(row: Int64, other: Int64, score: Float32, k: int) -> tuple[Int64, Int64]:
    """The k pairs of highest score of each row."""
    # One number holds row, rank and neighbour: sorting such is many times as fast as sorting by three keys.
    asking, place = np.unique(row, return_inverse=True)
    rank, width = _ranks(score), int(other.max(initial=0)) + 1
    ranks = int(rank.max(initial=0)) + 1
    place, rest = np.divmod(np.sort((place * ranks + rank) * width + other), ranks * width)
    kept = np.arange(len(place)) - np.searchsorted(place, place) < k
    return asking[place[kept]], rest[kept] % width


def _ranks(scores: Float32) -> Int64:
    """A number for each score, the smallest for the highest; the same for scores that are equal when rounded."""
    steps = np.rint(np.round(scores, PLACES) * 10.0**PLACES).astype(np.int64)
    return np.asarray(int(steps.max(initial=0)) - steps)


def _heaviest(
    matrix: sp.csr_array, terms: int, rare: Bool | None = None, met: npt.NDArray[np.integer] | None = None
) -> sp.csr_array:
    """The heaviest `terms` numbers of each row, in the columns that are `rare` (bool [T]), if given.

    met: int [T], how many rows each column leads to; where given, up to the column at which they are `_MOST_MET`.
    """
    found = np.ones(matrix.nnz, bool) if rare is None else rare[matrix.indices]
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))[found]
    column, data = matrix.indices[found], matrix.data[found]
    # Columns ascend within each row, and so do places: of equal numbers the lower column comes first.
    size, rank = max(len(row), 1), _ranks(data)
    ranks = int(rank.max(initial=0)) + 1
    order = np.sort((row * ranks + rank) * size + np.arange(len(row))) % size
    row, column, data = row[order], column[order], data[order]
    begin = np.searchsorted(row, row)
    kept = np.arange(len(row)) - begin < terms
    if met is not None:
        sums = np.append(0, np.cumsum(met[column], dtype=np.int64))
        kept &= sums[1:] - sums[begin] <= _MOST_MET
    return sp.csr_array((data[kept], (row[kept], column[kept])), shape=matrix.shape)
