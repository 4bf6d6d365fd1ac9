"""The command line."""

import os
import signal
from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command line (default: the process's own) and returns its exit status."""
    # Linear algebra runs on one thread; a pool of more, started as numpy is loaded, would spin in every forked worker.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:
        # While the rest is imported, nothing has been done, and an interrupt in the middle of that may come out as any
        # error, or as none.
        signal.signal(signal.SIGINT, lambda *_: os._exit(128 + signal.SIGINT))
    try:
        from digest.cli import exits
    finally:
        signal.signal(signal.SIGINT, before)
    return exits.main(arguments)
