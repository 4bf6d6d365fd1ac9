"""How a room hands its shards of work to an engine that it does not know."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

Shared = TypeVar("Shared")
Shard = TypeVar("Shard")
Found = TypeVar("Found")


_FEW = 3  # light shards that are done in turn


class Map(Protocol):
    """An engine's `map`: `function(shared, shard)` of each shard, in order.

    `function` stands at the top of a module and depends on its two arguments alone; shards are cut by the data alone.
    """

    def __call__(
        self, function: Callable[[Shared, Shard], Found], shards: Iterable[Shard], shared: Shared, /
    ) -> Iterable[Found]: ...


def in_turn(function: Callable[[Shared, Shard], Found], shards: Iterable[Shard], shared: Shared, /) -> Iterator[Found]:
    """The map of who has no engine."""
    return (function(shared, shard) for shard in shards)


def sparing(spread: Map) -> Map:
    """The same, but that a few shards are done in turn.  For who cuts light ones, a twentieth of a second's work: to
    send for workers takes as long."""

    def spread_many(
        function: Callable[[Shared, Shard], Found], shards: Iterable[Shard], shared: Shared, /
    ) -> Iterable[Found]:
        coming = iter(shards)
        first = list(itertools.islice(coming, _FEW + 1))
        do = spread if len(first) > _FEW else in_turn
        return do(function, itertools.chain(first, coming), shared)

    return spread_many
