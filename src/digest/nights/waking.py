"""Which known stories tonight's articles may belong to.

Each new article's nearest known ones are found by their words, and across languages by their vectors, which the state
keeps of every article.  These few are unpacked, and the join decision is asked about each pair: one that would connect
the two in a run of all articles wakes the story of the known one.  All else sleeps, and the night costs its own
articles.
"""

from collections.abc import Sequence

import numpy as np

from digest.config import Config
from digest.embeddings import Embedder
from digest.nights.memory import Memory
from digest.records import Article, Segment
from digest.stages import embed_leads, gather, weights_of
from digest.state import article_words, nearest_known
from digest.stories import connected
from digest.tokens import Int64

NEIGHBOURS = 8  # Twice what a run takes: of the nearest, some are new articles themselves.
LEAST = 0.08  # Cosine by words below which no pair is connected, but for one that neither words nor days speak for.

Segmented = tuple[Article, Sequence[Segment]]


def stories_near(memory: Memory, fresh: Sequence[Segmented], embedder: Embedder, config: Config) -> set[str]:
    """The stories that tonight's new and changed articles may join."""
    words = memory.state.words()
    if not fresh or not words.ids:
        return set()
    ids = sorted(article.id for article, _ in fresh)
    mine, theirs = nearest_known(words, article_words(gather(fresh)), NEIGHBOURS, LEAST)
    pairs = {(ids[one], words.ids[other]) for one, other in zip(mine.tolist(), theirs.tolist(), strict=True)}
    pairs = {(one, other) for one, other in pairs if other in memory.living and other not in set(ids)}
    known = memory.state.articles(sorted({other for _, other in pairs}))
    corpus = gather([*fresh, *known])
    place = {article.id: n for n, article in enumerate(corpus.articles)}
    left, right = _sorted_pairs([(place[one], place[other]) for one, other in pairs])
    everyone = np.arange(len(corpus), dtype=np.int32)
    leads = embed_leads(corpus, everyone, embedder, memory.state.vectors((a.id for a, _ in known), config.model))
    linked = connected(corpus, leads[0], left, right, understood=leads[1], weights=weights_of(config))
    ends = np.unique(np.concatenate((left[linked], right[linked])))
    touched = {corpus.articles[n].id for n in ends.tolist()} - set(ids)
    return {memory.living[i].story for i in touched}


def _sorted_pairs(pairs: Sequence[tuple[int, int]]) -> tuple[Int64, Int64]:
    """Pairs as two arrays, the lower place first."""
    ordered = np.asarray(sorted((min(pair), max(pair)) for pair in pairs), np.int64).reshape(-1, 2)
    return ordered[:, 0], ordered[:, 1]
