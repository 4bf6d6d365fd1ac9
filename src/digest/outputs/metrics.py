"""A run as a Prometheus textfile: text exposition format 0.0.4, gauges alone, for a batch job's counts start anew."""

from collections.abc import Iterator, Mapping
from importlib.metadata import version

from digest.outputs.run_report import rejects_by_reason
from digest.result import Result

SUCCESSES = (0, 3)  # 3: everything was published, and --strict tells of rejects
_LAST_SUCCESS = "digest_last_success_timestamp_seconds"

Samples = Mapping[tuple[tuple[str, str], ...], float]


def metrics_text(
    result: Result | None,
    *,
    exit_status: int,
    finished: float,
    last_success: float | None,
    seconds: float,
    peak_memory_mb: float,
    model: str,
) -> str:
    """The file's text.  Without a result, which a failed run has not, the counts and the stages are left out.

    finished: Unix time; last_success: that of the last run that published, of the file that this one replaces, if any;
    seconds: how long the run took.
    """
    if exit_status in SUCCESSES:
        last_success = finished
    about = (("version", version("digest")), ("model", model))
    lines = [
        *_gauge("digest_run_info", "What ran last.", {about: 1}),
        *_gauge("digest_last_run_exit_status", "Exit status of the last run.", {(): exit_status}),
        *_gauge("digest_last_run_timestamp_seconds", "When the last run ended, in Unix time.", {(): finished}),
        *_gauge("digest_last_run_seconds", "How long the last run took.", {(): round(seconds, 3)}),
        *_gauge(
            "digest_last_run_peak_memory_bytes", "The most memory that it held.", {(): round(peak_memory_mb * 1e6)}
        ),
    ]
    if last_success is not None:
        lines += _gauge(_LAST_SUCCESS, "When a run last published, in Unix time.", {(): last_success})
    if result is not None:
        lines += _counted(result)
    return "\n".join(lines) + "\n"


def last_success(text: str) -> float | None:
    """When a run last published, as a file of metrics says; None where it does not."""
    for line in text.splitlines():
        name, _, value = line.partition(" ")
        if name == _LAST_SUCCESS:
            try:
                return float(value)
            except ValueError:
                return None
    return None


def _counted(result: Result) -> Iterator[str]:
    counts, state = result.counts, result.state
    outcomes = {"kept": counts.kept, "copy": counts.copies, "rejected": counts.rejected}
    yield from _gauge(
        "digest_stage_seconds",
        "How long each stage took.",
        _by("stage", {stage: round(seconds, 3) for stage, seconds in result.seconds.items()}),
    )
    yield from _gauge("digest_articles_in", "Articles that were read or tried.", {(): counts.articles_in})
    yield from _gauge(
        "digest_articles", "What became of them; adds up to digest_articles_in.", _by("outcome", outcomes)
    )
    yield from _gauge("digest_rejects", "Rejected inputs by reason.", _by("reason", rejects_by_reason(result.rejects)))
    yield from _gauge("digest_stories", "Stories found.", {(): counts.stories})
    yield from _gauge("digest_stories_printed", "Stories in the result.", {(): counts.stories_printed})
    if state:
        told = {"new": state.stories_new, "updated": state.stories_updated, "unchanged": state.stories_unchanged}
        came = {"new": state.new, "changed": state.changed, "known": state.known}
        living = {"articles": state.living_articles, "stories": state.living_stories}
        yield from _gauge("digest_stories_printed_by_status", "Stories in the result by status.", _by("status", told))
        yield from _gauge("digest_articles_by_novelty", "Articles that were read, by novelty.", _by("novelty", came))
        yield from _gauge("digest_state_living", "What the state holds.", _by("kind", living))
        yield from _gauge("digest_state_expired", "Articles that the window left behind.", {(): state.expired})


def _by(label: str, values: Mapping[str, float]) -> Samples:
    return {((label, name),): value for name, value in values.items()}


def _gauge(name: str, about: str, samples: Samples) -> Iterator[str]:
    yield f"# HELP {name} {about}"
    yield f"# TYPE {name} gauge"
    for labels, value in samples.items():
        inside = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels)
        yield f"{name}{{{inside}}} {value}" if inside else f"{name} {value}"


def _escaped(text: str) -> str:
    """A label's value: what the format escapes."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
