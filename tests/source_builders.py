"""Sources read in tests, and what came of each input."""

import io
import json
from pathlib import Path
from typing import Any

from digest.articles import read_articles
from digest.records import Article, Reject

LIMIT = 2_000
"""Bytes of the longest input that is read."""


def read(*sources: Path | str, **options: Any) -> list[Article | Reject]:
    return list(read_articles(sources, max_bytes=LIMIT, **options))


def read_lines(*lines: str | bytes) -> list[Article | Reject]:
    data = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    return read("-", stdin=io.BytesIO(data))


def outcome(item: Article | Reject) -> str:
    return item.text if isinstance(item, Article) else item.reason


def line(text: str, **more: Any) -> str:
    return json.dumps({"text": text, **more})
