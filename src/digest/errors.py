"""The errors that users can meet, each with the exit status that the command line gives it.

Every message names what was wrong and the next step.  `cli/` turns them into one line on standard error.
"""

import difflib
from collections.abc import Iterable
from typing import ClassVar


class DigestError(Exception):
    """The root: nothing was published."""

    exit_status: ClassVar[int] = 1


class UsageError(DigestError):
    """The command line, the configuration or an argument is wrong."""

    exit_status = 2


class ModelError(DigestError):
    """The embedding model that was asked for cannot be loaded."""


class EngineError(DigestError):
    """The work could not be done: a worker died, again, or no cluster answers."""


class OutputError(DigestError):
    """A result cannot be written, or a file that should be a result is none."""


class StateError(DigestError):
    """The state file cannot be read or written, is damaged, or is of a format that this program does not know."""


class LockedError(DigestError):
    """Another run holds the state's lock."""

    exit_status = 75


class NoArticlesError(DigestError):
    """No article was found, or fewer than asked for: the empty-night alarm."""

    exit_status = 4


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence that names the closest known word, or lists all of them when none is close."""
    names = sorted(known)
    close = difflib.get_close_matches(word, names, n=1, cutoff=0.5)
    return f"Did you mean {close[0]!r}?" if close else f"Known: {', '.join(names)}."
