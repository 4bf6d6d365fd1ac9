"""The order of a run.

    articles | sentences | tokens | copies | embeddings | stories | digests

Each stage is a function of records and arrays; this file alone knows which follows which.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from digest.afar import at_work_on
from digest.articles import article_from, checked, distinct, raw_inputs, sort_rejects, within_dates
from digest.assembly import Assembler
from digest.composing import tell
from digest.config import Config
from digest.duplicates import find_copies
from digest.embeddings import Embedder, Progress, load_embedder
from digest.engine import Engine, open_engine
from digest.errors import UsageError
from digest.intake import take_in
from digest.nights import digest_night
from digest.records import Article, Kind, Origin, Reject, lay_aside
from digest.result import Counts, Result
from digest.shelf import Shelf
from digest.splitting import split
from digest.stages import StageEnd, Stages, assign, embed_leads, groups_of, heed_alarm, members_of, weights_of
from digest.state import State, open_state

Item = Article | Reject


def run(articles: Iterable[Article | Mapping[str, Any]], config: Config | None = None) -> Result:
    """Digests articles: records, or mappings with the keys of the input record.

    Raises NoArticlesError when there are fewer than `config.min_articles`, ModelError for a missing model, UsageError
    for what is no iterable of articles; with a state (`config.state`) LockedError and StateError.
    """
    if isinstance(articles, (str, bytes, Mapping)) or not isinstance(articles, Iterable):
        raise UsageError(f"articles is {type(articles).__name__}: an iterable of articles or mappings is wanted.")
    items = (
        checked(a) if isinstance(a, Article) else article_from(a, Origin("-", n)) for n, a in enumerate(articles, 1)
    )
    return run_read(lambda _: items, config or Config(), Stages())


def run_sources(
    sources: Sequence[str | Path],
    config: Config | None = None,
    *,
    stdin: BinaryIO | None = None,
    on_stage: Callable[[str], None] | None = None,
    on_stage_end: StageEnd | None = None,
    on_progress: Progress | None = None,
    state: State | None = None,
) -> Result:
    """Digests files, folders, or "-" for JSONL on `stdin`.  `on_stage` is told each stage's name as it begins,
    `on_stage_end` its name, its seconds and what it counted, `on_progress` how many tokens a transformer has read, and
    of how many.

    state: an open state, which the caller commits when the result is published; without it, `config.state` is opened,
    and committed when the result is made.

    Raises what `run` raises, and UsageError for a source that does not exist.
    """
    config = config or Config()
    raws = raw_inputs(sources, max_bytes=config.max_bytes, stdin=stdin)
    return run_read(
        partial(take_in, raws),
        config,
        Stages(on_stage, on_stage_end),
        on_progress,
        state,
    )


def run_read(
    read: Callable[[Engine], Iterable[Item]],
    config: Config,
    stages: Stages,
    on_progress: Progress | None = None,
    state: State | None = None,
) -> Result:
    """What `run` and `run_sources` share: articles as they are, and rejects, as `read` gives them on the run's engine.

    Raises what these raise.
    """
    if not isinstance(config, Config):
        raise UsageError(f"config is {type(config).__name__}: a digest.Config is wanted, as in Config(max_words=60).")
    # First: a wrong name should not cost the night's reading.
    embedder = load_embedder(config.model, config.device, config.vector_cache, on_progress)
    weights_of(config)  # likewise
    with open_engine(config) as engine, at_work_on(engine, embedder, config) as embedder:
        items = read(engine)
        if state is None and config.state is not None:
            with open_state(Path(config.state)) as opened:
                result = _with_state(items, opened, embedder, config, stages, engine)
                opened.commit(result.state.now if result.state else None)
                return result
        if state is not None:
            return _with_state(items, state, embedder, config, stages, engine)
        return _without_state(items, embedder, config, stages, engine)


def _without_state(items: Iterable[Item], embedder: Embedder, config: Config, stages: Stages, engine: Engine) -> Result:
    with stages("read") as found:
        articles, rejects, total = _read(items, config)
        found.update(articles_in=total, rejected=len(rejects))
    with stages("split") as found:
        corpus, unsplit = split(articles, config, engine)
        rejects = sort_rejects([*rejects, *unsplit])
        heed_alarm(len(corpus), rejects, config)
        found.update(sentences=int(np.count_nonzero(corpus.kinds == Kind.SENTENCE)))
    with stages("copies") as found:
        groups = groups_of(corpus, config.group_by)
        copies = find_copies(corpus, config.prefer_source, groups, engine.map)
        kept = np.flatnonzero(copies.kept == np.arange(len(corpus))).astype(np.int32)
        found.update(kept=len(kept), copies=len(corpus) - len(kept))
    with stages("stories") as found:
        assignment = assign(corpus, kept, groups, embed_leads(corpus, kept, embedder), config, spread=engine.map)
        found.update(stories=len(assignment.cohesion))
    with stages("digests") as found:
        members = members_of(corpus, copies, kept, assignment.labels)
        assembler = Assembler(corpus, copies, assignment, kept, config)
        stories = tell(corpus, copies, members, embedder, config, assembler, engine)
        found.update(digests=len(stories))
    stories.sort(key=lambda s: (-s.importance, s.story_id))
    printed = [s for s in stories if s.source_count >= config.min_sources][: config.max_stories]
    counts = Counts(
        articles_in=total,
        kept=len(kept),
        copies=len(corpus) - len(kept),
        rejected=len(rejects),
        stories=len(stories),
        stories_printed=len(printed),
        sentences=int(np.count_nonzero(corpus.kinds == Kind.SENTENCE)),
    )
    return Result(tuple(printed), tuple(rejects), counts, stages.seconds)


def _with_state(
    items: Iterable[Item], state: State, embedder: Embedder, config: Config, stages: Stages, engine: Engine
) -> Result:
    with stages("read") as found:
        read = _read(items, config)
        found.update(articles_in=read[2], rejected=len(read[1]))
    return digest_night(read, state, embedder, config, stages, engine)


def _read(items: Iterable[Item], config: Config) -> tuple[list[Article], list[Reject], int]:
    """Distinct articles by id, their texts on disk; the rejects; and how many inputs there were."""
    shelf = Shelf()
    seen = list(map(partial(_shelved, shelf), items))
    articles, rejects = distinct(seen)
    articles, outside = within_dates(articles, config.since, config.until)
    rejects = sort_rejects([*rejects, *outside])
    heed_alarm(len(articles), rejects, config)
    return articles, rejects, len(seen)


def _shelved(shelf: Shelf, item: Item) -> Item:
    if isinstance(item, Article):
        lay_aside(item, shelf)
    return item
