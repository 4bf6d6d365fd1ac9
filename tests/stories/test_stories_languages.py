"""Reports in two languages: with a multilingual model they meet, and look-alikes stay apart."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from two_language_model import build_model, translated

from digest.cli import main

FOLDER = Path(__file__).parents[1] / "cases"


def _read(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / name).read_text("utf-8").splitlines()]


CASES = _read("stories-two-languages.jsonl")
REST = [a for case in _read("stories-look-alikes.jsonl") for members in case["stories"] for a in members]
"""The rest of the night, in English."""


def _articles(number: int, case: Mapping[str, Any]) -> list[dict[str, str]]:
    """The articles of a case, those marked so in the second language; ids: case, story, place."""
    names = frozenset(case["names"])
    out = []
    for s, members in enumerate(case["stories"]):
        for i, given in enumerate(members):
            turned = {k: translated(given[k], names) if given["translate"] else given[k] for k in ("title", "text")}
            language = "qz" if given["translate"] else "en"
            out.append({"id": f"{number}-{s}-{i}", **turned, "language": language, "published": given["published"]})
    return out


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> list[set[str]]:
    """The stories that `digest run` makes of all cases and the rest of the night with a multilingual model."""
    folder = tmp_path_factory.mktemp("two-languages")
    given = [a for case in CASES for members in case["stories"] for a in members]
    model = build_model(folder, (f"{a['title']} {a['text']}" for a in given + REST))
    articles = [a for number, case in enumerate(CASES) for a in _articles(number, case)] + REST
    (folder / "night.jsonl").write_text("".join(json.dumps(a) + "\n" for a in articles), "utf-8")
    out = folder / "out.jsonl"
    assert main(["run", str(folder / "night.jsonl"), "-o", str(out), "-q", "--model", str(model)]) == 0
    return [{a["id"] for a in json.loads(line)["articles"]} for line in out.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case["case"] for case in CASES])
def test_reports_of_one_event_in_two_languages_are_one_story_and_look_alikes_are_not(
    number: int, night: list[set[str]]
) -> None:
    stories = CASES[number]["stories"]
    expected = [{f"{number}-{s}-{i}" for i in range(len(members))} for s, members in enumerate(stories)]
    found = [story for story in night if any(i.startswith(f"{number}-") for i in story)]
    assert sorted(map(sorted, found)) == sorted(map(sorted, expected))
