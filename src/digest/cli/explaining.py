"""`digest explain`: what a result knows, and for two articles the decision made again from the texts."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from digest.errors import UsageError
from digest.outputs import explain, read_result


def explain_result(path: Path, identifier: str, other: str | None, sources: Sequence[str]) -> dict[str, Any]:
    """The explanation of an id, or of two articles; sources: where the run's articles are, none for the result alone.

    Raises UsageError for an unknown id, for sources without a second article, and for sources that lack one of the two.
    """
    if sources and other is None:
        raise UsageError("--articles goes with two articles: digest explain RESULT ID ID --articles SOURCE")
    found = explain(read_result(path), identifier, other)
    if other is None or not (sources or _carries_texts(path)):
        return found
    from digest.retracing import retrace  # slow to import: most explanations need it not

    stdin = sys.stdin.buffer if "-" in sources else None
    return retrace(found, list(read_result(path)), sources, stdin)


def _carries_texts(path: Path) -> bool:
    return all("text" in article for story in read_result(path) for article in story["articles"])
