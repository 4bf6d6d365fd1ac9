"""Which articles are worth comparing: pairs that share sampled shingles, from an inverted index of sorted numbers.

Shingles are sampled by value (Manku et al. 2007 call it mod-p sampling; Broder 1997 section 4): a shingle is in or
out wherever it stands, so a share of the samples estimates a share of the text, containment included, which MinHash
cannot estimate for a short text within a long one.  Long articles are sampled more thinly, in powers of two.

Why the cost stays near-linear, and what that costs in recall: a shingle that stands in `_FEW` articles or fewer pairs
all of them.  A more common one (the set phrases of a template, a wire story that fifty papers print) pairs each of
its articles with the first `_FIRST` alone.  Articles are numbered in the order in which a copy to keep is chosen, so
the copy that is kept stands first in every list of its group.  Two copies among a thousand articles of one template
still share the shingles that hold their own figures, and those are rare.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from digest.duplicates.texts import Bodies, Texts
from digest.fingerprint import UInt64, shingles
from digest.growing import Growing
from digest.maps import Map, in_turn
from digest.similarity import Bool, distinct
from digest.tokens import Int32, Int64

_WIDTH = 5  # words in a shingle: rarer than the three that count as shared, so that lists stay short
_SAMPLES = 128  # an article is sampled more thinly while that leaves it this many
_THINNEST = 3  # at least one shingle in 2 ** 3 is taken, for short articles within long ones
_FEW = 12
_FIRST = 4
_LEAST_SHARE = 0.12  # of the samples: an article with every fourth word changed still shares a quarter
_LEAST_SHARED = 2
_BLOCK = 1 << 20  # numbers compared at a time


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of ranks, `first < second`, ascending.

    first, second: int32 [n pairs]; estimate: float32, the share of the shorter article's samples that both hold.
    """

    first: Int32
    second: Int32
    estimate: np.ndarray[tuple[int], np.dtype[np.float32]]


def find_candidates(texts: Texts, order: Sequence[int], spread: Map = in_turn) -> Pairs:
    """The pairs of articles that share enough sampled shingles.

    order: the articles to look at, in the order in which the copy to keep is chosen; ranks count along it; spread:
    does the work by blocks.
    """
    ranks = np.full(len(texts), -1, np.int64)
    ranks[order] = np.arange(len(order))
    of_rank = np.asarray(order, np.int64)
    index, bits, samples = _build_index(texts, ranks, of_rank, spread)
    packed, counts = _count_pairs(index, bits)
    first, second = (packed >> np.uint64(32)).astype(np.int32), (packed & np.uint64(0xFFFFFFFF)).astype(np.int32)
    levels = _levels(texts.lengths)
    coarser = np.maximum(levels[of_rank[first]], levels[of_rank[second]])
    possible = np.minimum(samples[of_rank[first], coarser], samples[of_rank[second], coarser])
    estimate = (counts / np.maximum(possible, 1)).astype(np.float32)
    enough = (counts >= np.minimum(_LEAST_SHARED, possible)) & (estimate >= _LEAST_SHARE)
    return Pairs(first[enough], second[enough], estimate[enough])


def _levels(lengths: Int64) -> Int64:
    """How often an article's sampling is halved."""
    halvings = np.floor(np.log2(np.maximum(lengths, 1) / _SAMPLES))
    return np.clip(halvings, 0, _THINNEST).astype(np.int64)


def _build_index(texts: Texts, ranks: Int64, of_rank: Int64, spread: Map) -> tuple[UInt64, int, Int64]:
    """The sampled shingles as sorted numbers (hash above, rank below), the bits of a rank, and how many samples each
    article has at each level: int64 [n, levels]."""
    bits = max(1, int(len(texts) - 1).bit_length())
    grown, samples = Growing(np.uint64), [np.zeros((0, _THINNEST + 1), np.int64)]
    for packed, counted in spread(_sample_block, texts.blocks(), (texts.bodies, ranks, of_rank, bits)):
        grown.add(packed)
        samples.append(counted)
    index = grown.grown()
    index.sort()
    return index, bits, np.concatenate(samples)


def _sample_block(shared: tuple[Bodies, Int64, Int64, int], block: tuple[int, int]) -> tuple[UInt64, Int64]:
    """The sampled shingles of neighbouring articles, packed and distinct, and how many samples each has at each level.
    shared: all bodies, the rank of each article, the article of each rank, the bits of a rank."""
    bodies, ranks, of_rank, bits = shared
    begin, end = block
    hashes, owners = _block_shingles(bodies, begin, end)
    taken = (hashes <= _highest(_levels(bodies.lengths[begin:end]))[owners - begin]) & (ranks[owners] >= 0)
    hashes, owners = hashes[taken], owners[taken]
    low = np.uint64((1 << bits) - 1)
    packed = distinct((hashes & ~low) | ranks[owners].astype(np.uint64))
    places, trailing = of_rank[packed & low] - begin, _trailing_zeros(packed)
    levels = [np.bincount(places[trailing >= level], minlength=end - begin) for level in range(_THINNEST + 1)]
    return packed, np.stack(levels, axis=1)


def _block_shingles(bodies: Bodies, begin: int, end: int) -> tuple[UInt64, Int32]:
    """The shingles of neighbouring articles and whose they are; none reaches over the end of its article."""
    lengths = bodies.lengths[begin:end]
    rolled = shingles(bodies.terms.hashes[bodies.ids(begin, end)], _WIDTH)
    owners = np.repeat(np.arange(begin, end, dtype=np.int32), lengths)
    inside = owners[: len(rolled)] == owners[_WIDTH - 1 :][: len(rolled)]
    return _mix(rolled[inside]), owners[: len(rolled)][inside]


def _mix(hashes: UInt64) -> UInt64:
    """Spreads every bit over all (the finaliser of SplitMix64; Steele et al. 2014): any bits may then be sampled."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))


def _highest(levels: Int64) -> UInt64:
    """The highest hash that is sampled at each level."""
    return ~np.uint64(0) >> levels.astype(np.uint64)


def _trailing_zeros(hashes: UInt64) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    """The sampling level of each shingle.  Read from the top bits, since the low ones make room for the rank."""
    out = np.zeros(len(hashes), np.uint8)
    for level in range(1, _THINNEST + 1):
        out[(hashes >> np.uint64(64 - level)) == 0] = level
    return out


def _count_pairs(index: UInt64, bits: int) -> tuple[UInt64, Int64]:
    """Each pair of ranks (the smaller above, the larger below), ascending, and how many shingles named it."""
    same = _same_as_before(index, bits)
    begins = np.flatnonzero(~same[:-1] & same[1:])  # a shingle of one article makes no pair
    sizes = np.flatnonzero(same[:-1] & ~same[1:]) + 1 - begins
    rank = np.uint64((1 << bits) - 1)
    pairs = np.concatenate([np.empty(0, np.uint64), *_pairs_of_lists(index, rank, begins, sizes)])
    pairs.sort()
    starts = np.flatnonzero(np.append(True, pairs[1:] != pairs[:-1])) if len(pairs) else np.empty(0, np.int64)
    return pairs[starts], np.diff(np.append(starts, len(pairs)))


def _same_as_before(index: UInt64, bits: int) -> Bool:
    """Which numbers are of the same shingle as the one before them: bool [n + 1].  By blocks, since it is as large an
    array as there is."""
    same = np.zeros(len(index) + 1, bool)
    for at in range(1, len(index), _BLOCK):
        end = min(at + _BLOCK, len(index))
        same[at:end] = (index[at:end] ^ index[at - 1 : end - 1]) < np.uint64(1 << bits)
    return same


def _pairs_of_lists(index: UInt64, rank: np.uint64, begins: Int64, sizes: Int64) -> Iterator[UInt64]:
    """The pairs that each list of articles gives.  rank: the bits of a rank."""
    for size in range(2, _FEW + 1):
        lists = index[begins[sizes == size][:, None] + np.arange(size)] & rank
        upper, lower = np.triu_indices(size, 1)
        yield ((lists[:, upper] << np.uint64(32)) | lists[:, lower]).ravel()
    long = sizes > _FEW
    for place in range(_FIRST):
        rest = sizes[long] - place - 1
        heads = np.repeat(begins[long] + place, rest)
        steps = np.arange(len(heads)) - np.repeat(np.cumsum(rest) - rest, rest)
        yield ((index[heads] & rank) << np.uint64(32)) | (index[heads + 1 + steps] & rank)
