"""Labelled sets of stories, read through the same rooms as a run reads them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from digest.articles import distinct, read_articles
from digest.background import load_background
from digest.corpus import Corpus, build_corpus
from digest.duplicates import Copies, find_copies
from digest.embeddings import Embedder, load_embedder
from digest.evaluation.clusters import cluster_figures, numbered, totals_by_group
from digest.sentences import language_of, split_article
from digest.stages import embed_leads
from digest.stories.assignment import build_forest
from digest.stories.features import Evidence, gather_evidence
from digest.stories.linkage import cut_trees
from digest.stories.weights import Weights
from digest.tokens import Int32


@dataclass(frozen=True, eq=False, slots=True)
class StorySet:
    """name; evidence of the kept articles; gold: the labels of all articles; kept_gold: of the kept ones;
    place: int32 [all], where the kept copy of each article stands among the kept ones."""

    name: str
    evidence: Evidence
    gold: tuple[str, ...]
    kept_gold: tuple[str, ...]
    place: Int32


def load_set(
    folder: Path, model: str = "embedded", vector_cache: Path | None = None, unknown: bool = False
) -> StorySet:
    """A set of a bench: a folder with `articles.jsonl.gz` and `gold.json`.

    unknown: as if neither the model nor the table of word frequencies knew its language.
    """
    articles, _ = distinct(read_articles([folder / "articles.jsonl.gz"], max_bytes=10**7))
    languages = [a.language or language_of(a.text) for a in articles]
    corpus = build_corpus(
        articles, [split_article(a.text, lang, a.title) for a, lang in zip(articles, languages, strict=True)]
    )
    copies = find_copies(corpus)
    embedder = load_embedder(model, vector_cache=str(vector_cache or "") or None)
    evidence = evidence_of(corpus, copies, embedder, unknown=unknown)
    stories = json.loads((folder / "gold.json").read_text("utf-8"))["stories"]
    gold = tuple(stories[a.id] for a in corpus.articles)
    kept = np.flatnonzero(copies.kept == np.arange(len(corpus)))
    place = np.searchsorted(kept, copies.kept).astype(np.int32)
    return StorySet(folder.name, evidence, gold, tuple(gold[i] for i in kept), place)


def score(labelled: StorySet, weights: Weights, threshold: float | None = None) -> tuple[float, float]:
    """B-cubed F1 (Bagga and Baldwin 1998) and pairwise F1 over all articles, copies included."""
    forest = build_forest(labelled.evidence, weights)
    labels = cut_trees(forest.trees, forest.n, weights.threshold(0.5) if threshold is None else threshold)
    return agreement(labelled.gold, labels[labelled.place])


def agreement(gold: Sequence[str], found: Sequence[str | int]) -> tuple[float, float]:
    """B-cubed F1 and pairwise F1 of two groupings of the same articles, as `digest evaluate` counts them."""
    totals = totals_by_group(numbered(list(gold)), numbered([str(label) for label in found]))
    figures = cluster_figures(totals.sum(axis=0))
    return float(figures["bcubed.f1"]), float(figures["pairs.f1"])


def evidence_of(corpus: Corpus, copies: Copies, embedder: Embedder, *, unknown: bool = False) -> Evidence:
    """What stories are found by, of the kept articles; unknown: see `load_set`."""
    kept = np.flatnonzero(copies.kept == np.arange(len(corpus))).astype(np.int32)
    vectors, known = embed_leads(corpus, kept, embedder)
    background = load_background()
    if unknown:  # a table of so many articles that no word is common in it
        background, known = replace(background, articles=10**9), np.zeros_like(known)
    return gather_evidence(corpus, kept, vectors, background, known)
