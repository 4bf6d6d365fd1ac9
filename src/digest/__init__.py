"""Nightly digests of news: copies found, stories gathered, every sentence sourced.

import digest
for story in digest.run([{"title": "...", "text": "..."}]):
    print(story.headline, story.summary)
"""

TYPE_CHECKING = False  # As type checkers read it; `typing` itself takes a while to import.
if TYPE_CHECKING:
    from typing import Any

    from digest.config import Config
    from digest.errors import DigestError
    from digest.pipeline import run, run_sources
    from digest.records import Article, Story
    from digest.result import Result

__version__ = "0.1.0"
__all__ = ["Article", "Config", "DigestError", "Result", "Story", "__version__", "run", "run_sources"]

_ROOMS = {
    "Article": "records",
    "Config": "config",
    "DigestError": "errors",
    "Result": "result",
    "Story": "records",
    "run": "pipeline",
    "run_sources": "pipeline",
}


def __getattr__(name: str) -> "Any":
    """Names come when they are asked for: the command line has to be ready for Ctrl-C before it imports anything, and
    `digest --help` needs none of what digests need."""
    if name in _ROOMS:
        from importlib import import_module

        return getattr(import_module(f"digest.{_ROOMS[name]}"), name)
    raise AttributeError(f"module 'digest' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
