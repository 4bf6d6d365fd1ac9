"""`digest run`: the job itself, its outputs and its summary."""

import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest import __version__
from digest.checkpoints import reached
from digest.cli.destinations import STDOUT, Destinations, destinations, standard_output
from digest.cli.events import Events
from digest.cli.measuring import measured, peak_memory_mb
from digest.cli.notices import token_bar, warnings_listed
from digest.cli.run_ids import derive_run_id
from digest.cli.statuses import REJECTED
from digest.cli.summary import finished_event, summary
from digest.config import Config, Job
from digest.errors import UsageError
from digest.outputs import (
    Publication,
    reject_record,
    run_report,
    story_record,
    to_json,
    verify_counts,
    write_jsonl,
    write_report,
)
from digest.result import Result

if TYPE_CHECKING:
    from digest.state import State

_YOUNG = 10_000  # objects between two looks for garbage in circles, of which a run makes hardly any
STAGES = 5  # that the pipeline announces, for the progress bar; a state is one more
ASKED_FOR = frozenset({"outside-dates", "expired", "forgotten"})  # reasons that are no fault of the input


def run_command(sources: Sequence[str], config: Config, job: Job, events: Events | None) -> int:
    """Digests sources, publishes the outputs (see `destinations`) and tells about it.  Returns the exit status.

    events: where it tells; None: as text.  Raises UsageError, NoArticlesError, ModelError, OutputError, StateError or
    LockedError; then nothing was published.
    """
    if not sources:
        raise UsageError(
            "No SOURCE was given. Name files or folders of articles, or - for JSONL on standard input, "
            "for example: digest run articles/ -o digests.jsonl"
        )
    if STDOUT in sources and sys.stdin is None:
        raise UsageError("Standard input is closed, so - has nothing to read. Name files or folders.")
    if job.output == STDOUT and sys.__stdout__ is None:  # `sys.stdout` then leads nowhere
        raise UsageError("Standard output is closed, so -o - has nowhere to write. Name a file.")
    started = _now()
    places = destinations(job, config, sources)
    run_id = job.run_id
    if run_id is None and (events or places.run_report):
        run_id = derive_run_id(sources, config)
    metrics = None if job.dry_run else places.metrics
    with warnings_listed(events) as warnings, measured(metrics, config.model) as measures:
        if events:
            events.run_id = run_id
            events.emit("run_started", version=__version__, sources=sources, model=config.model, state=config.state)
        with _state(config, places, job) as state:
            result = _digest(sources, config, job, events, state)
            measures.result = result
            if not job.dry_run:
                report = partial(run_report, result, config, run_id=run_id, started=started, warnings=warnings)
                _publish(result, places, report, state)
        faulty = any(reject.reason not in ASKED_FOR for reject in result.rejects)
        measures.exit_status = REJECTED if job.strict and faulty else 0
    if events:
        events.emit("run_finished", **finished_event(result, places, job, measures.exit_status))
    elif not job.quiet:
        click.echo(summary(result, places, dry_run=job.dry_run, stages=job.verbose), err=True)
    return measures.exit_status


def _digest(sources: Sequence[str], config: Config, job: Job, events: Events | None, state: "State | None") -> Result:
    """The result, with its progress told as it comes: as events, or as bars on a terminal."""
    from digest.pipeline import run_sources  # slow to import: a wrong command line does not wait for it

    gc.set_threshold(_YOUNG)
    stdin = sys.stdin.buffer if STDOUT in sources else None
    shown = not events and not job.quiet and sys.stderr.isatty()
    with _progress(STAGES + (state is not None), shown=shown) as bar, token_bar(shown=shown) as on_progress:
        result = run_sources(
            sources,
            config,
            stdin=stdin,
            on_stage=events.stage_started if events else bar,
            on_stage_end=events.stage_finished if events else None,
            on_progress=on_progress,
            state=state,
        )
    verify_counts(result)
    return result


def _state(config: Config, places: Destinations, job: Job) -> AbstractContextManager["State | None"]:
    """The state that the config names; a copy of it where nothing shall be written."""
    if config.state is None:
        return nullcontext()
    from digest.state import copied_state, open_state

    path = Path(config.state)
    return copied_state(path) if job.dry_run else open_state(path, places.paths())


def _publish(
    result: Result, places: Destinations, report: Callable[..., dict[str, Any]], state: "State | None" = None
) -> None:
    """All outputs are on disk before the state is committed, and the state before the first output takes its place;
    the digests take theirs last.  Standard output cannot be taken back: it is written before the commit."""
    with Publication() as publication:
        if places.rejects:
            with publication.stage(places.rejects) as stream:
                write_jsonl(stream, map(reject_record, result.rejects))
        if places.run_report:
            record = report(finished=_now(), peak_memory_mb=peak_memory_mb(), outputs=places.by_name())
            with publication.stage(places.run_report) as stream:
                stream.write(to_json(record, indent=True) + b"\n")
        if places.report:
            with publication.stage(places.report) as stream:
                write_report(stream, list(map(story_record, result.stories)), "html")
        if places.digests:
            with publication.stage(places.digests) as stream:
                write_jsonl(stream, map(story_record, result.stories))
        elif state:
            _write_to_stdout(result)
        if state:
            reached("all-staged")
            state.commit(result.state.now if result.state else None, publication.waiting)
    if state:
        state.published()
    elif not places.digests:
        _write_to_stdout(result)


def _write_to_stdout(result: Result) -> None:
    with standard_output() as stream:
        write_jsonl(stream, map(story_record, result.stories))


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@contextmanager
def _progress(stages: int, *, shown: bool) -> Iterator[Callable[[str], None]]:
    """A function that takes the name of each stage as it begins, and shows it on a bar."""
    if not shown:
        yield lambda _stage: None
        return
    from tqdm import tqdm

    with tqdm(total=stages, file=sys.stderr, leave=False, bar_format="{desc:8} {bar:20} {n}/{total} {elapsed}") as bar:

        def on_stage(stage: str) -> None:
            bar.set_description_str(stage, refresh=False)
            bar.update(1)
            bar.refresh()

        yield on_stage
