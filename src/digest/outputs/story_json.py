"""Stories and rejects as the JSON objects that other programs read.

The order of keys is part of the format, and numbers are rounded to a fixed number of decimals, so that the same
result is the same bytes on every machine.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from digest.records import DigestSentence, Disagreement, Grouping, Link, Member, Reject, SharedPassage, Story, Tie

STORY_SCHEMA = "digest.story/1"
REJECT_SCHEMA = "digest.reject/1"
DECIMALS = 4


def story_record(story: Story) -> dict[str, Any]:
    """A story as `digest.story/1`.  An article has the key `text` only where its member carries one."""
    return {
        "schema": STORY_SCHEMA,
        "story_id": story.story_id,
        "status": story.status,
        "merged_from": list(story.merged_from),
        "split_from": story.split_from,
        "headline": story.headline,
        "headline_article_id": story.headline_article_id,
        "summary": story.summary,
        "summary_from": story.summary_from,
        "sentences": [_sentence(s) for s in story.sentences],
        "disagreements": [_disagreement(d) for d in story.disagreements],
        "updates": [_disagreement(d) for d in story.updates],
        "keyphrases": list(story.keyphrases),
        "articles": [_article(m) for m in story.articles],
        "article_count": story.article_count,
        "source_count": story.source_count,
        "first_published": story.first_published,
        "last_published": story.last_published,
        "cohesion": _rounded(story.cohesion),
        "importance": _rounded(story.importance),
        "language": story.language,
        "grouping": None if story.grouping is None else _grouping(story.grouping),
        "metadata": dict(story.metadata),
    }


def reject_record(reject: Reject) -> dict[str, Any]:
    """A rejected input as `digest.reject/1`."""
    return {"schema": REJECT_SCHEMA, **asdict(reject)}


def _rounded(number: float) -> float:
    # Adding zero turns -0.0 into 0.0, which would be another byte.
    return round(float(number), DECIMALS) + 0.0


def _sentence(sentence: DigestSentence) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "article_id": sentence.article_id,
        "start": int(sentence.start),
        "end": int(sentence.end),
        "index": int(sentence.index),
        "score": _rounded(sentence.score),
        "supported_by": list(sentence.supported_by),
        "is_new": sentence.is_new,
    }


def _disagreement(disagreement: Disagreement) -> dict[str, Any]:
    return {
        "values": [{"text": v.text, "article_ids": list(v.article_ids)} for v in disagreement.values],
        "sentences": [
            {"article_id": p.article_id, "start": int(p.start), "end": int(p.end)} for p in disagreement.sentences
        ],
    }


def _article(member: Member) -> dict[str, Any]:
    record = {
        "id": member.id,
        "title": member.title,
        "url": member.url,
        "source": member.source,
        "author": member.author,
        "published": member.published,
        "published_from": member.published_from,
        "language": member.language,
        "similarity": _rounded(member.similarity),
        "duplicate_of": member.duplicate_of,
        "duplicate_kind": member.duplicate_kind,
        "duplicate_score": None if member.duplicate_score is None else _rounded(member.duplicate_score),
        "duplicate_passages": _spans(member.duplicate_passages),
        "duplicate_differences": _spans(member.duplicate_differences),
        "first_seen": member.first_seen,
        "tie": None if member.tie is None else _tie(member.tie),
        "metadata": dict(member.metadata),
    }
    if member.text is not None:
        record["text"] = member.text
    return record


def _spans(passages: Sequence[SharedPassage] | None) -> list[dict[str, Any]] | None:
    return None if passages is None else [asdict(passage) for passage in passages]


def _tie(tie: Tie) -> dict[str, Any]:
    return {"article_id": tie.article_id, **_measured(tie)}


def link_record(link: Link) -> dict[str, Any]:
    """Two articles and their tie, as a story record holds them."""
    return {"article_ids": list(link.article_ids), **_measured(link)}


def _measured(pair: Tie | Link) -> dict[str, Any]:
    features = {name: _rounded(pair.features[name]) for name in sorted(pair.features)}
    return {"score": _rounded(pair.score), "features": features, "look_alike": pair.look_alike}


def _grouping(grouping: Grouping) -> dict[str, Any]:
    nearest = grouping.nearest
    return {
        "model": grouping.model,
        "threshold": grouping.threshold,
        "intercept": grouping.intercept,
        "weights": {name: grouping.weights[name] for name in sorted(grouping.weights)},
        "weakest": None if grouping.weakest is None else link_record(grouping.weakest),
        "nearest": None if nearest is None else {"score": _rounded(nearest.score), "link": link_record(nearest.link)},
    }
