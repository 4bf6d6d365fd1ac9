"""Two articles: are they copies, one story, or two, and through which links."""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

from digest.outputs.explaining_parts import (
    EXPLANATION_SCHEMA,
    Json,
    brief_of,
    copy_of,
    days_between,
    decision_of,
    member_of,
    rule_of,
)


def explain_pair(story: Json, identifier: str, other_story: Json, other: str) -> dict[str, Any]:
    one, two = member_of(story, identifier), member_of(other_story, other)
    together = story["story_id"] == other_story["story_id"]
    kept = [article["duplicate_of"] or article["id"] for article in (one, two)]
    recorded = None if kept[0] == kept[1] else _recorded(story, other_story, kept)
    return {
        "schema": EXPLANATION_SCHEMA,
        "kind": "pair",
        "articles": [
            {**brief_of(article), **{key: home[key] for key in ("story_id", "headline")}, "kept": name}
            for article, home, name in ((one, story, kept[0]), (two, other_story, kept[1]))
        ],
        "decision": rule_of(story),
        "same_story": together,
        "copy": next(_copies_of(story, one, two), None) if together else None,
        "both_copies_of": _shared_original(story, one, two) if together else None,
        "tie": recorded,
        "path": _path(story, kept) if together and recorded is None else [],
        "stories_tie": None if together else _stories_tie(story, other_story),
        "comparison": None,
        "retraced": None,
    }


def _recorded(story: Json, other_story: Json, kept: list[str]) -> dict[str, Any] | None:
    """The tie between two kept articles, where one of the stories holds it."""
    for home in (story, other_story):
        for ends, pair in _held(home):
            if ends == set(kept):
                days = days_between(*(_published((story, other_story), name) for name in kept))
                return {**decision_of(pair, home.get("grouping")), "days": days}
    return None


def _held(story: Json) -> Iterator[tuple[set[str], Json]]:
    """Every pair that a story record holds."""
    for article in story["articles"]:
        if article["tie"]:
            yield {article["id"], article["tie"]["article_id"]}, article["tie"]
    grouping = story.get("grouping") or {}
    links = [grouping.get("weakest"), (grouping.get("nearest") or {}).get("link")]
    yield from ((set(link["article_ids"]), link) for link in links if link)


def _published(stories: Iterable[Json], name: str) -> str | None:
    return next((a["published"] for story in stories for a in story["articles"] if a["id"] == name), None)


def _path(story: Json, kept: list[str]) -> list[dict[str, Any]]:
    """The fewest strongest ties that lead from one article of a story to another; none where none do."""
    edges: dict[str, dict[str, Json]] = {}
    for ends, pair in _held(story):
        one, other = sorted(ends)
        edges.setdefault(one, {})[other] = edges.setdefault(other, {})[one] = pair
    came: dict[str, str] = {kept[0]: ""}
    todo = deque([kept[0]])
    while todo and kept[1] not in came:
        at = todo.popleft()
        for name in sorted(edges.get(at, {}).keys() - came.keys()):
            came[name] = at
            todo.append(name)
    steps: list[dict[str, Any]] = []
    at = kept[1]
    while came.get(at):
        pair = edges[at][came[at]]
        before, after = (brief_of(member_of(story, name)) for name in (came[at], at))
        steps.append({"from": before, "to": after, "score": pair["score"]})
        at = came[at]
    return steps[::-1]


def _stories_tie(story: Json, other_story: Json) -> dict[str, Any] | None:
    """The bond of two stories, where one is the other's nearest."""
    for home, away in ((story, other_story), (other_story, story)):
        nearest = (home.get("grouping") or {}).get("nearest")
        if nearest and nearest["link"]["article_ids"][1] in {article["id"] for article in away["articles"]}:
            return {"score": nearest["score"], "pairs": None}
    return None


def _copies_of(story: Json, one: Json, two: Json) -> Iterator[dict[str, Any]]:
    """The one as a copy of the other, in either direction."""
    return (copy_of(story, a) for a, b in ((one, two), (two, one)) if a["duplicate_of"] == b["id"])


def _shared_original(story: Json, one: Json, two: Json) -> dict[str, Any] | None:
    original = one["duplicate_of"]
    return brief_of(member_of(story, original)) if original is not None and original == two["duplicate_of"] else None
