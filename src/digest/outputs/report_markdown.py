"""A report in Markdown (CommonMark)."""

import re
from collections.abc import Iterator

from digest.outputs.report_views import Quote, Reference, Section, View

_MEANT = re.compile(r"[\\`*_\[\]<>#|~&$]")
_BEGINS = re.compile(r"^(\d{1,9})([.)])|^([-+=])")  # what begins a list or underlines a heading


def markdown_page(view: View) -> Iterator[str]:
    """The page in chunks, a story each."""
    yield f"# Digest, {escaped(view.dates)}\n\n{escaped(view.facts)}.\n"
    for section in view.sections:
        yield "\n" + "\n\n".join(_blocks(section)) + "\n"


def escaped(text: str) -> str:
    """Text that means itself, wherever it stands on a line."""
    return _BEGINS.sub(r"\1\\\2\3" if text[:1].isdigit() else r"\\\3", _MEANT.sub(r"\\\g<0>", text))


def _blocks(section: Section) -> Iterator[str]:
    yield f"## {_linked(section.headline, section.url)}"
    yield f"*{escaped(section.facts)}*"
    yield " ".join(map(_quote, section.quotes)) or escaped(section.summary)
    for heading, lines in section.differing:
        yield f"{heading}:"
        yield "\n".join(f"- {escaped(line)}" for line in lines)
    yield "\n".join(f"- {_reference(reference)}" for reference in section.references)


def _quote(quote: Quote) -> str:
    names = [_linked(reference.source, reference.url) for reference in (quote.origin, *quote.support)]
    also = f"; also in {', '.join(names[1:])}" if quote.support else ""
    return f"{escaped(quote.text)} ({names[0]}{also})"


def _reference(reference: Reference) -> str:
    date = f"{reference.date} " if reference.date else ""
    copy = f" ({reference.copy})" if reference.copy else ""
    return f"{date}{escaped(reference.source)}: {_linked(reference.title, reference.url)}{copy}"


def _linked(text: str, url: str | None) -> str:
    # In angle brackets an address may hold parentheses; it holds no angle bracket itself (see safe_url).
    return f"[{escaped(text)}](<{url}>)" if url else escaped(text)
