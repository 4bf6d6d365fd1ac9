"""The sample's three nights, through the real command: stories live on, and tell what is new."""

import itertools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from state_builders import by_article, contents, read

from digest.articles import read_articles
from digest.cli import main
from digest.outputs import check_result
from digest.records import Article
from digest.state import check_state

SAMPLE = Path(__file__).parent.parent / "sample_data"
EXPECTED: dict[str, Any] = json.loads((SAMPLE / "expected.json").read_text("utf-8"))
Night = Mapping[str, Mapping[str, Any]]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample cut into nights, each digested in turn with one state, and then all of it once more."""
    folder = tmp_path_factory.mktemp("nights")
    cut_into_nights(folder)
    for day in EXPECTED["nights"]:
        assert run(folder, f"{day}.jsonl", f"{day}.out.jsonl") == 0
    return folder


def cut_into_nights(folder: Path) -> None:
    """A file a night; an article without a date comes with the first dated one of its story."""
    known = set(itertools.chain.from_iterable(EXPECTED["stories"].values()))
    night = {name: day for day, names in EXPECTED["nights"].items() for name in names}
    for names in EXPECTED["stories"].values():
        first = min((night[name] for name in names if name in night), default=min(EXPECTED["nights"]))
        for name in names:
            night.setdefault(name, first)
    found = {a.id: a for a in read_articles([SAMPLE / "articles"], max_bytes=10**7) if isinstance(a, Article)}
    lines: dict[str, list[str]] = {day: [] for day in EXPECTED["nights"]}
    for article in found.values():
        name = article.id if article.id in known else str(Path(article.origin.file).relative_to(SAMPLE / "articles"))
        fields = ("title", "text", "published", "url", "source", "author", "language")
        record = {"id": name, **{field: getattr(article, field) for field in fields}}
        lines[night[name]].append(json.dumps({key: value for key, value in record.items() if value}))
    for day, records in lines.items():
        (folder / f"{day}.jsonl").write_text("\n".join(records), "utf-8")


def run(folder: Path, source: str, output: str, *options: str) -> int:
    sources = [str(folder / name) for name in source.split()]
    return main(["run", *sources, "-o", str(folder / output), "--state", str(folder / "state.db"), "-q", *options])


@pytest.fixture(scope="module")
def nights(place: Path) -> dict[str, Night]:
    """The story of each article that each night's result shows."""
    return {day: by_article(read(place / f"{day}.out.jsonl")) for day in EXPECTED["nights"]}


def test_every_nights_result_is_sound_and_so_is_the_state(place: Path) -> None:
    for day in EXPECTED["nights"]:
        assert check_result(place / f"{day}.out.jsonl") == []
    assert check_state(place / "state.db") == []


def test_three_nights_make_the_stories_of_the_readme(place: Path) -> None:
    assert run(place, "2026-03-11.jsonl", "all.jsonl", "--all") == 0
    found = {frozenset(a["id"] for a in story["articles"]) for story in read(place / "all.jsonl")}
    assert found == {frozenset(names) for names in EXPECTED["stories"].values()}


def test_a_story_keeps_its_id_from_night_to_night(nights: dict[str, Night]) -> None:
    for names in EXPECTED["stories"].values():
        ids = {night[name]["story_id"] for night in nights.values() for name in names if name in night}
        assert len(ids) == 1, names


def test_a_story_is_new_once(nights: dict[str, Night]) -> None:
    seen: set[str] = set()
    for night in nights.values():
        for story in night.values():
            assert (story["status"] == "new") == (story["story_id"] not in seen)
        seen |= {story["story_id"] for story in night.values()}


@pytest.mark.parametrize("update", EXPECTED["updates"], ids=lambda u: f"{u['earlier']}-{u['later']}")
def test_an_update_joins_its_story_and_tells_something_new(nights: dict[str, Night], update: dict[str, str]) -> None:
    day = {name: day for day, names in EXPECTED["nights"].items() for name in names}
    before, after = (nights[day[update[when]]][update[when]] for when in ("earlier", "later"))
    assert after["story_id"] == before["story_id"]
    assert after["status"] == "updated"
    told = {sentence["text"] for sentence in before["sentences"]}
    news = [sentence["text"] for sentence in after["sentences"] if sentence["is_new"]]
    assert news
    assert told.isdisjoint(news)


def test_only_the_stories_that_tonight_touches_are_printed(nights: dict[str, Night]) -> None:
    for day, night in nights.items():
        for story in night.values():
            assert any(a["first_seen"] == day for a in story["articles"])


def test_the_first_night_is_that_of_a_run_without_a_state(place: Path, tmp_path: Path) -> None:
    source = str(place / "2026-03-09.jsonl")
    assert main(["run", source, "-o", str(tmp_path / "plain.jsonl"), "-q"]) == 0
    with_state = read(place / "2026-03-09.out.jsonl")
    for story in with_state:
        for article in story["articles"]:
            article["first_seen"] = None
    assert with_state == read(tmp_path / "plain.jsonl")


def test_the_same_folder_again_changes_nothing_and_says_so(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(place / "state.db")
    arguments = ["run", str(place / "2026-03-11.jsonl"), "-o", str(tmp_path / "again.jsonl")]
    assert main([*arguments, "--state", str(place / "state.db")]) == 0
    assert "Nothing was new." in capsys.readouterr().err
    assert contents(place / "state.db") == before
    again = read(tmp_path / "again.jsonl")
    assert {story["status"] for story in again} == {"unchanged"}
    assert not any(sentence["is_new"] for story in again for sentence in story["sentences"])
    assert check_result(tmp_path / "again.jsonl") == []
