"""The sample comes with known answers to try `digest evaluate` on.  `python tests/test_evaluation_sample.py` writes
them anew from expected.json, which names articles by their files where they have no id."""

import json
from pathlib import Path
from typing import Any

import pytest

from digest.articles import read_articles
from digest.cli import main
from digest.records import Article

SAMPLE = Path(__file__).parent.parent / "sample_data"
GOLD = SAMPLE / "gold.jsonl"


def answers() -> str:
    """The stories and copies of expected.json, a line an article."""
    expected = json.loads((SAMPLE / "expected.json").read_text("utf-8"))
    read = read_articles([SAMPLE / "articles"], max_bytes=10**7)
    articles = [item for item in read if isinstance(item, Article)]
    ids = {str(Path(a.origin.file).relative_to(SAMPLE / "articles")): a.id for a in articles if _alone(a)}
    story_of = {name: story for story, names in expected["stories"].items() for name in names}
    group_of = {name: group["members"][0] for group in expected["copies"] for name in group["members"]}
    lines: list[dict[str, Any]] = [
        {
            "id": ids.get(name, name),
            "story": story,
            "copies": ids.get(group_of.get(name, name), group_of.get(name, name)),
        }
        for name, story in story_of.items()
    ]
    return "".join(json.dumps(line) + "\n" for line in sorted(lines, key=lambda line: str(line["id"])))


def _alone(article: Article) -> bool:
    return not article.origin.file.endswith((".jsonl", ".jsonl.gz"))


def test_the_answers_are_those_of_the_expected_result() -> None:
    assert GOLD.read_text("utf-8") == answers()


def test_the_sample_is_evaluated_without_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    result = str(tmp_path / "digests.jsonl")
    assert main(["run", str(SAMPLE / "articles"), "-q", "-o", result]) == 0
    assert main(["evaluate", result, str(GOLD), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found["complete"].values()) == {0}
    assert found["stories"]["bcubed"]["f1"] == found["duplicates"]["f1"] == 1.0
    assert (found["stories"]["articles"], found["stories"]["gold_stories"]) == (102, 32)


if __name__ == "__main__":
    GOLD.write_text(answers(), "utf-8")
