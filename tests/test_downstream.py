"""Every snippet of docs/downstream.md runs as it stands, on the sample's result."""

import re
from pathlib import Path
from typing import Any

import pytest

from digest.cli import main

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "downstream.md").read_text("utf-8")
SNIPPETS: dict[str, str] = dict(re.findall(r"^## (\w+)\n.*?```python\n(.*?)```", PAGE, re.MULTILINE | re.DOTALL))


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("sample") / "digests.jsonl"
    assert main(["run", str(ROOT / "sample_data" / "articles"), "-q", "-o", str(path)]) == 0
    return path.read_bytes()


def execute(name: str, result: bytes, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.chdir(folder)
    (folder / "digests.jsonl").write_bytes(result)
    names: dict[str, Any] = {}
    for _ in range(2):  # loading twice does no harm
        exec(compile(SNIPPETS[name], "downstream.md", "exec"), names)
    return names


def test_the_page_shows_three_ways() -> None:
    assert sorted(SNIPPETS) == ["DuckDB", "SQLite", "pandas"]


def test_sqlite(
    result: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    names = execute("SQLite", result, tmp_path, monkeypatch)
    assert sum(articles for _, articles in names["sources"]) == 102
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["9", "5", "5"] * 2


def test_duckdb(result: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = execute("DuckDB", result, tmp_path, monkeypatch)
    assert len(names["copies"]) == 17
    assert len(names["sentences"]) == sum(line.count(b'"supported_by"') for line in result.splitlines())


def test_pandas(result: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = execute("pandas", result, tmp_path, monkeypatch)
    assert (len(names["stories"]), len(names["articles"])) == (32, 102)
    assert names["per_source"].loc["Meridian Wire", "articles"] == 25
