"""The command line."""

from digest.cli.exits import main

__all__ = ["main"]
