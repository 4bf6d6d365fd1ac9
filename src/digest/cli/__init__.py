"""The command line."""

from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command line (default: the process's own) and returns its exit status."""
    try:
        from digest.cli import exits  # Here, so that Ctrl-C is answered in order while the rest is imported, too.
    except KeyboardInterrupt:
        return 130
    return exits.main(arguments)
