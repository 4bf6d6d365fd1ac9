"""What a record says beside the facts: why its articles are one story, and what a copy shares with the kept one."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from digest.config import Config
from digest.corpus import Corpus
from digest.duplicates import Copies, compare_copies
from digest.records import Difference, Grouping, Neighbour, Passage, SharedPassage
from digest.stories import Assignment
from digest.tokens import Int32

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


class Reasons(NamedTuple):
    """Why an article is a copy: what it shares with the kept one, in its order, and where the two differ."""

    passages: tuple[SharedPassage, ...]
    differences: tuple[Difference, ...]


class CopyReasons:
    """The passages that copies share with their kept articles, and the figures and names in which they differ."""

    def __init__(self, corpus: Corpus, copies: Copies) -> None:
        self._corpus = corpus
        self._copies = copies
        self._compare = compare_copies(corpus, copies) if (copies.kept != np.arange(len(corpus))).any() else None

    def of(self, members: Int32) -> dict[str, Reasons]:
        """The reasons of the copies among some articles, by their ids."""
        kept = self._copies.kept[members]
        return {self._corpus.articles[i].id: self._of(i) for i in members[kept != members].tolist()}

    def _of(self, article: int) -> Reasons:
        assert self._compare is not None
        comparison = self._compare(article)
        text, kept_text = (self._corpus.articles[i].text for i in (article, int(self._copies.kept[article])))
        return Reasons(
            tuple(SharedPassage(*_spans(pair)) for pair in comparison.passages),
            tuple(
                Difference(*_spans((own, other)), text[own.start : own.end], kept_text[other.start : other.end])
                for own, other in comparison.differences
            ),
        )


def _spans(pair: tuple[Passage, Passage]) -> tuple[int, int, int, int]:
    own, other = pair
    return own.start, own.end, other.start, other.end
