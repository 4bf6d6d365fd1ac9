"""The stages of a run, over tonight's articles and the known ones of the stories that were woken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from digest.assembly import Assembler
from digest.composing import tell
from digest.config import Config
from digest.corpus import Corpus
from digest.duplicates import Copies, find_copies
from digest.embeddings import Embedder
from digest.engine import Engine
from digest.nights.incoming import Tonight
from digest.nights.memory import Memory
from digest.nights.waking import Woken
from digest.records import Story
from digest.similarity import Float32, plain
from digest.stages import Stages, assign, embed_leads, groups_of, members_of
from digest.state import Identity, Place, identify
from digest.stories import Others
from digest.tokens import Int32


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A story that was looked at again.  is_changed: whether its record is another one than before."""

    who: Identity
    articles: Sequence[str]
    story: Story
    is_changed: bool

    @property
    def is_restructured(self) -> bool:
        """Whether it took in another story tonight, or left one."""
        return bool(self.who.merged or self.who.split_from)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a second look found: the stories, where each article is, and of the kept ones the vectors, and whether the
    model knows their language."""

    stories: Sequence[LookedAt] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    vectors: Mapping[str, tuple[Float32, bool]] = field(default_factory=dict)


def look_again(
    memory: Memory,
    tonight: Tonight,
    woken: Woken,
    corpus: Corpus,
    embedder: Embedder,
    config: Config,
    stages: Stages,
    engine: Engine,
) -> Seen:
    """corpus: tonight's new and changed articles, and the known ones of the stories that were woken."""
    if not len(corpus):
        return Seen()
    ids = [a.id for a in corpus.articles]
    with stages("copies"):
        groups = groups_of(corpus, config.group_by)
        copies = _keep_copies(memory, tonight, ids, find_copies(corpus, config.prefer_source, groups, engine.map))
        kept = np.flatnonzero(copies.kept == np.arange(len(corpus))).astype(np.int32)
    with stages("stories"):
        remembered = memory.state.vectors((i for i in ids if i not in tonight.changed), config.model)
        leads = embed_leads(corpus, kept, embedder, {**remembered, **woken.vectors})
        assignment = assign(corpus, kept, groups, leads, config, _others(memory, woken, ids, kept), engine.map)
        members = members_of(corpus, copies, kept, assignment.labels)
        clusters = [[ids[i] for i in m.tolist()] for m in members]
        identities = _identify(memory, clusters)
    with stages("digests"):
        stands = [_stands(memory, tonight, *pair) for pair in zip(identities, clusters, strict=True)]
        anew = [m for m, same in zip(members, stands, strict=True) if not same]
        fresh = np.array([i not in memory.living or i in tonight.changed for i in ids], bool)
        assembler = Assembler(corpus, copies, assignment, kept, replace(config, include_text=False))
        told = iter(tell(corpus, copies, anew, embedder, config, assembler, engine, fresh))
        stories = [
            LookedAt(who, cluster, memory.record(who.story), False)
            if same
            else LookedAt(who, cluster, next(told), True)
            for who, cluster, same in zip(identities, clusters, stands, strict=True)
        ]
    places = _places(memory, tonight, copies, ids, stories)
    vectors = zip(plain(leads[0]), leads[1].tolist(), strict=True)
    return Seen(stories, places, {ids[i]: found for i, found in zip(kept.tolist(), vectors, strict=True)})


def _others(memory: Memory, woken: Woken, ids: Sequence[str], kept: Int32) -> Others | None:
    """What is known of the articles that sleep.  kept: int32 [n], those among `ids` that are looked at."""
    if woken.beyond is None:
        return None
    awake = [ids[i] for i in kept.tolist()]
    asleep = memory.living.keys() - set(ids)
    dropped = {*ids}.difference(awake) | {i for i in asleep if memory.living[i].kept != i}
    return replace(woken.beyond.others(awake), near=woken.beyond.near(awake, dropped))


def _keep_copies(memory: Memory, tonight: Tonight, ids: Sequence[str], copies: Copies) -> Copies:
    """A copy once found stays one while both articles stand: of the longest the state keeps the beginning alone."""
    place = {i: n for n, i in enumerate(ids)}
    kept, kinds, scores = copies.kept.copy(), list(copies.kinds), copies.scores.copy()
    stand_for_others = set(kept[kept != np.arange(len(ids))].tolist())
    for n, i in enumerate(ids):
        before = memory.living.get(i)
        if before is None or kept[n] != n or n in stand_for_others or not tonight.changed.isdisjoint((i, before.kept)):
            continue
        original = place.get(before.kept, n)
        if original != n and kept[original] == original:
            kept[n], kinds[n], scores[n] = original, before.kind, before.score
            stand_for_others.add(original)
    return Copies(kept, tuple(kinds), scores)


def _identify(memory: Memory, clusters: Sequence[Sequence[str]]) -> list[Identity]:
    before = {i: memory.living[i].story for cluster in clusters for i in cluster if i in memory.living}
    born = {story: memory.stories[story].born for story in set(before.values())}
    ended = {old for known in memory.stories.values() for old in known.merged_from}
    return identify(clusters, before, born, ended.union(memory.stories))


def _stands(memory: Memory, tonight: Tonight, who: Identity, cluster: Sequence[str]) -> bool:
    """Whether a story is what it was, so that its record can stand."""
    return (
        who.is_known
        and not who.merged
        and memory.is_current(who.story)
        and memory.members[who.story] == set(cluster)
        and tonight.changed.isdisjoint(cluster)
    )


def _places(
    memory: Memory, tonight: Tonight, copies: Copies, ids: Sequence[str], stories: Sequence[LookedAt]
) -> dict[str, Place]:
    """Where each article of the stories that changed is now."""
    index = {i: n for n, i in enumerate(ids)}
    places = {}
    for looked_at in stories:
        for i in looked_at.articles if looked_at.is_changed else ():
            n, before = index[i], memory.living.get(i)
            places[i] = Place(
                fingerprint=before.fingerprint if before and i not in tonight.changed else tonight.contents[i],
                story=looked_at.who.story,
                kept=ids[copies.kept[n]],
                kind=copies.kinds[n],
                score=float(copies.scores[n]),
                first_seen=before.first_seen if before else memory.now,
                last_seen=memory.now if i in tonight.articles or not before else before.last_seen,
            )
    return places
