"""The engine of one machine: worker processes.

Workers are forked as a stage begins, so that they see the whole corpus without a copy of it, and shards and results
alone are sent.  Where a process cannot be forked, fresh ones are sent what the stage shares.
"""

import gc
import itertools
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from multiprocessing.reduction import ForkingPickler
from typing import Any

from digest.engine.processes import (
    RemoteTraceback,
    Work,
    Worker,
    can_fork,
    fork_worker,
    give_back_memory,
    start_worker,
)
from digest.engine.serial import SerialEngine
from digest.errors import DigestError, EngineError
from digest.maps import Found, Shard, Shared

_AHEAD = 2  # tasks that a worker has at once: one waits while the parent is busy with results
_SMALL = 16_384  # bytes of a task that a busy worker may be sent: they fit the line, whatever else it holds
_ROOM = 8  # shards for each worker that may be out, or done and waiting for their turn
_LEAST_FORKED, _LEAST_FRESH = 2, 8  # shards that are worth workers: a fresh one takes a second to start


class LocalEngine:
    """Does the work in processes of this machine (see `protocol.Engine`)."""

    def __init__(self, workers: int, *, forks: bool | None = None) -> None:
        """forks: whether workers are forked (default: as `can_fork` says when a stage begins)."""
        self.workers = workers
        self._forks = forks
        self._is_wary = False

    @property
    def shares_memory(self) -> bool:
        """As the protocol says."""
        return can_fork() if self._forks is None else self._forks

    def map(
        self,
        function: Callable[[Shared, Shard], Found],
        shards: Iterable[Shard],
        shared: Shared,
        on_failure: Callable[[Shard, Exception], Found] | None = None,
    ) -> Iterator[Found]:
        """As the protocol says.  A stage of few shards is done here: workers would cost more.  Once a worker has died,
        nothing is done here: it would be this process that dies next."""
        forks = self.shares_memory
        coming = iter(shards)
        least = 1 if self._is_wary else _LEAST_FORKED if forks else _LEAST_FRESH
        first = list(itertools.islice(coming, least))
        every = itertools.chain(first, coming)
        if len(first) < least:
            yield from SerialEngine().map(function, every, shared, on_failure)
            return
        crew = _Crew((function, shared), self.workers, fork_worker if forks else start_worker, on_failure, self._beware)
        with _left_alone() if forks else nullcontext():
            try:
                yield from crew.work_off(every)
            finally:
                crew.dismiss()

    def _beware(self) -> None:
        self._is_wary = True

    def close(self) -> None:
        """Each stage ends its own workers."""


@contextmanager
def _left_alone() -> Iterator[None]:
    """Lets workers that are forked share as much as can be: a page that is written to, here or there, is shared no
    longer, and the garbage collector writes into each object that it looks at, so it is kept off those that there are.
    """
    give_back_memory()
    others = gc.get_freeze_count()
    gc.freeze()
    try:
        yield
    finally:
        if not others:  # else whoever froze them wants them so
            gc.unfreeze()


@dataclass(eq=False, slots=True)
class _Task:
    number: int
    shard: Any
    packed: memoryview
    failures: int = 0


@dataclass(eq=False, slots=True)
class _Busy:
    """A worker and the tasks that it was given, the one that it is at first."""

    worker: Worker
    tasks: deque[_Task] = field(default_factory=deque)


class _Crew:
    """The workers of one stage."""

    def __init__(
        self,
        work: Work,
        size: int,
        hire: Callable[[Work], Worker],
        on_failure: Callable[[Any, Exception], Any] | None,
        on_death: Callable[[], None],
    ) -> None:
        self._work, self._size, self._hire = work, size, hire
        self._on_failure, self._on_death = on_failure, on_death
        self._members: list[_Busy] = []
        self._again: deque[_Task] = deque()
        self._done: dict[int, Any] = {}

    def work_off(self, shards: Iterable[Any]) -> Iterator[Any]:
        """The results in order."""
        coming = map(_task, itertools.count(), shards)
        given = told = 0
        while True:
            while self._again or given - told < _ROOM * self._size:
                task = self._again.popleft() if self._again else next(coming, None)
                if task is None:
                    break
                given = max(given, task.number + 1)
                if not self._give(task):
                    self._again.appendleft(task)
                    break
            busy = any(member.tasks for member in self._members)
            if busy:  # also while results wait to be told: no worker shall wait to be heard
                self._listen(None if told not in self._done else 0)
            if told in self._done:
                yield self._done.pop(told)
                told += 1
            elif not busy and not self._again:
                return

    def dismiss(self) -> None:
        for member in self._members:
            member.worker.end()
        self._members.clear()

    def _give(self, task: _Task) -> bool:
        """Gives a task to the worker that has least to do, if one has room for it."""
        idle = min(self._members, key=lambda member: len(member.tasks), default=None)
        if (idle is None or idle.tasks) and len(self._members) < self._size:
            self._members.append(idle := _Busy(self._hire(self._work)))
        assert idle is not None
        if idle.tasks and (len(idle.tasks) >= _AHEAD or len(task.packed) > _SMALL):
            return False
        try:
            idle.worker.line.send_bytes(task.packed)
        except OSError:
            self._bury(idle)
            return False
        idle.tasks.append(task)
        return True

    def _listen(self, timeout: float | None) -> None:
        """Takes the answers that have come, or come within the seconds `timeout` (None: the next one)."""
        lines = {member.worker.line: member for member in self._members if member.tasks}
        for line in wait(list(lines), timeout):
            member = lines[line]  # type: ignore[index]
            try:
                good, found, *where = member.worker.line.recv()
            except (EOFError, OSError):
                self._bury(member)
                continue
            task = member.tasks.popleft()
            if good:
                self._done[task.number] = found
                continue
            if where:
                found.__cause__ = RemoteTraceback(where[0])
            self._failed(task, found)

    def _bury(self, member: _Busy) -> None:
        """A worker has died: of the task that it was at, as far as one can know."""
        self._members.remove(member)
        member.worker.end()
        self._on_death()
        if member.tasks:
            task = member.tasks.popleft()
            self._again.extend(member.tasks)
            self._failed(task, EngineError(_DIED))

    def _failed(self, task: _Task, error: Exception) -> None:
        task.failures += 1
        if isinstance(error, DigestError) and not isinstance(error, EngineError):
            raise error
        if task.failures < 2:
            self._again.append(task)
        elif self._on_failure is None:
            raise error
        else:
            self._done[task.number] = self._on_failure(task.shard, error)


_DIED = (
    "A worker process died twice at the same task, perhaps for lack of memory. Nothing was published. "
    "Run with fewer --workers, or with --workers 1 to see the task fail."
)


def _task(number: int, shard: Any) -> _Task:
    return _Task(number, shard, ForkingPickler.dumps(shard))
