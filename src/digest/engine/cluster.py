"""The engine of a cluster: Ray tasks, and actors for what has to stay where it is, such as a model on a GPU.

Ray is imported here, and only when it is asked for.  What a stage shares goes to the object store once, and each worker
process unpacks it once; shards and results travel by the store, which spills to disk what does not fit.
"""

import functools
import itertools
import logging
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from digest.engine.processes import RemoteTraceback, answer
from digest.engine.serial import SerialEngine
from digest.errors import DigestError, EngineError
from digest.maps import Found, Shard, Shared

_ROOM = 4  # shards for each worker that may be out, or done and waiting for their turn
_AHEAD = 2  # tasks for each worker that are out: one waits where another runs
_LEAST = 2  # shards that are worth sending


class RayEngine:
    """Does the work as tasks of a Ray cluster (see `protocol.Engine`)."""

    shares_memory = False

    def __init__(self, workers: int | None = None) -> None:
        """Joins the cluster that RAY_ADDRESS names or that this process is in, else starts one on this machine.

        workers: tasks at once at most (default: the cluster's processors).  Raises EngineError where there is no Ray,
        or no cluster that answers.
        """
        self._ray = _import_ray()
        self._owns = not self._ray.is_initialized()
        if self._owns:
            try:
                self._ray.init(log_to_driver=False, logging_level=logging.ERROR, include_dashboard=False)
            except (ConnectionError, RuntimeError, ValueError, OSError) as e:
                reason = (str(e).strip() or type(e).__name__).splitlines()[0]
                raise EngineError(
                    f"No Ray cluster answers ({reason}). Check RAY_ADDRESS, or use --engine local."
                ) from e
        self.workers = workers or max(1, int(self._ray.cluster_resources().get("CPU", 1)))

    def map(
        self,
        function: Callable[[Shared, Shard], Found],
        shards: Iterable[Shard],
        shared: Shared,
        on_failure: Callable[[Shard, Exception], Found] | None = None,
    ) -> Iterator[Found]:
        """As the protocol says.  A task whose process or node dies is done once more by Ray itself."""
        coming = iter(shards)
        first = list(itertools.islice(coming, _LEAST))
        every = itertools.chain(first, coming)
        if len(first) < _LEAST:
            yield from SerialEngine().map(function, every, shared, on_failure)
            return
        held = self._ray.put((function, shared))
        task = self._ray.remote(max_retries=1, num_cpus=1)(_do)
        flight = _Flight(self._ray, lambda shard: task.remote([held], shard), self.workers, on_failure)
        yield from flight.results(every)

    def actors(self, *, on_gpus: bool) -> "RayActors":
        """Workers that stay from map to map: one for each GPU of the cluster, if it has any and they are wanted, else
        as many as tasks run at once."""
        gpus = int(self._ray.cluster_resources().get("GPU", 0)) if on_gpus else 0
        # No processor is kept from the tasks of other maps: actors rest between theirs.
        options = {"max_restarts": 1, "max_task_retries": 1, "num_cpus": 0, "num_gpus": 1 if gpus else 0}
        make = self._ray.remote(**options)(_Resident).remote
        return RayActors(self._ray, [make() for _ in range(gpus or self.workers)])

    def close(self) -> None:
        """Leaves the cluster; one that this engine started ends."""
        if self._owns:
            self._ray.shutdown()


class RayActors:
    """The same map by workers that stay: what a function keeps in its process, as a model, is there the next time."""

    def __init__(self, ray: Any, actors: list[Any]) -> None:
        self._ray = ray
        self._actors = actors

    def map(
        self, function: Callable[[Shared, Shard], Found], shards: Iterable[Shard], shared: Shared
    ) -> Iterator[Found]:
        """As the protocol says; nothing stands in for what fails."""
        turns = itertools.cycle(self._actors)
        held = self._ray.put((function, shared))
        return _Flight(self._ray, lambda shard: next(turns).do.remote([held], shard), len(self._actors)).results(shards)

    def close(self) -> None:
        """Ends the actors."""
        for actor in self._actors:
            self._ray.kill(actor)


_LOST = "A task of the Ray cluster was lost twice. Nothing was published. Is digest installed on every node?"
_Task = tuple[int, Any, int]  # its number, its shard, how often it failed


class _Flight:
    """The tasks of one map, on their way."""

    def __init__(
        self,
        ray: Any,
        send: Callable[[Any], Any],
        workers: int,
        on_failure: Callable[[Any, Exception], Any] | None = None,
    ) -> None:
        """send: begins a task and returns the reference of its answer."""
        self._ray, self._send, self._workers, self._on_failure = ray, send, workers, on_failure
        self._out: dict[Any, _Task] = {}
        self._again: deque[_Task] = deque()
        self._done: dict[int, Any] = {}

    def results(self, shards: Iterable[Any]) -> Iterator[Any]:
        """The results in order."""
        coming = ((number, shard, 0) for number, shard in enumerate(shards))
        given = told = 0
        try:
            while True:
                while len(self._out) < _AHEAD * self._workers and (self._again or given - told < _ROOM * self._workers):
                    task = self._again.popleft() if self._again else next(coming, None)
                    if task is None:
                        break
                    given = max(given, task[0] + 1)
                    self._out[self._send(task[1])] = task
                if told in self._done:
                    yield self._done.pop(told)
                    told += 1
                elif self._out:
                    ready, _ = self._ray.wait(list(self._out), num_returns=1)
                    for reference in ready:
                        self._take(self._out.pop(reference), *self._answer(reference))
                else:
                    return
        finally:
            for reference in self._out:
                self._ray.cancel(reference, force=False)

    def _take(self, task: _Task, good: bool, found: Any) -> None:
        number, shard, failures = task
        lost = isinstance(found, EngineError)  # Ray itself has tried it again
        if good:
            self._done[number] = found
        elif isinstance(found, DigestError) and not lost:
            raise found
        elif not failures and not lost:
            self._again.append((number, shard, 1))
        elif self._on_failure is None:
            raise found
        else:
            self._done[number] = self._on_failure(shard, found)

    def _answer(self, reference: Any) -> tuple[bool, Any]:
        """(True, result) or (False, error)."""
        try:
            good, found, *where = self._ray.get(reference)
        except self._ray.exceptions.RayError as e:
            return False, EngineError(f"{_LOST} ({type(e).__name__}: {(str(e).strip() or '?').splitlines()[-1]}).")
        if where:
            found.__cause__ = RemoteTraceback(where[0])
        return good, found


class _Resident:
    """A worker that stays."""

    def do(self, held: list[Any], shard: Any) -> tuple[Any, ...]:
        return _do(held, shard)


def _do(held: list[Any], shard: Any) -> tuple[Any, ...]:
    """A task: (True, result), or (False, error, where it was raised).  held: the reference of function and shared."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    return answer(*_unpack(held[0]), shard)


@functools.lru_cache(maxsize=1)
def _unpack(reference: Any) -> tuple[Callable[[Any, Any], Any], Any]:
    """What a stage shares, unpacked once a process."""
    import ray

    found: tuple[Callable[[Any, Any], Any], Any] = ray.get(reference)
    return found


def _import_ray() -> Any:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # no network, no surprise
    try:
        import ray
    except ImportError as e:
        raise EngineError(
            "Ray is not installed. Install it with: pip install 'digest[ray]', or use --engine local."
        ) from e
    return ray
