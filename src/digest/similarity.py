"""The sparse and dense linear algebra that several stages share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from digest.growing import Growing
from digest.maps import Map, in_turn
from digest.tokens import Int64, Terms, row_blocks

Bool = npt.NDArray[np.bool_]
Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]
Whole = TypeVar("Whole", bound=np.integer)

PLACES = 5  # Similarities are rounded before they are compared: the last bits differ between processors.
_BLOCK = 4_000_000  # Numbers in a block of a sparse product: about 50 MB.
_ROWS = 1 << 10  # Rows of a sparse matrix in a block: articles of 6 KB make 5 MB.
_PAIRS = 1 << 14  # Pairs of vectors in a block: 40 MB.
_DENSE = 8  # Products wasted for each one wanted, at most, when a block is computed whole.


@dataclass(frozen=True, eq=False, slots=True)
class ScaledVectors:
    """Vectors whose cosines mean something else than the shipped model's do, on which thresholds were measured.

    vectors: float32 [n, d], unit rows; mean: float32 [d], the mean of such vectors in news (empty: unknown); scale:
    from the cosines about the mean to those that the shipped model would give.
    """

    vectors: Float32
    mean: Float32
    scale: Callable[[Float32], Float32]

    def __getitem__(self, rows: "Int64 | slice") -> "ScaledVectors":
        return ScaledVectors(self.vectors[rows], self.mean, self.scale)

    def __len__(self) -> int:
        return len(self.vectors)


Vectors = Float32 | ScaledVectors


def plain(vectors: Vectors) -> Float32:
    """Vectors as they are: float32 [n, d]."""
    return vectors.vectors if isinstance(vectors, ScaledVectors) else vectors


def cosines(one: Vectors, other: Vectors) -> Float32:
    """The cosine of each row of `one` with each of `other`, on the shipped model's scale: float32 [n, m]."""
    product: Float32 = plain(one) @ plain(other).T
    return one.scale(product) if isinstance(one, ScaledVectors) else product


def counts(terms: Terms) -> sp.csr_array:
    """How often each row holds each term: float32 [n rows, n terms], canonical (sorted, no repeats).  Blocks bound the
    memory."""
    every = np.ones(len(terms), bool)
    return counts_of_each(terms, [every], np.arange(len(terms) + 1, dtype=np.int64))[0]


def counts_of_each(
    terms: Terms, choices: Sequence[npt.NDArray[np.bool_]], bounds: Int64, spread: Map = in_turn
) -> list[sp.csr_array]:
    """The same for rows that each join the chosen ones among the rows `bounds[i]:bounds[i + 1]`, for each of several
    choices (bool [n rows]); terms are read once for all.  spread: does the blocks."""
    stacks = [_Stack(len(terms.hashes)) for _ in choices]
    for found in spread(_count_block, row_blocks(terms.ptr[bounds]), (terms, choices, bounds)):
        for stack, part in zip(stacks, found, strict=True):
            stack.add(part)
    return [stack.whole() for stack in stacks]


def _count_block(
    shared: tuple[Terms, Sequence[npt.NDArray[np.bool_]], Int64], block: tuple[int, int]
) -> list[sp.csr_array]:
    """The counts of a range of the joined rows, for each choice.  shared: what `counts_of_each` gets."""
    terms, choices, bounds = shared
    ends = bounds[block[0] : block[1] + 1]
    first, last = int(ends[0]), int(ends[-1])
    ids, width = terms.of_rows(first, last), np.diff(terms.ptr[first : last + 1])
    found = []
    for chosen in choices:
        of_rows = width * chosen[first:last]
        # A copy of the ids: making the matrix canonical sorts them in place, and the terms keep their reading order.
        held, begins = ids[np.repeat(chosen[first:last], width)], np.append(0, np.cumsum(of_rows))[ends - first]
        shape = (len(ends) - 1, len(terms.hashes))
        matrix = sp.csr_array((np.ones(len(held), np.float32), held, begins), shape=shape)
        matrix.sum_duplicates()
        found.append(matrix)
    return found


class _Stack:
    """Matrices of one width (fewer than 2 ** 31 columns) and of numbers of one kind below each other, with the smallest
    indices that do.  They are added one by one, so that they need not stand in memory twice."""

    def __init__(self, width: int, kind: type[np.generic] = np.float32) -> None:
        self._width = width
        self._data, self._indices, self._ends = Growing(kind), Growing(np.int32), Growing(np.int64)
        self._ends.add(np.zeros(1, np.int64))

    def add(self, part: sp.csr_array) -> None:
        self._ends.add(part.indptr[1:].astype(np.int64) + len(self._data))
        self._data.add(part.data)
        self._indices.add(part.indices.astype(np.int32, copy=False))

    def whole(self) -> sp.csr_array:
        """All of them; none is added any more."""
        index = np.int32 if max(len(self._data), self._width) < 2**31 else np.int64
        columns, bounds = (grown.grown().astype(index, copy=False) for grown in (self._indices, self._ends))
        return sp.csr_array((self._data.grown(), columns, bounds), shape=(len(bounds) - 1, self._width))


def by_blocks(
    rows: int, width: int, make: Callable[[slice], sp.csr_array], kind: type[np.generic] = np.float32
) -> sp.csr_array:
    """The matrix of which `make` makes the rows of a slice, block by block: what is made on the way is bounded."""
    stack = _Stack(width, kind)
    for at in range(0, rows, _ROWS):
        stack.add(make(slice(at, min(at + _ROWS, rows))))
    return stack.whole()


def holders(matrix: sp.csr_array) -> Int64:
    """How many rows hold each column: int64 [T].  By blocks, since `np.bincount` takes indices of 64 bits."""
    found = np.zeros(matrix.shape[1], np.int64)
    for at in range(0, matrix.nnz, _BLOCK):
        found += np.bincount(matrix.indices[at : at + _BLOCK], minlength=matrix.shape[1])
    return found


def tf_idf(counted: sp.csr_array, idf: Float32) -> sp.csr_array:
    """(1 + ln tf) * idf: float32 [n, T], canonical; terms of weight 0 are left out.  idf: float32 [T]

    Sublinear term frequency: Manning, Raghavan and Schütze (2008), section 6.4.1.
    """
    return weigh_terms(counted, idf[counted.indices])


def weigh_terms(counted: sp.csr_array, weights: Float32) -> sp.csr_array:
    """The same, with a weight for each number of the matrix: float32 [nnz]."""
    data = ((1 + np.log(counted.data)) * weights).astype(np.float32)
    matrix = sp.csr_array((data, counted.indices.copy(), counted.indptr.copy()), shape=counted.shape)
    matrix.eliminate_zeros()
    return matrix


def distinct(numbers: npt.NDArray[Whole]) -> npt.NDArray[Whole]:
    """The distinct ones of some whole numbers, ascending: [m].  By sorting, which is several times as fast as the hash
    table of `np.unique`."""
    ordered = np.sort(numbers)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered


def firsts(numbers: Int64) -> tuple[Int64, Int64]:
    """The distinct ones of some whole numbers from 0, ascending, and where each stands first: int64 [m] each.  One
    number holds a number and its place, since sorting such is several times as fast as what `np.unique` does."""
    count = max(len(numbers), 1)
    if len(numbers) and int(numbers.max()) >= np.iinfo(np.int64).max // count:  # too large for both in one
        return np.unique(numbers, return_index=True)
    ordered = np.sort(numbers * count + np.arange(len(numbers)))
    found = ordered // count
    begins = np.flatnonzero(np.append(True, found[1:] != found[:-1])[: len(found)])
    return found[begins], ordered[begins] - found[begins] * count


def unit_rows(matrix: Float32) -> Float32:
    """Rows of length 1; a row of zeros stays."""
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    return (matrix / np.where(norms > 0, norms, 1)).astype(np.float32)


def unit_rows_about(matrix: Float32, mean: Float32) -> Float32:
    """Rows of length 1 of what is left of a matrix when the mean is taken away; block by block."""
    out = np.empty_like(matrix)
    for at in range(0, len(matrix), _ROWS):
        out[at : at + _ROWS] = unit_rows(matrix[at : at + _ROWS] - mean)
    return out


def unit_sparse_rows(matrix: sp.csr_array) -> sp.csr_array:
    """The same for a sparse matrix."""
    norms = np.sqrt(row_sums(matrix.power(2)))
    data = matrix.data / np.repeat(norms, np.diff(matrix.indptr))
    return sp.csr_array((data.astype(np.float32), matrix.indices, matrix.indptr), shape=matrix.shape)


def row_sums(matrix: sp.csr_array) -> Float32:
    """The sum of each row: float32 [n]."""
    return np.asarray(matrix.sum(axis=1), dtype=np.float32).ravel()


def pair_products(a: sp.csr_array, b: sp.csr_array, left: Int64, right: Int64) -> Float32:
    """The inner product of row `left[p]` of a and row `right[p]` of b, for each pair: float32 [n pairs].

    Blocks bound the memory, whatever the number of pairs.  Pairs that share rows should stand side by side: a block
    that holds most pairs of its rows is one matrix product.
    """
    out = np.empty(len(left), np.float32)
    width = max(1, (a.nnz + b.nnz) // max(1, a.shape[0]))
    step = max(1, _BLOCK // width)
    for start in range(0, len(left), step):
        block = slice(start, start + step)
        rows, at_row = np.unique(left[block], return_inverse=True)
        columns, at_column = np.unique(right[block], return_inverse=True)
        if len(rows) * len(columns) <= _DENSE * len(at_row):
            out[block] = (a[rows] @ b[columns].T).toarray()[at_row, at_column]
        else:
            out[block] = row_sums(a[left[block]].multiply(b[right[block]]).tocsr())
    return out


def pair_cosines(vectors: Float32, left: Int64, right: Int64) -> Float32:
    """The inner product of the rows of each pair: float32 [n pairs].  vectors: float32 [n, d].  Blocks bound the
    memory."""
    out = np.empty(len(left), np.float32)
    for first in range(0, len(left), _PAIRS):
        part = slice(first, first + _PAIRS)
        out[part] = np.einsum("ij,ij->i", vectors[left[part]], vectors[right[part]])
    return out
