"""Which articles a run keeps: each id once, and only those of the days asked for."""

import itertools
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from digest.fingerprint import fingerprint
from digest.records import Article, Reject

NAMED = 1_000  # rejects on end that are named one by one


def distinct(items: Iterable[Article | Reject]) -> tuple[list[Article], list[Reject]]:
    """Each id once, sorted by id; and the rejects, sorted, with a `repeated` one for every article left out.

    Of several articles with one id the latest published is kept, then the longest, then by fingerprint and origin: the
    order in which they come plays no part.
    """
    articles: dict[str, list[Article]] = {}
    rejects: list[Reject] = []
    for item in items:
        if isinstance(item, Reject):
            rejects.append(item)
        else:
            articles.setdefault(item.id, []).append(item)
    kept: list[Article] = []
    for _, same in sorted(articles.items()):
        same.sort(key=_place)
        best = max(same, key=_rank) if len(same) > 1 else same[0]
        kept.append(best)
        rejects.extend(_repeated(other, best) for other in same if other is not best)
    return kept, sort_rejects(rejects)


def within_dates(
    articles: Sequence[Article], since: str | None, until: str | None
) -> tuple[list[Article], list[Reject]]:
    """The articles of the days `since` to `until` (YYYY-MM-DD, UTC, both included), and a Reject for each other one.

    Undated articles stay.
    """
    kept: list[Article] = []
    rejects: list[Reject] = []
    for article in articles:
        day = article.published[:10] if article.published else None
        if day and ((since and day < since) or (until and day > until)):
            message = f"It was published on {day}; asked for: {since or 'any day'} to {until or 'any day'}."
            rejects.append(Reject(article.origin.file, article.origin.line, article.id, "outside-dates", message))
        else:
            kept.append(article)
    return kept, sort_rejects(rejects)


def sort_rejects(rejects: Iterable[Reject]) -> list[Reject]:
    """Rejects in their fixed order: by file, line, id, reason."""
    return sorted(rejects, key=lambda r: (r.file, r.line or 0, r.id or "", r.reason, r.message))


def rejects_gathered(items: Iterable[Article | Reject]) -> Iterator[Article | Reject]:
    """The items, where of many rejects of one file on end that have no id the first are named one by one and the others
    as one, so that a file that is not what its name says costs neither memory nor a rejects file as long as itself."""
    for _, group in itertools.groupby(items, key=_file_of):
        first = last = None
        on_end = 0
        for item in group:
            if isinstance(item, Reject) and item.line and not item.id:
                on_end += 1
                if on_end <= NAMED:
                    yield item
                else:
                    first, last = first or item, item
                continue
            yield from _together(first, last)
            first, on_end = None, 0
            yield item
        yield from _together(first, last)


def _file_of(item: Article | Reject) -> str:
    return item.file if isinstance(item, Reject) else item.origin.file


def _together(first: Reject | None, last: Reject | None) -> Iterator[Reject]:
    if first and last and first is not last:
        message = f"From here to line {last.line} there is no article either; these lines count as one. {first.message}"
        yield replace(first, message=message)
    elif first:
        yield first


def _place(article: Article) -> tuple[str, int]:
    return article.origin.file, article.origin.line or 0


def _rank(article: Article) -> tuple[str, int, str]:
    return article.published or "", len(article.text), _content(article)


def _content(article: Article) -> str:
    """A fingerprint of all that an article says, wherever it was found."""
    metadata = json.dumps(dict(article.metadata), default=str, sort_keys=True)
    fields: tuple[Any, ...] = (article.title, article.text, article.url, article.source, article.author)
    return fingerprint(*fields, article.published, article.language, metadata)


def _repeated(article: Article, kept: Article) -> Reject:
    where = kept.origin.file + (f", line {kept.origin.line}" if kept.origin.line else "")
    message = f"The same id was read from {where}, and that article was kept."
    return Reject(article.origin.file, article.origin.line, article.id, "repeated", message)
