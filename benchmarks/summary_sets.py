"""The bench's summary sets, read and split as a run does."""

import collections
import json
from dataclasses import dataclass
from pathlib import Path

from record_files import read_records

from digest.articles import article_from
from digest.corpus import Corpus, build_corpus
from digest.digests.reading import Reader, Reading
from digest.records import Origin
from digest.sentences import split_article

SETS = {"summaries-allsides": 42, "summaries-multinews": 240, "summaries-vietnamese": 175}


@dataclass(frozen=True, slots=True)
class Event:
    """A story of a set, its articles in the order of dates and ids, and what editors wrote about it.

    words: the budget of its digest; editors: about how long what the editors of the set write is, in words.
    """

    key: str
    corpus: Corpus
    members: tuple[int, ...]
    references: tuple[str, ...]
    language: str
    words: int
    editors: int
    reading: Reading


def load_events(bench: Path, name: str, words: int | None = None) -> list[Event]:
    """The events of a set for a budget (the set's own, unless given)."""
    folder = bench / "sets" / name
    references = json.loads((folder / "gold.json").read_text("utf-8"))["references"]
    records = read_records(folder / "articles.jsonl.gz")
    made = [article_from(r, Origin("-", n)) for n, r in enumerate(records, 1)]
    articles = sorted(made, key=lambda a: (a.published or "9999", a.id))
    corpus = build_corpus(articles, (split_article(a.text, a.language, a.title) for a in articles))
    stories = collections.defaultdict(list)
    for i, article in enumerate(articles):
        stories[article.metadata["story"]].append(i)
    events, reader = [], Reader(corpus)
    for key in sorted(set(stories) & set(references)):
        members = tuple(stories[key])
        language = articles[members[0]].language
        events.append(
            Event(
                key,
                corpus,
                members,
                tuple(references[key]),
                language,
                words or SETS[name],
                SETS[name],
                reader.read(members, language),
            )
        )
    return events
