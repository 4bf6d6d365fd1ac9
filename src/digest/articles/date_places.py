"""Dates that stand beside an article rather than in its metadata: in its URL, or in a line at the head of its text.

A date in running text is never the article's own (it tells when something happened), so a line must hold a date and
nothing else, or be a dateline with its year.
"""

import dataclasses
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from digest.articles.dates import Stamp, find_stamp, plausible_day

_FIRST_YEAR = 1990  # The web is no older; a smaller number in a path is something else.
_URL_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_IN_PATH = (
    re.compile(r"(?<!\d)(?P<y>\d{4})(?P<sep>[-/_])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d)"),
    re.compile(rf"/(?P<y>\d{{4}})/(?P<m>{'|'.join(_URL_MONTHS)})[a-z]*/(?P<d>\d{{1,2}})(?=/|$)", re.IGNORECASE),
    re.compile(r"/(?P<y>\d{4})/(?P<m>\d\d)(?P<d>\d\d)(?=/|$)"),
    re.compile(r"(?<![0-9A-Za-z])(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)(?![0-9A-Za-z])"),
)

_MOMENT = re.compile(r"-(\d\d)(\d\d)(\d\d)([01]\d|2[0-3])[0-5]\d[0-5]\d\d{3}\.html$")  # with thousandths of its second
_SECOND = re.compile(r"[a-z]-[15]?(1\d{9})$")  # since 1970, after the words of a headline
_NUMBERED = re.compile(  # One publisher counts its posts so, in numbers that would be seconds of 2026 and later.
    r"(?:^|\.)(?:avclub|deadspin|gizmodo|jalopnik|jezebel|kotaku|lifehacker|splinternews|theonion|theroot|thetakeout)\.com$"
)
_LABELLED_LINES, _BARE_LINES, _LONGEST_LINE, _LONGEST_STANDFIRST = 8, 4, 140, 400
_LABEL = re.compile(
    r"\b(?:(?:first|last|originally)?\s*(?:published|posted|updated?|modified|edited|created|released?)|"
    r"for immediate release|article|story|time|date|on|at|hour|hrs|as of|"
    r"reuters|associated press|ap|afp|upi|dpa|pti|ani|tnn|xinhua)\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\b(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\b\.?", re.IGNORECASE)
_BYLINE = re.compile(r"\bby(?: [A-Z][\w.'’-]+){1,4}\s*$")
_PUBLISHED = re.compile(r"\b(?:published|posted|release)", re.IGNORECASE)
_UPDATED = re.compile(r"\b(?:updated?|modified|edited)\b", re.IGNORECASE)
_DATELINE = re.compile(
    r"(?P<place>[A-Z][\w .,'’/-]{1,40}?)[,:.]? "
    r"(?P<stamp>(?:[A-Z][a-z]+day,? )?(?:\d|[A-Z][a-z]{2,8}\.? \d)[^()—–]{4,40}?)\s*(?P<end>\([\w /.]{2,30}\)|[—–]| -)"
)
_CREDIT_BREAK = re.compile(r"\s+[·•|]\s+")
_PLACE = re.compile(r"^[^\W\d][^\d,]{1,30}, (?=\d)")


def date_in_url(url: str) -> str | None:
    """The day that a URL's path names ("/2017/09/17/", "/2014/sep/7/", "-20170917"), as "YYYY-MM-DD".

    Where none is written out, the moment that a path ends in: "-170917163219702.html", or the seconds since 1970.
    """
    try:
        parts = urlsplit(url)
        path, host = parts.path, parts.hostname or ""
    except ValueError:  # Brackets that hold no address.
        return None
    for pattern in _IN_PATH:
        for match in pattern.finditer(path):
            month = match["m"].lower()
            number = int(month) if month.isdigit() else _URL_MONTHS.index(month) + 1
            if day := plausible_day(int(match["y"]), number, int(match["d"]), _FIRST_YEAR):
                return day.isoformat()
    if moment := _MOMENT.search(path):
        day = plausible_day(2000 + int(moment[1]), int(moment[2]), int(moment[3]))
        return day.isoformat() if day else None
    second = None if _NUMBERED.search(host) else _SECOND.search(path.rstrip("/"))
    return datetime.fromtimestamp(int(second[1]), UTC).date().isoformat() if second else None


def date_in_head(text: str) -> str | None:
    """The date of the first date line among a text's first lines; "published" comes before "updated"."""
    updated = None
    for place, line in enumerate(_head_lines(text)):
        stamp = _read_dateline(line) if place < _BARE_LINES else None
        stamp = stamp or (_read_credit_line(line) if place < _BARE_LINES else None)
        if stamp is None and (place < _BARE_LINES or _PUBLISHED.search(line) or _UPDATED.search(line)):
            stamp = read_date_line(line)
        if stamp is None:
            continue
        day = stamp.iso(assume_utc=False)
        if not _UPDATED.search(line) or _PUBLISHED.search(line):
            return day
        updated = updated or day
    return updated


def read_date_line(line: str) -> Stamp | None:
    """The stamp of a line that holds nothing but dates, times, labels such as "Updated", and at most a byline."""
    if len(line) > _LONGEST_LINE or not any(c.isdigit() for c in line):
        return None
    stamp = find_stamp(line)
    if stamp is None:
        return None
    rest, last = stamp.rest, stamp
    while (more := find_stamp(last.rest)) is not None:
        rest, last = more.rest, more
    rest = _WEEKDAY.sub(" ", _LABEL.sub(" ", _BYLINE.sub(" ", rest)))
    if re.search(r"[^\W_]", _without_times(rest)):
        return None
    updated = _UPDATED.search(line)
    # In "18 July 2023 Last updated at 13:59" the time is not the day's own.
    return dataclasses.replace(stamp, at=None) if updated and updated.start() > len("Last ") else stamp


def _without_times(text: str) -> str:
    """What is left when the times of further stamps ("| Updated 9:28 AM EDT") are gone."""
    marked = find_stamp(f"2000-01-01 {text}")
    return marked.rest if marked else text


def _read_dateline(line: str) -> Stamp | None:
    """The stamp of "WASHINGTON, July 12, 2023 (Reuters) - ..."; without a year there is none."""
    match = _DATELINE.match(line)
    if match is None or not (match["end"].startswith("(") or match["place"].isupper()):
        return None
    return read_date_line(match["stamp"])


def _read_credit_line(line: str) -> Stamp | None:
    """The stamp of "Halven, 12 July 2023 · Jane Doe": a day, perhaps after a place, and names between dots or bars."""
    parts = [part.strip() for part in _CREDIT_BREAK.split(line.strip("*_ "))]
    if len(parts) < 2 or len(line) > _LONGEST_LINE:
        return None
    stamps = [read_date_line(_PLACE.sub("", part)) for part in parts]
    names = [part for part, stamp in zip(parts, stamps, strict=True) if stamp is None]
    found = [stamp for stamp in stamps if stamp is not None]
    return found[0] if len(found) == 1 and all(_is_name(name) for name in names) else None


def _is_name(text: str) -> bool:
    words = text.removeprefix("By ").split()
    return 1 <= len(words) <= 4 and all(word[0].isupper() for word in words)


def _head_lines(text: str) -> Iterator[str]:
    """The first lines that are not blank, up to the first long paragraph."""
    count = 0
    for line in text[:4000].split("\n"):
        if stripped := line.strip():
            yield stripped
            count += 1
            if count == _LABELLED_LINES or len(stripped) > _LONGEST_STANDFIRST:
                return
