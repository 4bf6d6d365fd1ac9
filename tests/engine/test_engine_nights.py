"""A run with a state does not depend on who does the work, and loses no night to one article."""

import functools
import tempfile
from pathlib import Path

import pytest
from engine_runs import edition, lines, run, small_shards
from engine_work import Unreadable, deadly
from sample_nights import DAYS, write_nights

import digest
from digest.config import Config
from digest.errors import NoArticlesError

DEADLY = "The ferry across the river will run all night from Friday, and a second boat has been hired."


def nights(folder: Path, inbox: Path, workers: int) -> list[bytes]:
    """What the sample's first two nights print, with one state."""
    found: list[bytes] = []
    for day in DAYS[:2]:
        config = Config(state=str(folder / "state.db"), now=day, workers=workers)
        found += lines(digest.run_sources([inbox / day], config))
    return found


@functools.cache
def inbox() -> Path:
    folder = Path(tempfile.mkdtemp())
    write_nights(folder)
    return folder


@functools.cache
def by_one() -> list[bytes]:
    return nights(Path(tempfile.mkdtemp()), inbox(), 1)


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_the_nights_are_the_same_to_the_byte(workers: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = by_one()
    small_shards(monkeypatch)
    assert nights(tmp_path, inbox(), workers) == whole


@pytest.mark.parametrize("workers", [1, 2])
def test_an_article_that_cannot_be_split_costs_itself_alone_and_comes_again(
    workers: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_shards(monkeypatch)
    config = Config(workers=workers, state=str(tmp_path / "state.db"), now="2026-03-09")
    first = run(edition(Unreadable("The old bridge was closed.")), config)
    assert [(r.id, r.reason) for r in first.rejects] == [("bad", "failed")]
    assert first.state is not None
    assert first.state.new == first.counts.kept + first.counts.copies == len(edition("")) - 1
    second = run(edition("The old bridge was closed."), config)
    assert second.state is not None
    assert (second.state.new, second.counts.rejected) == (1, 0)


def test_the_version_that_is_known_stays_where_the_new_one_cannot_be_split(tmp_path: Path) -> None:
    config = Config(workers=1, state=str(tmp_path / "state.db"), now="2026-03-09")
    run(edition(DEADLY), config)
    found = run(edition(Unreadable("The old bridge was closed.")), config)
    assert [(r.id, r.reason) for r in found.rejects] == [("bad", "failed")]
    assert found.state is not None
    assert (found.state.changed, found.state.living_articles) == (0, len(edition("")))


def test_an_article_that_kills_workers_is_rejected_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_shards(monkeypatch)
    config = Config(workers=2, state=str(tmp_path / "state.db"), now="2026-03-09")
    found = run(edition(deadly(DEADLY)), config)
    assert [(r.id, r.reason) for r in found.rejects] == [("bad", "failed")]


def test_a_night_of_which_nothing_is_left_is_no_night(tmp_path: Path) -> None:
    config = Config(workers=1, state=str(tmp_path / "state.db"), now="2026-03-09")
    with pytest.raises(NoArticlesError):
        run(edition(Unreadable("The old bridge was closed."))[-1:], config)
