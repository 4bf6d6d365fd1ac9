"""Sources that are odd: no name, no list, folders without end."""

from pathlib import Path
from typing import Any

import pytest

from digest.articles import read_articles
from digest.errors import UsageError
from digest.records import Article

LIMIT = 2_000


def test_an_empty_name_is_not_taken_for_the_working_folder() -> None:
    with pytest.raises(UsageError, match="empty name"):
        read_articles([""], max_bytes=LIMIT)


@pytest.mark.parametrize("sources", ["night", [5], [b"night"]])
def test_what_is_no_list_of_sources_is_named(sources: Any) -> None:
    with pytest.raises(UsageError, match="no list of sources"):
        read_articles(sources, max_bytes=LIMIT)


def test_folders_may_nest_deeper_than_calls_may(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folders = [Path("/".join("a" * depth)) for depth in range(1, 1200)]
    for folder in folders:
        folder.mkdir()
    deepest = folders[-1] / "deep.txt"
    deepest.write_text("Down here it rained all day.")
    (found,) = read_articles(["a"], max_bytes=LIMIT)
    assert isinstance(found, Article)
    assert found.text == "Down here it rained all day."
    deepest.unlink()  # What clears temporary folders away calls itself for each folder.
    for folder in reversed(folders):
        folder.rmdir()
