"""Stories: the reports of one event found together, and why."""

from digest.stories.assignment import assign_stories, connected
from digest.stories.candidates import NEIGHBOURS
from digest.stories.days import closeness, days_of
from digest.stories.features import centred
from digest.stories.given import assign_given
from digest.stories.linkage import bond
from digest.stories.linking import link_pairs
from digest.stories.neighbours import DAYS_ASIDE
from digest.stories.others import Others
from digest.stories.ties import Assignment
from digest.stories.weights import Weights, load_weights, parse_weights

__all__ = [
    "DAYS_ASIDE",
    "NEIGHBOURS",
    "Assignment",
    "Others",
    "Weights",
    "assign_given",
    "assign_stories",
    "bond",
    "centred",
    "closeness",
    "connected",
    "days_of",
    "link_pairs",
    "load_weights",
    "parse_weights",
]
