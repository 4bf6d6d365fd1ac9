"""Makes a run's decision on two articles again, from their texts: what `digest explain RESULT A B` shows."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from digest.articles import distinct, read_articles
from digest.config import Config
from digest.corpus import Corpus
from digest.duplicates import Comparison, compare
from digest.embeddings import load_embedder
from digest.engine import SerialEngine
from digest.errors import UsageError
from digest.outputs import days_between, decision_of, link_record
from digest.records import Article, Link, Passage
from digest.splitting import split
from digest.stages import embed_leads
from digest.stories import bond, link_pairs, parse_weights

Json = Mapping[str, Any]
Pair = tuple[str, str]

CLOSE = 0.002  # Ties that differ by less were only rounded.


def retrace(
    explanation: Json, stories: Sequence[Json], sources: Sequence[str | Path], stdin: BinaryIO | None = None
) -> dict[str, Any]:
    """An explanation of two articles with the whole decision in it.

    explanation: what `outputs.explain` gave for the two; stories: those of the result; sources: the run's (none: the
    texts that the result carries).  Model, weights and threshold are the result's, so that the same articles give the
    same decision; `retraced` says whether the ties that the result holds of the two stories came out the same.
    Raises UsageError where the sources lack one of the two, or the article that is kept in its place.
    """
    grouping = explanation["decision"]
    if grouping is None:
        raise UsageError("The result does not say how its stories were found. Make it anew with 'digest run'.")
    records = {article["id"]: article for story in stories for article in story["articles"]}
    articles = _read(records, sources, stdin)
    corpus, _ = split(articles, Config(), SerialEngine())
    place = {article.id: i for i, article in enumerate(corpus.articles)}
    one, two = explanation["articles"]
    for name in (one["id"], two["id"], one["kept"], two["kept"]):
        if name not in place:
            raise UsageError(f"The sources hold no article {name!r}. Name all sources of the run with --articles.")
    homes = {story["story_id"]: story for story in stories if story["story_id"] in (one["story_id"], two["story_id"])}
    wanted = _pairs(explanation, homes, place)
    links = _link(corpus, records, wanted, grouping)
    found = dict(explanation)
    kept = (one["kept"], two["kept"])
    if kept in links:
        days = days_between(records[kept[0]]["published"], records[kept[1]]["published"])
        found["tie"] = {**decision_of(link_record(links[kept]), grouping), "days": days}
        found["path"] = []
    if not explanation["same_story"]:
        across = _across(one, two, homes, place)
        mean = np.asarray(np.mean([links[pair].score for pair in across]))
        sizes = (np.asarray(float(len({*side}))) for side in zip(*across, strict=True))
        found["stories_tie"] = {"score": round(float(bond(mean, *sizes)), 4), "pairs": len(across)}
    found["comparison"] = _compared(corpus, compare(corpus, place[one["id"]], place[two["id"]]))
    found["retraced"] = {
        "articles_found": len(articles),
        "articles_in_result": len(records),
        "agrees": _agrees(homes, links),
    }
    return found


def _read(records: Mapping[str, Json], sources: Sequence[str | Path], stdin: BinaryIO | None) -> list[Article]:
    """The result's articles as the run read them, in the order of their ids."""
    if not sources:
        fields = ("id", "text", "title", "published", "url", "source", "language")
        return [Article(**{name: records[key][name] for name in fields}) for key in sorted(records)]
    items = read_articles(sources, max_bytes=Config().max_bytes, stdin=stdin)
    articles, _ = distinct(item for item in items if isinstance(item, Article))
    return [replace(a, language=records[a.id]["language"]) for a in articles if a.id in records]


def _pairs(explanation: Json, homes: Mapping[str, Json], place: Mapping[str, int]) -> list[Pair]:
    """The two, all pairs across their stories, and the ties that the result holds of these stories, to check them."""
    one, two = explanation["articles"]
    pairs = [] if one["kept"] == two["kept"] else [(one["kept"], two["kept"])]
    if not explanation["same_story"]:
        pairs += _across(one, two, homes, place)
    return pairs + [pair for pair, _ in _recorded(homes) if set(pair) <= place.keys()]


def _across(one: Json, two: Json, homes: Mapping[str, Json], place: Mapping[str, int]) -> list[Pair]:
    sides = (
        [a["id"] for a in homes[article["story_id"]]["articles"] if a["duplicate_of"] is None and a["id"] in place]
        for article in (one, two)
    )
    return list(itertools.product(*sides))


def _recorded(homes: Mapping[str, Json]) -> list[tuple[Pair, float]]:
    return [
        ((article["id"], article["tie"]["article_id"]), article["tie"]["score"])
        for story in homes.values()
        for article in story["articles"]
        if article["tie"]
    ]


def _link(corpus: Corpus, records: Mapping[str, Json], wanted: Sequence[Pair], grouping: Json) -> dict[Pair, Link]:
    """The ties of the wanted pairs, among all articles that the run kept."""
    if not wanted:
        return {}
    kept = [i for i, article in enumerate(corpus.articles) if records[article.id]["duplicate_of"] is None]
    ids = [corpus.articles[i].id for i in kept]
    at = {name: n for n, name in enumerate(ids)}
    rows = np.asarray(kept, np.int32)
    vectors, understood = embed_leads(corpus, rows, load_embedder(grouping["model"]))
    table = {"intercept": grouping["intercept"], "features": grouping["weights"], "thresholds": [0.0, 0.0, 0.0]}
    weights = parse_weights(table, "the result's weights")
    pairs = np.asarray([(at[a], at[b]) for a, b in wanted], np.int64)
    links = link_pairs(corpus, rows, vectors, pairs, understood=understood, weights=weights)
    found = (links.link(n, ids) for n in range(len(wanted)))
    return {pair: link for pair, link in zip(wanted, found, strict=True) if link is not None}


def _agrees(homes: Mapping[str, Json], links: Mapping[Pair, Link]) -> bool | None:
    """Whether the ties that the result holds came out the same; None where it holds none of these articles."""
    checked = [(score, links[pair].score) for pair, score in _recorded(homes) if pair in links]
    return all(abs(held - made) <= CLOSE for held, made in checked) if checked else None


def _compared(corpus: Corpus, comparison: Comparison) -> dict[str, Any]:
    """Two articles beside each other as JSON: the spans of both, and the words."""
    texts = {article.id: article.text for article in corpus.articles if article.id in comparison.article_ids}

    def beside(pair: tuple[Passage, Passage]) -> dict[str, Any]:
        one, other = pair
        return {
            "start": one.start,
            "end": one.end,
            "other_start": other.start,
            "other_end": other.end,
            "text": texts[one.article_id][one.start : one.end],
            "other_text": texts[other.article_id][other.start : other.end],
        }

    return {
        "kind": comparison.kind,
        "reason": comparison.reason,
        "explanation": comparison.explanation,
        "overlap": comparison.overlap,
        "containment": list(comparison.containment),
        "passages": [beside(pair) for pair in comparison.passages],
        "differences": [beside(pair) for pair in comparison.differences],
    }
