"""How near two articles are in time."""

import datetime
from collections.abc import Sequence

import numpy as np

from digest.similarity import PLACES, Bool, Float32, Float64
from digest.tokens import Int64

DAYS = 4.0  # Standard deviation of the day factor; 2.5 to 7 do equally well.
FLOOR = 0.3  # The day factor of articles far apart in time.
LOOSE_FLOOR = 0.65  # The same where a date was read in a text: a page shows other days than that of its publication.
ONE_DATED = 0.85  # The day factor where one of the two has no date.
GUESS_FLOOR = 0.6  # The same for articles far apart in time, where a day is guessed.
GUESS_LIKENESS = 0.25  # Cosine by words from which on a dated article tells another's day.


def closeness(one: Float64, other: Float64, loose: Bool) -> Float32:
    """The day factor: 1 on one day, falling to FLOOR (LOOSE_FLOOR where `loose`) over a week or two; neutral where no
    date is known.  float32 [n pairs]."""
    days = np.abs(one - other)
    unknown = np.where(np.isnan(one) & np.isnan(other), 1, ONE_DATED)
    floor = np.where(loose, LOOSE_FLOOR, FLOOR)
    known = floor + (1 - floor) * np.exp(-(np.nan_to_num(days) ** 2) / (2 * DAYS**2))
    return np.where(np.isnan(days), unknown, known).astype(np.float32)


def guess_days(day: Float64, loose: Bool, left: Int64, right: Int64, cosines: Float32) -> Float64:
    """The days, those of undated articles guessed: the day of the dated article that each is most like by words, if it
    is like enough.  float64 [n], nan where there is none.

    loose: bool [n], whose day was read in the text, which tells nothing of another's; left, right: int64 [n pairs], and
    cosines: float32 [n pairs], of their words.
    """
    one, other = np.concatenate((left, right)), np.concatenate((right, left))
    likeness = np.round(np.tile(cosines, 2), PLACES)
    telling = np.isnan(day[one]) & ~np.isnan(day[other]) & ~loose[other] & (likeness >= GUESS_LIKENESS)
    one, other, likeness = one[telling], other[telling], likeness[telling]
    order = np.lexsort((day[other], -likeness, one))
    undated, first = np.unique(one[order], return_index=True)
    guessed = day.copy()
    guessed[undated] = day[other[order][first]]
    return guessed


def guessed_closeness(one: Float64, other: Float64) -> Float32:
    """The most that the day factor of a pair can be where a day of the two is guessed; 1 where none could be.

    A guess only parts: that articles are like each other does not tell twice for them.  float32 [n pairs].
    """
    days = np.nan_to_num(np.abs(one - other))
    return (GUESS_FLOOR + (1 - GUESS_FLOOR) * np.exp(-(days**2) / (2 * DAYS**2))).astype(np.float32)


def days_of(published: Sequence[str | None]) -> Float64:
    """The day of each date, counted from year 1: float64 [n], nan where unknown."""
    return np.array([datetime.date.fromisoformat(p[:10]).toordinal() if p else np.nan for p in published], np.float64)
