"""What becomes of a shard of several items that failed."""

import itertools
from collections.abc import Callable, Sequence
from typing import TypeVar

from digest.engine.protocol import Engine
from digest.maps import Shared

Item = TypeVar("Item")
Result = TypeVar("Result")


def one_by_one(
    engine: Engine,
    function: Callable[[Shared, Sequence[Item]], list[Result]],
    shared: Shared,
    lose: Callable[[Sequence[Item], Exception], list[Result]],
) -> Callable[[Sequence[Item], Exception], list[Result]]:
    """For a map's `on_failure`: the results of each item of the shard by itself, so that one alone is lost.

    lose: gives what stands in the place of an item that failed alone.
    """

    def alone(shard: Sequence[Item], error: Exception) -> list[Result]:
        if len(shard) == 1:
            return lose(shard, error)
        singles = engine.map(function, ([item] for item in shard), shared, lose)
        return list(itertools.chain.from_iterable(singles))

    return alone
