"""The order of a run.

    articles | sentences | tokens | copies | embeddings | stories | digests

Each stage is a function of records and arrays; this file alone knows which follows which.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from digest.articles import article_from, checked, distinct, read_articles, sort_rejects, within_dates
from digest.assembly import Assembler
from digest.config import Config
from digest.corpus import Corpus, LazyTexts, build_corpus
from digest.digests import Budget, Digest, Reader, candidate_rows, compose
from digest.duplicates import Copies, find_copies
from digest.embeddings import Embedder, load_embedder, understood
from digest.errors import NoArticlesError, UsageError, did_you_mean
from digest.records import Article, Counts, Kind, Origin, Reject, Result
from digest.sentences import language_of, split_article
from digest.stories import Assignment, assign_given, assign_stories
from digest.tokens import Int32, Int64

LEAD = 1000  # characters of an article that, with its title, make its vector

Item = Article | Reject


def run(articles: Iterable[Article | Mapping[str, Any]], config: Config | None = None) -> Result:
    """Digests articles: records, or mappings with the keys of the input record.

    Raises NoArticlesError when there are fewer than `config.min_articles`, ModelError for a missing model, UsageError
    for what is no iterable of articles.
    """
    if isinstance(articles, (str, bytes, Mapping)) or not isinstance(articles, Iterable):
        raise UsageError(f"articles is {type(articles).__name__}: an iterable of articles or mappings is wanted.")
    return _run(
        (checked(a) if isinstance(a, Article) else article_from(a, Origin("-", n)) for n, a in enumerate(articles, 1)),
        config or Config(),
    )


def run_sources(
    sources: Sequence[str | Path],
    config: Config | None = None,
    *,
    stdin: BinaryIO | None = None,
    on_stage: Callable[[str], None] | None = None,
) -> Result:
    """Digests files, folders, or "-" for JSONL on `stdin`.  `on_stage` is told each stage's name as it begins.

    Raises what `run` raises, and UsageError for a source that does not exist.
    """
    config = config or Config()
    return _run(read_articles(sources, max_bytes=config.max_bytes, stdin=stdin), config, on_stage)


def _run(items: Iterable[Item], config: Config, on_stage: Callable[[str], None] | None = None) -> Result:
    if not isinstance(config, Config):
        raise UsageError(f"config is {type(config).__name__}: a digest.Config is wanted, as in Config(max_words=60).")
    stages = _Stages(on_stage)
    embedder = load_embedder(config.model, config.device)  # first: a wrong name should not cost the night's reading
    with stages("read"):
        articles, rejects, total = _read(items, config)
    with stages("split"):
        corpus = _split(articles, config)
    with stages("copies"):
        groups = _groups_of(corpus, config.group_by)
        copies = find_copies(corpus, config.prefer_source, groups)
        kept = np.flatnonzero(copies.kept == np.arange(len(corpus))).astype(np.int32)
    with stages("stories"):
        assignment = _assign(corpus, kept, groups, embedder, config)
    with stages("digests"):
        members = _members(corpus, copies, kept, assignment.labels)
        digests = _compose(corpus, copies, members, embedder, config)
        assembler = Assembler(corpus, copies, assignment, kept, config)
        stories = [assembler.story(m, d) for m, d in zip(members, digests, strict=True)]
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


def _read(items: Iterable[Item], config: Config) -> tuple[list[Article], list[Reject], int]:
    """Distinct articles by id, the rejects, and how many inputs there were."""
    seen = list(items)
    articles, rejects = distinct(seen)
    articles, outside = within_dates(articles, config.since, config.until)
    if len(articles) < config.min_articles:
        raise NoArticlesError(_alarm(len(articles), len(rejects) + len(outside), config.min_articles))
    return articles, sort_rejects([*rejects, *outside]), len(seen)


def _alarm(found: int, rejected: int, wanted: int) -> str:
    also = f" (rejected: {rejected})" if rejected else ""
    if not found:
        return f"No article was found{also}. Nothing was written. Check the paths and the formats of the sources."
    return f"Only {found} articles were found{also}, fewer than --min-articles {wanted}. Nothing was written."


def _split(articles: Sequence[Article], config: Config) -> Corpus:
    known = [replace(a, language=config.language or a.language or language_of(a.text)) for a in articles]
    return build_corpus(known, (split_article(a.text, a.language, a.title) for a in known))


def _groups_of(corpus: Corpus, field: str | None) -> Int32 | None:
    """The given grouping as numbers, int32 [n]; an article without the field is a group of its own."""
    if field is None:
        return None
    values = [_value(article, field) for article in corpus.articles]
    if not any(values):
        known = {"source", "author", "language", "published", "title", "url"}.union(
            *(a.metadata for a in corpus.articles)
        )
        raise UsageError(f"--group-by {field}: no article has this field. {did_you_mean(field, known)}")
    number = {v: i for i, v in enumerate(sorted({v for v in values if v is not None}))}
    alone = iter(range(len(number), len(number) + len(values)))
    return np.asarray([next(alone) if v is None else number[v] for v in values], np.int32)


def _value(article: Article, field: str) -> str | None:
    value = article.metadata.get(field, getattr(article, field, None))
    return None if value in (None, "") else str(value)


def _assign(corpus: Corpus, kept: Int32, groups: Int32 | None, embedder: Embedder, config: Config) -> Assignment:
    tokens = corpus.lead_tokens(LEAD).rows(kept.astype(np.int64))
    vectors = embedder.embed(LazyTexts(lambda i: corpus.lead_text(i, LEAD), kept), tokens)
    known = understood(embedder, tokens)
    if groups is not None:
        return assign_given(corpus, kept, vectors, groups[kept], understood=known)
    return assign_stories(corpus, kept, vectors, config.granularity, understood=known)


def _members(corpus: Corpus, copies: Copies, kept: Int32, labels: Int32) -> list[Int32]:
    """The articles of each story, copies included, in the order of their dates (the undated last) and ids."""
    label = np.zeros(len(corpus), np.int32)
    label[kept] = labels
    label = label[copies.kept]
    order = sorted(range(len(corpus)), key=lambda i: (corpus.articles[i].published or "9999", corpus.articles[i].id))
    stories: dict[int, list[int]] = {}
    for i in order:
        stories.setdefault(int(label[i]), []).append(i)
    return [np.asarray(stories[k], np.int32) for k in sorted(stories)]


def _compose(
    corpus: Corpus, copies: Copies, members: Sequence[Int32], embedder: Embedder, config: Config
) -> list[Digest]:
    """One digest a story.  Sentences are embedded where there are several independent articles to compare."""
    independent = [m[copies.kept[m] == m] for m in members]
    rows = [candidate_rows(corpus, m) if len(m) > 1 else np.empty(0, np.int64) for m in independent]
    wanted: Int64 = np.concatenate([np.empty(0, np.int64), *rows])
    vectors = embedder.embed(LazyTexts(corpus.text_of, wanted), corpus.tokens.rows(wanted))
    budget = Budget(config.word_budget, config.max_sentences, config.max_characters)
    reader = Reader(corpus)
    out: list[Digest] = []
    done = 0
    for m, r in zip(independent, rows, strict=True):
        out.append(compose(reader, m, r, vectors[done : done + len(r)], budget))
        done += len(r)
    return out


class _Stages:
    """Seconds by stage."""

    def __init__(self, on_stage: Callable[[str], None] | None) -> None:
        self.seconds: dict[str, float] = {}
        self._on_stage = on_stage

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        if self._on_stage:
            self._on_stage(name)
        start = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - start
