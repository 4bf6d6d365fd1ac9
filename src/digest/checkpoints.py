"""Named points of a run at which a test kills the process for real, to see what the next run makes of it."""

import os
import signal

VARIABLE = "DIGEST_KILL_AT"

# In the order in which a run with a state passes them.
NAMES = (
    "locked",
    "opened",
    "migrating",
    "recovered",
    "articles-read",
    "composed",
    "first-staged",
    "all-staged",
    "writing",
    "articles-written",
    "stories-written",
    "before-commit",
    "committed",
    "first-renamed",
    "all-renamed",
    "published",
)


def reached(name: str) -> None:
    """Ends the process with SIGKILL, as a power cut would, if the environment names this point; else does nothing."""
    if os.environ.get(VARIABLE) == name:
        os.kill(os.getpid(), signal.SIGKILL)
