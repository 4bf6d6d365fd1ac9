"""Inputs are understood the same wherever it is done, and one that breaks its reader costs itself alone."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from engine_runs import TEXT, lines, small_shards
from engine_work import UnreadableBytes, deadly_bytes

import digest
from digest import intake
from digest.articles import Raw, raw_inputs, read_articles
from digest.articles.keeping import NAMED
from digest.config import Config
from digest.engine import Engine, LocalEngine, SerialEngine
from digest.records import Article, Origin, Reject

PAGE = "<html><head><title>Bridge {n} closed</title></head><body><article>{paragraphs}</article></body></html>"
MAX_BYTES = 1_000_000
GOOD = 30  # inputs, enough for fresh workers to start


@pytest.fixture(params=["serial", "forked", "fresh"])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    small_shards(monkeypatch)
    made: Engine = SerialEngine() if request.param == "serial" else LocalEngine(2, forks=request.param == "forked")
    yield made
    made.close()


def mixed(folder: Path) -> Path:
    """Pages, texts and lines, packed and not, with what is none of them between."""
    for n in range(6):
        paragraphs = "".join(f"<p>Part {n} of {k}. {TEXT}</p>" for k in range(4))
        (folder / f"page{n}.html").write_text(PAGE.format(n=n, paragraphs=paragraphs), "utf-8")
        (folder / f"text{n}.txt").write_text(f"Report {n}.\n\n{TEXT}\n", "utf-8")
    rows = [json.dumps({"id": f"row{n}", "text": f"Row {n}. {TEXT}"}) for n in range(8)]
    (folder / "rows.jsonl").write_text("\n".join([*rows, "{broken", "7", rows[0]]), "utf-8")
    (folder / "list.json").write_text(json.dumps([{"text": TEXT}, 3, {"title": "No text"}]), "utf-8")
    (folder / "nested.json").write_text(
        json.dumps({"text": TEXT}).replace("}", ', "x": ' + "[" * 600 + "]" * 600 + "}")
    )
    (folder / "packed.jsonl.gz").write_bytes(gzip.compress(rows[1].encode())[:-9])
    (folder / "picture.txt").write_bytes(b"\x89PNG\x00\x00")
    (folder / "empty.md").write_bytes(b"")
    (folder / "other.pdf").write_bytes(b"%PDF")
    return folder


def test_articles_and_rejects_are_those_of_one_reader_in_its_order(engine: Engine, tmp_path: Path) -> None:
    mixed(tmp_path)
    found = list(intake.take_in(raw_inputs([tmp_path], max_bytes=MAX_BYTES), engine))
    assert found == list(read_articles([tmp_path], max_bytes=MAX_BYTES))
    assert {r.reason for r in found if isinstance(r, Reject)} >= {
        "malformed",
        "no-text",
        "binary",
        "empty",
        "unsupported",
    }
    assert sum(isinstance(a, Article) for a in found) > 20


def test_a_run_over_pages_is_the_same_with_any_number_of_workers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mixed(tmp_path)
    whole = lines(digest.run_sources([tmp_path], Config(workers=1)))
    small_shards(monkeypatch)
    for workers in (1, 2, 4):
        assert lines(digest.run_sources([tmp_path], Config(workers=workers))) == whole


def inputs(bad: bytes) -> list[Raw | Reject]:
    """Texts, one of them this one, and a reject that was found as they were cut."""
    good = [Raw(Origin(f"{n}.txt"), ".txt", f"Report {n}. {TEXT}".encode(), 100) for n in range(GOOD)]
    return [
        *good[:3],
        Reject("x.pdf", None, None, "unsupported", ""),
        Raw(Origin("bad.txt"), ".txt", bad, 100),
        *good[3:],
    ]


def test_an_input_that_breaks_its_reader_is_rejected_by_name(engine: Engine) -> None:
    found = list(intake.take_in(inputs(UnreadableBytes(b"The old bridge")), engine))
    rejects = [(r.file, r.reason, r.message) for r in found if isinstance(r, Reject)]
    assert rejects == [
        ("x.pdf", "unsupported", ""),
        ("bad.txt", "failed", "It could not be read (ValueError: no text)."),
    ]
    assert [a.origin.file for a in found if isinstance(a, Article)] == [f"{n}.txt" for n in range(GOOD)]


@pytest.mark.parametrize("forks", [True, False])
def test_an_input_that_kills_workers_is_rejected_by_name(forks: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    small_shards(monkeypatch)
    engine = LocalEngine(2, forks=forks)
    found = list(intake.take_in(inputs(deadly_bytes(b"The old bridge")), engine))
    engine.close()
    (lost,) = (r for r in found if isinstance(r, Reject) and r.reason == "failed")
    assert lost.file == "bad.txt"
    assert "died twice" in lost.message
    assert sum(isinstance(a, Article) for a in found) == GOOD


def test_many_bad_lines_are_told_together_over_shards(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text("{\n" * (NAMED + 50), "utf-8")
    (tmp_path / "worse.jsonl").write_text("{\n" * 3, "utf-8")
    rejects = list(intake.take_in(raw_inputs([tmp_path], max_bytes=MAX_BYTES), engine))
    found = [item for item in rejects if isinstance(item, Reject)]
    assert len(rejects) == len(found)
    assert len(found) == NAMED + 1 + 3
    assert "50" in found[NAMED].message
    assert [r.file for r in found].count(str(tmp_path / "worse.jsonl")) == 3
