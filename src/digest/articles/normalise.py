"""From a record, whatever its source, to an Article or a Reject."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Any, get_args
from urllib.parse import urlsplit

from digest.articles import fields
from digest.articles.date_places import date_in_head, date_in_url
from digest.articles.dates import parse_date
from digest.errors import UsageError
from digest.fingerprint import fingerprint
from digest.languages import language_code
from digest.records import Article, Origin, PublishedFrom, Reject

_MARKUP = re.compile(
    r"\s*<(?:!doctype|\?xml|!--|html|head|body|article|section|main|div|p|h[1-6]|figure|ul|blockquote)\b", re.IGNORECASE
)
OWN_SCHEMAS = ("digest.story/", "digest.reject/", "digest.run/")
_DEEPEST, _HUGE = 100, 1 << 63
_PLAIN, _NESTED = (str, int, float, type(None)), (Mapping, list, tuple)  # asked in this order: Mapping takes long
_SURROGATES = re.compile("[\ud800-\udfff]")
_SITE = re.compile(r"(?:https?://)?(?:www\.)?([\w-]+(?:\.[\w-]+)*\.[a-z]{2,})/?", re.IGNORECASE)


def article_from(record: Mapping[str, Any], origin: Origin) -> Article | Reject:
    """The article that a record holds, under the field names of `fields`; a Reject `no-text` if it holds none.

    `text` is taken to the letter.  Keys without a field here, and values that lost to another key, go to `metadata`;
    markup never does.  An article without an id gets one from its content: title, text, URL and source, white space
    and a title at the head of the text aside, so that it is the same from whatever format it came.
    Raises UsageError for what is no mapping.
    """
    if not isinstance(record, Mapping):
        place = f"Input {origin.line}" if origin.line else "The input"
        raise UsageError(
            f"{place} is of type {type(record).__name__}: an Article or a mapping such as "
            "{'title': ..., 'text': ...} is wanted."
        )
    if problem := nested_too_deep(record, origin):
        return problem
    record = _clean(record)
    if str(record.get("schema", "")).startswith(OWN_SCHEMAS):
        message = "It is a line of a digest's own output. Keep results out of the folders that are read."
        return Reject(origin.file, origin.line, None, "own-output", message)
    text_key, text = fields.first_text(record, fields.TEXT)
    markup_key, markup = fields.first_text(record, fields.HTML)
    if text_key not in (None, "text") and _MARKUP.match(text):
        text_key, text, markup_key, markup = None, "", text_key, text
    used = {text_key, markup_key, *fields.HTML}
    if not text and markup:
        text, record = _with_page(record, markup)
    if not text:
        abstract_key, text = fields.first_text(record, fields.ABSTRACT)
        used.add(abstract_key)

    values: dict[str, str | None] = {}
    for name, aliases in _LINES.items():
        key, values[name] = fields.first_line(record, aliases)
        used.add(key)
    given_id, title = values["id"], values["title"] or ""
    if not text:
        return Reject(origin.file, origin.line, given_id, "no-text", _missing_text(record, title, markup))
    published_key, published, published_from = _find_date(record, text, values["url"])
    used.add(published_key)
    values["source"] = _site(values["source"]) or _host(values["url"])
    taken = (text, *filter(None, values.values()))
    return Article(
        id=given_id or content_id(title, text, values["url"], values["source"]),
        text=text,
        title=title,
        published=published,
        published_from=published_from,
        url=values["url"],
        source=values["source"],
        author=values["author"],
        language=language_code(values["language"]),
        metadata={k: v for k, v in record.items() if k not in used and not _says_nothing(k, v, taken)},
        origin=origin,
    )


def checked(article: Article) -> Article | Reject:
    """An article that a program made, its fields as clean as those of one that was read; a Reject if it has no text."""
    names = ("id", "title", "text", "published", "url", "source", "author", "language")
    made = article_from({name: getattr(article, name) for name in names}, article.origin)
    if isinstance(made, Reject):
        return made
    found = made.published_from
    if found == "metadata" and article.published_from in get_args(PublishedFrom):  # its date is used, and stays as sure
        found = article.published_from
    return replace(made, metadata=article.metadata, published_from=found)


def _says_nothing(key: str, value: Any, taken: Sequence[str]) -> bool:
    """True for an alias without a value, or with one that a field of the article has already."""
    if isinstance(value, str) and value.strip():
        return value in taken
    return key in _ALIASES and not fields.plain_values(value)


_LINES = {
    "id": fields.ID,
    "title": fields.TITLE,
    "url": fields.URL,
    "source": fields.SOURCE,
    "author": fields.AUTHOR,
    "language": fields.LANGUAGE,
}


def content_id(title: str, text: str, url: str | None, source: str | None) -> str:
    """The id of an article that came without one."""
    body = " ".join(text.split())
    heading = body.lstrip("# ")
    if title and heading.startswith(title):
        body = heading[len(title) :].lstrip()
    return fingerprint(title, body, url, source)


def _find_date(
    record: Mapping[str, Any], text: str, url: str | None
) -> tuple[str | None, str | None, PublishedFrom | None]:
    """The key it came from, the date, and where it was found: metadata, else the URL, else a line of the text."""
    for key in fields.PUBLISHED:
        for value in fields.plain_values(record.get(key)):
            if found := parse_date(value):
                return key, found, "metadata"
    if url and (found := date_in_url(url)):
        return None, found, "url"
    if found := date_in_head(text):
        return None, found, "text"
    return None, None, None


def _with_page(record: Mapping[str, Any], markup: str) -> tuple[str, Mapping[str, Any]]:
    """The text of a record's HTML, and the record with what the page says about itself where it was silent."""
    from digest.articles.pages import read_page  # Here, because trafilatura takes half a second to import.

    page = read_page(markup)
    spoken_for = {
        name for name, aliases in _PAGE_FIELDS.items() if any(fields.plain_values(record.get(a)) for a in aliases)
    }
    return page.pop("text", ""), {**{k: v for k, v in page.items() if k not in spoken_for}, **record}


_PAGE_FIELDS = {**_LINES, "published": fields.PUBLISHED}
_ALIASES = frozenset(chain(fields.TEXT, fields.ABSTRACT, fields.HTML, *_PAGE_FIELDS.values()))


def _site(source: str | None) -> str | None:
    """A source as given, but "cnn.com" for "https://www.cnn.com/"."""
    site = _SITE.fullmatch(source) if source else None
    return site[1].lower() if site else source


def _host(url: str | None) -> str | None:
    """The site that a URL belongs to: an article that names no source still comes from one."""
    try:
        host = urlsplit(url).hostname if url else None
    except ValueError:  # Brackets that hold no address.
        return None
    return host.removeprefix("www.") if host else None


def _missing_text(record: Mapping[str, Any], title: str, markup: str) -> str:
    if markup:
        return "No article text was found in the HTML."
    if title:
        return f"There is a title ({title[:60]!r}) but no text. Give it under 'text' or 'html'."
    keys = ", ".join(sorted(map(str, record))[:12]) or "none"
    return f"There is no text. Give it under 'text' or 'html' (the keys here: {keys})."


def nested_too_deep(record: Mapping[str, Any], origin: Origin) -> Reject | None:
    """A Reject for a record that no JSON writer would take, nor the line to another process."""
    waiting: list[tuple[Any, int]] = [(record, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > _DEEPEST:
            message = f"Its values are nested more than {_DEEPEST} deep."
            return Reject(origin.file, origin.line, None, "malformed", message)
        inner = value.values() if isinstance(value, Mapping) else value
        waiting += [(item, depth + 1) for item in inner if not isinstance(item, _PLAIN) and isinstance(item, _NESTED)]
    return None


def _clean(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """The record as JSON can hold it: string keys, no halves of characters, no NaN, no numbers past 64 bits."""
    return {_mend(str(key)): _whole(value) for key, value in record.items()}


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return _mend(value)
    if isinstance(value, Mapping):
        return {_mend(str(k)): _whole(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_whole(item) for item in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or (isinstance(value, int) and -_HUGE <= value < _HUGE):
        return value
    return _mend(value.isoformat() if isinstance(value, date) else _written(value))


def _written(value: Any) -> str:
    try:
        return str(value)
    except ValueError:  # Python refuses to write a number of thousands of figures.
        return "a number too large to write"


def _mend(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", text)
    return text
