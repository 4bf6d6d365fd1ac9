"""The few lines that tell a person what a run did."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from digest.cli.destinations import Destinations
from digest.config import Job
from digest.outputs import counted, describe_reject, rejects_by_reason
from digest.result import Result, StateCounts

REJECTS_SHOWN = 10  # where they are not in a file


def summary(result: Result, places: Destinations, *, dry_run: bool, stages: bool) -> str:
    """Counts that add up, the rejects, and where everything is.  `stages` adds the seconds of each stage."""
    return "\n".join(_lines(result, places, dry_run=dry_run, stages=stages))


def _lines(result: Result, places: Destinations, *, dry_run: bool, stages: bool) -> Iterator[str]:
    counts = result.counts
    printed = "" if counts.stories_printed == counts.stories else f", {counts.stories_printed} of them printed"
    yield (
        f"{counted(counts.articles_in, 'article')} in = {counts.kept} kept + "
        f"{counted(counts.copies, 'copy', 'copies')} + {counts.rejected} rejected; "
        f"{counted(counts.stories, 'story', 'stories')}{printed}"
    )
    if result.state:
        yield _state_line(result.state)
    if result.rejects:
        yield "Rejected: " + ", ".join(f"{n} {reason}" for reason, n in rejects_by_reason(result.rejects).items())
    if result.rejects and (dry_run or not places.rejects):
        yield from (f"  {describe_reject(reject)}" for reject in result.rejects[:REJECTS_SHOWN])
        if len(result.rejects) > REJECTS_SHOWN:
            yield f"  and {len(result.rejects) - REJECTS_SHOWN} more; --rejects PATH lists them all"
    if stages:
        yield "Seconds: " + ", ".join(f"{stage} {seconds:.2f}" for stage, seconds in result.seconds.items())
    if dry_run:
        yield "Would write: " + ", ".join(_would_write(result, places))
        yield "Nothing was written (--dry-run)."
        return
    outputs = (places.digests, places.rejects, places.run_report, places.report)
    for what, path in zip(("Digests", "Rejects", "Run report", "Report"), outputs, strict=True):
        if path:
            yield f"{what}: {path}"


def _would_write(result: Result, places: Destinations) -> Iterator[str]:
    yield f"{places.digests or 'standard output'} ({counted(len(result), 'story', 'stories')})"
    if places.rejects:
        yield f"{places.rejects} ({counted(len(result.rejects), 'reject')})"
    for path in (places.run_report, places.report, places.metrics):
        if path:
            yield str(path)


def finished_event(result: Result, places: Destinations, job: Job, exit_status: int) -> dict[str, Any]:
    """The fields of the event `run_finished`; with a dry run, `outputs` are those that would have been written."""
    return {
        "counts": asdict(result.counts),
        "rejects_by_reason": rejects_by_reason(result.rejects),
        "seconds": {stage: round(seconds, 3) for stage, seconds in result.seconds.items()},
        "state": asdict(result.state) if result.state else None,
        "outputs": places.by_name(),
        "dry_run": job.dry_run,
        "exit_status": exit_status,
    }


def _state_line(state: StateCounts) -> str:
    """What was new, and what that did to the stories."""
    line = (
        f"Stories: {state.stories_new} new, {state.stories_updated} updated, {state.stories_unchanged} unchanged; "
        f"articles: {state.new} new, {state.changed} changed, {state.known} known"
    )
    for number, what in ((state.merged, "merged"), (state.split, "split off"), (state.expired, "articles expired")):
        line += f", {number} {what}" if number else ""
    if state.new or state.changed or state.stories_new or state.stories_updated:
        return f"{line}; {counted(state.living_articles, 'article')} known now"
    return f"{line}. Nothing was new."
