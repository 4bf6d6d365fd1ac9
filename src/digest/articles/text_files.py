"""Plain text and Markdown: the text is the file's content to the letter, a title line at its head included."""

import re

from digest.articles.date_places import read_date_line
from digest.articles.decoding import decode
from digest.articles.normalise import article_from
from digest.articles.raw import Raw
from digest.records import Article, Reject

_TITLE_WORDS, _TITLE_CHARACTERS, _PARAGRAPH = 20, 160, 100
_SENTENCE_END = re.compile(r"[.。।:;,…–—-]$|[.!?。][\"”’»)\]']+$")
_INITIALS = re.compile(r"(?:^|\s)(?:[A-Z]\.){2,}$")
_BYLINE = re.compile(r"by [A-Z]", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?P<fields>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"\s*#{1,2}[ \t]+(?P<atx>[^\r\n]+)|\s*(?P<setext>[^\r\n]+)\r?\n={3,}[ \t]*(?:\r?\n|\Z)")


def read_text(raw: Raw) -> Article | Reject:
    """The one article of a .txt file."""
    text = decode(raw.content)
    return article_from({"text": text, "title": title_line(text)}, raw.origin)


def read_markdown(raw: Raw) -> Article | Reject:
    """The one article of a .md file; simple front matter gives its fields, and the text begins after it."""
    front, text = split_front_matter(decode(raw.content))
    heading = _HEADING.match(text)
    title = front.pop("title", None) or (_heading_words(heading) if heading else title_line(text))
    return article_from({**front, "title": title, "text": text}, raw.origin)


def _heading_words(heading: re.Match[str]) -> str:
    return heading["setext"] or heading["atx"].rstrip(" \t#")


def title_line(text: str) -> str | None:
    """The first line of a text if it is a title: short, no sentence, with a blank line or a paragraph after it."""
    lines = text.strip().splitlines()
    first = lines[0].strip() if lines else ""
    if not first or len(lines) < 2 or len(first) > _TITLE_CHARACTERS or len(first.split()) > _TITLE_WORDS:
        return None
    if _SENTENCE_END.search(first) and not _INITIALS.search(first):
        return None
    if _BYLINE.match(first) or read_date_line(first):
        return None
    second = lines[1].strip()
    if _BYLINE.match(second) or read_date_line(second):
        return first
    # Without a blank line between, only a paragraph tells a title from the first line of hard-wrapped text.
    return first if not second or len(second) > max(_PARAGRAPH, len(first)) else None


def split_front_matter(text: str) -> tuple[dict[str, str | list[str]], str]:
    """The `key: value` lines (and `- item` lists) between two lines of dashes, and the text after them."""
    matter = _FRONT_MATTER.match(text)
    if matter is None:
        return {}, text
    fields: dict[str, str | list[str]] = {}
    key = ""
    for line in matter["fields"].splitlines():
        item = re.fullmatch(r"\s*- +(.+)", line)
        pair = re.fullmatch(r"([\w.:-]+?):(?:\s+(.*))?", line)
        if pair:
            key = pair[1]
            fields[key] = _front_value(pair[2] or "")
        elif item and key:
            earlier = fields[key]
            fields[key] = [*(earlier if isinstance(earlier, list) else []), _unquoted(item[1])]
    return fields, text[matter.end() :]


def _front_value(written: str) -> str | list[str]:
    value = written.strip()
    if value.startswith("[") and value.endswith("]"):
        return [_unquoted(part) for part in value[1:-1].split(",") if part.strip()]
    return _unquoted(value)


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
