"""Which pairs of articles are worth scoring: those near by their words, and across languages those near by meaning."""

import numpy as np
import numpy.typing as npt

from digest.maps import Map, in_turn
from digest.similarity import PLACES, nearest_rows
from digest.stories.features import Bool, Evidence
from digest.tokens import Int64

Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]

NEIGHBOURS = 4  # More than a few a piece and topics chain: look-alikes meet in one component, and merge.
DAYS_ASIDE = 14  # Articles in two languages further apart in time are not compared: no event is told for longer.
_BLOCK = 4_000_000  # Numbers in a block of a product: 16 MB.


def candidate_pairs(
    evidence: Evidence, near: tuple[Int64, Int64] | None = None, spread: Map = in_turn
) -> tuple[Int64, Int64]:
    """Pairs of articles that may report one event, each once, sorted: two int64 [n pairs], the lower article first.

    near: the pairs that are near by their words, where more articles than these were compared; spread:
    does the blocks of articles.
    """
    n = max(len(evidence), 1)
    row, other = nearest_rows(evidence.body, NEIGHBOURS, spread=spread) if near is None else near
    far, foreign = nearest_foreign(evidence)
    row, other = np.concatenate((row, far)), np.concatenate((other, foreign))
    low, high = np.divmod(np.unique(np.minimum(row, other) * n + np.maximum(row, other)), n)
    return low, high


def two_languages(evidence: Evidence, left: Int64, right: Int64) -> Bool:
    """Whether the two articles of each pair are in two languages, as far as is known: bool [n pairs]."""
    one, other = evidence.language[left], evidence.language[right]
    return np.asarray((one >= 0) & (other >= 0) & (one != other))


def nearest_foreign(evidence: Evidence) -> tuple[Int64, Int64]:
    """The nearest articles in other languages of each article, by meaning, as pairs (article, neighbour).

    Words find no pair across languages.  Only articles that the model understands have vectors; a model of one
    language costs nothing here.  The product goes by blocks of articles of neighbouring days, so that memory is
    bounded and most of a long run is never compared.
    """
    usable = np.flatnonzero((evidence.language >= 0) & evidence.dense.any(axis=1))
    pairs = [(np.empty(0, np.int64), np.empty(0, np.int64))]
    if len(np.unique(evidence.language[usable])) > 1:
        order = usable[np.lexsort((usable, evidence.day[usable]))]  # the undated last
        step = max(1, _BLOCK // len(order))
        pairs += [_nearest_to(evidence, order[at : at + step], order) for at in range(0, len(order), step)]
    return np.concatenate([row for row, _ in pairs]), np.concatenate([other for _, other in pairs])


def _nearest_to(evidence: Evidence, rows: Int64, order: Int64) -> tuple[Int64, Int64]:
    """The nearest articles in other languages of some articles.  order: all that have a vector, by day."""
    day = evidence.day[order]
    first, last = evidence.day[rows].min(), evidence.day[rows].max()  # nan, and then no bound, where one is undated
    others = order[~((day < first - DAYS_ASIDE) | (day > last + DAYS_ASIDE))]
    likeness = np.round(evidence.dense[rows] @ evidence.dense[others].T, PLACES)
    apart = np.abs(evidence.day[rows][:, None] - evidence.day[others])
    likeness[(evidence.language[rows][:, None] == evidence.language[others]) | (apart > DAYS_ASIDE)] = -2
    nearest = np.argsort(-likeness, axis=1, kind="stable")[:, :NEIGHBOURS]  # of equal ones the earlier comes first
    row = np.repeat(rows, nearest.shape[1])
    found = np.take_along_axis(likeness, nearest, axis=1).ravel() > 0
    return row[found], others[nearest.ravel()][found]
