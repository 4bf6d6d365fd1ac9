"""Why: for a story, an article or two articles, what a result knows, from the result alone."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from digest.errors import UsageError, did_you_mean

EXPLANATION_SCHEMA = "digest.explanation/1"

Json = Mapping[str, Any]


def explain(records: Iterable[Json], identifier: str, other: str | None = None) -> dict[str, Any]:
    """What made a story, or placed an article; with `other`, what two articles have to do with each other.

    records: the stories of a result.  The answer is a JSON object whose `kind` is "story", "article" or "pair";
    `digest.outputs.describe` puts it in words.  Raises UsageError for an unknown id; the message names the closest.
    """
    wanted = [identifier] if other is None else [identifier, other]
    homes: dict[str, Json] = {}
    known: set[str] = set()
    for story in records:
        here = {article["id"] for article in story["articles"]}
        if other is None:
            here.add(story["story_id"])
        homes.update((name, story) for name in wanted if name in here)
        if len(homes) == len(set(wanted)):
            break
        known |= here
    for name in wanted:
        if name not in homes:
            what = "story or article" if other is None else "article"
            raise UsageError(f"The result has no {what} {name!r}. {_closest(name, known)}")
    if other is not None:
        return _explain_pair(homes[identifier], identifier, homes[other], other)
    story = homes[identifier]
    return _explain_story(story) if story["story_id"] == identifier else _explain_article(story, identifier)


def _closest(name: str, known: set[str]) -> str:
    # A list of every id of a night would be no help.
    hint = did_you_mean(name, known)
    return hint if hint.startswith("Did") else "List the stories with 'digest show RESULT'."


def _explain_story(story: Json) -> dict[str, Any]:
    kept = [article for article in story["articles"] if article["duplicate_of"] is None]
    return {
        "schema": EXPLANATION_SCHEMA,
        "kind": "story",
        **{key: story[key] for key in ("story_id", "headline", "article_count", "source_count")},
        **{key: story[key] for key in ("first_published", "last_published", "cohesion", "importance", "summary_from")},
        "members": [{**_brief(article), **_ties(story, article)} for article in kept],
        "weakest_link": _weakest(story, kept),
        "copies": [_copy(story, article) for article in story["articles"] if article["duplicate_of"] is not None],
        "sentences": [_sentence(story, sentence) for sentence in story["sentences"]],
    }


def _explain_article(story: Json, identifier: str) -> dict[str, Any]:
    article = _member(story, identifier)
    return {
        "schema": EXPLANATION_SCHEMA,
        "kind": "article",
        **_brief(article),
        **{key: story[key] for key in ("story_id", "headline", "article_count")},
        "copy_of": None if article["duplicate_of"] is None else _copy(story, article)["copy_of"],
        "copies": [_copy(story, copy) for copy in story["articles"] if copy["duplicate_of"] == identifier],
        **_ties(story, article),
        "sentences": [_sentence(story, s) for s in story["sentences"] if s["article_id"] == identifier],
        "supports": [_sentence(story, s) for s in story["sentences"] if identifier in s["supported_by"]],
    }


def _explain_pair(story: Json, identifier: str, other_story: Json, other: str) -> dict[str, Any]:
    one, two = _member(story, identifier), _member(other_story, other)
    together = story["story_id"] == other_story["story_id"]
    return {
        "schema": EXPLANATION_SCHEMA,
        "kind": "pair",
        "articles": [
            {**_brief(article), **{key: home[key] for key in ("story_id", "headline")}}
            for article, home in ((one, story), (two, other_story))
        ],
        "same_story": together,
        "copy": next(_links(story, _is_copy, one, two), None) if together else None,
        "tie": next(_links(story, _is_tied, one, two), None) if together else None,
        "both_copies_of": _shared_original(story, one, two) if together else None,
    }


def _is_copy(story: Json, one: Json, two: Json) -> dict[str, Any] | None:
    return _copy(story, one) if one["duplicate_of"] == two["id"] else None


def _is_tied(story: Json, one: Json, two: Json) -> dict[str, Any] | None:
    if one["tie"] is None or one["tie"]["article_id"] != two["id"]:
        return None
    return {**_brief(one), **_ties(story, one)}


def _links(story: Json, link: Any, one: Json, two: Json) -> Iterator[dict[str, Any]]:
    """What `link` finds between the two, in either direction."""
    return (found for found in (link(story, one, two), link(story, two, one)) if found is not None)


def _shared_original(story: Json, one: Json, two: Json) -> dict[str, Any] | None:
    original = one["duplicate_of"]
    return _brief(_member(story, original)) if original is not None and original == two["duplicate_of"] else None


def _member(story: Json, identifier: str) -> Json:
    for article in story["articles"]:
        if article["id"] == identifier:
            return dict(article)
    # A result that breaks its own promises still gets an answer; 'digest check' names the fault.
    return {"id": identifier, "title": "", "source": None, "published": None, "duplicate_of": None, "tie": None}


def _brief(article: Json) -> dict[str, Any]:
    return {key: article[key] for key in ("id", "title", "source", "published")}


def _ties(story: Json, article: Json) -> dict[str, Any]:
    tie = article["tie"]
    if tie is None:
        return {"similarity": article["similarity"], "tie": None}
    facts = {"to": _brief(_member(story, tie["article_id"])), "score": tie["score"], "features": tie["features"]}
    return {"similarity": article["similarity"], "tie": facts}


def _weakest(story: Json, kept: list[Json]) -> dict[str, Any] | None:
    tied = [article for article in kept if article["tie"] is not None]
    if not tied:
        return None
    article = min(tied, key=lambda a: (a["tie"]["score"], a["similarity"], a["id"]))
    return {**_brief(article), **_ties(story, article)}


def _copy(story: Json, article: Json) -> dict[str, Any]:
    original = {
        **_brief(_member(story, article["duplicate_of"])),
        "kind": article["duplicate_kind"],
        "score": article["duplicate_score"],
    }
    return {**_brief(article), "copy_of": original}


def _sentence(story: Json, sentence: Json) -> dict[str, Any]:
    return {
        "text": sentence["text"],
        "from": _brief(_member(story, sentence["article_id"])),
        "score": sentence["score"],
        "supported_by": [_brief(_member(story, name)) for name in sentence["supported_by"]],
    }
