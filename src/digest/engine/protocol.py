"""What every engine is to the run: an ordered map over shards of work.

A stage is cut into shards by its data alone, never by the number of workers, so that each shard's result, and with it
the run's, is the same wherever the work is done.

What an engine promises:
- results come in the order of the shards, as an iterator; a shard is taken from its iterable only when there is room
  for it, so that a long stream of shards, and of results that wait for their turn, never piles up;
- a task that raises, or whose process dies, is done once more, perhaps elsewhere.  What fails twice goes to
  `on_failure`, whose answer stands in the result's place; without it the error is raised.  A DigestError is no
  accident: it is raised at once;
- when the iterator is closed, ends or raises, no work of it goes on.

What it asks of the work: `function` stands at the top of a module, and depends on its two arguments alone; `shared` is
read and never changed.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from digest.maps import Found, Shard, Shared


class Engine(Protocol):
    """Does the work of a run."""

    @property
    def workers(self) -> int:
        """How many tasks run at once at most."""
        ...

    @property
    def shares_memory(self) -> bool:
        """Whether `shared` reaches the workers without being sent, so that shards may be mere places in it."""
        ...

    def map(
        self,
        function: Callable[[Shared, Shard], Found],
        shards: Iterable[Shard],
        shared: Shared,
        on_failure: Callable[[Shard, Exception], Found] | None = None,
    ) -> Iterator[Found]:
        """`function(shared, shard)` of each shard, in order.

        on_failure: gets a shard that failed twice and the second error, and gives what stands in its place.
        Raises the second error where there is none; EngineError for a worker that died twice.
        """
        ...

    def close(self) -> None:
        """Ends what runs; a closed engine is not used again."""
        ...
