"""The sample cut into its three nights, as a nightly job would receive them."""

import itertools
import json
from pathlib import Path
from typing import Any

from digest.articles import read_articles
from digest.records import Article

SAMPLE = Path(__file__).parent.parent / "sample_data"
EXPECTED: dict[str, Any] = json.loads((SAMPLE / "expected.json").read_text("utf-8"))
DAYS = tuple(sorted(EXPECTED["nights"]))


def write_nights(inbox: Path) -> dict[str, str]:
    """A folder a day, with its articles as JSON Lines; those without a date come on the last day.

    Returns each article's locator in expected.json by its id.
    """
    articles = [a for a in read_articles([SAMPLE / "articles"], max_bytes=10**7) if isinstance(a, Article)]
    known = set(itertools.chain.from_iterable(EXPECTED["stories"].values()))
    day_of = {locator: day for day, locators in EXPECTED["nights"].items() for locator in locators}
    locators: dict[str, str] = {}
    nights: dict[str, dict[str, Article]] = {day: {} for day in DAYS}
    for article in articles:
        file = Path(article.origin.file).relative_to(SAMPLE / "articles").as_posix()
        locators[article.id] = article.id if article.id in known else file
        nights[day_of.get(locators[article.id], DAYS[-1])][article.id] = article
    for day, night in nights.items():
        (inbox / day).mkdir(parents=True)
        lines = [json.dumps(record(article)) + "\n" for article in night.values()]
        (inbox / day / "articles.jsonl").write_text("".join(lines), "utf-8")
    return locators


def record(article: Article) -> dict[str, Any]:
    """The article as a line of JSON has it."""
    fields = ("id", "title", "text", "published", "url", "source", "author", "language")
    return {field: getattr(article, field) for field in fields if getattr(article, field)}
