"""The engine that is none: the work is done here, shard by shard."""

from collections.abc import Callable, Iterable, Iterator

from digest.errors import DigestError
from digest.maps import Found, Shard, Shared


class SerialEngine:
    """Does everything in this process (see `protocol.Engine`)."""

    workers = 1
    shares_memory = True

    def map(
        self,
        function: Callable[[Shared, Shard], Found],
        shards: Iterable[Shard],
        shared: Shared,
        on_failure: Callable[[Shard, Exception], Found] | None = None,
    ) -> Iterator[Found]:
        """As the protocol says."""
        for shard in shards:
            try:
                found = _twice(function, shared, shard)
            except DigestError:
                raise
            except Exception as e:
                if on_failure is None:
                    raise
                found = on_failure(shard, e)
            yield found

    def close(self) -> None:
        """There is nothing to end."""


def _twice(function: Callable[[Shared, Shard], Found], shared: Shared, shard: Shard) -> Found:
    try:
        return function(shared, shard)
    except DigestError:
        raise
    except Exception:  # noqa: BLE001 - whatever it was: the second time it is raised
        return function(shared, shard)
