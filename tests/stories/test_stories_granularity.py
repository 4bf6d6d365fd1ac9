"""`--granularity` on the articles that come with the project."""

import itertools
from pathlib import Path

from digest.config import Config
from digest.pipeline import run_sources

SAMPLE = Path(__file__).parents[2] / "sample_data" / "articles"


def _stories(granularity: float) -> set[frozenset[str]]:
    result = run_sources([SAMPLE], Config(granularity=granularity))
    return {frozenset(a.id for a in story.articles) for story in result.stories}


def test_from_event_to_topic_stories_only_merge_and_do_merge() -> None:
    settings = [_stories(granularity) for granularity in (0, 0.25, 0.5, 1)]
    for fine, coarse in itertools.pairwise(settings):
        assert len(fine) > len(coarse)
        assert all(any(story <= larger for larger in coarse) for story in fine)
