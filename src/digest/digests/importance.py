"""How much a story matters: what orders a night's digests."""

import math

_HALF_LIFE = 2.0  # days after which the recent half of a story's weight has halved


def importance(sources: int, articles: int, days: float | None, preferred: int = 0) -> float:
    """(log2(1 + sources) + 0.25 log2(1 + articles)) * (0.5 + 0.5 * 2^(-days / 2)) * (1 + 0.5 * preferred / sources)

    sources: independent sources (copies of one report are one); articles: all, copies included; days: from the
    story's last report to the run's newest day (None, when it has no date, counts as one day); preferred: how many
    of the sources are preferred ones.  No clock: a run repeated later gives the same.
    """
    size = math.log2(1 + sources) + 0.25 * math.log2(1 + articles)
    age = 1.0 if days is None else max(0.0, days)
    recency = 0.5 + 0.5 * 2 ** (-age / _HALF_LIFE)
    return size * recency * (1 + 0.5 * preferred / max(sources, 1))
