"""Labelled articles, read and prepared as a run prepares them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from digest.articles import distinct, read_articles, sort_rejects, within_dates
from digest.background import load_background
from digest.config import Config
from digest.duplicates import find_copies
from digest.embeddings import load_embedder
from digest.engine import SerialEngine
from digest.errors import UsageError, did_you_mean
from digest.evaluation.gold import Gold
from digest.records import Article
from digest.splitting import split
from digest.stages import embed_leads, no_articles
from digest.stories.features import Evidence, gather_evidence
from digest.tokens import Int32


@dataclass(frozen=True, eq=False, slots=True)
class LabelledArticles:
    """Articles of which some have a story: evidence of the kept ones, copies left out; place: int32 [n], where the kept
    copy of each article stands among those; labels: the story of each article, or None; rejected: inputs that are no
    article; unread: labels of the gold that no article has."""

    evidence: Evidence
    place: Int32
    labels: tuple[str | None, ...]
    rejected: int
    unread: int


def read_labelled(
    sources: Sequence[str | Path], config: Config, label: str | Gold, stdin: BinaryIO | None = None
) -> LabelledArticles:
    """The articles of sources as `run` reads them.  label: the field that holds an article's story, or a gold.

    Raises UsageError for a source that does not exist and for labels that no article has, NoArticlesError where there
    is none, ModelError for a missing model.
    """
    embedder = load_embedder(config.model, config.device)
    articles, rejects = distinct(read_articles(sources, max_bytes=config.max_bytes, stdin=stdin))
    articles, outside = within_dates(articles, config.since, config.until)
    if not articles:
        raise no_articles(sort_rejects([*rejects, *outside]))
    if isinstance(label, Gold):
        stories = label.stories
        unread = len(stories.keys() - {article.id for article in articles})
        _refuse_strangers(stories, articles)
    else:
        stories, unread = _by_field(articles, label), 0
    corpus, _ = split(articles, config, SerialEngine())
    copies = find_copies(corpus, config.prefer_source)
    kept = np.flatnonzero(copies.kept == np.arange(len(corpus))).astype(np.int32)
    vectors, known = embed_leads(corpus, kept, embedder)
    evidence = gather_evidence(corpus, kept, vectors, load_background(), known)
    labels = tuple(stories.get(article.id) for article in corpus.articles)
    place = np.searchsorted(kept, copies.kept).astype(np.int32)
    return LabelledArticles(evidence, place, labels, len(rejects) + len(outside), unread)


def _by_field(articles: Sequence[Article], field: str) -> Mapping[str, str]:
    """The story of each article that has the field."""
    given = {a.id: a.metadata.get(field, getattr(a, field, None)) for a in articles}
    found = {article: str(value) for article, value in given.items() if value not in (None, "")}
    if not found:
        known = set[str]().union(*(article.metadata for article in articles))
        advice = did_you_mean(field, known) if known else "The articles have no fields of their own: give --gold."
        raise UsageError(f"--label-field {field}: no article has this field. {advice}")
    return found


def _refuse_strangers(stories: Mapping[str, str], articles: Sequence[Article]) -> None:
    if not stories:
        raise UsageError("The gold names no stories, and only those can be tuned to. Give each article its story.")
    if not stories.keys() & {article.id for article in articles}:
        raise UsageError(
            f"None of the {len(stories)} labels names an article: they are for ids like {min(stories)!r}, and the "
            f"articles have ids like {articles[0].id!r}. Label articles by the ids that a run gives them."
        )
