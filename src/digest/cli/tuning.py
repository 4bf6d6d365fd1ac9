"""`digest tune`: weights from labelled stories, as a config file."""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from digest.cli.destinations import STDOUT
from digest.config import Config
from digest.errors import UsageError
from digest.evaluation.config_file import config_text
from digest.evaluation.gold import read_gold
from digest.evaluation.labels import LabelledArticles, read_labelled
from digest.evaluation.tuning import FOLDS, Tuning, tune
from digest.outputs import Publication
from digest.stages import weights_of


def tune_command(
    sources: Sequence[str], output: Path, config: Config, field: str | None, gold: Path | None, seed: int
) -> str:
    """Writes the config and returns what to tell.  Raises UsageError and the errors of reading; then nothing is
    written."""
    if not sources:
        raise UsageError("No SOURCE was given. Name files or folders of articles that have their story in a field.")
    if STDOUT in sources and sys.stdin is None:
        raise UsageError("Standard input is closed, so - has nothing to read. Name files or folders.")
    if field and gold:
        raise UsageError("--label-field and --gold were both given. Give the one that holds the stories.")
    taken = {os.path.realpath(path) for path in (*sources, *([str(gold)] if gold else []))}
    if os.path.realpath(output) in taken or output.is_dir() or str(output) == STDOUT:
        raise UsageError(f"-o {output} is a source, a folder or no file. Name another file for the config.")
    start = weights_of(config)
    stdin = sys.stdin.buffer if STDOUT in sources else None
    labelled = read_labelled(sources, config, read_gold(gold) if gold else field or "story", stdin)
    tuning = tune(labelled, start, seed)
    with Publication() as publication, publication.stage(output) as stream:
        stream.write(config_text(config, tuning).encode())
    return "\n".join(_told(labelled, tuning, output, given=config.weights is not None))


def _told(labelled: LabelledArticles, tuning: Tuning, output: Path, *, given: bool) -> Iterator[str]:
    yield (
        f"{tuning.read:,} articles read ({labelled.rejected:,} rejected); {tuning.articles:,} have a label: "
        f"{tuning.stories:,} stories, {tuning.grouped:,} of them of two articles or more (copies count once)"
    )
    if labelled.unread:
        yield f"{labelled.unread:,} labels name no article that was read"
    rows = {
        f"tuned weights, {FOLDS}-fold cross-validation": tuning.crossed,
        f"the weights {'of --config' if given else 'that ship'}": tuning.before,
    }
    yield "B-cubed F1 over the labelled articles, with its 95 % interval (by drawing stories anew):"
    for name, (value, (low, high)) in rows.items():
        yield f"  {name:40}{value:.3f} ({low:.3f}-{high:.3f})"
    if tuning.crossed[0] <= tuning.before[0]:
        yield "The tuned weights are no better on stories that they never saw: keep the others, or label more stories."
    yield f"Config: {output}   (use it: digest run --config {output} ...)"
