"""One grammar for the dates that news is stamped with.

A date that can be read in two ways (03/04/2023) is not read at all, unless the same stamp names a zone of the United
States.  Nothing here knows what day it is: results never depend on the clock.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

FIRST_YEAR, LAST_YEAR = 1700, 2100

_MONTH_NAMES = (
    "january jan januar janvier enero gennaio janeiro januari",
    "february feb februar février fevrier febrero febbraio fevereiro februari",
    "march mar märz maerz mars marzo março marco maart",
    "april apr avril abril aprile",
    "may mai mayo maggio maio mei",
    "june jun juni juin junio giugno junho",
    "july jul juli juillet julio luglio julho",
    "august aug août aout agosto augustus",
    "september sep sept septembre septiembre settembre setembro",
    "october oct oktober octobre octubre ottobre outubro",
    "november nov novembre noviembre novembro",
    "december dec dezember décembre decembre diciembre dicembre dezembro",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_MONTH = rf"(?<![^\W\d_])(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?(?![^\W\d_])"
_DAY = r"(?<![\d:])(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|\.)?(?!\d)"

_DATES = (
    re.compile(r"(?<!\d)(?P<year>\d{4}) ?(?P<sep>[-/.]) ?(?P<month>\d{1,2}) ?(?P=sep) ?(?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?!\d)"),
    re.compile(rf"{_MONTH} ?[-/]? ?{_DAY}(?: ?[,/-])? ?(?P<year>\d{{4}})(?!\d)", re.IGNORECASE),
    re.compile(rf"{_DAY} ?[-/]? ?(?:of |de )?{_MONTH}(?: ?[,/-]| de(?:l)?)? ?(?P<year>\d{{4}})(?!\d)", re.IGNORECASE),
)
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2}) ?([-/.]) ?(\d{1,2}) ?\2 ?(\d{4}|\d\d)(?!\d)")

_ZONES = {
    "Z": 0, "UTC": 0, "GMT": 0, "UT": 0, "BST": 60, "WEST": 60, "CET": 60, "CEST": 120, "EET": 120, "EEST": 180,
    "MSK": 180, "HKT": 480, "SGT": 480, "AWST": 480, "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660, "NZST": 720,
    "NZDT": 780, "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420,
    "AKST": -540, "AKDT": -480, "HST": -600,
}  # fmt: skip
# These names leave the offset open (summer time, or several countries): such a stamp gives the day alone.
_OPEN_ZONES = ("ET", "CT", "MT", "PT", "IST", "UK", "AST")
_AMERICAN = {"EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT", "AKST", "AKDT", "HST", "ET", "CT", "MT", "PT"}
_ZONE_NAME = re.compile(rf"(?<![A-Za-z])(?:{'|'.join([*_ZONES, *_OPEN_ZONES])})(?![A-Za-z])")
_OFFSET = re.compile(
    r"(?:(?:GMT|UTC) ?(?=[+-]\d)|(?=[+-]\d\d))(?P<sign>[+-])(?P<hours>\d{1,2})(?::? ?(?P<minutes>\d\d?))?(?!\d)"
)
_TIME = re.compile(
    r"(?<!\d)(?P<h>\d{1,2}) ?[:.h] ?(?P<m>\d\d)(?: ?[:.] ?(?P<s>\d\d)(?:[.,]\d+)?)?(?!\d)"
    r"(?: ?(?P<half>[ap])(?:\. ?m\.?|m)?(?![a-z]))?",
    re.IGNORECASE,
)
_COMPACT_TIME = re.compile(r"T(?P<h>\d\d)(?P<m>\d\d)(?P<s>\d\d)?(?!\d)|(?<!\d)(?P<h2>\d\d)(?P<m2>\d\d)(?= (?:GMT|UTC))")
_COMPACT = re.compile(r"((?:19|20)\d{6})(\d{6})", re.ASCII)  # as crawlers stamp: no parts of a second of this epoch
_PLAIN = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\dZ)?", re.ASCII)
_HOUR = re.compile(r"(?<![\d:])(?P<h>\d{1,2}) ?(?P<half>[ap])\.? ?m(?![a-z])\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A day, the time of day and the zone (minutes from UTC) where they are told, and the words around them."""

    day: date
    at: time | None
    offset: int | None
    rest: str

    def iso(self, *, assume_utc: bool) -> str:
        """UTC, ISO 8601; a time without a zone is taken as UTC or left out.  Midnight without a zone is a bare day."""
        if self.at is None or (self.offset is None and (not assume_utc or self.at == time(0))):
            return self.day.isoformat()
        moment = datetime.combine(self.day, self.at, timezone(timedelta(minutes=self.offset or 0)))
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_date(value: Any) -> str | None:
    """A metadata value as "YYYY-MM-DDTHH:MM:SSZ", or "YYYY-MM-DD" where only the day is known; None if it is no date.

    Takes ISO 8601 in all its forms, RFC 2822, dates in words, and seconds, milliseconds or microseconds since 1970.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).strip()
    if match := _COMPACT.fullmatch(text):
        text = f"{match[1]}T{match[2]}"
    elif re.fullmatch(r"\d{9,17}(\.\d+)?", text):
        return _from_epoch(float(text))
    if _PLAIN.fullmatch(text) and (said := _as_written(text)):
        return said
    stamp = find_stamp(text[:200])
    return stamp.iso(assume_utc=True) if stamp else None


def _as_written(text: str) -> str | None:
    """A stamp that is written as `parse_date` writes it, if there is such a moment: most are, and are known fast."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return text if FIRST_YEAR <= moment.year <= LAST_YEAR else None


def plausible_day(year: int, month: int, day: int, first: int = FIRST_YEAR) -> date | None:
    """The day, unless the calendar or the years `first` to LAST_YEAR rule it out."""
    try:
        return date(year, month, day) if first <= year <= LAST_YEAR else None
    except ValueError:
        return None


def find_stamp(text: str) -> Stamp | None:
    """The leftmost date of a short text with the time and zone that go with it."""
    text = re.sub(r"\s+", " ", text)
    zone = _ZONE_NAME.search(text)
    found = _leftmost_day(text, american=bool(zone and zone.group() in _AMERICAN))
    if found is None:
        return None
    day, start, end = found
    # The time may stand before or after its date; "\n" keeps what was apart from growing together.
    rest = f"{text[:start]}\n{text[end:]}"
    at, rest = _take_time(rest)
    if at is None:
        return Stamp(day, None, None, rest)
    named, offset, rest = _take_zone(rest)
    # A zone whose offset is open leaves the time unknown, but not the day.
    return Stamp(day, None if named and offset is None else at, offset, rest)


def _leftmost_day(text: str, *, american: bool) -> tuple[date, int, int] | None:
    found: list[tuple[int, int, date]] = []
    for pattern in _DATES:
        for match in pattern.finditer(text):
            month = _MONTHS.get(match["month"].lower()) or int(match["month"])
            if day := plausible_day(int(match["year"]), month, int(match["day"])):
                found.append((match.start(), match.end(), day))
                break
    for match in _NUMERIC.finditer(text):
        if numeric := _numeric_day(match, american=american):
            found.append((match.start(), match.end(), numeric))
            break
    if not found:
        return None
    start, end, day = min(found)
    return day, start, end


def _numeric_day(match: re.Match[str], *, american: bool) -> date | None:
    """12/31/2023, 31.12.2023 or 12/31/23; None where day and month cannot be told apart."""
    first, separator, second, written = int(match[1]), match[2], int(match[3]), match[4]
    year = int(written)
    if len(written) == 2:
        # With two figures the year itself could stand first: only 12/31/23 is sure.
        if separator == "." or (second <= 12 and not american):
            return None
        year += 1900 if year >= 70 else 2000
    if second > 12 or american or first == second:
        return plausible_day(year, first, second)
    return plausible_day(year, second, first) if first > 12 else None


def _take_time(text: str) -> tuple[time | None, str]:
    for pattern in (_TIME, _COMPACT_TIME, _HOUR):
        if match := pattern.search(text):
            part = match.groupdict()
            hour, minute = int(part["h"] or part["h2"]), int(part.get("m") or part.get("m2") or 0)
            if half := part.get("half"):
                hour = hour % 12 + (12 if half.lower() == "p" else 0)
            rest = f"{text[: match.start()]} {text[match.end() :]}"
            second = min(int(part.get("s") or 0), 59)
            return (time(hour, minute, second), rest) if hour < 24 and minute < 60 else (None, rest)
    return None, text


def _take_zone(text: str) -> tuple[bool, int | None, str]:
    """Whether a zone is named, its minutes from UTC if they are sure, and the text without it."""
    if match := _OFFSET.search(text):
        minutes = int(match["hours"]) * 60 + int(match["minutes"] or 0)
        rest = f"{text[: match.start()]} {text[match.end() :]}"
        return True, (-minutes if match["sign"] == "-" else minutes) if minutes <= 14 * 60 else None, rest
    if match := _ZONE_NAME.search(text):
        rest = f"{text[: match.start()]} {_ZONE_NAME.sub('', text[match.end() :])}"
        return True, _ZONES.get(match.group()), rest
    return False, None, text


def _from_epoch(number: float) -> str | None:
    """Seconds, or the thousandth or millionth parts of them, since 1970."""
    while number > 1e11:
        number /= 1000
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(number))
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment.year <= LAST_YEAR else None
