"""An evaluation as JSON for programs, and as a table for people."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from digest.evaluation.bootstrap import LEVEL, RESAMPLES, Interval
from digest.evaluation.placement import Completeness
from digest.evaluation.rouge import MEASURES
from digest.evaluation.scores import Evaluation, KindScore, Scores

_ROWS = {
    "bcubed": "B-cubed",
    "bcubed_nonsingleton": "B-cubed, no singletons",
    "pairs": "pairwise",
}
_MEASURES = dict(zip(MEASURES, ("ROUGE-1", "ROUGE-2", "ROUGE-L"), strict=True))


def evaluation_record(evaluation: Evaluation, seed: int) -> dict[str, Any]:
    """An evaluation as one JSON object: figures nested by name, "intervals" beside them in the same way."""
    out: dict[str, Any] = {"complete": asdict(evaluation.complete)}
    for name in ("stories", "duplicates", "summaries"):
        scores: Scores | None = getattr(evaluation, name)
        if scores is not None:
            found = _nested(scores.intervals)
            out[name] = {**_nested(scores.figures), **scores.counts, "intervals": found}
    if evaluation.duplicates is not None:
        kinds = evaluation.kinds
        out["duplicates"]["found_by_kind"] = {k.kind: k.found for k in kinds if k.found is not None}
        out["duplicates"]["wrong_by_kind"] = {k.kind: k.wrong for k in kinds if k.wrong}
        out["duplicates"]["articles_by_kind"] = {k.kind: k.articles for k in kinds}
    out["bootstrap"] = {"level": LEVEL, "resamples": RESAMPLES, "seed": seed}
    return out


def _nested(figures: Mapping[str, Any]) -> dict[str, Any]:
    """ "bcubed.f1" as bcubed: {f1}."""
    out: dict[str, Any] = {}
    for name, value in figures.items():
        *path, last = name.split(".")
        table = out
        for key in path:
            table = table.setdefault(key, {})
        table[last] = value
    return out


def evaluation_table(evaluation: Evaluation, seed: int) -> str:
    """The same for people."""
    lines = [*_completeness(evaluation.complete)]
    if evaluation.stories:
        lines += ["", *_story_lines(evaluation.stories)]
    if evaluation.duplicates:
        lines += ["", *_copy_lines(evaluation.duplicates), *_kind_lines(evaluation.kinds)]
    if evaluation.summaries:
        lines += ["", *_summary_lines(evaluation.summaries)]
    lines += [
        "",
        f"In brackets: {LEVEL:.0%} intervals, by drawing the gold's groups anew {RESAMPLES:,} times (seed {seed}).",
    ]
    return "\n".join(lines)


def _completeness(complete: Completeness) -> Iterator[str]:
    told = {
        "missing from the result (each counted as a story of its own)": complete.missing,
        "in the result more than once (counted where they stand first)": complete.repeated,
        "in the result without an answer in the gold (left out)": complete.unknown,
        "rejected by the run (each counted as a story of its own)": complete.rejected,
        "rejected and in the result all the same": complete.placed_and_rejected,
    }
    faults = [f"Articles {words}: {count:,}" for words, count in told.items() if count]
    yield from faults or ["Every article of the gold is in the result, once."]


def _story_lines(scores: Scores) -> Iterator[str]:
    counts = scores.counts
    yield _counted("Stories", counts, "stories", "gold_stories")
    yield _heading("precision", "recall", "F1")
    for name, title in _ROWS.items():
        if f"{name}.f1" in scores.figures:
            yield _row(title, scores, f"{name}.precision", f"{name}.recall", f"{name}.f1")
    yield _last_row("adjusted Rand index", scores, "pairs.ari")
    yield _last_row("V-measure", scores, "v")


def _counted(what: str, counts: Mapping[str, float], found: str, gold: str) -> str:
    return f"{what}: {counts[found]:,} found, {counts[gold]:,} in the gold, of {counts['articles']:,} articles"


def _copy_lines(scores: Scores) -> Iterator[str]:
    counts = scores.counts
    yield _counted("Copies, and articles without any", counts, "groups", "gold_groups")
    yield _heading("precision", "recall", "F1")
    yield _row("pairwise", scores, "precision", "recall", "f1")
    yield _last_row("adjusted Rand index", scores, "ari")


def _kind_lines(kinds: tuple[KindScore, ...]) -> Iterator[str]:
    """One line a kind; none where the gold names no kinds."""
    if len(kinds) < 2:
        return
    yield f"  {'kind':24}{'articles':>10}{'found with a copy':>20}{'merged with a stranger':>25}"
    for k in kinds:
        found = "" if k.found is None else f"{k.found:.3f}"
        yield f"  {k.kind:24}{k.articles:>10,}{found:>20}{k.wrong:>25.3f}"


def _summary_lines(scores: Scores) -> Iterator[str]:
    counts = scores.counts
    yield (
        f"Digests: {counts['matched']:,} of {counts['clusters']:,} stories with a reference were found; "
        f"{counts['words_mean']:.1f} words in the mean, {counts['words_max']:,} at most"
    )
    yield _heading("", "recall", "F1")
    for measure, title in _MEASURES.items():
        yield _row(title, scores, None, f"{measure}_recall", f"{measure}_f1")


def _heading(*names: str) -> str:
    return f"  {'':24}" + "".join(f"{name:>10}{'':16}" for name in names).rstrip()


def _row(title: str, scores: Scores, *names: str | None) -> str:
    cells = (_cell(scores.figures[n], scores.intervals[n]) if n else " " * 26 for n in names)
    return f"  {title:24}{''.join(cells)}".rstrip()


def _last_row(title: str, scores: Scores, name: str) -> str:
    return _row(title, scores, None, None, name)


def _cell(value: float, interval: Interval) -> str:
    low, high = interval
    return f"{value:10.3f} ({low:.3f}-{high:.3f})".ljust(26)
