"""`digest run`: the job itself, its outputs and its summary."""

import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import click

from digest.cli.destinations import STDOUT, Destinations, destinations
from digest.cli.summary import summary
from digest.config import Config
from digest.errors import UsageError
from digest.outputs import (
    Publication,
    reject_record,
    run_report,
    story_record,
    to_json,
    verify_counts,
    write_jsonl,
)
from digest.records import Result

STAGES = 5  # that the pipeline announces, for the progress bar
REJECTED = 3  # the exit status of --strict
ASKED_FOR = frozenset({"outside-dates"})  # reasons that are no fault of the input


@dataclass(frozen=True, slots=True)
class Manner:
    """How a run behaves towards the person or the job that started it."""

    strict: bool = False
    dry_run: bool = False
    quiet: bool = False
    verbose: bool = False


def run_command(
    sources: Sequence[str], config: Config, outputs: tuple[str, str | None, str | None], manner: Manner
) -> int:
    """Digests sources, publishes the outputs (see `destinations`) and tells about it.  Returns the exit status.

    Raises UsageError, NoArticlesError, ModelError or OutputError; then nothing was published.
    """
    if not sources:
        raise UsageError(
            "No SOURCE was given. Name files or folders of articles, or - for JSONL on standard input, "
            "for example: digest run articles/ -o digests.jsonl"
        )
    if STDOUT in sources and sys.stdin is None:
        raise UsageError("Standard input is closed, so - has nothing to read. Name files or folders.")
    places = destinations(*outputs, sources)
    from digest.pipeline import run_sources  # slow to import: a wrong command line does not wait for it

    started = _now()
    with _progress(shown=not manner.quiet and sys.stderr.isatty()) as on_stage:
        result = run_sources(sources, config, stdin=sys.stdin.buffer if STDOUT in sources else None, on_stage=on_stage)
    verify_counts(result)
    if not manner.dry_run:
        _publish(result, config, places, started)
    if not manner.quiet:
        click.echo(summary(result, places, dry_run=manner.dry_run, stages=manner.verbose), err=True)
    faulty = any(reject.reason not in ASKED_FOR for reject in result.rejects)
    return REJECTED if manner.strict and faulty else 0


def _publish(result: Result, config: Config, places: Destinations, started: str) -> None:
    """All outputs are on disk before the first takes its place, and the digests take theirs last."""
    with Publication() as publication:
        if places.rejects:
            with publication.stage(places.rejects) as stream:
                write_jsonl(stream, map(reject_record, result.rejects))
        if places.run_report:
            report = run_report(
                result,
                config,
                started=started,
                finished=_now(),
                peak_memory_mb=_peak_memory_mb(),
                outputs=places.by_name(),
            )
            with publication.stage(places.run_report) as stream:
                stream.write(to_json(report, indent=True) + b"\n")
        if places.digests:
            with publication.stage(places.digests) as stream:
                write_jsonl(stream, map(story_record, result.stories))
    if not places.digests:
        write_jsonl(sys.stdout.buffer, map(story_record, result.stories))
        sys.stdout.buffer.flush()


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _peak_memory_mb() -> float:
    """The most memory that this process held, in megabytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3 / 1.024)


@contextmanager
def _progress(*, shown: bool) -> Iterator[Callable[[str], None]]:
    """A function that takes the name of each stage as it begins, and shows it on a bar."""
    if not shown:
        yield lambda _stage: None
        return
    from tqdm import tqdm

    with tqdm(total=STAGES, file=sys.stderr, leave=False, bar_format="{desc:8} {bar:20} {n}/{total} {elapsed}") as bar:

        def on_stage(stage: str) -> None:
            bar.set_description_str(stage, refresh=False)
            bar.update(1)
            bar.refresh()

        yield on_stage
