"""What is published tonight: each story's name and status, and which of its sentences tell something new."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Literal

import numpy as np

from digest.assembly import weighed
from digest.config import Config
from digest.embeddings import Embedder, understood
from digest.nights.incoming import Tonight
from digest.nights.looking import LookedAt, Seen
from digest.nights.memory import Memory
from digest.records import Article, Story
from digest.scaling import scale_sentences
from digest.state import Novelty
from digest.tokens import tokenize


def name_stories(memory: Memory, seen: Seen) -> list[LookedAt]:
    """The stories that were looked at, each under the name that it keeps, with where it came from."""
    named = []
    for looked_at in seen.stories:
        who, before = looked_at.who, memory.stories.get(looked_at.who.story)
        merged = {*who.merged, *(older for old in who.merged for older in memory.stories[old].merged_from)}
        story = replace(
            looked_at.story,
            story_id=who.story,
            merged_from=tuple(sorted(merged.union(before.merged_from if before else ()))),
            split_from=who.split_from or (before.split_from if before else None),
            articles=tuple(replace(m, first_seen=_first_seen(memory, m.id)) for m in looked_at.story.articles),
        )
        named.append(replace(looked_at, story=story))
    return named


def _first_seen(memory: Memory, article: str) -> str | None:
    return memory.living[article].first_seen if article in memory.living else memory.now


def to_print(memory: Memory, tonight: Tonight, looked_at: Sequence[LookedAt], wanted: Collection[str]) -> list[Story]:
    """The stories that tonight's articles touch, that merged or split, and those that are wanted besides."""
    found = []
    done: set[str] = set()
    for one in looked_at:
        names = {one.who.story, *one.who.merged}
        done |= names
        touched = not tonight.articles.keys().isdisjoint(one.articles)
        if touched or one.is_restructured or not names.isdisjoint(wanted):
            found.append(one.story)
    return [*found, *(memory.record(story) for story in sorted(set(wanted) - done))]


def with_news(
    memory: Memory, stories: Sequence[Story], restructured: Collection[str], embedder: Embedder, config: Config
) -> list[Story]:
    """The stories with their importance as of today, their status, and which sentences tell something new.

    restructured: those that merged or split tonight.
    """
    told = {story.story_id: memory.state.told(story.story_id) for story in stories}
    new = _new_sentences(stories, told, embedder)
    found = []
    for story, is_new in zip(stories, new, strict=True):
        sentences = tuple(replace(s, is_new=bool(n)) for s, n in zip(story.sentences, is_new, strict=True))
        known = memory.stories.get(story.story_id)
        status: Literal["new", "updated", "unchanged"] = "unchanged"
        if known is None or known.told is None:
            status = "new"
        elif any(is_new) or story.story_id in restructured or (known.restructured or 0) > known.told:
            status = "updated"
        found.append(replace(weighed(story, memory.now, config), sentences=sentences, status=status))
    return found


def _new_sentences(
    stories: Sequence[Story], told: Mapping[str, Sequence[str]], embedder: Embedder
) -> list[Sequence[bool]]:
    """For each story, which of its sentences tell what was not told before."""
    open_questions = [
        s for s in stories if told[s.story_id] and not {x.text for x in s.sentences} <= {*told[s.story_id]}
    ]
    texts = list(chain.from_iterable((*(x.text for x in s.sentences), *told[s.story_id]) for s in open_questions))
    sizes = [(len(s.sentences), len(told[s.story_id])) for s in open_questions]
    novelty = _novelty(texts, sizes, embedder) if texts else None
    answers: dict[str, Sequence[bool]] = {}
    at = 0
    for story, (new, known) in zip(open_questions, sizes, strict=True):
        middle, end = at + new, at + new + known
        if novelty:
            answers[story.story_id] = novelty.tells_new(np.arange(at, middle), np.arange(middle, end)).tolist()
        at = end
    return [answers.get(s.story_id, [not told[s.story_id]] * len(s.sentences)) for s in stories]


def _novelty(texts: Sequence[str], sizes: Sequence[tuple[int, int]], embedder: Embedder) -> Novelty:
    """texts: story by story tonight's sentences and then those that were told; sizes: how many of each."""
    tokens = tokenize(texts)
    told = np.repeat(np.tile(np.array([0, 1], np.int32), len(sizes)), np.ravel(sizes))
    vectors = scale_sentences(embedder, embedder.embed(texts, tokens), tokens, told, [sum(size) for size in sizes])
    return Novelty(texts, tokens, vectors, understood(embedder, tokens))


def choose(stories: Sequence[Story], config: Config) -> list[Story]:
    """Those that are printed, the most important first."""
    ordered = sorted(stories, key=lambda s: (-s.importance, s.story_id))
    wide = [s for s in ordered if s.source_count >= config.min_sources]
    return [s for s in wide if s.status != "unchanged" or not config.only_changed][: config.max_stories]


def with_texts(stories: Sequence[Story], articles: Mapping[str, Article]) -> list[Story]:
    """The stories with the texts of tonight's articles: the state keeps no other whole."""
    return [
        replace(s, articles=tuple(replace(m, text=articles[m.id].text) if m.id in articles else m for m in s.articles))
        for s in stories
    ]
