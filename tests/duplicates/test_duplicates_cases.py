"""Copies are found and look-alikes stay apart, whatever the case; cases are data, known failures are strict."""

import json
from pathlib import Path

import pytest
from builders import article, corpus

from digest.duplicates import compare, find_copies

CASES = Path(__file__).parent.parent / "cases"


def read_cases(name: str) -> list[object]:
    records = [json.loads(line) for line in (CASES / name).read_text("utf-8").splitlines()]
    return [
        pytest.param(
            r["first"],
            r["second"],
            id=r["case"],
            marks=[pytest.mark.xfail(reason=r["known_failure"])] if "known_failure" in r else [],
        )
        for r in records
    ]


@pytest.mark.parametrize(("first", "second"), read_cases("duplicates-copies.jsonl"))
def test_a_copy_is_found(first: dict[str, str], second: dict[str, str]) -> None:
    both = corpus([article(**first, id="a"), article(**second, id="b")])
    assert len(set(find_copies(both).kept.tolist())) == 1
    assert compare(both, 0, 1).kind is not None


@pytest.mark.parametrize(("first", "second"), read_cases("duplicates-look-alikes.jsonl"))
def test_a_look_alike_stays_apart(first: dict[str, str], second: dict[str, str]) -> None:
    both = corpus([article(**first, id="a"), article(**second, id="b")])
    assert find_copies(both).kept.tolist() == [0, 1]
    assert compare(both, 0, 1).kind is None


def test_all_cases_together_give_the_same_groups() -> None:
    texts = [
        article(**json.loads(line)[side], id=f"{name}{n:02}{side}")
        for name in ("copies", "look-alikes")
        for n, line in enumerate((CASES / f"duplicates-{name}.jsonl").read_text("utf-8").splitlines())
        for side in ("first", "second")
    ]
    found = find_copies(corpus(texts))
    kept = {int(found.kept[i]) for i, text in enumerate(texts) if text.id.startswith("copies")}
    assert len(kept) == 2  # the harbour and the museum
