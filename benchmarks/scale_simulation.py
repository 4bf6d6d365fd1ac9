"""What the driver of a large run has to hold and do: `python benchmarks/scale_simulation.py [SIZE ...]`.

The sizes are beyond any set: articles are made up as numbers (sampled shingles, candidate pairs with their log-odds),
as many and as clustered as real ones; what is done with them is the program's own code.  Each size runs in a process of
its own and is printed beside the plan of docs/scale.md: bytes an article, microseconds an article, and the growth of
either.
"""

import gc
import math
import multiprocessing
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from arguments import parser_of

from digest.duplicates import candidates
from digest.engine import processors
from digest.records import Article
from digest.splitting import Part, join
from digest.stories.linkage import complete_pairs, find_components, grow_trees
from digest.stories.ties import Pairs
from digest.tokens import Tokens

SEED = 7
NEIGHBOURS = 4  # candidate pairs an article, as `stories.candidates` takes them
SAMPLES = 160  # sampled shingles of an article of 6 KB
SHARED = 0.04  # of them, that another article has, too
WORDS = 1_000  # words of an article of 6 KB
ROWS = 42  # its title, sentences and headings
NEW_WORDS = 25  # words that no article before had, at 5,000 articles; fewer and fewer after that
COMMON, RARE = 3_000, 0.2  # common words, and the share of the text that is other ones
SHARD = 170  # articles in a shard of splitting


@dataclass(frozen=True, slots=True)
class Plan:
    """What docs/scale.md says of a part: bytes and microseconds an article on one core."""

    bytes: float
    microseconds: float


PLANS = {
    "join shards": Plan(bytes=5_000, microseconds=100),
    "copies: index": Plan(bytes=1_400, microseconds=15),
    "stories: edges": Plan(bytes=110, microseconds=1),
    "stories: trees": Plan(bytes=65, microseconds=30),
}


def main() -> None:
    parser = parser_of(__doc__)
    parser.add_argument("articles", type=int, nargs="*", metavar="SIZE", default=[100_000, 1_000_000], help="articles")
    parser.add_argument("--parts", nargs="*", choices=PLANS, default=PLANS, help="of these (default: all)")
    args = parser.parse_args()
    print(f"one of {processors()} processors\n")
    heads = ("articles", 10), ("seconds", 8), ("MB", 8), ("us/article", 11), ("plan", 6), ("B/article", 10), ("plan", 6)
    print(f"{'part':16} " + " ".join(f"{head:>{width}}" for head, width in heads) + f" {'growth':>7}")
    for name in args.parts:
        plan = PLANS[name]
        last: tuple[int, float] | None = None
        for size in args.articles:
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                seconds, held = pool.apply(_measured, (name, size))
            grown = f"{math.log(seconds / last[1]) / math.log(size / last[0]):7.2f}" if last else ""
            print(
                f"{name:16} {size:>10,} {seconds:8.1f} {held / 1e6:8.0f} {seconds / size * 1e6:11.1f} "
                f"{plan.microseconds:6.0f} {held / size:10.0f} {plan.bytes:6.0f} {grown}",
                flush=True,
            )
            last = size, seconds


def _measured(name: str, articles: int) -> tuple[float, float]:
    """CPU seconds of a part, and the bytes of what it was given and what it found."""
    chance = np.random.default_rng(SEED)
    gc.collect()
    return PARTS[name](articles, chance)


def join_shards(articles: int, chance: np.random.Generator) -> tuple[float, float]:
    """The vocabulary and the columns of a corpus, from its shards."""
    shards = [range(at, min(at + SHARD, articles)) for at in range(0, articles, SHARD)]
    shape = _Vocabulary(articles)
    spent = 0.0

    def parts() -> Iterator[Part]:
        nonlocal spent
        for shard in shards:
            before = time.process_time()
            part = _part(shard, shape, chance)
            spent += time.process_time() - before
            yield part

    start = time.process_time()
    columns, _ = join([Article("", "", language="en")] * articles, parts())
    seconds = time.process_time() - start - spent
    tokens = columns.tokens
    held = sum(a.nbytes for a in (columns.rows, columns.spans, columns.kinds, tokens.ids, tokens.ptr))
    return seconds, held + sum(60 + len(word) for word in tokens.vocabulary)


class _Vocabulary:
    """Heaps' law (1978): distinct words grow with about the square root of the text."""

    def __init__(self, articles: int) -> None:
        self.size = int(2 * NEW_WORDS * 5_000 * math.sqrt(articles / 5_000))

    def draw(self, count: int, chance: np.random.Generator) -> np.ndarray[Any, np.dtype[np.int64]]:
        """Numbers of words, the frequent ones small."""
        rare = chance.random(count) < RARE
        found = np.where(rare, np.power(self.size, chance.random(count)), COMMON * chance.random(count) ** 3)
        return np.asarray(found.astype(np.int64))


def _part(shard: range, shape: _Vocabulary, chance: np.random.Generator) -> Part:
    drawn = shape.draw(len(shard) * WORDS, chance)
    words, ids = np.unique(drawn, return_inverse=True)
    rows = len(shard) * ROWS
    ptr = np.linspace(0, len(ids), rows + 1).astype(np.int64)
    tokens = Tokens(tuple(f"w{word}" for word in words.tolist()), ids.astype(np.int32), ptr)
    ends = np.arange(len(shard) + 1, dtype=np.int64) * ROWS
    return Part(("en",) * len(shard), ends, np.zeros((rows, 2), np.int32), np.zeros(rows, np.uint8), tokens)


def copies_index(articles: int, chance: np.random.Generator) -> tuple[float, float]:
    """The inverted index of sampled shingles, sorted, and the pairs that share some."""
    bits = max(1, (articles - 1).bit_length())
    low = np.uint64((1 << bits) - 1)
    hashes = chance.integers(0, 2**63, articles * SAMPLES, dtype=np.uint64) << np.uint64(1)
    ranks = np.repeat(np.arange(articles, dtype=np.uint64), SAMPLES)
    shared = np.flatnonzero(chance.random(len(hashes)) < SHARED)
    hashes[shared] = hashes[chance.integers(0, len(hashes), len(shared))]
    index = (hashes & ~low) | ranks
    del hashes, ranks
    start = time.process_time()
    index.sort()
    pairs, counts = candidates._count_pairs(index, bits)  # the part of `find_candidates` that the driver does
    return time.process_time() - start, index.nbytes + pairs.nbytes + counts.nbytes


def _edges(articles: int, chance: np.random.Generator) -> Pairs:
    """Candidate pairs: stories of a few articles, and weak ties between neighbours."""
    left = np.repeat(np.arange(articles, dtype=np.int64), NEIGHBOURS)
    near = chance.geometric(0.3, len(left))
    story = chance.random(articles) < 0.35  # articles with others of their story behind them
    strong = story[left] & (near <= 2)
    far = chance.integers(0, articles, len(left))
    right = np.where(strong, np.minimum(left + near, articles - 1), far)
    odds = np.where(strong, chance.normal(1.5, 1.0, len(left)), chance.normal(-4.0, 0.8, len(left)))
    keep = left < right
    left, right, odds = left[keep], right[keep], odds[keep].astype(np.float32)
    return Pairs(left, right, np.zeros((len(left), 5), np.float32), np.ones(len(left), np.float32), odds)


def stories_edges(articles: int, chance: np.random.Generator) -> tuple[float, float]:
    """The components that candidate pairs connect."""
    pairs = _edges(articles, chance)
    start = time.process_time()
    groups = find_components(pairs.left, pairs.right, pairs.log_odds, articles, -1.0, 1_000)
    seconds = time.process_time() - start
    held = sum(getattr(pairs, name).nbytes for name in ("left", "right", "features", "closeness", "log_odds"))
    return seconds, held + sum(group.nbytes for group in groups)


def stories_trees(articles: int, chance: np.random.Generator) -> tuple[float, float]:
    """All pairs within the components, and the trees of their merges."""
    pairs = _edges(articles, chance)
    groups = find_components(pairs.left, pairs.right, pairs.log_odds, articles, -1.0, 1_000)
    start = time.process_time()
    left, _ = complete_pairs(groups)
    ties = chance.random(len(left)).astype(np.float32)
    trees = grow_trees(groups, ties)
    seconds = time.process_time() - start
    return seconds, len(left) * (8 + 8 + 4 + 20 + 4) + sum(t.members.nbytes + t.merges.nbytes for t in trees)


PARTS: dict[str, Callable[[int, np.random.Generator], tuple[float, float]]] = {
    "join shards": join_shards,
    "copies: index": copies_index,
    "stories: edges": stories_edges,
    "stories: trees": stories_trees,
}

if __name__ == "__main__":
    main()
