"""Why two articles are one story or two, in numbers and in words."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from digest.stories.assignment import score_pairs
from digest.stories.features import FEATURES, Evidence
from digest.stories.ties import Assignment
from digest.stories.weights import Weights, tie


@dataclass(frozen=True, slots=True)
class PairExplanation:
    """The whole decision about two articles.

    features: see FEATURES; closeness: the day factor; days: days apart, None where a date is unknown; contributions:
    what each feature adds to the log-odds (closeness * weight * feature), which with the intercept add up to
    `log_odds`; tie: its strength, 0 to 1; threshold: the least mean tie of two groups that merge.
    """

    features: Mapping[str, float]
    closeness: float
    days: int | None
    intercept: float
    contributions: Mapping[str, float]
    log_odds: float
    tie: float
    threshold: float

    def sentences(self) -> list[str]:
        """The decision for people, the strongest reason first."""
        dated = "no date is known for both" if self.days is None else f"{self.days} days apart"
        ranked = sorted(self.contributions.items(), key=lambda item: (-item[1], item[0]))
        lines = [
            f"{FEATURES[name]}: {self.features[name]:.2f}, which adds {value:+.2f} to the log-odds"
            for name, value in ranked
        ]
        lines.append(f"{dated}, so likeness counts {self.closeness:.2f} of its full weight")
        verdict = "enough for one story" if self.tie >= self.threshold else "not enough for one story by itself"
        lines.append(
            f"log-odds {self.log_odds:+.2f} with {self.intercept:+.2f} to begin with: a tie of {self.tie:.2f} "
            f"where {self.threshold:.2f} is needed on average, {verdict}"
        )
        return lines


def explain_pair(
    evidence: Evidence, weights: Weights, one: int, other: int, granularity: float = 0.5
) -> PairExplanation:
    """The decision about articles `one` and `other` of the evidence, as far as these two alone go."""
    pairs = score_pairs(evidence, weights, np.array([one]), np.array([other]))
    values = dict(zip(FEATURES, pairs.features[0].tolist(), strict=True))
    closeness, days = float(pairs.closeness[0]), abs(float(evidence.day[one] - evidence.day[other]))
    log_odds = float(pairs.log_odds[0])
    return PairExplanation(
        {name: round(value, 4) for name, value in values.items()},
        round(closeness, 4),
        None if np.isnan(days) else int(days),
        weights.intercept,
        {name: round(closeness * weights.features[name] * value, 4) for name, value in values.items()},
        round(log_odds, 4),
        round(float(tie(pairs.log_odds)[0]), 4),
        weights.threshold(granularity),
    )


def explain_boundary(assignment: Assignment, story: int) -> str:
    """Why a story and its nearest neighbour were not merged, in a sentence."""
    nearest = int(assignment.nearest[story])
    if nearest < 0:
        return "No other story shares enough of its words to be compared."
    return (
        f"The nearest other story is tied to it by {assignment.nearest_score[story]:.2f} on average; "
        f"{assignment.threshold:.2f} would merge the two."
    )
