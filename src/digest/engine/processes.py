"""Worker processes of this machine: how they begin, what they do, how they end.

A forked worker has the parent's memory as it was, without a copy; a fresh one starts as a new interpreter and is sent
what it needs.  Both serve the same way: a shard in, a result out, until the other end is closed.
"""

import ctypes
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
import traceback
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from typing import Any, Protocol

from threadpoolctl import threadpool_limits

from digest.errors import EngineError

Work = tuple[Callable[[Any, Any], Any], Any]
_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
_INTERRUPTS = (signal.SIGINT, signal.SIGTERM, signal.SIGALRM)  # the last one brings back one that was lost
_NO_THREADS = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}


class Process(Protocol):
    """What this room asks of a process."""

    @property
    def pid(self) -> int | None: ...
    def kill(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Worker:
    """A process and the parent's end of the line to it."""

    process: Process
    line: Connection

    def end(self) -> None:
        """Ends the process, whatever it is at: nothing that it does outlasts its answers."""
        self.line.close()
        self.process.kill()
        wait = getattr(self.process, "join", None) or self.process.wait  # type: ignore[attr-defined]
        wait()


def can_fork() -> bool:
    """Whether this process may be forked: on Linux, with no other thread that could hold a lock, and without torch,
    whose threads do not survive it."""
    return sys.platform == "linux" and threading.active_count() == 1 and "torch" not in sys.modules


def give_back_memory() -> None:
    """Gives memory that is free back to the system.  Else each forked worker fills a copy of its own of what it finds
    free in the parent's."""
    with suppress(AttributeError):  # another C library than GNU's
        ctypes.CDLL(None).malloc_trim(0)


def fork_worker(work: Work) -> Worker:
    """A worker that has this process's memory, and `work` to do."""
    here, there = _line()
    process = get_context("fork").Process(target=_serve_forked, args=(there, work, os.getpid()), daemon=True)
    # The tokenizers' threads do not survive a fork either: told so, they do without instead of warning.
    before = os.environ.get("TOKENIZERS_PARALLELISM")
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    # Python loses an interrupt that comes while it forks: it waits until the worker knows how to take it.
    signal.pthread_sigmask(signal.SIG_BLOCK, _INTERRUPTS)
    try:
        with warnings.catch_warnings():  # of threads of the linear algebra, which are made for it
            warnings.simplefilter("ignore", DeprecationWarning)
            process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _INTERRUPTS)
        if before is None:
            del os.environ["TOKENIZERS_PARALLELISM"]
        else:
            os.environ["TOKENIZERS_PARALLELISM"] = before
    there.close()
    return Worker(process, here)


def start_worker(work: Work) -> Worker:
    """A worker in a new interpreter, which is sent its `work`.  No main module is needed, so that any program may."""
    here, there = _line()
    code = "import sys; sys.path[:] = sys.argv[2:]; from digest.engine.processes import serve_fresh; serve_fresh()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(there.fileno()), *sys.path],
        pass_fds=[there.fileno()],
        env={**os.environ, **_NO_THREADS},
        stdin=subprocess.DEVNULL,
    )
    there.close()
    worker = Worker(process, here)
    worker.line.send_bytes(ForkingPickler.dumps(work))
    return worker


def serve_fresh() -> None:
    """The life of a fresh worker: its line is named on its command line, and its work comes first."""
    line = Connection(int(sys.argv[1]))
    threadpool_limits(1)  # as in the parent, and so in those that it forks
    _serve(line, line.recv())


def _serve_forked(line: Connection, work: Work, parent: int) -> None:
    if sys.platform == "linux":  # so that no worker, and no lock that it was born with, outlasts the parent
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != parent:
            return
    _serve(line, work)


def _serve(line: Connection, work: Work) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all: the parent decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _INTERRUPTS)
    function, shared = work
    try:
        while True:
            line.send(answer(function, shared, line.recv()))
    except (EOFError, OSError):  # the parent has hung up
        return


def answer(function: Callable[[Any, Any], Any], shared: Any, shard: Any) -> tuple[Any, ...]:
    """What a task came to: (True, result), or (False, error, where it was raised), each of which can be sent."""
    try:
        return True, function(shared, shard)
    except Exception as e:  # noqa: BLE001 - it is told to the parent, which raises it
        told = "".join(traceback.format_exception(e))
        try:
            pickle.loads(pickle.dumps(e))
        except Exception:  # noqa: BLE001 - an error that cannot be sent is told in words
            return False, EngineError(f"{type(e).__name__}: {e}"), told
        return False, e, told


class RemoteTraceback(Exception):  # noqa: N818 - it is no error of its own, but where one came from
    """Where in a worker an error was raised."""

    def __str__(self) -> str:
        return f"\n{self.args[0]}"


def _line() -> tuple[Connection, Connection]:
    """The two ends of a line."""
    one, other = socket.socketpair()
    return Connection(one.detach()), Connection(other.detach())
