"""`--metrics`: what a run leaves for Prometheus, however it ended."""

import logging
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from digest.cli.statuses import INTERRUPTED, READER_GONE
from digest.errors import DigestError, OutputError
from digest.outputs import Publication, last_success, metrics_text
from digest.result import Result

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Measures:
    """What a run has come to: its result, once there is one, and its exit status, where no error says another."""

    result: Result | None = None
    exit_status: int = 0


@contextmanager
def measured(path: Path | None, model: str) -> Iterator[Measures]:
    """Writes the metrics when the block ends, well or not; None: nowhere.

    Metrics that cannot be written cost a warning: what the run published stands.
    """
    measures, start = Measures(), time.perf_counter()
    try:
        yield measures
    except BaseException as e:
        measures.exit_status = _status_of(e)
        raise
    finally:
        if path:
            _write(path, measures, model, time.perf_counter() - start)


def _status_of(error: BaseException) -> int:
    if isinstance(error, DigestError):
        return error.exit_status
    if isinstance(error, SystemExit) and isinstance(error.code, int):
        return error.code
    return {KeyboardInterrupt: INTERRUPTED, BrokenPipeError: READER_GONE}.get(type(error), 1)


def _write(path: Path, measures: Measures, model: str, seconds: float) -> None:
    now, before = round(time.time(), 3), None
    with suppress(OSError, UnicodeDecodeError):
        before = last_success(path.read_text("utf-8"))
    text = metrics_text(
        measures.result,
        exit_status=measures.exit_status,
        finished=now,
        last_success=before,
        seconds=seconds,
        peak_memory_mb=peak_memory_mb(),
        model=model,
    )
    try:
        with Publication() as publication, publication.stage(path) as stream:
            stream.write(text.encode())
    except OutputError as e:
        _log.warning("The metrics are not written. %s", e)


def peak_memory_mb() -> float:
    """The most memory that this process held, in megabytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3 / 1.024)
