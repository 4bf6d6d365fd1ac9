"""Small builders for tests of what a run leaves behind: stories, results and result files."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from digest.outputs import story_record, write_jsonl
from digest.records import (
    Difference,
    DigestSentence,
    Grouping,
    Link,
    Member,
    Neighbour,
    Reject,
    SharedPassage,
    Story,
    Tie,
)
from digest.result import Counts, Result

TEXTS = {
    "a": "The old bridge was closed on Monday. Engineers had found a crack.",
    "b": "Engineers found a crack in the bridge. Traffic goes by the ferry.",
    "c": "The old bridge was closed on Monday. Engineers had found a crack.",
}


def member(name: str, **fields: Any) -> Member:
    """An article of a story, tied to nothing."""
    return Member(
        **{
            "id": name,
            "title": f"Title of {name}",
            "url": f"https://{name}.example/1",
            "source": f"{name}.example",
            "author": None,
            "published": "2026-03-09T08:00:00Z",
            "published_from": "metadata",
            "language": "en",
            "similarity": 0.9,
            "text": TEXTS.get(name),
            **fields,
        }
    )


FEATURES = {"body": 0.5, "title_in_other": 0.25, "closeness": 0.8}


def grouping(**fields: Any) -> Grouping:
    """How a run decided: no neighbour, and a weakest link between the articles a and b."""
    return Grouping(
        **{
            "model": "embedded",
            "threshold": 0.7,
            "intercept": -2.0,
            "weights": {"body": 4.0, "title_in_other": 2.0},
            "weakest": Link(("a", "b"), 0.91, FEATURES),
            "nearest": None,
            **fields,
        }
    )


def neighbour(own: str, other: str, score: float = 0.25, **fields: Any) -> Neighbour:
    """A story apart: the mean tie to it, and its closest pair."""
    return Neighbour(score, Link((own, other), **{"score": 0.75, "features": FEATURES, **fields}))


def story(**fields: Any) -> Story:
    """A sound story: two articles, a copy of the first, two sentences, the first of them supported."""
    tie = Tie("b", 0.91, FEATURES)
    articles = (
        member("a", tie=tie),
        member("b", published="2026-03-10", similarity=0.8, tie=Tie("a", 0.91, tie.features)),
        member(
            "c",
            source="a.example",
            duplicate_of="a",
            duplicate_kind="near",
            duplicate_score=0.97,
            duplicate_passages=(SharedPassage(0, 29, 0, 29), SharedPassage(37, 65, 37, 65)),
            duplicate_differences=(Difference(29, 35, 29, 35, "Monday", "Monday"),),
        ),
    )
    sentences = (
        DigestSentence(TEXTS["a"][:36], "a", 0, 36, 0, 0.83, ("b",)),
        DigestSentence(TEXTS["b"][39:65], "b", 39, 65, 1, 0.41),
    )
    return Story(
        **{
            "story_id": "story-1",
            "headline": "Old bridge closed",
            "headline_article_id": "a",
            "summary": " ".join(s.text for s in sentences),
            "summary_from": "sentences",
            "sentences": sentences,
            "keyphrases": ("old bridge", "crack"),
            "articles": articles,
            "article_count": 3,
            "source_count": 2,
            "first_published": "2026-03-09T08:00:00Z",
            "last_published": "2026-03-10",
            "cohesion": 0.91,
            "grouping": grouping(),
            "importance": 3.25,
            "language": "en",
            **fields,
        }
    )


def lone_story(name: str, **fields: Any) -> Story:
    """A sound story of one article without text, told by its title."""
    return story(
        **{
            "story_id": f"story-{name}",
            "headline": f"Title of {name}",
            "headline_article_id": name,
            "summary": f"Title of {name}",
            "summary_from": "title",
            "sentences": (),
            "keyphrases": (),
            "articles": (member(name, text=None),),
            "article_count": 1,
            "source_count": 1,
            "last_published": "2026-03-09T08:00:00Z",
            "cohesion": 1.0,
            "grouping": grouping(weakest=None),
            "importance": 1.0,
            **fields,
        }
    )


def result(stories: Sequence[Story], rejects: Sequence[Reject] = (), counts: Mapping[str, int] | None = None) -> Result:
    """A result of these stories whose counts add up, unless others are given."""
    members = [m for s in stories for m in s.articles]
    copies = sum(m.duplicate_of is not None for m in members)
    right = Counts(
        articles_in=len(members) + len(rejects),
        kept=len(members) - copies,
        copies=copies,
        rejected=len(rejects),
        stories=len(stories),
        stories_printed=len(stories),
        sentences=10,
    )
    fields = {name: getattr(right, name) for name in Counts.__slots__}
    return Result(
        tuple(stories), tuple(rejects), Counts(**{**fields, **(counts or {})}), {"read": 0.1234, "stories": 1.0}
    )


def write_result(path: Path, stories: Sequence[Story | Mapping[str, Any]]) -> Path:
    """A result file of stories, or of records that were tampered with."""
    with path.open("wb") as stream:
        write_jsonl(stream, [story_record(s) if isinstance(s, Story) else s for s in stories])
    return path
