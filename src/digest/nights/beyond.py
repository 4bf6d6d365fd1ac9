"""What is known of the articles that sleep, so that the others are judged as in a run over all."""

from collections.abc import Collection, Sequence

import numpy as np

from digest.similarity import Float32
from digest.state import Likeness
from digest.stories import NEIGHBOURS, Others
from digest.tokens import Int64


class Beyond:
    """likeness: of all articles by their words, the known ones first; vectors: float32 [n, d], of the known and kept
    articles `ids` in languages that the model knows."""

    def __init__(self, likeness: Likeness, ids: Sequence[str], vectors: Float32) -> None:
        self.likeness = likeness
        self.ids = ids
        self.vectors = vectors
        self._place = {article: n for n, article in enumerate(likeness.ids)}

    def others(self, awake: Collection[str]) -> Others:
        """The vectors of all that are not looked at."""
        seen = frozenset(awake)
        asleep = np.fromiter((i not in seen for i in self.ids), bool, len(self.ids))
        return Others(self.vectors[asleep].sum(axis=0), int(asleep.sum()))

    def near(self, awake: Sequence[str], dropped: Collection[str]) -> tuple[Int64, Int64]:
        """The pairs of those that are looked at (places in `awake`, the lower first, ascending) that are near among
        all articles, as the candidates of a run over all are.

        awake: ids, ascending; dropped: ids of copies, which a run does not compare.
        """
        place = {article: n for n, article in enumerate(awake)}
        rows = np.array([self._place[i] for i in awake], np.int64)
        among = np.ones(len(self.likeness.ids), bool)
        among[[self._place[i] for i in dropped]] = False
        row, other, _ = self.likeness.nearest(rows, among, NEIGHBOURS)
        at = np.array([place.get(i, -1) for i in self.likeness.ids], np.int64)
        one, two = at[row], at[other]
        both = two >= 0
        ordered = np.unique(np.sort(np.column_stack((one[both], two[both])), axis=1), axis=0)
        return ordered[:, 0], ordered[:, 1]
