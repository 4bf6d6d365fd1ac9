"""Stories: the reports of one event found together, and why."""

from digest.stories.assignment import assign_stories, connected
from digest.stories.features import centred
from digest.stories.given import assign_given
from digest.stories.linking import link_pairs
from digest.stories.ties import Assignment
from digest.stories.weights import Weights, load_weights, parse_weights

__all__ = [
    "Assignment",
    "Weights",
    "assign_given",
    "assign_stories",
    "centred",
    "connected",
    "link_pairs",
    "load_weights",
    "parse_weights",
]
