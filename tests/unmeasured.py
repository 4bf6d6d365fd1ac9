"""Processes that a test stops or starves run without coverage."""

import os
from collections.abc import Mapping


def environment(variables: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Variables without those of coverage: a stop that falls into its bookkeeping is lost, or leaves its lock closed
    for good; and its file would be cut off, too, where none may grow."""
    return {name: value for name, value in variables.items() if not name.startswith("COVERAGE")}
