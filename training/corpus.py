"""News text for training: articles, a held-out share, and the texts that the teacher is asked to embed."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import sentencex
from tokenizers import Tokenizer

LEAD_CHARACTERS = 1_000
"""An article's vector is made of its title and this much of its text."""

HELD_OUT_SHARE = 20
"""One article in this many is kept for choosing settings and never trained on."""


@dataclass(frozen=True, slots=True)
class Article:
    """What the recipe needs of an article."""

    id: str
    title: str
    text: str
    published: str

    @property
    def lead(self) -> str:
        """The start of the text."""
        return self.text[:LEAD_CHARACTERS]

    @property
    def held_out(self) -> bool:
        """Whether the article is kept for choosing settings: by its id, so that it never depends on the order."""
        return hashlib.blake2b(self.id.encode(), digest_size=8).digest()[0] % HELD_OUT_SHARE == 0


def news_files(path: Path) -> list[Path]:
    """The JSONL files of `path`, a file or a folder searched deeply, in a fixed order."""
    if path.is_file():
        return [path]
    return sorted(file for pattern in ("*.jsonl", "*.jsonl.gz") for file in path.rglob(pattern))


def read_rows(path: Path) -> Iterator[dict[str, object]]:
    """The objects of one JSONL file, packed by gzip or not."""
    with path.open("rb") as packed, gzip.open(packed) if path.suffix == ".gz" else packed as lines:
        for line in lines:
            yield json.loads(line)


def read_articles(path: Path) -> list[Article]:
    """The articles of a file or folder, ordered by id, one an id."""
    found = {
        str(row["id"]): Article(str(row["id"]), str(row["title"] or ""), str(row["text"]), str(row["published"] or ""))
        for file in news_files(path)
        for row in read_rows(file)
    }
    return [found[key] for key in sorted(found)]


def article_sentences(article: Article) -> Iterator[str]:
    """Sentences of 6 to 45 words; line breaks end a sentence."""
    for paragraph in article.text.split("\n"):
        for sentence in sentencex.segment("en", paragraph) if paragraph.strip() else ():
            stripped = sentence.strip()
            if 6 <= stripped.count(" ") + 1 <= 45:
                yield stripped


def unique(texts: Iterable[str]) -> list[str]:
    """The texts without repeats (page furniture repeats), first ones kept."""
    return list(dict.fromkeys(texts))


def covering(texts: list[str], count: int, tokenizer: Tokenizer, each: int = 30) -> list[str]:
    """`count` of the texts that hold as many pieces of the vocabulary as possible `each` times.

    Frequent pieces are learned from any sample; rare ones (names, everyday words that politics lacks) only from
    sentences chosen for them. At most six in ten are chosen so, the rest are the first that are left.
    """
    seen = np.zeros(tokenizer.get_vocab_size(), dtype=np.int32)
    chosen: list[int] = []
    taken = np.zeros(len(texts), dtype=bool)
    for start in range(0, len(texts), 8192):
        for offset, encoding in enumerate(tokenizer.encode_batch_fast(texts[start : start + 8192])):
            ids = np.asarray(encoding.ids)
            if len(chosen) < count * 6 // 10 and (seen[ids] < each).any():
                chosen.append(start + offset)
                seen[ids] += 1
    taken[chosen] = True
    rest = np.flatnonzero(~taken)[: max(0, count - len(chosen))]
    return [texts[index] for index in sorted([*chosen, *rest.tolist()])]
