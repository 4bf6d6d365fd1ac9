"""The few lines that tell a person what a run did."""

from collections.abc import Iterator

from digest.cli.destinations import Destinations
from digest.outputs import counted, printable, rejects_by_reason
from digest.records import Reject, Result

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
    if result.rejects:
        yield "Rejected: " + ", ".join(f"{n} {reason}" for reason, n in rejects_by_reason(result).items())
    if result.rejects and (dry_run or not places.rejects):
        yield from (f"  {_place(reject)}: {printable(reject.message)}" for reject in result.rejects[:REJECTS_SHOWN])
        if len(result.rejects) > REJECTS_SHOWN:
            yield f"  and {len(result.rejects) - REJECTS_SHOWN} more; --rejects PATH lists them all"
    if stages:
        yield "Seconds: " + ", ".join(f"{stage} {seconds:.2f}" for stage, seconds in result.seconds.items())
    if dry_run:
        yield "Nothing was written (--dry-run)."
        return
    for what, path in (("Digests", places.digests), ("Rejects", places.rejects), ("Run report", places.run_report)):
        if path:
            yield f"{what}: {path}"


def _place(reject: Reject) -> str:
    return printable(reject.file) + (f", line {reject.line}" if reject.line else "")
