"""`--granularity` on the articles that come with the project."""

import itertools
import re
from pathlib import Path

from digest.config import Config
from digest.pipeline import run_sources

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_data" / "articles"


def _stories(granularity: float) -> set[frozenset[str]]:
    result = run_sources([SAMPLE], Config(granularity=granularity))
    return {frozenset(a.id for a in story.articles) for story in result.stories}


def test_from_event_to_topic_stories_only_merge_and_as_many_are_left_as_the_page_says() -> None:
    page = re.findall(r"^\| ([\d.]+) \| (\d+) \|", (ROOT / "docs" / "usage.md").read_text("utf-8"), re.MULTILINE)
    settings = [_stories(float(granularity)) for granularity, _ in page]
    assert [len(stories) for stories in settings] == [int(count) for _, count in page]
    assert len(settings) == 4
    for fine, coarse in itertools.pairwise(settings):
        assert len(fine) > len(coarse)
        assert all(any(story <= larger for larger in coarse) for story in fine)
