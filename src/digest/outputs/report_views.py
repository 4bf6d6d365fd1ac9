"""What a report shows of a result, ready to be written in any format."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from digest.outputs.wording import counted, dates_between, differing, printable

Json = Mapping[str, Any]

_WEB = frozenset(("http", "https"))
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\xa0\"<>\\^`{|}\u200b-\u200f\u2028-\u202f\u2066-\u2069\ufeff\ud800-\udfff]")
_UNPAIRED = re.compile("[\ud800-\udfff\ufffe\uffff]")  # what XML and UTF-8 have no place for


@dataclass(frozen=True, slots=True)
class Reference:
    """An article as a report names it.  number: its place in the story from 1; url: safe to link to, else None."""

    number: int
    source: str
    title: str
    url: str | None
    date: str | None
    copy: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a digest, where it stands, and which other reports say the same."""

    text: str
    origin: Reference
    support: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A story.  facts: a line on its size and dates; quotes: none where the digest is a title (then `summary`);
    differing: figures that sources give differently, a line each under its heading; first, last: the dates of its
    articles, None where unknown."""

    story_id: str
    status: str
    headline: str
    url: str | None
    facts: str
    summary: str
    quotes: tuple[Quote, ...]
    differing: tuple[tuple[str, tuple[str, ...]], ...]
    references: tuple[Reference, ...]
    keyphrases: tuple[str, ...]
    first: str | None
    last: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class View:
    """A whole result.  dates: the days that it covers, in words; latest: the newest date, None where none is known."""

    sections: tuple[Section, ...]
    facts: str
    dates: str
    latest: str | None


def view_of(stories: Sequence[Json]) -> View:
    """The view of a result's records."""
    firsts = [s["first_published"] for s in stories if s["first_published"]]
    lasts = [s["last_published"] for s in stories if s["last_published"]]
    articles = sum(story["article_count"] for story in stories)
    copies = sum(a["duplicate_of"] is not None for story in stories for a in story["articles"])
    among = f", {counted(copies, 'copy', 'copies')} among them" if copies else ""
    facts = f"{counted(len(stories), 'story', 'stories')} from {counted(articles, 'article')}{among}"
    latest = max(lasts, default=None)
    return View(tuple(map(_section, stories)), facts, dates_between(min(firsts, default=None), latest), latest)


def safe_url(url: str | None) -> str | None:
    """An address that can be linked to: one of the web, with characters that no address has percent-encoded.

    None for any other (`javascript:`, `data:`, a path, what is no address).
    """
    if not url:
        return None
    found = _UNSAFE.sub(lambda m: quote(m[0], errors="replace"), url.strip())
    try:
        parts = urlsplit(found)
        is_web = parts.scheme in _WEB and bool(parts.hostname)
        _ = parts.port  # raises where it is no number
    except ValueError:
        return None
    return found if is_web else None


def plain(text: str) -> str:
    """Text on one line, without characters that a page cannot hold or that would turn the writing around."""
    return _UNPAIRED.sub("\ufffd", printable(text))


def _section(story: Json) -> Section:
    references = {a["id"]: _reference(n, a) for n, a in enumerate(story["articles"], 1)}
    headlined = references.get(story["headline_article_id"])
    copies = sum(reference.copy is not None for reference in references.values())
    among = f" ({counted(copies, 'copy', 'copies')} among them)" if copies else ""
    facts = (
        f"{counted(story['article_count'], 'article')}{among} from {counted(story['source_count'], 'source')}",
        dates_between(story["first_published"], story["last_published"]),
    )
    return Section(
        story_id=story["story_id"],
        status=story["status"],
        headline=plain(story["headline"]) or "(no headline)",
        url=headlined.url if headlined else None,
        facts=" · ".join(facts),
        summary=plain(story["summary"]),
        quotes=tuple(_quote(sentence, references) for sentence in story["sentences"]),
        differing=tuple(
            (heading, tuple(_readings(found, references) for found in differences))
            for heading, differences in differing(story)
        ),
        references=tuple(references.values()),
        keyphrases=tuple(map(plain, story["keyphrases"])),
        first=story["first_published"],
        last=story["last_published"],
        language=_tag(story["language"]),
    )


def _reference(number: int, article: Json) -> Reference:
    url = safe_url(article["url"])
    host = urlsplit(url).hostname if url else None
    return Reference(
        number=number,
        source=plain(article["source"] or "") or host or "unknown source",
        title=plain(article["title"]) or "(no title)",
        url=url,
        date=article["published"][:10] if article["published"] else None,
        copy=f"{article['duplicate_kind']} copy" if article["duplicate_of"] else None,
        language=_tag(article["language"]),
    )


def _quote(sentence: Json, references: Mapping[str, Reference]) -> Quote:
    support = tuple(references[name] for name in sentence["supported_by"])
    return Quote(plain(sentence["text"]), references[sentence["article_id"]], support)


def _readings(found: Json, references: Mapping[str, Reference]) -> str:
    """ "12 people (Meridian Wire), 15 people (Daily Lantern, Coastline Gazette)"."""
    readings = []
    for value in found["values"]:
        names = dict.fromkeys(references[name].source for name in value["article_ids"])
        readings.append(f"{plain(value['text'])} ({', '.join(names)})")
    return ", ".join(readings)


def _tag(language: str | None) -> str | None:
    """A language code that HTML and XML take."""
    return language if language and re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", language) else None
