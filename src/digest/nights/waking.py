"""Which known stories are looked at again: above all those that tonight's articles may belong to.

Each new article's nearest known ones are found by their words, those of which it may be a copy by sampled shingles,
and those in other languages by their vectors, all of which the state keeps.  The few that their dates leave are
unpacked, and the join decision is asked about each pair: one that would connect the two in a run of all articles wakes
the story of the known one.  All else sleeps, and the night costs its own articles.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from digest.config import Config
from digest.corpus import Corpus
from digest.embeddings import Embedder, understood
from digest.excerpts import excerpt, merged
from digest.maps import Map
from digest.nights.beyond import Beyond
from digest.nights.foreign import mean_of, nearest_foreign
from digest.nights.incoming import Tonight
from digest.nights.memory import Memory
from digest.similarity import PLACES, Float32
from digest.splitting import gather
from digest.stages import embed_leads, lead_vectors, weights_of
from digest.state import Likeness, Outlines, article_words, sampled_shingles, sharing
from digest.stories import closeness, connected, days_of
from digest.tokens import Int64

NEIGHBOURS = 8  # Twice what a run takes: of a run's nearest, some are known articles whose nearest is the new one.
LEAST = 0.07  # Cosine by words times the day factor: of the pairs that are connected, 99 in 100 reach it.

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Woken:
    """stories: those that are looked at again; vectors: of tonight's new articles, plain; beyond: what is known of the
    articles that sleep."""

    stories: Collection[str]
    vectors: Mapping[str, Float32] = field(default_factory=dict)
    beyond: Beyond | None = None


def wake(
    memory: Memory,
    tonight: Tonight,
    fresh: Corpus,
    printed: Collection[str],
    embedder: Embedder,
    config: Config,
    spread: Map,
) -> Woken:
    """The stories that are looked at again.

    Those that new articles may join; those that lost or changed one; and those to be printed whose record was made
    under other settings.  fresh: the new and the changed articles; spread: does work by blocks.
    """
    if config.group_by is not None and len(fresh):
        return Woken(memory.members.keys())  # any of them may be of a given group
    found = {story for story in printed if not memory.is_current(story)}
    found |= {memory.living[i].story for i in tonight.changed} | {place.story for place in memory.gone.values()}
    outlines = memory.state.outlines(tonight.changed) if len(fresh) or found else None
    if outlines is None or not outlines.words.ids:
        return Woken(found & memory.members.keys())
    beyond = Beyond(Likeness(outlines.words, article_words(fresh)), *memory.state.leads(config.model))
    everyone = np.arange(len(fresh), dtype=np.int32)
    vectors, tokens = lead_vectors(fresh, everyone, embedder, {})
    made = dict(zip((a.id for a in fresh.articles), vectors, strict=True))
    foreign = nearest_foreign(fresh, vectors, understood(embedder, tokens), outlines, beyond, mean_of(embedder))
    copies = _pairs(fresh, outlines, sharing(sampled_shingles(fresh), outlines.shingles))
    near = _near(fresh, outlines, beyond.likeness) | foreign
    joined = _connected(memory, fresh, sorted(near - copies), made, beyond, embedder, config, spread)
    found |= {memory.living[known].story for _, known in (*copies, *joined)}
    return Woken(found & memory.members.keys(), made, beyond)


def _pairs(corpus: Corpus, outlines: Outlines, places: tuple[Int64, Int64]) -> set[Pair]:
    """Pairs of ids (new, known) from places in the corpus and in the outlines."""
    return {(corpus.articles[n].id, outlines.words.ids[m]) for n, m in zip(*(p.tolist() for p in places), strict=True)}


def _near(corpus: Corpus, outlines: Outlines, likeness: Likeness) -> set[Pair]:
    """The pairs of new and known articles that are near by their words and days."""
    known, count = len(outlines.words.ids), len(corpus)
    among = np.arange(known + count) < known
    row, other, cosine = likeness.nearest(np.arange(known, known + count), among, NEIGHBOURS)
    days = days_of([*outlines.published, *(a.published for a in corpus.articles)])
    loose = np.array([*outlines.from_text, *(a.published_from == "text" for a in corpus.articles)], bool)
    score = cosine * closeness(days[row], days[other], loose[row] | loose[other])
    near = np.round(score, PLACES) >= LEAST
    return _pairs(corpus, outlines, (row[near] - known, other[near]))


def _connected(
    memory: Memory,
    fresh: Corpus,
    pairs: Sequence[Pair],
    made: Mapping[str, Float32],
    beyond: Beyond,
    embedder: Embedder,
    config: Config,
    spread: Map,
) -> list[Pair]:
    """The pairs (new, known) that the join decision would connect."""
    if not pairs:
        return []
    asked, ids = {one for one, _ in pairs}, sorted({other for _, other in pairs})
    new = np.flatnonzero([article.id in asked for article in fresh.articles])
    corpus = merged(excerpt(fresh, new), gather(memory.state.articles(ids), spread))
    place = {article.id: n for n, article in enumerate(corpus.articles)}
    ends = np.array([(place[one], place[other]) for one, other in pairs], np.int64)
    everyone = np.arange(len(corpus), dtype=np.int32)
    vectors, known = embed_leads(corpus, everyone, embedder, {**memory.state.vectors(ids, config.model), **made})
    linked = connected(
        corpus, vectors, ends.min(axis=1), ends.max(axis=1),
        understood=known, weights=weights_of(config), others=beyond.others([a.id for a in corpus.articles]),
    )  # fmt: skip
    return [pair for pair, yes in zip(pairs, linked.tolist(), strict=True) if yes]
