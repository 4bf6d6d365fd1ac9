"""`digest explain A B`: the run's decision on two articles, made again from their texts."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from digest.cli import main
from digest.outputs import load_schema

FLOOD = (
    "The river Ell broke its banks at Torvik on Monday night and flooded the old market, the mayor said. Some 40 "
    "families were taken to the school. Water stood a metre high in the town hall, where the archive was carried to "
    "the upper floor by volunteers. The fire brigade of Hald sent 12 pumps and three boats to Torvik."
)
FLOOD_ELSEWHERE = (
    "Volunteers in Torvik carried the archive of the town hall to the upper floor after the river Ell flooded the old "
    "market overnight. The school took in 40 families. Pumps and boats came from the fire brigade of Hald, whose "
    "captain said the water had begun to fall."
)
CHESS = (
    "Mara Lindqvist won the national chess title for the fourth time with a draw in the last round. The teacher from "
    "Brennen needed half a point against the champion of the juniors and offered peace after nineteen moves."
)
FLOOD_COPIED = (
    FLOOD.replace("Monday night", "Monday evening")
    .replace("were taken", "were brought")
    .replace("Water stood", "Water rose")
    .replace("was carried", "was moved")
    .replace("12 pumps", "14 pumps")
)
ARTICLES = [
    {
        "id": "flood",
        "title": "Torvik market under water",
        "text": FLOOD,
        "published": "2026-03-09",
        "source": "Ell Post",
    },
    {"id": "wet", "title": "River Ell floods Torvik", "text": FLOOD_ELSEWHERE, "published": "2026-03-10"},
    {"id": "wire", "title": "Torvik market under water", "text": FLOOD_COPIED},
    {"id": "chess", "title": "Lindqvist takes fourth title", "text": CHESS, "published": "2026-03-10"},
]


@pytest.fixture
def night(tmp_path: Path) -> tuple[str, str]:
    """A result and its source."""
    source, result = tmp_path / "articles.jsonl", tmp_path / "digests.jsonl"
    source.write_text("".join(json.dumps(article) + "\n" for article in ARTICLES), "utf-8")
    assert main(["run", str(source), "-o", str(result), "-q"]) == 0
    return str(result), str(source)


def explained(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["explain", *arguments, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    Draft202012Validator(load_schema("explanation")).validate(found)
    return found


def test_the_decision_that_the_result_holds_comes_out_again(
    night: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    result, source = night
    held = explained(capsys, result, "flood", "wet")
    made = explained(capsys, result, "flood", "wet", "--articles", source)
    assert held["same_story"]
    assert made["tie"]["features"] == pytest.approx(held["tie"]["features"], abs=1e-3)
    assert made["tie"]["score"] == pytest.approx(held["tie"]["score"], abs=1e-3)
    assert made["retraced"] == {"articles_found": 4, "articles_in_result": 4, "agrees": True}
    assert made["tie"]["log_odds"] == pytest.approx(
        made["decision"]["intercept"] + sum(made["tie"]["adds"].values()), abs=1e-3
    )


def test_a_decision_that_the_result_does_not_hold_is_made(
    night: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    result, source = night
    assert main(["explain", result, "chess", "wet"]) == 0
    assert "--articles SOURCE" in capsys.readouterr().out
    made = explained(capsys, result, "chess", "wet", "--articles", source)
    assert not made["same_story"]
    assert made["tie"]["score"] < made["decision"]["threshold"]
    assert made["stories_tie"]["pairs"] == 2
    assert made["comparison"]["reason"] == "little shared"
    assert main(["explain", result, "chess", "wet", "--articles", source]) == 0
    text = capsys.readouterr().out
    assert "They are no copies of each other. Too little" in text
    assert "over all 2 pairs" in text
    assert "Made again from 4 of the result's 4 articles; the ties that the result holds" in text


def test_a_copy_says_what_it_shares_and_what_differs_from_the_result_alone(
    night: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    texts = {article["id"]: article["text"] for article in ARTICLES}
    original = explained(capsys, night[0], "wire")["copy_of"]
    assert (original["id"], original["kind"]) == ("flood", "near")
    for passage in original["passages"]:
        here = texts["wire"][passage["start"] : passage["end"]]
        assert here.lower() == texts["flood"][passage["other_start"] : passage["other_end"]].lower()
    (found,) = original["differences"]
    assert (found["text"], found["other_text"]) == ("14", "12")
    assert texts["wire"][found["start"] : found["end"]] == "14"


def test_a_copy_is_quoted_beside_its_original_when_the_texts_are_read(
    night: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    result, source = night
    assert main(["explain", result, "wire", "flood", "--articles", source]) == 0
    text = capsys.readouterr().out
    assert "They are copies of each other." in text
    assert '"The river Ell broke its banks' in text
    assert '"14" here (' in text


def test_a_result_that_carries_its_texts_needs_no_sources(
    night: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    result, source = str(tmp_path / "whole.jsonl"), night[1]
    assert main(["run", source, "-o", result, "-q", "--include-text"]) == 0
    made = explained(capsys, result, "wet", "chess")
    assert made["retraced"]["agrees"]
    assert made["tie"] == explained(capsys, night[0], "wet", "chess", "--articles", source)["tie"]


def test_other_sources_than_the_runs_are_noticed(
    night: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = tmp_path / "changed.jsonl"
    texts = {"flood": CHESS, "wet": FLOOD_ELSEWHERE}
    changed.write_text(
        "".join(json.dumps({**a, "text": texts[a["id"]]}) + "\n" for a in ARTICLES if a["id"] in texts), "utf-8"
    )
    made = explained(capsys, night[0], "flood", "wet", "--articles", str(changed))
    assert made["retraced"] == {"articles_found": 2, "articles_in_result": 4, "agrees": False}
    assert main(["explain", night[0], "flood", "wet", "--articles", str(changed)]) == 0
    assert "but they differ: the run had other articles or settings" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("ids", "message"),
    [(["flood"], "--articles goes with two articles"), (["flood", "chess"], "The sources hold no article 'flood'")],
)
def test_sources_that_cannot_help_are_refused(
    night: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str], ids: list[str], message: str
) -> None:
    other = tmp_path / "other.txt"
    other.write_text(CHESS)
    assert main(["explain", night[0], *ids, "--articles", str(other)]) == 2
    assert message in capsys.readouterr().err


def test_two_copies_of_one_article_have_no_tie(
    night: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "more.jsonl"
    again = {**ARTICLES[0], "id": "again", "text": FLOOD.replace("Some 40", "About 40"), "published": "2026-03-11"}
    source.write_text("".join(json.dumps(article) + "\n" for article in [again, *ARTICLES]), "utf-8")
    result = str(tmp_path / "more-digests.jsonl")
    assert main(["run", str(source), "-o", result, "-q"]) == 0
    made = explained(capsys, result, "again", "wire", "--articles", str(source))
    assert made["tie"] is None
    assert made["both_copies_of"]["id"] == "flood"
    assert made["comparison"]["kind"] == "near"


def test_a_result_that_does_not_say_how_it_was_decided_cannot_be_made_again(
    night: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = tmp_path / "old.jsonl"
    stories = [json.loads(line) for line in Path(night[0]).read_text("utf-8").splitlines()]
    old.write_text("".join(json.dumps({**story, "grouping": None}) + "\n" for story in stories), "utf-8")
    assert main(["explain", str(old), "flood", "wet", "--articles", night[1]]) == 2
    assert "does not say how its stories were found" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "begins"), [([], "<!doctype html>"), (["--markdown"], "# Digest"), (["--atom"], "<?xml")]
)
def test_report_writes_a_page(
    night: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str], option: list[str], begins: str
) -> None:
    page = tmp_path / "page"
    assert main(["report", night[0], *option, "-o", str(page)]) == 0
    assert capsys.readouterr().out == ""
    assert page.read_text("utf-8").startswith(begins)


@pytest.mark.parametrize(
    ("output", "message"), [("", "has an empty name"), (None, "would overwrite the result itself")]
)
def test_report_refuses_a_place_that_would_cost_the_result(
    night: tuple[str, str], capsys: pytest.CaptureFixture[str], output: str | None, message: str
) -> None:
    before = Path(night[0]).read_bytes()
    assert main(["report", night[0], "-o", night[0] if output is None else output]) == 2
    assert message in capsys.readouterr().err
    assert Path(night[0]).read_bytes() == before


def test_report_goes_to_standard_output_where_no_place_is_named(
    night: tuple[str, str], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["report", night[0]]) == 0
    assert capfdbinary.readouterr().out.startswith(b"<!doctype html>")
