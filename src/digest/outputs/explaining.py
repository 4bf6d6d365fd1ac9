"""Why: for a story, an article or two articles, what a result knows, from the result alone.

A result holds of every merge the tie that made it with its features, of every story its weakest link and its nearest
neighbour, of every copy the passages that it shares, and of every sentence its source, score and support.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from digest.errors import UsageError, did_you_mean
from digest.outputs.explaining_pairs import explain_pair
from digest.outputs.explaining_parts import (
    EXPLANATION_SCHEMA,
    Json,
    brief_of,
    copy_of,
    days_between,
    decision_of,
    member_of,
    rule_of,
    sentence_of,
    ties_of,
)


def explain(records: Iterable[Json], identifier: str, other: str | None = None) -> dict[str, Any]:
    """What made a story, or placed an article; with `other`, what two articles have to do with each other.

    records: the stories of a result.  The answer is a JSON object, `digest.explanation/1`, whose `kind` is "story",
    "article" or "pair"; `digest.outputs.describe` puts it in words.  Raises UsageError for an unknown id; the message
    names the closest.
    """
    wanted = [identifier] if other is None else [identifier, other]
    homes: dict[str, Json] = {}
    briefs: dict[str, dict[str, Any]] = {}
    stories: set[str] = set()
    for story in records:
        here = {article["id"] for article in story["articles"]}
        if other is None:
            stories.add(story["story_id"])
            here.add(story["story_id"])
        homes.update((name, story) for name in wanted if name in here)
        place = {key: story[key] for key in ("story_id", "headline")}
        briefs.update((article["id"], {**brief_of(article), **place}) for article in story["articles"])
    for name in wanted:
        if name not in homes:
            what = "story or article" if other is None else "article"
            raise UsageError(f"The result has no {what} {name!r}. {_closest(name, stories | briefs.keys())}")
    if other is not None:
        return explain_pair(homes[identifier], identifier, homes[other], other)
    story = homes[identifier]
    return _explain_story(story, briefs) if story["story_id"] == identifier else _explain_article(story, identifier)


def _closest(name: str, known: set[str]) -> str:
    # A list of every id of a night would be no help.
    hint = did_you_mean(name, known)
    return hint if hint.startswith("Did") else "List the stories with 'digest show RESULT'."


def _explain_story(story: Json, briefs: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    kept = [article for article in story["articles"] if article["duplicate_of"] is None]
    return {
        "schema": EXPLANATION_SCHEMA,
        "kind": "story",
        **{key: story[key] for key in ("story_id", "headline", "article_count", "source_count")},
        **{key: story[key] for key in ("first_published", "last_published", "cohesion", "importance", "summary_from")},
        "decision": rule_of(story),
        "members": [{**brief_of(article), **ties_of(story, article)} for article in kept],
        "weakest_link": _weakest(story),
        "neighbour": _neighbour(story, briefs),
        "copies": [copy_of(story, article) for article in story["articles"] if article["duplicate_of"] is not None],
        "sentences": [sentence_of(story, sentence) for sentence in story["sentences"]],
    }


def _explain_article(story: Json, identifier: str) -> dict[str, Any]:
    article = member_of(story, identifier)
    return {
        "schema": EXPLANATION_SCHEMA,
        "kind": "article",
        **brief_of(article),
        **{key: story[key] for key in ("story_id", "headline", "article_count")},
        "decision": rule_of(story),
        "copy_of": None if article["duplicate_of"] is None else copy_of(story, article)["copy_of"],
        "copies": [copy_of(story, copy) for copy in story["articles"] if copy["duplicate_of"] == identifier],
        **ties_of(story, article),
        "sentences": [sentence_of(story, s) for s in story["sentences"] if s["article_id"] == identifier],
        "supports": [sentence_of(story, s) for s in story["sentences"] if identifier in s["supported_by"]],
    }


def _weakest(story: Json) -> dict[str, Any] | None:
    link = (story.get("grouping") or {}).get("weakest")
    if not link:
        return None
    one, other = (brief_of(member_of(story, name)) for name in link["article_ids"])
    return {
        "articles": [one, other],
        **decision_of(link, story["grouping"]),
        "days": days_between(one["published"], other["published"]),
    }


def _neighbour(story: Json, briefs: Mapping[str, dict[str, Any]]) -> dict[str, Any] | None:
    nearest = (story.get("grouping") or {}).get("nearest")
    if not nearest:
        return None
    own, other = nearest["link"]["article_ids"]
    unprinted = {"id": other, "title": "", "source": None, "published": None, "story_id": None, "headline": None}
    there = dict(briefs.get(other, unprinted))
    here = brief_of(member_of(story, own))
    return {
        "story_id": there.pop("story_id"),
        "headline": there.pop("headline"),
        "mean_tie": nearest["score"],
        "link": {
            "articles": [here, there],
            **decision_of(nearest["link"], story["grouping"]),
            "days": days_between(here["published"], there["published"]),
        },
    }
