"""Results in words: what every page for people says in the same way."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from digest.records import Reject

Json = Mapping[str, Any]

# News text may hold what a terminal would obey: control characters, and marks that turn the writing around.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]+")


def printable(text: str) -> str:
    """A text on one line, without characters that a terminal would obey."""
    return _UNPRINTABLE.sub(" ", text).strip()


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """ "1 article", "2 articles"."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def dates_between(first: str | None, last: str | None) -> str:
    """The days between two ISO 8601 dates, as they stand."""
    if not first or not last:
        return "no date known"
    return first[:10] if first[:10] == last[:10] else f"{first[:10]} to {last[:10]}"


def differing(story: Json) -> Iterator[tuple[str, list[Json]]]:
    """The figures that sources give differently, under what to call them."""
    if story["disagreements"]:
        yield "Sources give different figures", story["disagreements"]
    if story.get("updates"):  # a result of an older version has none
        yield "Reports of different or unknown days give different figures", story["updates"]


def name_of(article: Json) -> str:
    """An article as people know it: its source, its title, its id."""
    title = f' "{printable(article["title"])}"' if article["title"] else ""
    return f"{printable(article['source'] or 'unknown source')}{title} [{printable(article['id'])}]"


def describe_reject(reject: Reject) -> str:
    """Which input was rejected, and why."""
    line = f", line {reject.line}" if reject.line else ""
    return f"{printable(reject.file)}{line}: {printable(reject.message)}"
