"""The sample's result as one process makes it, and shards so small that the sample makes many."""

import functools
from collections.abc import Iterable

import pytest
from sample_nights import SAMPLE

import digest
from digest import composing, intake, pipeline, splitting
from digest.config import Config
from digest.outputs import story_record, to_json
from digest.records import Article
from digest.result import Result
from digest.stages import Stages
from digest.stories import assignment, linkage, neighbours


def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shards so small that a few articles make many in every stage."""
    monkeypatch.setattr(intake, "_BYTES", 300)
    monkeypatch.setattr(splitting, "_BYTES", 300)
    monkeypatch.setattr(composing, "_ARTICLES", 2)
    monkeypatch.setattr(neighbours, "_AT_ONCE", 2)
    monkeypatch.setattr(assignment, "_PAIRS", 10)
    monkeypatch.setattr(linkage, "_PAIRS", 3)


def lines(result: Result) -> list[bytes]:
    return [to_json(story_record(story)) for story in result.stories] + [str(r).encode() for r in result.rejects]


TEXT = (
    "The old bridge over the Lesna was closed on Monday after engineers found a crack in its second arch. "
    "The council said that repairs would take six weeks and cost 2.4 million crowns."
)
EDITION = 19


def edition(text: str, bad: str = "bad") -> list[Article]:
    """Nineteen articles, and one of this text with the id `bad`, which says where it stands among them."""
    texts = [f"Edition {n} of the paper came out on Monday. {TEXT}" for n in range(EDITION)]
    return [*(Article(id=f"{n:02}", text=one) for n, one in enumerate(texts)), Article(id=bad, text=text)]


def run(articles: Iterable[Article], config: Config) -> Result:
    """A run over records as they are: `digest.run` would clean them of what makes them fail."""
    return pipeline.run_read(lambda _: articles, config, Stages())


@functools.cache
def by_one() -> list[bytes]:
    """The sample's result as one process makes it."""
    return lines(digest.run_sources([SAMPLE / "articles"], Config(workers=1, include_text=True)))
