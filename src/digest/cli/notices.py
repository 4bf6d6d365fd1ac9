"""What a run says while it goes on: warnings, and how far a transformer has come."""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from digest.cli.events import Events


class _Listed(logging.Handler):
    """Tells each warning on standard error as it comes, and remembers it for the run report."""

    def __init__(self, events: Events | None) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []
        self._events = events

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if message not in self.messages:
            self.messages.append(message)
            if self._events:
                self._events.emit("warning", "warning", message=message)
            else:
                click.echo(f"digest: warning: {message}", err=True)


@contextmanager
def warnings_listed(events: Events | None = None) -> Iterator[list[str]]:
    """The warnings of the package while the block runs, each once.  events: where they are told; None: as text."""
    handler, logger = _Listed(events), logging.getLogger("digest")
    logger.addHandler(handler)
    try:
        yield handler.messages
    finally:
        logger.removeHandler(handler)


@contextmanager
def token_bar(*, shown: bool) -> Iterator[Callable[[int, int], None] | None]:
    """A function that takes tokens done and tokens in all, and shows them on a bar with the time that is left.

    A transformer's time goes with its tokens, not with its texts, so the estimate is true from the first minute.
    """
    if not shown:
        yield None
        return
    from tqdm import tqdm

    with tqdm(
        total=0, file=sys.stderr, leave=False, position=1, unit="token", unit_scale=True, desc="model", disable=False
    ) as bar:

        def on_progress(done: int, total: int) -> None:
            if total != bar.total or done < bar.n:
                bar.reset(total)
            bar.update(done - bar.n)
            if done == total:
                bar.refresh()  # the end is drawn, however soon it comes

        yield on_progress
