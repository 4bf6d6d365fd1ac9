"""Copies: which articles say, word for word, what another one says, and which one of each group is kept."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digest.corpus import Corpus
from digest.duplicates.comparer import Comparer
from digest.duplicates.groups import group_near
from digest.duplicates.keeping import rank_articles
from digest.duplicates.texts import Texts
from digest.duplicates.verdict import LEAST_WORDS, have_same_words
from digest.maps import Map, in_turn, sparing
from digest.records import DuplicateKind
from digest.tokens import Int32, Int64

_MOST_NOTICES = 16  # of the same words that are compared: each headline, or each week, has one of its own


@dataclass(frozen=True, slots=True)
class Copies:
    """For each article of a corpus: the kept copy, and how it is one.

    kept: int32 [n], the index of the kept copy (an article's own where it is kept; a kept one points to itself);
    kinds: None for a kept article, "exact" for the same words, "near" for enough of them; scores: float32 [n], the
    share of the shorter article's words that stands in runs in the other, 1 for exact copies and kept articles.
    """

    kept: Int32
    kinds: tuple[DuplicateKind | None, ...]
    scores: npt.NDArray[np.float32]


def find_copies(
    corpus: Corpus, prefer_source: Sequence[str] = (), stories: Int32 | None = None, spread: Map = in_turn
) -> Copies:
    """Finds the copies among the articles of a corpus and chooses the one to keep of each group by `KEPT_RULE`.

    Every copy is one of its kept article itself, not along a chain: it is compared with it.  stories: int32 [n], where
    stories are given; then only articles of one story are compared; spread: does the work by blocks.
    """
    stories = np.zeros(len(corpus), np.int32) if stories is None else stories
    texts = Texts(corpus)
    ranks = rank_articles(texts, prefer_source)
    kept, scores = np.arange(len(corpus), dtype=np.int32), np.ones(len(corpus), np.float32)
    comparer = Comparer(texts)
    exact = _find_exact(texts, ranks, stories, comparer)
    order = [i for i in np.argsort(ranks).tolist() if i not in exact and texts.lengths[i]]
    near = group_near(texts, order, stories, comparer, sparing(spread))
    for article, copy_of in near.items():
        kept[article], scores[article] = copy_of, comparer.tie(article, copy_of).overlap
    kinds: list[DuplicateKind | None] = ["near" if i in near else None for i in range(len(corpus))]
    for article, same in exact.items():
        kept[article], scores[article] = kept[same], scores[same]
        kinds[article] = kinds[same] or "exact"
    return Copies(kept, tuple(kinds), scores)


def _find_exact(texts: Texts, ranks: Int64, stories: Int32, comparer: Comparer) -> dict[int, int]:
    """Articles with the same words as a better-ranked one.  Of very short ones, the titles must agree too."""
    groups: defaultdict[tuple[int, bytes, bytes], list[int]] = defaultdict(list)
    may_be = texts.have_sums_in_common() & (texts.lengths > 0)  # so that few are read word by word
    for i in np.argsort(ranks).tolist():
        if not may_be[i]:
            continue
        title = texts.title(i).ids.tobytes() if texts.lengths[i] < LEAST_WORDS else b""
        words = hashlib.blake2b(texts.bodies.ids(i, i + 1).tobytes(), digest_size=16).digest()
        groups[int(stories[i]), words, title].append(i)
    exact: dict[int, int] = {}
    for members in groups.values():
        kept: list[int] = []
        for i in members:
            same = (j for j in kept if have_same_words(comparer.read(j), comparer.read(i), comparer.lexicon))
            if (first := next(same, None)) is not None:
                exact[i] = first
            elif len(kept) < _MOST_NOTICES:
                kept.append(i)
    return exact
