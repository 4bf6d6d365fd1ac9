"""`--log-format json`: a run told as JSON objects, one a line, on standard error (docs/operations.md lists them)."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import click

RANKS = {"info": 0, "warning": 1, "error": 2}


class Events:
    """Writes events.  run_id: the name that each carries from now on; quiet: only warnings and failures are written."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.run_id: str | None = None
        self._least = RANKS["warning" if quiet else "info"]

    def emit(self, event: str, level: str = "info", /, **fields: Any) -> None:
        """Writes an event of a level of `RANKS`; fields: anything that JSON can hold."""
        from digest.outputs import to_json

        if RANKS[level] >= self._least:
            time = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
            line = {"time": time, "level": level, "event": event, "run_id": self.run_id, **fields}
            click.echo(to_json(line), err=True)

    def stage_started(self, stage: str) -> None:
        self.emit("stage_started", stage=stage)

    def stage_finished(self, stage: str, seconds: float, counts: Mapping[str, int]) -> None:
        self.emit("stage_finished", stage=stage, seconds=round(seconds, 3), **counts)
