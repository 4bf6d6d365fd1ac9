"""How long the state remembers: the run's day, by which all ages count, and what is past it.  No clock is read."""

from collections.abc import Iterable
from datetime import date, timedelta

_TRUSTED = 0.99  # of the dated articles: a few dates that lie far ahead of all the others are mistakes


def run_day(given: str | None, published: Iterable[str | None], last: str | None, window: int) -> str | None:
    """The day of a run (YYYY-MM-DD): the one that is given, else that of its newest article; None where none is known.

    last: the day of the run before, which no run goes behind unless it is told to.  A date that lies more than
    `window` days after nearly all others (the next century, next year's typing error) is no newest article's: else one
    of them would age the whole state away.
    """
    if given is not None:
        return given
    days = sorted(day[:10] for day in published if day)
    if not days:
        return last
    latest = _days_after(days[int(_TRUSTED * (len(days) - 1))], window)
    newest = max(day for day in days if day <= latest)
    return max(newest, last or newest)


def horizon(now: str | None, window: int) -> str | None:
    """The first day that the window still holds."""
    return _days_after(now, -window) if now else None


def outlived(first_seen: Iterable[tuple[str, str | None]], first_day: str | None) -> list[str]:
    """The articles (id, day on which it was first seen) that the window has left behind, sorted.

    Undated ones too are known by the day on which they came; where no run ever had a day, none expires.
    """
    return sorted(article for article, day in first_seen if first_day and day and day < first_day)


def _days_after(day: str, days: int) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(days)).isoformat()
    except OverflowError:
        return date.min.isoformat() if days < 0 else date.max.isoformat()
