"""The run report: where every article went, how long each stage took, and with what."""

import platform
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from digest.config import Config
from digest.errors import DigestError
from digest.records import Reject
from digest.result import Result, StateCounts

RUN_SCHEMA = "digest.run/1"


def run_report(
    result: Result,
    config: Config,
    *,
    run_id: str | None = None,
    started: str,
    finished: str,
    peak_memory_mb: float,
    outputs: Mapping[str, str | None],
    warnings: Sequence[str] = (),
) -> dict[str, Any]:
    """A run as `digest.run/1`.

    run_id: the run's name, here and in its logs; warnings: what the run warned about;
    started, finished: ISO 8601 in UTC; peak_memory_mb: megabytes; outputs: the path of each output, by its name.
    Raises DigestError where the counts do not add up.
    """
    verify_counts(result)
    return {
        "schema": RUN_SCHEMA,
        "run_id": run_id,
        "started": started,
        "finished": finished,
        "counts": asdict(result.counts),
        "rejects_by_reason": rejects_by_reason(result.rejects),
        "seconds": {stage: round(seconds, 3) for stage, seconds in result.seconds.items()},
        "peak_memory_mb": round(peak_memory_mb, 1),
        "versions": {
            "digest": version("digest"),
            "python": platform.python_version(),
            "numpy": version("numpy"),
            "model": config.model,
        },
        "settings": asdict(config),
        "outputs": dict(outputs),
        "warnings": list(warnings),
        "state": asdict(result.state) if result.state else None,
    }


def rejects_by_reason(rejects: Iterable[Reject]) -> dict[str, int]:
    """How many inputs were rejected for each reason, most frequent first."""
    found = Counter(reject.reason for reject in rejects)
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def verify_counts(result: Result) -> None:
    """Holds a result to its promise that every article is accounted for.  Raises DigestError where it is broken."""
    faults = list(_count_faults(result))
    if faults:
        raise DigestError(
            f"The counts do not add up: {'; '.join(faults)}. Nothing was published. "
            "This is a fault of digest itself: please report it with the input."
        )


def _count_faults(result: Result) -> Iterator[str]:
    counts = result.counts
    read, members = counts.kept + counts.copies, _members(result)
    if counts.articles_in != read + counts.rejected:
        parts = f"{counts.kept} kept + {counts.copies} copies + {counts.rejected} rejected"
        yield f"{counts.articles_in} articles in are not {parts}"
    if counts.rejected != len(result.rejects):
        yield f"{counts.rejected} rejected, but {len(result.rejects)} rejects are named"
    if counts.stories_printed != len(result.stories):
        yield f"{counts.stories_printed} stories printed, but {len(result.stories)} are there"
    if len({member.id for story in result.stories for member in story.articles}) != members:
        yield "an article is in two stories"
    if result.state:  # stories then hold articles of other nights
        yield from _state_faults(result, result.state, read, members)
        return
    if members > read or (counts.stories_printed == counts.stories and members != read):
        yield f"{members} articles in the stories, but {read} were read"


def _state_faults(result: Result, state: StateCounts, read: int, members: int) -> Iterator[str]:
    """read: how many articles were read tonight; members: how many the printed stories hold."""
    counts = result.counts
    if state.new + state.changed + state.known != read:
        yield f"{state.new} new, {state.changed} changed and {state.known} known articles are not {read}"
    if state.stories_new + state.stories_updated + state.stories_unchanged != counts.stories_printed:
        yield f"the {counts.stories_printed} stories printed are not those that are new, updated and unchanged"
    if members > state.living_articles:
        yield f"{members} articles in the stories, but {state.living_articles} live"
    if counts.stories_printed == counts.stories and members < read:
        yield f"{members} articles in all stories of tonight's articles, but {read} were read"


def _members(result: Result) -> int:
    return sum(len(story.articles) for story in result.stories)
