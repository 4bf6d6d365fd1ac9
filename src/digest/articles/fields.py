"""Which keys of a record mean what: the names that common news datasets, feeds and crawlers use.

Of several keys with a value the first in these orders wins, the canonical name before all.
"""

import math
from collections.abc import Mapping
from typing import Any

ID = ("id", "article_id", "articleId", "_id", "uuid", "guid", "doc_id", "docid")
TITLE = ("title", "headline", "article_title", "articleTitle", "page_title", "name")
TEXT = (
    "text", "body", "content", "maintext", "article_text", "articleBody", "article_body", "body_text", "full_text",
    "fulltext", "content_text", "article", "main_content", "story_text", "plain_text", "cleaned_text",
    "document",
)  # fmt: skip
# Taken for the text only where a record has no body at all.
ABSTRACT = ("description", "summary", "abstract", "short_description", "snippet", "lead_paragraph", "excerpt")
HTML = ("html", "raw_html", "content_html", "body_html", "page_html")
PUBLISHED = (
    "published", "published_at", "publishedAt", "date_publish", "datePublished", "date_published", "publish_date",
    "publication_date", "publishDate", "pub_date", "pubDate", "pubdate", "published_date", "publishedDate",
    "published_time", "date", "datetime", "created", "created_at", "createdAt", "dateCreated", "timestamp", "time",
    "issued", "updated", "date_modify", "dateModified", "updated_at", "updatedAt", "modified",
)  # fmt: skip
URL = ("url", "link", "canonical_url", "canonicalUrl", "canonical", "web_url", "webUrl", "article_url", "uri", "href")
SOURCE = (
    "source", "source_name", "sourceName", "site_name", "sitename", "publisher", "publication", "outlet", "newspaper",
    "provider", "source_domain", "domain", "hostname", "site", "feed_title",
)  # fmt: skip
AUTHOR = ("author", "authors", "byline", "creator", "dc:creator", "writer", "article_author")
LANGUAGE = ("language", "lang", "language_code", "languageCode", "inLanguage", "locale")

_INSIDE = (
    "name",
    "title",
    "value",
    "rendered",
    "text",
    "original",
    "main",
    "$oid",
    "$date",
    "$numberLong",
    "#text",
    "id",
)


def plain_values(value: Any) -> tuple[str, ...]:
    """The strings in a value: itself, a number's figures, a nested record's name, or those of a list's items."""
    if isinstance(value, str):
        return (value,) if value.strip() else ()
    if isinstance(value, int) and not isinstance(value, bool):
        return (str(value),)
    if isinstance(value, float) and math.isfinite(value):
        return (str(int(value) if value.is_integer() else value),)
    if isinstance(value, Mapping):
        found = (plain_values(value[key]) for key in _INSIDE if key in value)
        return next((values for values in found if values), ())
    if isinstance(value, list | tuple):
        return tuple(text for item in value for text in plain_values(item))
    return ()


def first_line(record: Mapping[str, Any], names: tuple[str, ...]) -> tuple[str | None, str | None]:
    """The first of these keys that holds something, and its value on one line."""
    for name in names:
        if (value := record.get(name)) is not None and (values := plain_values(value)):
            return name, " ".join(", ".join(values).split())
    return None, None


def first_text(record: Mapping[str, Any], names: tuple[str, ...]) -> tuple[str | None, str]:
    """The first of these keys that holds words, and its text to the letter; a list's items become lines of it.

    A bare number is no text.
    """
    for name in names:
        value = record.get(name)
        if value is not None and not isinstance(value, int | float) and (values := plain_values(value)):
            return name, "\n".join(values)
    return None, ""
