"""Who does the shards of a stage."""

from collections.abc import Callable, Iterable, Iterator

import pytest

from digest.maps import Found, Shard, Shared, sparing


class _Workers:
    """An engine's map that says what it was given."""

    def __init__(self) -> None:
        self.given: list[object] = []

    def map(
        self, function: Callable[[Shared, Shard], Found], shards: Iterable[Shard], shared: Shared, /
    ) -> Iterator[Found]:
        for shard in shards:
            self.given.append(shard)
            yield function(shared, shard)


@pytest.mark.parametrize("count", [0, 1, 3, 4, 9])
def test_workers_are_sent_for_where_there_is_work_for_them(count: int) -> None:
    workers = _Workers()
    found = list(sparing(workers.map)(pow, iter(range(count)), 2))
    assert found == [2**n for n in range(count)]
    assert workers.given == (list(range(count)) if count > 3 else [])
