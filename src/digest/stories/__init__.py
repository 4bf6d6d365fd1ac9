"""Stories: the reports of one event, gathered by a learned join decision."""

from digest.stories.assignment import Assignment, assign_stories
from digest.stories.given import assign_given

__all__ = ["Assignment", "assign_given", "assign_stories"]
