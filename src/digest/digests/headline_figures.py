"""Which titles give another number for what a digest counts: "12 dead" over a digest that tells of 21."""

from collections.abc import Sequence

from digest.digests.disagreements_figures import Figure, figures_of

_NEAR = 0.03  # So far apart, of the value, are two that are one, rounded.


def contradicting(titles: Sequence[str], best: int, told: Sequence[str]) -> list[bool]:
    """Which English titles give another number than some sentences for one thing: none, unless the best does and
    another title gives theirs.

    best: the place of the title that is asked about first, so that few others are read.
    """
    none = [False] * len(titles)
    mine = figures_of(titles[best])
    figures = [figure for text in told for figure in figures_of(text)] if mine else []
    if not _contradicts(mine, figures):
        return none
    others = [figures_of(title) for title in titles]
    return [_contradicts(o, figures) for o in others] if any(_confirms(o, figures) for o in others) else none


def _contradicts(title: Sequence[Figure], told: Sequence[Figure]) -> bool:
    return any(
        any(_of_one_thing(figure, other) for other in told) and not any(_agree(figure, other) for other in told)
        for figure in title
    )


def _confirms(title: Sequence[Figure], told: Sequence[Figure]) -> bool:
    return any(_of_one_thing(figure, other) and _agree(figure, other) for figure in title for other in told)


def _of_one_thing(a: Figure, b: Figure) -> bool:
    """Whether two figures may count one thing: their noun, what happened to those counted, or two words are common."""
    if a.unit != b.unit or a.unit == "age":
        return False
    both = a.about & b.about
    return len(both) > 1 or any(word.isupper() for word in both) or not set(a.heads[-1:]).isdisjoint(b.heads[-1:])


def _agree(title: Figure, told: Figure) -> bool:
    if title.hedge == "least" and told.low >= title.low:
        return True
    if title.hedge == "most" and told.low <= title.low:
        return True
    return title.low * (1 - _NEAR) <= told.high and told.low <= title.high * (1 + _NEAR)
