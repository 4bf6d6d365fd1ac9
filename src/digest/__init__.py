"""Nightly digests of news: copies found, stories gathered, every sentence sourced.

import digest
for story in digest.run([{"title": "...", "text": "..."}]):
    print(story.headline, story.summary)
"""

from typing import TYPE_CHECKING, Any

from digest.config import Config
from digest.errors import DigestError
from digest.records import Article, Result, Story

if TYPE_CHECKING:
    from digest.pipeline import run, run_sources

__version__ = "0.1.0"
__all__ = ["Article", "Config", "DigestError", "Result", "Story", "__version__", "run", "run_sources"]


def __getattr__(name: str) -> Any:
    """`run` and `run_sources` come late: what they need takes longer to import than `digest --help` may take."""
    if name in ("run", "run_sources"):
        from digest import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module 'digest' has no attribute {name!r}")
