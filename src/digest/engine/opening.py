"""From the settings to an engine."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from digest.config import Config
from digest.engine.cluster import RayEngine
from digest.engine.local import LocalEngine
from digest.engine.protocol import Engine
from digest.engine.serial import SerialEngine


@contextmanager
def open_engine(config: Config) -> Iterator[Engine]:
    """The engine that the config names, closed at the end.  Raises EngineError where there is none."""
    from threadpoolctl import threadpool_limits

    engine = _make(config)
    # A sum's last bits may depend on the number of threads; and processes are what the processors are for.
    with threadpool_limits(1, "blas"):
        try:
            yield engine
        finally:
            engine.close()


def _make(config: Config) -> Engine:
    if config.engine == "ray":
        return RayEngine(config.workers)
    workers = config.workers or processors()
    return SerialEngine() if workers == 1 else LocalEngine(workers)


def processors() -> int:
    """How many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
