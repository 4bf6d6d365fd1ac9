"""`digest show`: a result as a person reads it."""

import shutil
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from digest.errors import UsageError, did_you_mean
from digest.outputs import counted, dates_between, differing, printable, read_result

Json = Mapping[str, Any]
INDENT = "    "
LEAST_WIDTH = 40
SOURCES_NAMED = 5  # in one list


def show_result(path: Path, wanted: str | None) -> None:
    """Prints a result, or the one story wanted; through a pager where it is longer than the terminal.

    Raises UsageError for a story that is not there.
    """
    size = shutil.get_terminal_size()
    width = max(size.columns, LEAST_WIDTH)
    stories = list(read_result(path))
    lines = list(_overview(stories, width) if wanted is None else _one(_find(stories, wanted), width))
    text = "\n".join(lines)
    if sys.stdout.isatty() and len(lines) > size.lines:
        # Colour is on when click's context does not say otherwise: this is a terminal.
        click.echo_via_pager(text, color=click.get_current_context().color)
    else:
        click.echo(text)


def _find(stories: list[dict[str, Any]], wanted: str) -> Json:
    by_id = {story["story_id"]: story for story in stories}
    if wanted in by_id:
        return by_id[wanted]
    if wanted.isdecimal() and 1 <= int(wanted) <= len(stories):
        return stories[int(wanted) - 1]
    hint = did_you_mean(wanted, by_id)
    if not hint.startswith("Did"):
        hint = f"Name a story by its id, or by its place from 1 to {len(stories)}."
    raise UsageError(f"The result has no story {wanted!r}. {hint}")


def _overview(stories: list[dict[str, Any]], width: int) -> Iterator[str]:
    for number, story in enumerate(stories, 1):
        yield from _heading(story, width, f"{number:>2}. ")
        yield from _digest(story, width)
        if cited := _cited(story):
            yield _wrapped("  ".join(f"[{n}] {_source(a)}" for n, a in cited), width, dim=True)
        yield ""
    articles = sum(story["article_count"] for story in stories)
    copies = sum(_copies(story) for story in stories)
    yield (
        f"{counted(len(stories), 'story', 'stories')} from {counted(articles, 'article')}, "
        f"{counted(copies, 'copy', 'copies')} among them."
    )


def _one(story: Json, width: int) -> Iterator[str]:
    yield from _heading(story, width, INDENT)
    yield from _digest(story, width)
    yield ""
    for number, article in _cited(story):
        support = [s for s in story["sentences"] if s["article_id"] == article["id"] and s["supported_by"]]
        also = f" (supported by {counted(sum(len(s['supported_by']) for s in support), 'report')})" if support else ""
        yield _wrapped(f"[{number}] {_source(article)}: {_title(article)}{also}", width, hanging=4)
        if article["url"]:
            yield INDENT * 2 + printable(article["url"])
    for heading, differences in differing(story):
        yield from ("", f"{INDENT}{heading}:")
        yield from (_wrapped(_readings(found, story), width) for found in differences)
    yield from ("", f"{INDENT}{counted(story['article_count'], 'article')}:")
    for article in story["articles"]:
        copy = f" ({article['duplicate_kind']} copy)" if article["duplicate_of"] else ""
        date = (article["published"] or "")[:10]
        yield _wrapped(f"{date:10}  {_source(article)}: {_title(article)}{copy}", width, hanging=12)
    if story["keyphrases"]:
        yield from ("", _wrapped("Keyphrases: " + ", ".join(map(printable, story["keyphrases"])), width))


def _heading(story: Json, width: int, mark: str) -> Iterator[str]:
    headline = printable(story["headline"]) or "(no headline)"
    yield click.style(textwrap.fill(headline, width, initial_indent=mark, subsequent_indent=INDENT), bold=True)
    articles, copies = story["article_count"], _copies(story)
    among = f" ({counted(copies, 'copy', 'copies')} among them)" if copies else ""
    facts = [
        f"{counted(articles, 'article')}{among} from {counted(story['source_count'], 'source')}",
        dates_between(story["first_published"], story["last_published"]),
        _names(story),
        f"story {story['story_id']}",
    ]
    yield _wrapped(" · ".join(fact for fact in facts if fact), width, dim=True)


def _digest(story: Json, width: int) -> Iterator[str]:
    """The digest, each sentence followed by the number of the article that it stands in."""
    numbers = {article["id"]: number for number, article in _cited(story)}
    told = [f"{printable(s['text'])} [{numbers.get(s['article_id'], '?')}]" for s in story["sentences"]]
    yield _wrapped(" ".join(told) or printable(story["summary"]), width)


def _cited(story: Json) -> list[tuple[int, Json]]:
    """The articles that the digest quotes, numbered in the order of its sentences."""
    members = {article["id"]: article for article in story["articles"]}
    order = dict.fromkeys(s["article_id"] for s in story["sentences"] if s["article_id"] in members)
    return [(number, members[name]) for number, name in enumerate(order, 1)]


def _readings(found: Json, story: Json) -> str:
    """Each value with who gives it: "12 people (a.example), 15 (b.example and 2 more)"."""
    members = {article["id"]: article for article in story["articles"]}
    told = []
    for value in found["values"]:
        names = [_source(members[name]) for name in value["article_ids"]]
        told.append(f"{printable(value['text'])} ({_some(list(dict.fromkeys(names)))})")
    return ", ".join(told)


def _copies(story: Json) -> int:
    return sum(article["duplicate_of"] is not None for article in story["articles"])


def _names(story: Json) -> str:
    return _some(list(dict.fromkeys(_source(a) for a in story["articles"] if a["source"])))


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - SOURCES_NAMED} more" if len(names) > SOURCES_NAMED else ""
    return ", ".join(names[:SOURCES_NAMED]) + more


def _source(article: Json) -> str:
    return printable(article["source"] or "unknown source")


def _title(article: Json) -> str:
    return printable(article["title"]) or "(no title)"


def _wrapped(text: str, width: int, *, hanging: int = 0, dim: bool = False) -> str:
    below = INDENT + " " * hanging
    filled = textwrap.fill(text, width, initial_indent=INDENT, subsequent_indent=below, break_on_hyphens=False)
    return click.style(filled, dim=True) if dim and filled else filled
