"""Which texts the teacher embeds: the regression's targets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training.corpus import LEAD_CHARACTERS, Article, article_sentences, covering, read_articles, unique
from training.short_texts import whole_words, windows, word_bags
from training.teacher import Teacher

SEED = 20_261


@dataclass(frozen=True, slots=True)
class Targets:
    """Texts of one kind and the teacher's unit vectors [len(texts), 384]."""

    kind: str
    texts: list[str]
    vectors: npt.NDArray[np.float32]


PASSAGE_CHARACTERS = 400


def opening(article: Article, characters: int) -> str:
    """Title and start: what an article's vector looks like to the teacher."""
    return f"{article.title}. {article.text[:characters]}"


def target_texts(articles: list[Article], teacher: Teacher, scale: float = 1.0) -> dict[str, list[str]]:
    """The texts by kind; `scale` multiplies the sampled kinds."""
    rng = np.random.default_rng(SEED)
    sentences = unique(sentence for article in articles for sentence in article_sentences(article))
    order = rng.permutation(len(sentences))[: round(500_000 * max(scale, 0.1))]
    shuffled = [sentences[index] for index in order.tolist()]
    known = whole_words(teacher.tokenizer)
    bags = word_bags(known, round(60_000 * scale), rng)
    runs = windows(shuffled, round(80_000 * scale), rng)
    covered = covering(shuffled, round(140_000 * scale), teacher.tokenizer)
    return {
        "titles": unique(article.title for article in articles),
        "bags": bags,
        "windows": runs,
        "passages": [opening(article, PASSAGE_CHARACTERS) for article in articles[::2]],
        "sentences": covered,
        "leads": [opening(article, LEAD_CHARACTERS) for article in articles[1::2]],
    }


def make_targets(articles: list[Article], teacher: Teacher, scale: float = 1.0) -> dict[str, Targets]:
    """Embeds every kind of text, from the cache where it can."""
    return {
        kind: Targets(kind, texts, teacher.embed_texts(texts, kind))
        for kind, texts in target_texts(articles, teacher, scale).items()
    }


if __name__ == "__main__":
    import sys

    folder, news, cache = (Path(argument) for argument in sys.argv[1:4])
    training_articles = [article for article in read_articles(news) if not article.held_out]
    make_targets(training_articles, Teacher(folder, cache))
