"""The newest day of some articles, mistaken dates aside.  No clock is read."""

from collections.abc import Iterable
from datetime import date, timedelta

_TRUSTED = 0.99  # of the dated articles: a few dates that lie far ahead of all the others are mistakes


def newest_day(published: Iterable[str | None], window: int) -> str | None:
    """The newest day (YYYY-MM-DD) of some dates; None where none is known.

    A date that lies more than `window` days after nearly all others (the next century, next year's typing error) is no
    newest article's: else one of them would make all others old.
    """
    days = sorted(day[:10] for day in published if day)
    if not days:
        return None
    latest = days_after(days[int(_TRUSTED * (len(days) - 1))], window)
    return max(day for day in days if day <= latest)


def days_after(day: str, days: int) -> str:
    """So many days after a day, or before it (YYYY-MM-DD), within what a calendar has."""
    try:
        return (date.fromisoformat(day) + timedelta(days)).isoformat()
    except OverflowError:
        return date.min.isoformat() if days < 0 else date.max.isoformat()
