"""The parts that explanations are made of: articles, ties, copies and sentences as a result holds them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

Json = Mapping[str, Any]

EXPLANATION_SCHEMA = "digest.explanation/1"
CLOSENESS = "closeness"  # the day factor, which multiplies every other feature


def decision_of(pair: Json, grouping: Json | None) -> dict[str, Any]:
    """A tie or link of a story record, with what each feature adds to its log-odds.

    pair: score, features, look_alike; grouping: that of the story, None where the result has none.  `adds` is closeness
    * weight * feature by feature, and with the intercept makes up `log_odds`; both are None without a grouping.
    """
    features = pair["features"]
    facts = {"score": pair["score"], "look_alike": pair.get("look_alike", False), "features": features}
    if grouping is None:
        return {**facts, "adds": None, "log_odds": None}
    weights = grouping["weights"]
    closeness = features.get(CLOSENESS, 1.0)
    adds = {name: round(closeness * weights[name] * features[name], 4) for name in features if name in weights}
    return {**facts, "adds": adds, "log_odds": round(grouping["intercept"] + sum(adds.values()), 4)}


def brief_of(article: Json) -> dict[str, Any]:
    return {key: article[key] for key in ("id", "title", "source", "published")}


def member_of(story: Json, identifier: str) -> Json:
    for article in story["articles"]:
        if article["id"] == identifier:
            return dict(article)
    # A result that breaks its own promises still gets an answer; 'digest check' names the fault.
    return {"id": identifier, "title": "", "source": None, "published": None, "duplicate_of": None, "tie": None}


def ties_of(story: Json, article: Json) -> dict[str, Any]:
    tie = article["tie"]
    if tie is None:
        return {"similarity": article["similarity"], "tie": None}
    to = member_of(story, tie["article_id"])
    days = days_between(article["published"], to["published"])
    facts = {"to": brief_of(to), **decision_of(tie, story.get("grouping")), "days": days}
    return {"similarity": article["similarity"], "tie": facts}


def copy_of(story: Json, article: Json) -> dict[str, Any]:
    kept = member_of(story, article["duplicate_of"])
    passages, differences = article.get("duplicate_passages"), article.get("duplicate_differences")
    original = {
        **brief_of(kept),
        "kind": article["duplicate_kind"],
        "score": article["duplicate_score"],
        "passages": passages and [_beside(passage) for passage in passages],
        "differences": differences and [_beside(difference) for difference in differences],
    }
    return {**brief_of(article), "copy_of": original}


def _beside(passage: Json) -> dict[str, Any]:
    """What stands in the kept article is in the other one of the two."""
    return {key.replace("kept_", "other_"): value for key, value in passage.items()}


def sentence_of(story: Json, sentence: Json) -> dict[str, Any]:
    return {
        "text": sentence["text"],
        "from": brief_of(member_of(story, sentence["article_id"])),
        "start": sentence["start"],
        "end": sentence["end"],
        "score": sentence["score"],
        "supported_by": [brief_of(member_of(story, name)) for name in sentence["supported_by"]],
    }


def rule_of(story: Json) -> dict[str, Any] | None:
    grouping = story.get("grouping")
    return grouping and {key: grouping[key] for key in ("model", "threshold", "intercept", "weights")}


def days_between(one: str | None, other: str | None) -> int | None:
    """The days between two dates, None where one is unknown."""
    if not one or not other:
        return None
    return abs((date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days)
