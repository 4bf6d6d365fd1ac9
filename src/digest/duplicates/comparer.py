"""Compares articles by number, each pair once."""

import functools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from digest.duplicates.alignment import align, key
from digest.duplicates.changes import read_lexicon
from digest.duplicates.texts import Texts
from digest.duplicates.verdict import Candidate, Verdict, judge

_CACHED = 4096  # articles whose shingles are remembered
_BESIDE = 0.2  # a copy of which less stands within the largest copy tells something else
_LEAST_BESIDE = 50  # words


class Tie(NamedTuple):
    """What is known of two articles.

    overlap: the share of the shorter one's words that the other holds, of the longer one's: closeness;
    contradicts: they share enough, but their headlines, figures or names differ.
    """

    overlap: float
    closeness: float
    is_copy: bool
    contradicts: bool


class Comparer:
    """The verdicts on pairs of articles.  Only their figures are remembered, and the articles read last."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self.lexicon = read_lexicon(texts.terms)
        self.read = functools.lru_cache(_CACHED)(self._read)
        self._known: dict[tuple[int, int], Tie] = {}

    def _read(self, article: int) -> Candidate:
        body = key(self.texts.body(article), self.texts.terms.hashes)
        return Candidate(body, self.texts.title(article), self.texts.mentions(article), self.texts.day(article))

    def judge(self, one: int, other: int) -> Verdict:
        """The whole verdict, made anew."""
        return judge(self.read(min(one, other)), self.read(max(one, other)), self.lexicon)

    def tie(self, one: int, other: int) -> Tie:
        pair = (min(one, other), max(one, other))
        if pair not in self._known:
            verdict = self.judge(one, other)
            closeness = float(np.round(np.mean(verdict.alignment.shared[1]), 6))
            contradicts = verdict.reason in ("other headline", "other figures or names")
            self._known[pair] = Tie(verdict.overlap, closeness, verdict.is_copy, contradicts)
        return self._known[pair]

    def are_copies(self, one: int, other: int) -> bool:
        return self.tie(one, other).is_copy

    def holds_two(self, kept: int, copies: Sequence[int]) -> bool:
        """Whether one of the copies stands beside, not within, what the largest copy covers of the kept article."""
        body = self.read(kept).body
        covers = []
        for copy in copies:
            alignment = align(self.read(copy).body, body)
            covers.append(alignment.shared[alignment.longer is body.text])
        largest = max(covers, key=np.count_nonzero)
        sizes = [(int(np.count_nonzero(cover)), int(np.count_nonzero(cover & largest))) for cover in covers]
        return any(size >= _LEAST_BESIDE and within < _BESIDE * size for size, within in sizes)
