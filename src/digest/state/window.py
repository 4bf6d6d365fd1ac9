"""How long the state remembers: the run's day, by which all ages count, and what is past it.  No clock is read."""

from collections.abc import Iterable

from digest.newest import days_after, newest_day


def run_day(given: str | None, published: Iterable[str | None], last: str | None, window: int) -> str | None:
    """The day of a run (YYYY-MM-DD): the one that is given, else that of its newest article; None where none is known.

    last: the day of the run before, which no run goes behind unless it is told to.
    """
    if given is not None:
        return given
    newest = newest_day(published, window)
    return max(newest, last or newest) if newest else last


def horizon(now: str | None, window: int) -> str | None:
    """The first day that the window still holds."""
    return days_after(now, -window) if now else None


def outlived(first_seen: Iterable[tuple[str, str | None]], first_day: str | None) -> list[str]:
    """The articles (id, day on which it was first seen) that the window has left behind, sorted.

    Undated ones too are known by the day on which they came; where no run ever had a day, none expires.
    """
    return sorted(article for article, day in first_seen if first_day and day and day < first_day)
