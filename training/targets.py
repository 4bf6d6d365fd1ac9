"""Which texts the teacher embeds: the regression's targets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training.corpus import Article, article_sentences, covering, read_articles, unique, windows, word_bags
from training.teacher import Teacher

SEED = 20_261


@dataclass(frozen=True, slots=True)
class Targets:
    """Texts of one kind and the teacher's unit vectors [len(texts), 384]."""

    kind: str
    texts: list[str]
    vectors: npt.NDArray[np.float32]


def passage(article: Article) -> str:
    """Title and first 400 characters: what an article's vector looks like to the teacher."""
    return f"{article.title}. {article.text[:400]}"


def target_texts(articles: list[Article], teacher: Teacher, scale: float = 1.0) -> dict[str, list[str]]:
    """The texts by kind; `scale` multiplies the sampled kinds."""
    rng = np.random.default_rng(SEED)
    sentences = unique(sentence for article in articles for sentence in article_sentences(article))
    order = rng.permutation(len(sentences))[: round(500_000 * max(scale, 0.1))]
    shuffled = [sentences[index] for index in order.tolist()]
    return {
        "titles": unique(article.title for article in articles),
        "bags": word_bags(teacher.tokenizer, round(60_000 * scale), rng),
        "windows": windows(shuffled, round(80_000 * scale), rng),
        "passages": [passage(article) for article in articles[::2]],
        "sentences": covering(shuffled, round(140_000 * scale), teacher.tokenizer),
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
