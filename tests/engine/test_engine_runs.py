"""A run's result does not depend on who does the work."""

from pathlib import Path

import pytest
from engine_runs import EDITION, by_one, edition, lines, run, small_shards
from engine_work import Unreadable, deadly
from sample_nights import SAMPLE

import digest
from digest.config import Config
from digest.engine import LocalEngine, opening
from digest.errors import NoArticlesError


@pytest.fixture(autouse=True)
def every_stage_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    small_shards(monkeypatch)


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


@pytest.mark.parametrize("workers", [2, 4])
def test_the_result_is_the_same_to_the_byte(workers: int, local: list[LocalEngine]) -> None:
    found = digest.run_sources([SAMPLE / "articles"], Config(workers=workers, include_text=True))
    assert [engine.workers for engine in local] == [workers]
    assert lines(found) == by_one()


def test_the_cut_into_shards_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    by_one()
    monkeypatch.undo()
    assert lines(digest.run_sources([SAMPLE / "articles"], Config(workers=1, include_text=True))) == by_one()


@pytest.mark.parametrize("bad", ["bad", "05-bad", "!"], ids=["last", "between", "first"])
@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.usefixtures("local")
def test_an_article_that_cannot_be_split_is_rejected_by_name(workers: int, bad: str) -> None:
    result = run(edition(Unreadable("The old bridge was closed."), bad), Config(workers=workers))
    assert [(r.id, r.reason) for r in result.rejects] == [(bad, "failed")]
    assert "no text" in result.rejects[0].message
    assert (result.counts.articles_in, result.counts.rejected) == (EDITION + 1, 1)


@pytest.mark.usefixtures("local")
def test_an_article_that_kills_workers_is_rejected_by_name() -> None:
    result = run(edition(deadly("The old bridge was closed.")), Config(workers=2))
    assert [(r.id, r.reason) for r in result.rejects] == [("bad", "failed")]
    assert "died twice" in result.rejects[0].message


@pytest.mark.usefixtures("local")
def test_a_worker_killed_in_mid_run_costs_nothing(tmp_path: Path) -> None:
    text = "The ferry across the river will run all night from Friday, and a second boat has been hired."
    whole = run(edition(text), Config(workers=1))
    found = run(edition(deadly(text, str(tmp_path / "noted"))), Config(workers=2))
    assert (tmp_path / "noted").exists()
    assert lines(found) == lines(whole)


def test_failed_articles_count_for_the_empty_night_alarm() -> None:
    articles = edition(Unreadable("The old bridge was closed."))
    with pytest.raises(NoArticlesError):
        run(articles, Config(workers=1, min_articles=len(articles)))
    with pytest.raises(NoArticlesError):
        run(articles[-1:], Config(workers=1))


def test_run_name_and_settings_do_not_depend_on_the_workers(tmp_path: Path) -> None:
    from digest.cli.run_ids import derive_run_id

    assert derive_run_id([str(SAMPLE)], Config(workers=1)) == derive_run_id([str(SAMPLE)], Config(workers=2))
