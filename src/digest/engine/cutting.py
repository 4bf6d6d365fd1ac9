"""Where a stage is cut into shards: by the data alone."""

from collections.abc import Iterable


def cut(weights: Iterable[float], about: float) -> list[range]:
    """Neighbouring items in ranges whose weights add up to about `about`; each range holds one item at least."""
    ranges: list[range] = []
    first, total, last = 0, 0.0, 0
    for last, weight in enumerate(weights, 1):
        total += weight
        if total >= about:
            ranges.append(range(first, last))
            first, total = last, 0.0
    return [*ranges, range(first, last)] if first < last else ranges
