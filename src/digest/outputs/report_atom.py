"""A report as an Atom feed (RFC 4287): an entry a story, known by its id from night to night."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html import escape
from urllib.parse import quote as percent_encoded

from digest.outputs.report_views import Quote, Reference, Section, View

ATOM = "http://www.w3.org/2005/Atom"
UNDATED = "1970-01-01T00:00:00Z"  # where no article of the result has a date: a feed must name one


def atom_feed(view: View) -> Iterator[str]:
    """The feed in chunks.  Its dates are those of the articles; where a story has none, the result's newest."""
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed")
    _add(feed, "id", "urn:digest:feed")
    _add(feed, "title", "Digest")
    _add(feed, "subtitle", f"{view.facts}, {view.dates}")
    _add(feed, "updated", _moment(view.latest))
    _add(ET.SubElement(feed, f"{{{ATOM}}}author"), "name", "digest")
    _add(feed, "generator", "digest")
    for section in view.sections:
        _add_entry(feed, section, view.latest)
    ET.indent(feed, "")
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield ET.tostring(feed, encoding="unicode")
    yield "\n"


def _add_entry(feed: ET.Element, section: Section, latest: str | None) -> None:
    language = {"{http://www.w3.org/XML/1998/namespace}lang": section.language} if section.language else {}
    entry = ET.SubElement(feed, f"{{{ATOM}}}entry", language)
    _add(entry, "id", f"urn:digest:story:{percent_encoded(section.story_id, safe='')}")
    _add(entry, "title", section.headline)
    _add(entry, "updated", _moment(section.last or latest))
    if section.first:
        _add(entry, "published", _moment(section.first))
    if section.url:
        ET.SubElement(entry, f"{{{ATOM}}}link", {"rel": "alternate", "href": section.url, "title": section.headline})
    for phrase in section.keyphrases:
        ET.SubElement(entry, f"{{{ATOM}}}category", {"term": phrase})
    _add(entry, "summary", section.summary)
    _add(entry, "content", _content(section)).set("type", "html")


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{ATOM}}}{name}")
    element.text = text
    return element


def _moment(published: str | None) -> str:
    """A date as RFC 3339 wants it; a day alone is its midnight."""
    if not published:
        return UNDATED
    return published if "T" in published else f"{published}T00:00:00Z"


def _content(section: Section) -> str:
    """The digest and its articles as HTML, each sentence with a link to where it stands."""
    told = " ".join(map(_quote, section.quotes)) or escape(section.summary)
    articles = "".join(f"<li>{escape(r.source)}: {_linked(r, r.title)}</li>" for r in section.references)
    return f"<p>{told}</p><p>{escape(section.facts)}</p><ul>{articles}</ul>"


def _quote(quote: Quote) -> str:
    return f"{escape(quote.text)} [{_linked(quote.origin, quote.origin.source)}]"


def _linked(reference: Reference, label: str) -> str:
    return f'<a href="{escape(reference.url)}">{escape(label)}</a>' if reference.url else escape(label)
