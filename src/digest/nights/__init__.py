"""A run with a state: only what tonight's articles touch is looked at again.

    tonight's articles | new, changed or known | stories to wake | copies | stories | who they are | digests | news

What the state remembers of the stories that are woken stands beside tonight's articles, and the stages do with both
what they do without a state.  All else stays as it was.
"""

from collections.abc import Sequence

import numpy as np

from digest.checkpoints import reached
from digest.config import Config
from digest.corpus import Corpus
from digest.embeddings import Embedder
from digest.engine import Engine
from digest.excerpts import merged
from digest.nights.incoming import Tonight, sort_out, stories_to_print, without
from digest.nights.looking import LookedAt, look_again
from digest.nights.memory import Memory
from digest.nights.telling import choose, name_stories, to_print, with_news, with_texts
from digest.nights.waking import wake
from digest.nights.writing import write_stories, write_told
from digest.records import Article, Kind, Reject, Story
from digest.result import Counts, Result, StateCounts
from digest.splitting import gather, split
from digest.stages import Stages, heed_alarm
from digest.state import State


def digest_night(
    read: tuple[Sequence[Article], Sequence[Reject], int],
    state: State,
    embedder: Embedder,
    config: Config,
    stages: Stages,
    engine: Engine,
) -> Result:
    """The result of a run; what it changes stands in the state's open transaction, to be committed or undone.

    read: tonight's articles, each id once, the rejects, and how many inputs there were.
    """
    articles, rejects, total = read
    with stages("split"):
        memory = Memory(state, articles, config)
        tonight = sort_out(memory, articles, rejects, config)
        fresh, unsplit = split(tonight.fresh, config, engine)
        tonight = without(tonight, unsplit)
        heed_alarm(len(tonight.articles), tonight.rejects, config)
        wanted = stories_to_print(memory, tonight, config)
        woken = wake(memory, tonight, fresh, wanted, embedder, config, engine.map)
        known = sorted(i for story in woken.stories for i in memory.members[story] if i not in tonight.changed)
        corpus = merged(fresh, gather(state.articles(known), engine.map))
    reached("articles-read")
    seen = look_again(memory, tonight, woken, corpus, embedder, config, stages, engine)
    reached("composed")
    with stages("state"):
        looked_at = name_stories(memory, seen)
        write_stories(memory, tonight, corpus, seen, looked_at, config.model)
        restructured = {one.who.story for one in looked_at if one.is_restructured}
        touched = with_news(memory, to_print(memory, tonight, looked_at, wanted), restructured, embedder, config)
        printed = choose(touched, config)
        write_told(memory, printed)
        reached("stories-written")
    kept = sum({**memory.living, **seen.places}[i].kept == i for i in tonight.articles)
    counts = Counts(
        articles_in=total,
        kept=kept,
        copies=len(tonight.articles) - kept,
        rejected=len(tonight.rejects),
        stories=len(touched),
        stories_printed=len(printed),
        sentences=_count_sentences(corpus, tonight),
    )
    shown = with_texts(printed, tonight.articles) if config.include_text else printed
    found = _state_counts(memory, tonight, looked_at, printed)
    return Result(tuple(shown), tuple(tonight.rejects), counts, stages.seconds, found)


def _count_sentences(corpus: Corpus, tonight: Tonight) -> int:
    ids = {a.id for a in tonight.fresh}
    fresh = np.fromiter((a.id in ids for a in corpus.articles), bool, len(corpus))
    return int(np.count_nonzero((corpus.kinds == Kind.SENTENCE) & fresh[corpus.owner]))


def _state_counts(
    memory: Memory, tonight: Tonight, looked_at: Sequence[LookedAt], printed: Sequence[Story]
) -> StateCounts:
    articles, stories = memory.state.sizes()
    status = [story.status for story in printed]
    return StateCounts(
        now=memory.now,
        new=len(tonight.fresh) - len(tonight.changed),
        changed=len(tonight.changed),
        known=len(tonight.articles) - len(tonight.fresh),
        expired=len(memory.gone),
        living_articles=articles,
        living_stories=stories,
        stories_new=status.count("new"),
        stories_updated=status.count("updated"),
        stories_unchanged=status.count("unchanged"),
        merged=sum(len(one.who.merged) for one in looked_at),
        split=sum(one.who.split_from is not None for one in looked_at),
    )
