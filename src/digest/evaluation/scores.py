"""Stories, copies and digests of a result held against known answers."""

import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from digest.errors import UsageError
from digest.evaluation.bootstrap import Figures, Interval, intervals
from digest.evaluation.clusters import cluster_figures, numbered, pair_figures, totals_by_group
from digest.evaluation.gold import Gold
from digest.evaluation.placement import Completeness, Placement, completeness, copy_labels, place, story_labels
from digest.evaluation.rouge import MEASURES, rouge
from digest.similarity import Float64

ORIGINAL = "original"  # the kind of an article that copies were made of


@dataclass(frozen=True, slots=True)
class Scores:
    """figures: by name, "bcubed.f1" for instance; intervals: of the same names, low and high; counts: of articles,
    stories and words."""

    figures: Mapping[str, float]
    intervals: Mapping[str, Interval]
    counts: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class KindScore:
    """Articles of one kind: how many, the share grouped with a true mate, the share grouped with a stranger.  found is
    None for a kind of which no copy exists, as look-alikes are."""

    kind: str
    articles: int
    found: float | None
    wrong: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A result's scores; None for what the gold knows nothing about."""

    complete: Completeness
    stories: Scores | None
    duplicates: Scores | None
    kinds: tuple[KindScore, ...]
    summaries: Scores | None


def evaluate(
    records: Iterable[Mapping[str, Any]], gold: Gold, refused: Iterable[str] = (), seed: int = 0
) -> Evaluation:
    """Scores the stories of a result (records of `digest.story/1`).

    refused: ids of articles that the run rejected; seed: of the bootstrap.  Raises UsageError when the result has none
    of the gold's articles.
    """
    placed = place(records)
    if not gold.known & placed.story_of.keys():
        if not placed.story_of:
            raise UsageError("The result holds no article, so there is nothing to hold against the gold.")
        example, other = min(gold.known), min(placed.story_of)
        raise UsageError(
            f"None of the {len(gold.known)} articles of the gold is in the result: its ids are like {example!r}, "
            f"the result's like {other!r}. Name articles by the ids that the result gives them."
        )
    return Evaluation(
        completeness(placed, gold, frozenset(refused)),
        score_stories(placed, gold, seed) if gold.stories else None,
        score_duplicates(placed, gold, seed) if gold.copies else None,
        score_kinds(placed, gold) if gold.copies else (),
        score_summaries(placed, gold, seed) if gold.references else None,
    )


def score_stories(placed: Placement, gold: Gold, seed: int) -> Scores:
    """B-cubed, pairs, ARI and V over the articles whose story is known."""
    ids = sorted(gold.stories)
    labels = [gold.stories[i] for i in ids]
    found = story_labels(placed, ids)
    sums = totals_by_group(numbered(labels), numbered(found))
    counts = {"stories": len(set(found)), "gold_stories": len(sums), "articles": len(ids)}
    return _scores(sums, cluster_figures, counts, seed)


def score_duplicates(placed: Placement, gold: Gold, seed: int) -> Scores:
    """Pairs and ARI over the articles whose group of copies is known."""
    ids = sorted(gold.copies)
    found = copy_labels(placed, ids)
    sums = totals_by_group(numbered([gold.copies[i] for i in ids]), numbered(found))[:, [0, 6, 7, 8]]
    counts = {"groups": len(set(found)), "gold_groups": len(sums), "articles": len(ids)}
    return _scores(sums, pair_figures, counts, seed)


def score_kinds(placed: Placement, gold: Gold) -> tuple[KindScore, ...]:
    """For each kind that the gold names, how its articles fared."""
    ids = sorted(gold.copies)
    found = copy_labels(placed, ids)
    sizes = Counter(gold.copies.values())
    together = Counter(zip(found, (gold.copies[i] for i in ids), strict=True))
    size_found = Counter(found)
    rows: defaultdict[str, list[tuple[bool, bool]]] = defaultdict(list)
    copied = set()
    for i, group in zip(ids, found, strict=True):
        true_mates = together[group, gold.copies[i]]
        kind = gold.kinds.get(i, "article")
        rows[kind].append((true_mates > 1, size_found[group] > true_mates))
        if sizes[gold.copies[i]] > 1 and i in gold.kinds and kind != ORIGINAL:
            copied.add(kind)
    return tuple(
        KindScore(
            kind,
            len(rows[kind]),
            statistics.fmean(mate for mate, _ in rows[kind]) if kind in copied else None,
            statistics.fmean(stranger for _, stranger in rows[kind]),
        )
        for kind in sorted(rows)
    )


def score_summaries(placed: Placement, gold: Gold, seed: int) -> Scores:
    """ROUGE of each referenced story's nearest story in the result (largest Jaccard overlap); without one it is 0."""
    members: defaultdict[str, set[str]] = defaultdict(set)
    for article, story in gold.stories.items():
        members[story].add(article)
    homes: defaultdict[str, set[int]] = defaultdict(set)
    for number, articles in enumerate(placed.stories):
        for article in articles:
            homes[article].add(number)
    rows, words, matched = [], [], 0
    for story, references in sorted(gold.references.items()):
        wanted = members[story]
        nearest = _nearest(placed, wanted, homes)
        text = "" if nearest is None else placed.summaries[nearest]
        matched += nearest is not None
        words.append(len(text.split()))
        scored = rouge(text, references, _language(placed, gold, wanted))
        rows.append([1.0, *scored.f1, *scored.recall])
    counts = {
        "words_mean": statistics.fmean(words), "words_max": max(words), "clusters": len(rows), "matched": matched
    }  # fmt: skip
    return _scores(np.array(rows), _means, counts, seed)


def _means(totals: Float64) -> Figures:
    names = [f"{measure}_{part}" for part in ("f1", "recall") for measure in MEASURES]
    return {name: totals[..., n] / totals[..., 0] for n, name in enumerate(names, 1)}


def _nearest(placed: Placement, wanted: set[str], homes: Mapping[str, set[int]]) -> int | None:
    rivals = sorted({number for i in wanted for number in homes.get(i, ())})
    overlap = {n: len(wanted & placed.stories[n]) / len(wanted | placed.stories[n]) for n in rivals}
    return max(rivals, key=lambda n: (overlap[n], -n), default=None)


def _language(placed: Placement, gold: Gold, wanted: set[str]) -> str:
    first = min(wanted, default="")
    return gold.languages.get(first) or placed.languages.get(first) or "en"


def _scores(sums: Float64, figures: Callable[[Float64], Figures], counts: Mapping[str, float], seed: int) -> Scores:
    """Figures of all units, and their intervals; a figure that the gold leaves undefined is left out."""
    values = {name: float(value) for name, value in figures(sums.sum(axis=0)).items()}
    defined = {name: value for name, value in values.items() if not np.isnan(value)}
    spread = intervals(sums, lambda totals: {n: v for n, v in figures(totals).items() if n in defined}, seed)
    return Scores(defined, spread, counts)
