"""What a record says beside the facts: why its articles are one story, and what a copy shares with the kept one."""

import functools
from collections.abc import Sequence

import numpy as np

from digest.config import Config
from digest.corpus import Corpus
from digest.duplicates import Comparison, Copies, compare_copies
from digest.records import Difference, Grouping, Neighbour, Passage, SharedPassage
from digest.stories import Assignment

_DECIMALS = 4


def grouping_of(assignment: Assignment, label: int, ids: Sequence[str], config: Config) -> Grouping:
    """What holds the story of a label together, and what keeps it from its nearest neighbour.

    ids: those of the articles of the assignment.
    """
    between = assignment.between.link(label, ids)
    mean = round(float(assignment.nearest_score[label]), _DECIMALS)
    return Grouping(
        model=config.model,
        threshold=None if config.group_by else round(assignment.threshold, _DECIMALS),
        intercept=assignment.weights.intercept,
        weights=assignment.weights.features,
        weakest=assignment.weakest.link(label, ids),
        nearest=None if between is None else Neighbour(mean, between),
    )


class CopyReasons:
    """The passages that copies share with their kept articles, and the figures and names in which they differ."""

    def __init__(self, corpus: Corpus, copies: Copies) -> None:
        self._corpus = corpus
        self._copies = copies
        compare = compare_copies(corpus, copies) if (copies.kept != np.arange(len(corpus))).any() else None
        self._compare = compare and functools.lru_cache(1)(compare)  # for passages and then differences

    def __reduce__(self) -> tuple[type["CopyReasons"], tuple[Corpus, Copies]]:
        """What compares is made anew where it is sent."""
        return CopyReasons, (self._corpus, self._copies)

    def passages(self, article: int) -> tuple[SharedPassage, ...] | None:
        """What a copy shares, in its order; None for a kept article."""
        comparison = self._comparison(article)
        return None if comparison is None else tuple(SharedPassage(*_spans(pair)) for pair in comparison.passages)

    def differences(self, article: int) -> tuple[Difference, ...] | None:
        """The other figures and names, in the copy's order; None as in `passages`."""
        comparison = self._comparison(article)
        if comparison is None:
            return None
        text, kept_text = (self._corpus.articles[i].text for i in (article, int(self._copies.kept[article])))
        return tuple(
            Difference(*_spans((own, other)), text[own.start : own.end], kept_text[other.start : other.end])
            for own, other in comparison.differences
        )

    def _comparison(self, article: int) -> Comparison | None:
        return None if self._compare is None or self._copies.kept[article] == article else self._compare(article)


def _spans(pair: tuple[Passage, Passage]) -> tuple[int, int, int, int]:
    own, other = pair
    return own.start, own.end, other.start, other.end
