"""How a room hands its shards of work to an engine that it does not know."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

Shared = TypeVar("Shared")
Shard = TypeVar("Shard")
Found = TypeVar("Found")


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
