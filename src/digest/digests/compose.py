"""One digest of a story: which sentences, in which order, under which headline."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from digest.corpus import Corpus
from digest.digests.budget import Budget
from digest.digests.candidates import readable_rows, sentence_rows
from digest.digests.choosing import Choice
from digest.digests.comment import is_comment
from digest.digests.disagreements import NOTHING, Differing, find_disagreements
from digest.digests.headline import at_a_glance, choose_title, clean_title, heading_of
from digest.digests.headline_figures import contradicting
from digest.digests.keyphrases import keyphrases
from digest.digests.lead import Slice, lead_of, slice_of
from digest.digests.reading import Reader, Reading
from digest.digests.superseded import is_current, outdated
from digest.digests.support import supporters
from digest.digests.words import language_of
from digest.records import DigestSentence
from digest.similarity import Vectors, distinct
from digest.tokens import Int64

Bool = npt.NDArray[np.bool_]
SummaryFrom = Literal["sentences", "lead", "title"]


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest of one story.  headline_article: the id of the article that the headline is from."""

    headline: str
    headline_article: str
    sentences: tuple[DigestSentence, ...]
    summary: str
    summary_from: SummaryFrom
    keyphrases: tuple[str, ...]
    differing: Differing = NOTHING


_LEAD = 4  # Sentences of each article that keyphrases are looked for in.
_MOST_LEADS = 12  # Articles that they are looked for in.


def compose(
    reader: Reader,
    members: Sequence[int] | npt.NDArray[np.integer],
    rows: Int64,
    vectors: Vectors | None,
    budget: Budget,
    news: Bool | None = None,
) -> Digest:
    """The digest of a story, never empty and never over the budget.

    members: the independent articles (copies left out), in the order of dates; rows: int64 [C], what `candidate_rows`
    gave for them (an article alone needs none); vectors: float32 [C, d], unit vectors of those sentences, or None;
    news: bool [C], those of articles that no digest of the story has drawn on, of which one at least is told.
    """
    corpus, articles = reader.corpus, [int(i) for i in members]
    language = _language(corpus, articles)
    reading = reader.read(articles, language) if len(articles) > 1 else None
    chosen: tuple[DigestSentence, ...] = ()
    differing = NOTHING
    if reading is not None and len(rows):
        index = _places(reading, rows)
        now = np.flatnonzero(is_current(corpus, reading, index, rows, vectors))
        still = None if vectors is None else vectors[now]
        chosen = _consensus(corpus, reading, rows[now], index[now], still, budget, None if news is None else news[now])
        differing = find_disagreements(corpus, reading, index, rows, vectors)
    summary = " ".join(s.text for s in chosen)
    made_from: SummaryFrom = "sentences"
    if not chosen:
        lead = lead_of(corpus, articles, readable_rows(corpus, articles), budget)
        chosen = tuple(_sentence(corpus, part, n) for n, part in enumerate(lead.slices))
        summary, made_from = lead.title or " ".join(s.text for s in chosen), lead.made_from
    headline, article = _headline(corpus, articles, reading, chosen, summary)
    phrases = _phrases(reader, articles, language, reading)
    return Digest(headline, corpus.articles[article].id, chosen, summary, made_from, phrases, differing)


def _language(corpus: Corpus, articles: Sequence[int]) -> str:
    counts = Counter(language_of(corpus.articles[i].language) for i in articles)
    return min(counts, key=lambda code: (-counts[code], code))


def _places(reading: Reading, rows: Int64) -> Int64:
    """Where each row stands in the reading: int64 [C]."""
    order = np.argsort(reading.rows, kind="stable")
    found: Int64 = order[np.searchsorted(reading.rows, rows, sorter=order)]
    return found


def _consensus(
    corpus: Corpus,
    reading: Reading,
    rows: Int64,
    index: Int64,
    vectors: Vectors | None,
    budget: Budget,
    news: Bool | None,
) -> tuple[DigestSentence, ...]:
    """What the sources say early and often, chosen as a set; empty where no readable sentence fits."""
    choice = Choice(corpus, reading, rows, index, vectors, budget, news)
    worth, places = choice.worth(), choice.places()
    ordered = _reading_order(places, reading.place[index], reading.article[index], choice)
    support = supporters(corpus, reading, index, ordered, vectors, choice.words)
    return tuple(
        _sentence(corpus, slice_of(corpus, int(rows[c])), n, worth[c], support[n]) for n, c in enumerate(ordered)
    )


def _reading_order(places: Int64, place: Int64, article: Int64, choice: Choice) -> list[int]:
    """What says best what happened opens; then what stands first in its article comes first.

    A sentence that leans comes right behind the one it leans on.
    """
    groups: list[list[int]] = []
    for c in sorted(places.tolist()):
        if groups and groups[-1][-1] == c - 1 and choice.behind(c):
            groups[-1].append(c)
        else:
            groups.append([c])
    groups.sort(key=lambda g: (int(place[g[0]]), int(article[g[0]])))
    best = max(groups, key=lambda g: round(choice.opening(g[0]), 9), default=None)
    groups.sort(key=lambda g: g is not best)
    return [c for group in groups for c in group]


def _sentence(
    corpus: Corpus, part: Slice, place: int, score: float | None = None, supported_by: tuple[str, ...] = ()
) -> DigestSentence:
    """A slice as a sentence of the digest; a lead's are worth less the later they stand."""
    return DigestSentence(
        text=corpus.whole_text(part.article)[part.start : part.end],
        article_id=corpus.articles[part.article].id,
        start=part.start,
        end=part.end,
        index=corpus.index_of(part.row),
        score=round(1 / (1 + place), 4) if score is None else score,
        supported_by=supported_by,
    )


def _headline(
    corpus: Corpus, articles: Sequence[int], reading: Reading | None, chosen: Sequence[DigestSentence], summary: str
) -> tuple[str, int]:
    """The best title and its article; where no article has one, the heading of the article that the digest begins
    with, or what of its first sentence is taken in at a glance."""
    records = [corpus.articles[i] for i in articles]
    titles = [clean_title(a.title, a.source) for a in records]
    stale = outdated(corpus, articles, reading.language if reading else "")
    worse = [old or is_comment(corpus, a) for a, old in zip(articles, stale, strict=True)]
    told = _words_told(corpus, reading, chosen)
    place = choose_title(titles, reading, told, worse)
    if place is not None and reading is not None and reading.language == "en":
        wrong = contradicting(titles, place, [s.text for s in chosen])
        if any(wrong):
            place = choose_title(titles, reading, told, [a or b for a, b in zip(worse, wrong, strict=True)])
    if place is not None:
        return titles[place], articles[place]
    if chosen:
        ids = [a.id for a in records]
        article = articles[ids.index(chosen[0].article_id)]
        return heading_of(corpus, article) or at_a_glance(chosen[0].text), article
    return at_a_glance(summary), articles[0]


def _words_told(corpus: Corpus, reading: Reading | None, chosen: Sequence[DigestSentence]) -> Int64 | None:
    """The words of the digest; None for an article alone, or where no sentence is chosen."""
    if reading is None or not chosen:
        return None
    told = {(s.article_id, s.end) for s in chosen}
    ends = zip(corpus.owner[reading.rows].tolist(), corpus.spans[reading.rows, 1].tolist(), strict=True)
    held = np.fromiter(((corpus.articles[o].id, end) in told for o, end in ends), bool, len(reading.rows))
    return distinct(reading.sentences.word[held[reading.sentences.text]])


def _phrases(reader: Reader, articles: Sequence[int], language: str, reading: Reading | None) -> tuple[str, ...]:
    """The keyphrases of the first articles' titles and leads.  reading: of the story, None for an article alone."""
    corpus, first = reader.corpus, articles[:_MOST_LEADS]
    rows = [sentence_rows(corpus, article, _LEAD).tolist() for article in first]
    titles = [clean_title(corpus.articles[i].title, corpus.articles[i].source) or heading_of(corpus, i) for i in first]
    leads = [list(map(corpus.text_of, lead)) for lead in rows]
    if reading is None:
        rarity = reader.rarity([*map(corpus.title_row, first), *rows[0]], language)
    else:
        rarity = dict(zip(reading.spelled, reading.idf.tolist(), strict=True))
    return keyphrases(titles, leads, language, rarity)
