"""A result as a page for people: one HTML file, Markdown, or an Atom feed.

Titles, names and addresses come from everywhere: each format escapes all of them, and an address that is none of the
web's (`javascript:` and its kin) is no link.
"""

from collections.abc import Callable, Sequence
from typing import Any, BinaryIO

from digest.outputs.report_atom import atom_feed
from digest.outputs.report_html import html_page
from digest.outputs.report_markdown import markdown_page
from digest.outputs.report_views import Json, view_of

FORMATS: dict[str, Callable[[Any], Any]] = {"html": html_page, "markdown": markdown_page, "atom": atom_feed}
"""The formats of a report: each a function from the view of a result to chunks of text."""


def write_report(stream: BinaryIO, stories: Sequence[Json], name: str) -> None:
    """Writes the report of a result to a binary stream that stays open.

    stories: the records of the result, in its order; name: one of FORMATS.  The same result gives the same bytes.
    """
    for chunk in FORMATS[name](view_of(stories)):
        stream.write(chunk.encode("utf-8", "replace"))
