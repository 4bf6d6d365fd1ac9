"""The digest of a story that has no agreement to look for: the beginning of its best article.

An article alone is told as its author tells it, from the top.  Where no readable sentence fits, rules give way one by
one, the maxima never: any sentence that fits, then a title, then the first words that fit.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from digest.corpus import Corpus
from digest.digests.budget import Budget, count_words
from digest.digests.candidates import SHORTEST
from digest.digests.headline import clean_title
from digest.digests.readable import leans
from digest.digests.words import language_of, words_of
from digest.records import Kind

_BULLET = re.compile("(?:-{1,2}|[*•])\\s+(?=[^\\W_])")
_SKIPS = 3  # Sentences that may be passed over because they do not fit, before the digest ends.


@dataclass(frozen=True, slots=True)
class Slice:
    """A slice of an article's text: `article` and `row` in the corpus (-1: no segment), offsets into the text."""

    article: int
    row: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lead:
    """Slices in reading order, or a title, and what kind of summary they make."""

    slices: tuple[Slice, ...]
    title: str
    made_from: Literal["sentences", "lead", "title"]


def lead_of(corpus: Corpus, articles: Sequence[int], rows: Iterable[int], budget: Budget) -> Lead:
    """The lead of a story; `rows` are its readable sentences, of which only as many are taken as are needed."""
    if chosen := _from_the_top(corpus, rows, budget):
        return Lead(tuple(slice_of(corpus, row) for row in chosen), "", "sentences")
    for article in articles:
        if plain := _plain_lead(corpus, article, budget):
            return Lead(tuple(slice_of(corpus, row) for row in plain), "", "lead")
    for article in articles:
        record = corpus.articles[article]
        title = clean_title(record.title, record.source)
        if title and budget.allows_text(title):
            return Lead((), title, "title")
    return _first_words(corpus, articles, budget)


def _from_the_top(corpus: Corpus, rows: Iterable[int], budget: Budget) -> list[int]:
    """The first readable sentences of the first article that has one which fits."""
    chosen: list[int] = []
    told: set[str] = set()
    words = characters = skipped = 0
    for row in rows:
        owner = int(corpus.owner[row])
        if chosen and owner != corpus.owner[chosen[0]]:
            break
        text = corpus.text_of(row)
        if text in told:
            continue
        after = words + count_words(text), len(chosen) + 1, characters + len(text) + bool(chosen)
        lists = words_of(language_of(corpus.articles[owner].language))
        if budget.allows(*after) and ((chosen and chosen[-1] == row - 1) or not leans(text, lists)):
            chosen.append(row)
            told.add(text)
            words, _, characters = after
        elif chosen:
            skipped += 1
        if skipped > _SKIPS or (chosen and not budget.allows(words + SHORTEST, len(chosen) + 1, characters + 1)):
            break
    return chosen


def _plain_lead(corpus: Corpus, article: int, budget: Budget) -> list[int]:
    """The first sentences of an article whatever they are; where the first does not fit, the first that does."""
    chosen: list[int] = []
    start, stop = int(corpus.rows[article]) + 1, int(corpus.rows[article + 1])
    for row in range(start, stop):
        if corpus.kinds[row] == Kind.SENTENCE and corpus.text_of(row) not in map(corpus.text_of, chosen):
            if _fits(corpus, [*chosen, row], budget):
                chosen.append(row)
            elif chosen:
                break
    return chosen


def _fits(corpus: Corpus, rows: Sequence[int], budget: Budget) -> bool:
    texts = [corpus.text_of(row) for row in rows]
    return budget.allows(sum(map(count_words, texts)), len(texts), sum(map(len, texts)) + len(texts) - 1)


def slice_of(corpus: Corpus, row: int) -> Slice:
    """The slice of a row, without the dash or dot of a list before it."""
    start, end = corpus.spans[row].tolist()
    owner = int(corpus.owner[row])
    if found := _BULLET.match(corpus.text_of(row)):
        start += found.end()
    return Slice(owner, row, start, end)


def _first_words(corpus: Corpus, articles: Sequence[int], budget: Budget) -> Lead:
    """As much of the first text, else of the first title, as fits: cut between words, else between characters."""
    for article in articles:
        start, stop = int(corpus.rows[article]) + 1, int(corpus.rows[article + 1])
        for row in sorted(range(start, stop), key=lambda r: (corpus.kinds[r], r)):
            whole = slice_of(corpus, row)
            cut = _cut(corpus.text_of(row), budget.allows_text)
            return Lead((Slice(article, row, whole.start, whole.start + len(cut)),), "", "lead")
    titles = [corpus.articles[article].title.strip() for article in articles]
    return Lead((), _cut(next(filter(None, titles), ""), budget.allows_text), "title")


def _cut(text: str, allows: Callable[[str], bool]) -> str:
    """The longest beginning that is allowed, cut between words where that is possible."""
    ends = [m.start() for m in re.finditer("\\s+|$", text) if m.start()]
    for places in (ends, range(1, len(text))):
        fitting = bisect_right(places, False, key=lambda end: not allows(text[:end]))
        if fitting:
            return text[: places[fitting - 1]]
    return ""
