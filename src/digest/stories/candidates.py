"""Which pairs of articles are worth scoring: those near by their words, and those near by meaning where words find
none: across languages, and among headlines and teasers.
"""

from dataclasses import replace

import numpy as np

from digest.maps import Map, in_turn
from digest.similarity import PLACES, Bool, Float64, pair_products
from digest.stories import days
from digest.stories.features import Evidence
from digest.stories.neighbours import DAYS_ASIDE, nearest_rows
from digest.tokens import Int64

NEIGHBOURS = 4  # More than a few a piece and topics chain: look-alikes meet in one component, and merge.
FEW = 30  # Distinct words: a headline has ten, the teaser of a feed twenty to forty, a report some hundreds.
_BESIDE = 10_000  # Articles of few words before and behind one in time that it is compared with.
_BLOCK = 4_000_000  # Numbers in a block of a product: 16 MB.


def candidate_pairs(
    evidence: Evidence, near: tuple[Int64, Int64] | None = None, spread: Map = in_turn
) -> tuple[Int64, Int64]:
    """Pairs of articles that may report one event, each once, sorted: two int64 [n pairs], the lower article first.

    near: the pairs that are near by their words, where more articles than these were compared; spread:
    does the blocks of articles.
    """
    row, other = nearest_rows(evidence.body, NEIGHBOURS, _sure_days(evidence), spread) if near is None else near
    far, foreign = nearest_foreign(evidence)
    brief, like = _nearest_of_few_words(evidence)
    return _each_once(np.concatenate((row, far, brief)), np.concatenate((other, foreign, like)), len(evidence))


def pairs_by_words(evidence: Evidence) -> tuple[Int64, Int64]:
    """Those of them that are near by their words."""
    return _each_once(*nearest_rows(evidence.body, NEIGHBOURS, _sure_days(evidence)), len(evidence))


def _sure_days(evidence: Evidence) -> Float64:
    """The days, nan for those that were read in a text: it may tell of other days than its own."""
    return np.where(evidence.loose, np.nan, evidence.day)


def _each_once(row: Int64, other: Int64, n: int) -> tuple[Int64, Int64]:
    low, high = np.divmod(np.unique(np.minimum(row, other) * n + np.maximum(row, other)), max(n, 1))
    return low, high


def guess_days(evidence: Evidence, left: Int64, right: Int64) -> Evidence:
    """The same, the days of undated articles guessed.  left, right: int64 [n pairs], the candidates."""
    undated = np.isnan(evidence.day)
    telling = undated[left] != undated[right]
    left, right = left[telling], right[telling]
    cosines = pair_products(evidence.body, evidence.body, left, right)
    return replace(evidence, guessed=days.guess_days(evidence.day, evidence.loose, left, right, cosines))


def with_guessed_days(evidence: Evidence) -> Evidence:
    """The same, for who seeks no candidates otherwise: none are sought where every article has a date."""
    return guess_days(evidence, *candidate_pairs(evidence)) if np.isnan(evidence.day).any() else evidence


def two_languages(evidence: Evidence, left: Int64, right: Int64) -> Bool:
    """Whether the two articles of each pair are in two languages, as far as is known: bool [n pairs]."""
    one, other = evidence.language[left], evidence.language[right]
    return np.asarray((one >= 0) & (other >= 0) & (one != other))


def nearest_foreign(evidence: Evidence) -> tuple[Int64, Int64]:
    """The nearest articles in other languages of each article, by meaning, as pairs (article, neighbour).

    Words find no pair across languages.  Only articles that the model understands have vectors; a model of one
    language costs nothing here.  The product goes by blocks of articles of one language and neighbouring days, so that
    memory is bounded and most of a long run is never compared.
    """
    usable = np.flatnonzero((evidence.language >= 0) & evidence.dense.any(axis=1))
    order = usable[np.lexsort((usable, evidence.day[usable]))]  # the undated last
    spoken = evidence.language[order]
    pairs = [(np.empty(0, np.int64), np.empty(0, np.int64))]
    for language in np.unique(spoken).tolist():
        own, others = order[spoken == language], order[spoken != language]
        step = max(1, _BLOCK // max(len(others), 1))
        blocks = range(0, len(own) if len(others) else 0, step)
        pairs += [_nearest_to(evidence, own[at : at + step], others) for at in blocks]
    return np.concatenate([row for row, _ in pairs]), np.concatenate([other for _, other in pairs])


def _nearest_of_few_words(evidence: Evidence) -> tuple[Int64, Int64]:
    """The same of each article of few words among those of few words: two headlines may have none in common.  Of very
    many, those that are nearest in time are compared, so that the cost grows with their number and not its square."""
    every = np.arange(len(evidence), dtype=np.int64)
    few = np.flatnonzero((word_counts(evidence, every) <= FEW) & evidence.dense.any(axis=1))
    order = few[np.lexsort((few, evidence.day[few]))]
    step = max(1, _BLOCK // max(1, min(len(order), 2 * _BESIDE)))
    pairs = [(np.empty(0, np.int64), np.empty(0, np.int64))]
    for at in range(0, len(order), step):
        among = order[max(0, at - _BESIDE) : at + step + _BESIDE]
        pairs.append(_nearest_to(evidence, order[at : at + step], among))
    return np.concatenate([row for row, _ in pairs]), np.concatenate([other for _, other in pairs])


def word_counts(evidence: Evidence, articles: Int64) -> Int64:
    """How many distinct words each of some articles has: int64 [k]."""
    ends = evidence.holds.indptr  # read at these alone: a block of pairs asks, and there are many blocks
    return np.asarray(ends[articles + 1] - ends[articles], np.int64)


def _nearest_to(evidence: Evidence, rows: Int64, among: Int64) -> tuple[Int64, Int64]:
    """The articles nearest to some articles by meaning, but themselves.  among: those that are compared, by day."""
    day = evidence.day[among]
    first, last = evidence.day[rows].min(), evidence.day[rows].max()  # nan, and then no bound, where one is undated
    others = among[~((day < first - DAYS_ASIDE) | (day > last + DAYS_ASIDE))]
    if not len(others):
        return others, others
    likeness = np.round(evidence.dense[rows] @ evidence.dense[others].T, PLACES)
    likeness[np.abs(evidence.day[rows][:, None] - evidence.day[others]) > DAYS_ASIDE] = -2
    likeness[rows[:, None] == others] = -2
    fewest = min(NEIGHBOURS, len(others))
    least = np.partition(likeness, -fewest, axis=1)[:, -fewest]
    row, place = np.nonzero((likeness >= least[:, None]) & (likeness > 0))
    best = np.lexsort((place, -likeness[row, place], row))  # of equal ones the earlier comes first
    row, place = row[best], place[best]
    kept = np.arange(len(row)) - np.searchsorted(row, row) < NEIGHBOURS
    return rows[row[kept]], others[place[kept]]
