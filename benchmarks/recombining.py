"""News of any number of articles, made of the paragraphs of those there are: the same for the same size, everywhere.

A paragraph or title that is used again has every third word replaced, so that articles share no more in a large set
than in a small one.
"""

import gzip
import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from record_files import read_records

Record = Mapping[str, Any]


class Paragraphs:
    """Paragraphs drawn at random, seeded."""

    def __init__(self, texts: Sequence[str], seed: int, *, as_they_are: bool = False) -> None:
        """as_they_are: whether paragraphs that are used again come back unchanged."""
        self.chance = random.Random(seed)
        self.owner: list[int] = []
        self._paragraphs: list[str] = []
        for n, text in enumerate(texts):
            found = [p for p in re.split(r"\n+", text) if len(p) > 40]
            self._paragraphs += found
            self.owner += [n] * len(found)
        self._words = sorted({w for p in self._paragraphs[:2000] for w in p.split(" ") if w.islower()})
        self._used = bytearray(len(self._paragraphs))
        self._as_they_are = as_they_are
        mean = sum(map(len, self._paragraphs)) / len(self._paragraphs)
        self.several = max(1, round(sum(map(len, texts)) / len(texts) / mean))
        """Paragraphs of a typical article."""

    def draw(self) -> tuple[str, int]:
        """A paragraph, and the number of the text that it is from."""
        place = self.chance.randrange(len(self._paragraphs))
        fresh = not self._used[place]
        self._used[place] = 1
        text = self._paragraphs[place]
        return text if fresh or self._as_they_are else self.changed(text), self.owner[place]

    def changed(self, text: str) -> str:
        """A text with every third word replaced."""
        return " ".join(w if n % 3 else self.chance.choice(self._words) for n, w in enumerate(text.split(" ")))


def recombined(articles: Sequence[Record], size: int) -> Iterator[Record]:
    """`size` articles like the given ones: each has the title, date and source of the article that its first paragraph
    is from; all but the first that are from one have another title."""
    paragraphs = Paragraphs([str(a["text"]) for a in articles], size)
    told = bytearray(len(articles))
    for n in range(size):
        drawn = [paragraphs.draw() for _ in range(paragraphs.several)]
        first = drawn[0][1]
        of, title = articles[first], str(articles[first].get("title") or "")
        yield {
            "id": f"{n:08}",
            "title": paragraphs.changed(title) if told[first] else title,
            "text": "\n".join(text for text, _ in drawn),
            **{key: of.get(key) for key in ("published", "source", "lang")},
        }
        told[first] = 1


def write_recombined(source: Path, size: int, target: Path) -> None:
    """Writes `size` recombined articles as gzipped JSON Lines.  source: such a file of real articles."""
    articles = list(read_records(source))
    with gzip.open(target, "wt", encoding="utf-8", compresslevel=1) as out:
        out.writelines(json.dumps(article, ensure_ascii=False) + "\n" for article in recombined(articles, size))
