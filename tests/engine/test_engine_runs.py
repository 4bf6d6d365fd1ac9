"""A run's result does not depend on who does the work."""

import functools
from pathlib import Path
from typing import Any

import pytest
from sample_nights import SAMPLE

import digest
from digest import composing, pipeline, splitting
from digest.config import Config
from digest.engine import LocalEngine, opening
from digest.errors import NoArticlesError
from digest.outputs import story_record, to_json
from digest.records import Article, Result
from digest.sentences import split_article

TEXT = (
    "The old bridge over the Lesna was closed on Monday after engineers found a crack in its second arch. "
    "The council said that repairs would take six weeks."
)


@pytest.fixture(autouse=True)
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shards so small that a few articles make many."""
    monkeypatch.setattr(splitting, "_CHARACTERS", 1_000)
    monkeypatch.setattr(composing, "_ARTICLES", 2)


@pytest.fixture(params=["forked", "fresh"])
def local(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> list[LocalEngine]:
    """Local engines are of one kind; gives the engines that were opened."""
    opened: list[LocalEngine] = []

    def make(workers: int) -> LocalEngine:
        engine = LocalEngine(workers, forks=request.param == "forked")
        opened.append(engine)
        return engine

    monkeypatch.setattr(opening, "LocalEngine", make)
    return opened


def lines(result: Result) -> list[bytes]:
    return [to_json(story_record(story)) for story in result.stories] + [str(r).encode() for r in result.rejects]


@functools.cache
def by_one() -> list[bytes]:
    """The sample's result as one process makes it."""
    return lines(digest.run_sources([SAMPLE / "articles"], Config(workers=1, include_text=True)))


@pytest.mark.parametrize("workers", [2, 4])
def test_the_result_is_the_same_to_the_byte(workers: int, local: list[LocalEngine]) -> None:
    found = digest.run_sources([SAMPLE / "articles"], Config(workers=workers, include_text=True))
    assert [engine.workers for engine in local] == [workers]
    assert lines(found) == by_one()


def test_the_cut_into_shards_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(splitting, "_CHARACTERS", 10**9)
    monkeypatch.setattr(composing, "_ARTICLES", 10**9)
    assert lines(digest.run_sources([SAMPLE / "articles"], Config(workers=1, include_text=True))) == by_one()


def poisoned(monkeypatch: pytest.MonkeyPatch) -> list[Article]:
    """Twenty articles, and a splitter that fails on one of them."""

    def fail(text: str, *more: Any) -> Any:
        if "poison" in text:
            raise ValueError("no sentence")
        return split_article(text, *more)

    monkeypatch.setattr(splitting, "split_article", fail)
    texts = [f"Edition {n} of the paper came out on Monday. {TEXT}" for n in range(19)]
    return [Article(id=f"{n:02}", text=text) for n, text in enumerate([*texts, f"poison. {TEXT}"])]


@pytest.mark.parametrize("workers", [1, 2])
def test_an_article_that_cannot_be_split_is_rejected_by_name(workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = poisoned(monkeypatch)
    monkeypatch.setattr(opening, "LocalEngine", functools.partial(LocalEngine, forks=True))
    result = pipeline.run(articles, Config(workers=workers))
    assert [(r.id, r.reason) for r in result.rejects] == [("19", "failed")]
    assert "no sentence" in result.rejects[0].message
    assert (result.counts.articles_in, result.counts.rejected) == (20, 1)


def test_failed_articles_count_for_the_empty_night_alarm(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = poisoned(monkeypatch)
    with pytest.raises(NoArticlesError):
        pipeline.run(articles, Config(workers=1, min_articles=20))
    with pytest.raises(NoArticlesError):
        pipeline.run(articles[-1:], Config(workers=1))


def test_run_name_and_settings_do_not_depend_on_the_workers(tmp_path: Path) -> None:
    from digest.cli.run_ids import derive_run_id

    assert derive_run_id([str(SAMPLE)], Config(workers=1)) == derive_run_id([str(SAMPLE)], Config(workers=2))
