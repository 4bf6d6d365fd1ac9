"""Pairs of sentences judged by hand, as ids and offsets, read back from a bench as a run reads them."""

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from record_files import read_records

from digest.articles import article_from
from digest.corpus import Corpus, LazyTexts, build_corpus
from digest.embeddings import load_embedder
from digest.records import Article, Origin
from digest.sentences import language_of, split_article
from digest.similarity import cosines

JUDGED = Path(__file__).parent / "judged"


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair: what the list says of it, its two sentences, where in them the judged figures stand, their articles'
    dates and whole texts, and the cosine of the sentences' vectors."""

    note: Mapping[str, Any]
    texts: tuple[str, str]
    spans: tuple[tuple[int, int], tuple[int, int]]
    published: tuple[str | None, str | None]
    whole: tuple[str, str]
    near: float


def load_pairs(bench: Path, name: str) -> list[Judged]:
    """The pairs of `judged/NAME.jsonl`; those whose sentences are cut otherwise today are left out.

    A pair's "set" is the file of both articles, or two files parted by a space, of the first and of the second.
    """
    notes = [json.loads(line) for line in (JUDGED / f"{name}.jsonl").read_text("utf-8").splitlines()]
    wanted = defaultdict(set)
    for note in notes:
        wanted[note["set"]] |= {note["a"][0], note["b"][0]}
    found = [pair for files, ids in sorted(wanted.items()) for pair in _of_set(bench, ids, notes, files)]
    if len(found) < len(notes):
        print(f"{len(notes) - len(found)} of {len(notes)} pairs have other sentences today and are left out.")
    return found


def wilson(right: int, of: int) -> tuple[float, float]:
    """The interval that holds a share with 95 % certainty (Wilson 1927); (0, 1) of nothing."""
    if not of:
        return 0.0, 1.0
    z, share = 1.96, right / of
    middle, width = share + z * z / (2 * of), z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return (middle - width) / (1 + z * z / of), (middle + width) / (1 + z * z / of)


def _of_set(bench: Path, ids: set[str], notes: Iterable[Mapping[str, Any]], name: str) -> list[Judged]:
    found = {a.id: a for path in name.split() for a in load_articles(bench / path, ids)}
    articles = sorted(found.values(), key=lambda a: a.id)
    corpus = build_corpus(articles, [split_article(a.text, a.language, a.title) for a in articles])
    place = {a.id: i for i, a in enumerate(articles)}
    pairs = [(n, row_of(corpus, place, n["a"]), row_of(corpus, place, n["b"])) for n in notes if n["set"] == name]
    pairs = [(n, a, b) for n, a, b in pairs if a is not None and b is not None]
    rows = np.unique([row for _, a, b in pairs for row in (a, b)])
    vectors = load_embedder("embedded").embed(LazyTexts(corpus.text_of, rows), corpus.tokens.rows(rows))
    near = cosines(vectors, vectors)
    return [
        Judged(
            note,
            (corpus.text_of(a), corpus.text_of(b)),
            (_inside(corpus, a, note["a"]), _inside(corpus, b, note["b"])),
            (articles[corpus.owner[a]].published, articles[corpus.owner[b]].published),
            (articles[corpus.owner[a]].text, articles[corpus.owner[b]].text),
            float(near[np.searchsorted(rows, a), np.searchsorted(rows, b)]),
        )
        for note, a, b in pairs
    ]


def load_articles(path: Path, ids: set[str]) -> Iterable[Article]:
    """Those articles of a bench's file (JSONL, gzipped) that have one of these ids, each with a language."""
    for number, record in enumerate(read_records(path), 1):
        if record["id"] in ids:
            article = article_from(record, Origin("-", number))
            yield replace(article, language=article.language or language_of(article.text))


def row_of(corpus: Corpus, place: Mapping[str, int], reference: tuple[str, int, int]) -> int | None:
    """The row whose sentence holds a slice of an article (its id, start and end), or None."""
    article, start, end = place[reference[0]], reference[1], reference[2]
    spans = corpus.spans[corpus.rows[article] : corpus.rows[article + 1]]
    holds = np.flatnonzero((spans[:, 0] <= start) & (spans[:, 1] >= end) & (spans[:, 1] > 0))
    return int(corpus.rows[article] + holds[0]) if len(holds) else None


def _inside(corpus: Corpus, row: int, reference: tuple[str, int, int]) -> tuple[int, int]:
    start = int(corpus.spans[row, 0])
    return reference[1] - start, reference[2] - start
