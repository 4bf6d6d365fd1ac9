"""Story records, put together from what the rooms found."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np

from digest.config import Config
from digest.corpus import Corpus
from digest.digests import Digest, importance
from digest.duplicates import Copies
from digest.newest import newest_day
from digest.reasons import Reasons, grouping_of
from digest.records import Article, Member, Story
from digest.state import new_story_id
from digest.stories import Assignment
from digest.tokens import Int32

_DECIMALS = 4


class Assembler:
    """Makes the record of each story.  It holds what all stories of a run share."""

    def __init__(self, corpus: Corpus, copies: Copies, assignment: Assignment, kept: Int32, config: Config) -> None:
        """kept: int32 [n], the articles of `assignment`, as indices into the corpus."""
        self._corpus = corpus
        self._copies = copies
        self._assignment = assignment
        self._config = config
        self._place = np.full(len(corpus), -1, np.int32)
        self._place[kept] = np.arange(len(kept), dtype=np.int32)
        self._ids = [corpus.articles[i].id for i in kept]
        self._latest = newest_day((a.published for a in corpus.articles), config.window)

    def story(self, members: Int32, digest: Digest, reasons: Mapping[str, Reasons]) -> Story:
        """The story of some articles (int32, in reading order) and its digest.  reasons: those of its copies, by id."""
        articles = [self._corpus.articles[i] for i in members]
        label = self._assignment.labels[self._place[self._copies.kept[members[0]]]]
        dates = sorted(a.published for a in articles if a.published)
        story = Story(
            story_id=new_story_id(articles[0].id),
            headline=digest.headline,
            headline_article_id=digest.headline_article,
            summary=digest.summary,
            summary_from=digest.summary_from,
            sentences=digest.sentences,
            keyphrases=digest.keyphrases,
            articles=tuple(self._member(i, reasons) for i in members),
            article_count=len(articles),
            source_count=self.source_count(members),
            first_published=dates[0] if dates else None,
            last_published=dates[-1] if dates else None,
            cohesion=round(float(self._assignment.cohesion[label]), _DECIMALS),
            importance=0.0,
            language=_commonest([a.language for a in articles]),
            disagreements=digest.differing.disagreements,
            updates=digest.differing.updates,
            grouping=grouping_of(self._assignment, int(label), self._ids, self._config),
        )
        return weighed(story, self._latest, self._config)

    def source_count(self, members: Int32) -> int:
        """How many sources report: the names among the articles, and each kept article that names none."""
        articles = self._corpus.articles
        named = {articles[i].source for i in members if articles[i].source}
        return len(named) + sum(1 for i in members if not articles[i].source and self._copies.kept[i] == i)

    def _member(self, i: int, reasons: Mapping[str, Reasons]) -> Member:
        article: Article = self._corpus.articles[i]
        why = reasons.get(article.id)
        kept = int(self._copies.kept[i])
        copy = kept != i
        place = int(self._place[kept])
        return Member(
            id=article.id,
            title=article.title,
            url=article.url,
            source=article.source,
            author=article.author,
            published=article.published,
            published_from=article.published_from,
            language=article.language,
            similarity=round(float(self._assignment.similarity[place]), _DECIMALS),
            duplicate_of=self._corpus.articles[kept].id if copy else None,
            duplicate_kind=self._copies.kinds[i],
            duplicate_score=round(float(self._copies.scores[i]), _DECIMALS) if copy else None,
            duplicate_passages=why and why.passages,
            duplicate_differences=why and why.differences,
            tie=None if copy else self._assignment.tie_of(place, self._ids),
            text=article.text if self._config.include_text else None,
            metadata=article.metadata,
        )


def weighed(story: Story, latest: str | None, config: Config) -> Story:
    """The story with its importance; latest: the newest day of all, from which its age counts."""
    sources = {m.source for m in story.articles}
    preferred = len(sources.intersection(config.prefer_source))
    independent = sum(m.duplicate_of is None for m in story.articles)
    days = _days_between(story.last_published, latest) if story.last_published and latest else None
    value = importance(min(independent, story.source_count), story.article_count, days, preferred)
    return replace(story, importance=round(value, _DECIMALS))


def _days_between(first: str, second: str) -> float:
    """Days from one date to another, whatever the hour."""
    start, end = (datetime.fromisoformat(date[:10]) for date in (first, second))
    return float((end - start).days)


def _commonest(values: Sequence[str | None]) -> str | None:
    """The value that most have; among equals the first in the alphabet."""
    counts = Counter(v for v in values if v)
    return min(counts, key=lambda v: (-counts[v], v)) if counts else None
