"""Stories: the reports of one event found together, and why."""

from digest.stories.assignment import assign_stories
from digest.stories.given import assign_given
from digest.stories.ties import Assignment

__all__ = [
    "Assignment",
    "assign_given",
    "assign_stories",
]
