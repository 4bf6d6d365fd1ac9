"""How near two articles are in time."""

import datetime
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Float32 = npt.NDArray[np.float32]
Bool = npt.NDArray[np.bool_]

DAYS = 4.0  # Standard deviation of the day factor; 2.5 to 7 do equally well.
FLOOR = 0.3  # The day factor of articles far apart in time.
LOOSE_FLOOR = 0.65  # The same where a date was read in a text: a page shows other days than that of its publication.
ONE_DATED = 0.85  # The day factor where one of the two has no date.


def closeness(one: npt.NDArray[np.float64], other: npt.NDArray[np.float64], loose: Bool) -> Float32:
    """The day factor: 1 on one day, falling to FLOOR (LOOSE_FLOOR where `loose`) over a week or two; neutral where no
    date is known.  float32 [n pairs]."""
    days = np.abs(one - other)
    unknown = np.where(np.isnan(one) & np.isnan(other), 1, ONE_DATED)
    floor = np.where(loose, LOOSE_FLOOR, FLOOR)
    known = floor + (1 - floor) * np.exp(-(np.nan_to_num(days) ** 2) / (2 * DAYS**2))
    return np.where(np.isnan(days), unknown, known).astype(np.float32)


def days_of(published: Sequence[str | None]) -> npt.NDArray[np.float64]:
    """The day of each date, counted from year 1: float64 [n], nan where unknown."""
    return np.array([datetime.date.fromisoformat(p[:10]).toordinal() if p else np.nan for p in published], np.float64)
