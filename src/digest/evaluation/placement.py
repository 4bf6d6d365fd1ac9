"""A result as the scores need it: where each article stands, and what each story says."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from digest.evaluation.gold import Gold


@dataclass(frozen=True, slots=True)
class Placement:
    """stories: the articles of each story; summaries: its digest; story_of, copy_of: of each article, its story and
    what it is a copy of; languages: of the articles that have one; repeated: articles that stand more than once."""

    stories: tuple[frozenset[str], ...]
    summaries: tuple[str, ...]
    story_of: Mapping[str, int]
    copy_of: Mapping[str, str | None]
    languages: Mapping[str, str]
    repeated: int


@dataclass(frozen=True, slots=True)
class Completeness:
    """Articles that the gold knows and the result does not have (missing, rejected), or has more than once, and those
    that only the result has (unknown)."""

    missing: int
    repeated: int
    unknown: int
    rejected: int
    placed_and_rejected: int


def place(records: Iterable[Mapping[str, Any]]) -> Placement:
    """What the stories of a result hold (records of `digest.story/1`).  An article stands where it stands first."""
    stories: list[frozenset[str]] = []
    summaries: list[str] = []
    story_of: dict[str, int] = {}
    copy_of: dict[str, str | None] = {}
    languages: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for number, record in enumerate(records):
        ids = [article["id"] for article in record["articles"]]
        seen.update(ids)
        stories.append(frozenset(ids))
        summaries.append(record.get("summary") or "")
        for article in record["articles"]:
            story_of.setdefault(article["id"], number)
            copy_of.setdefault(article["id"], article.get("duplicate_of"))
            if article.get("language"):
                languages.setdefault(article["id"], article["language"])
    repeated = sum(count > 1 for count in seen.values())
    return Placement(tuple(stories), tuple(summaries), story_of, copy_of, languages, repeated)


def completeness(placed: Placement, gold: Gold, refused: frozenset[str]) -> Completeness:
    """Where the articles of the gold went.  refused: the ids that the run rejected."""
    here = placed.story_of.keys()
    return Completeness(
        missing=len(gold.known - here - refused),
        repeated=placed.repeated,
        unknown=len(here - gold.known),
        rejected=len(refused & gold.known),
        placed_and_rejected=len(refused & here),
    )


def story_labels(placed: Placement, ids: Iterable[str]) -> list[str]:
    """The story of each article; one that is missing is a story of its own."""
    return [str(placed.story_of[i]) if i in placed.story_of else f"alone {i}" for i in ids]


def copy_labels(placed: Placement, ids: Iterable[str]) -> list[str]:
    """What each article is a copy of in the end, or itself.  Links that go in a circle end at its smallest id."""
    return [_original(placed.copy_of, i) for i in ids]


def _original(copy_of: Mapping[str, str | None], article: str) -> str:
    seen: list[str] = []
    at = article
    while (other := copy_of.get(at)) and at not in seen:
        seen.append(at)
        at = other
    return min(seen[seen.index(at) :]) if at in seen else at
