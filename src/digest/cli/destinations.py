"""Where the outputs of a run go."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from digest.articles import holds_articles
from digest.config import Config, Job
from digest.errors import OutputError, UsageError

STDOUT = "-"


@dataclass(frozen=True, slots=True)
class Destinations:
    """Paths of the outputs.  `digests` is None for standard output, the others where they are not wanted."""

    digests: Path | None
    rejects: Path | None
    run_report: Path | None
    report: Path | None = None
    metrics: Path | None = None

    def paths(self) -> list[Path]:
        """The files that are published, all or none; the metrics tell of failures, too."""
        return [path for path in (self.digests, self.rejects, self.run_report, self.report) if path]

    def by_name(self) -> dict[str, str | None]:
        """Each output's path as a run report shows it."""
        return {
            "digests": str(self.digests) if self.digests else STDOUT,
            "rejects": str(self.rejects) if self.rejects else None,
            "run_report": str(self.run_report) if self.run_report else None,
            "report": str(self.report) if self.report else None,
        }


def destinations(job: Job, config: Config, sources: Sequence[str]) -> Destinations:
    """The outputs' places, by the settings as they were given.

    A folder (one that stands, or a name that ends in "/") takes digests.jsonl, rejects.jsonl and run-report.json.
    Beside a file, the rejects take its name: night.jsonl has night.rejects.jsonl.
    Raises UsageError where an output would overwrite another, a source or an article in one, the state or the vector
    cache; OutputError where a place cannot be looked at.
    """
    try:
        return _places(job, config, sources)
    except OSError as e:  # A folder that may not be looked into, a name that is too long.
        raise OutputError(f"Cannot write {e.filename or job.output}: {e.strerror}. Choose another place.") from e


def _places(job: Job, config: Config, sources: Sequence[str]) -> Destinations:
    output = job.output
    digests: Path | None = Path(output)
    beside: Path | None
    run_report: Path | None = None
    if output == STDOUT:
        digests = beside = None
    elif output.endswith("/") or Path(output).is_dir():
        digests, beside, run_report = (Path(output) / n for n in ("digests.jsonl", "rejects.jsonl", "run-report.json"))
    else:
        name = Path(output).name.removesuffix(".gz")
        beside = Path(output).with_name(f"{name.removesuffix('.jsonl')}.rejects.jsonl")
    found = Destinations(
        digests,
        Path(job.rejects) if job.rejects else beside,
        Path(job.run_report) if job.run_report else run_report,
        Path(job.report) if job.report else None,
        Path(job.metrics) if job.metrics else None,
    )
    _refuse_overwriting(found, config, sources)
    return found


def _refuse_overwriting(found: Destinations, config: Config, sources: Sequence[str]) -> None:
    taken = {os.path.realpath(source): f"the source {source}" for source in sources if source != STDOUT}
    read = tuple(taken)
    for what, kept in (("the state", config.state), ("the vector cache", config.vector_cache)):
        if kept:  # and what stands beside such a file while it is used
            taken |= {f"{os.path.realpath(kept)}{end}": f"{what} {kept}" for end in ("", "-wal", "-shm", ".lock")}
    options = ("-o", "--rejects", "--run-report", "--report", "--metrics")
    paths = (found.digests, found.rejects, found.run_report, found.report, found.metrics)
    for option, path in zip(options, paths, strict=True):
        if str(path) == STDOUT:  # It would be a file of that name, which nobody wants.
            raise UsageError(f"{option} -: only the digests can go to standard output (-o -). Name a file.")
        if path is None or (path.exists() and not path.is_file() and not path.is_dir()):
            continue  # a pipe or a terminal takes what comes
        place = os.path.realpath(path)  # Path.resolve fails on a link that leads back to itself.
        if place in taken:
            raise UsageError(f"{option} {path} would overwrite {taken[place]}. Name another path.")
        if any(Path(place).is_relative_to(folder) for folder in read) and holds_articles(path):
            raise UsageError(f"{option} {path} would overwrite articles: it lies in a source. Name another path.")
        taken[place] = f"what {option} writes"


@contextmanager
def standard_output() -> Iterator[BinaryIO]:
    """Standard output for bytes, flushed at the end.  Raises OutputError where it takes no more."""
    try:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # who reads it has read enough
        raise
    except OSError as e:
        raise OutputError(f"Cannot write to standard output: {e.strerror}. Make room, or name a file.") from e
