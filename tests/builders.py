"""Small builders for tests: records with everything that a test does not care about filled in."""

from collections.abc import Sequence
from typing import Any

from digest.corpus import Corpus, build_corpus
from digest.records import Article, Kind, Segment


def article(text: str, **fields: Any) -> Article:
    """An article of this text; its id is the text's beginning unless one is given."""
    return Article(**{"id": text[:24], "text": text, **fields})


def lines(text: str) -> list[Segment]:
    """Each line of a text as one sentence."""
    out, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            out.append(Segment(start, start + len(line), Kind.SENTENCE))
        start += len(line) + 1
    return out


def corpus(articles: Sequence[Article]) -> Corpus:
    """The corpus of these articles, in this order, a sentence a line."""
    return build_corpus(articles, [lines(a.text) for a in articles])
