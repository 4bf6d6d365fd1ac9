"""What people would use instead, on the same stories and under the same budgets.

Lead of the first article; LexRank (Erkan and Radev 2004), TextRank (Mihalcea and Tarau 2004) and LSA (Steinberger and
Jezek 2004), all three as sumy has them (`pip install -r benchmarks/requirements.txt`); a consensus of sources; and a
greedy oracle that knows the references.  Each ranks whole sentences of 6 to 60 words; those that still fit are taken.
"""

import collections
import importlib.util
import itertools
import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from record_files import read_records

from digest.articles import article_from
from digest.evaluation.bootstrap import intervals
from digest.evaluation.rouge import MEASURES, rouge
from digest.records import Kind, Origin
from digest.sentences import split_article

FIRST = 40  # sentences of an article that are ranked
STOP = frozenset(
    """the a an and or but of in on at to for with by from as is are was were be been it its this that these those he
    she they his her their we you i not have has had will would could can said who which what when where there than
    then also after before more""".split()
)


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of one story by article (in order of date) and place, with the words that carry meaning."""

    texts: tuple[str, ...]
    articles: tuple[int, ...]
    places: tuple[int, ...]
    words: tuple[tuple[str, ...], ...]
    titles: tuple[frozenset[str], ...]
    references: tuple[str, ...]
    language: str


def load_stories(folder: Path, most: int | None = None) -> list[Sentences]:
    """The referenced stories of a set, by key; `most` cuts the list."""
    records = read_records(folder / "articles.jsonl.gz")
    articles = [article_from(record, Origin("-", n)) for n, record in enumerate(records, 1)]
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    members = collections.defaultdict(list)
    for article in sorted(articles, key=lambda a: (a.published or "", a.id)):
        members[gold["stories"][article.id]].append(article)
    return [_sentences(members[key], gold["references"][key]) for key in sorted(gold["references"])[:most]]


def _sentences(articles: Sequence, references: Sequence[str]) -> Sentences:
    rows, seen = [], set()
    for number, article in enumerate(articles):
        spans = [s for s in split_article(article.text, article.language, article.title) if s.kind == Kind.SENTENCE]
        for place, span in enumerate(spans[:FIRST]):
            text = " ".join(article.text[span.start : span.end].split())
            if 6 <= len(text.split()) <= 60 and text not in seen:
                seen.add(text)
                rows.append((text, number, place, tuple(_words(text))))
    columns = zip(*rows, strict=True) if rows else ((), (), (), ())
    titles = tuple(frozenset(_words(a.title)) for a in articles)
    return Sentences(*columns, titles, tuple(references), articles[0].language or "en")


def _words(text: str) -> list[str]:
    return [w for w in re.findall(r"\w+", text.lower()) if w not in STOP and len(w) > 1]


def lead(story: Sentences, _words_left: int) -> list[int]:
    """The first article from its start, then the next one."""
    return list(range(len(story.texts)))


def consensus(story: Sentences, _words_left: int) -> list[int]:
    """What many articles say, early and in titles: terms weigh by the share of articles that hold them, and each less
    once it is told."""
    holders, early = collections.defaultdict(set), collections.Counter()
    for words, article, place in zip(story.words, story.articles, story.places, strict=True):
        for word in set(words):
            holders[word].add(article)
            early[word] += 1 / (1 + place)
    count = len(story.titles)
    titled = collections.Counter(itertools.chain.from_iterable(story.titles))
    weight = {
        w: (len(h) / count) ** 2 * (1 + math.log1p(early[w])) * (1 + 2 * titled[w] / count) for w, h in holders.items()
    }
    order, told, left = [], collections.Counter(), set(range(len(story.texts)))
    while left:

        def gain(i: int) -> tuple[float, int]:
            value = sum(weight[w] * 0.25 ** told[w] for w in set(story.words[i]))
            return value / len(story.texts[i].split()) ** 0.4 * (1 + 0.5 / (1 + story.places[i])), -i

        best = max(left, key=gain)
        order.append(best)
        left.remove(best)
        told.update(set(story.words[best]))
    return order


def oracle(story: Sentences, words: int) -> list[int]:
    """Greedily the sentence that raises ROUGE-1 and 2 most, while any does and fits."""
    grams, wanted = [_grams(t) for t in story.texts], [_grams(r) for r in story.references]
    have, order, best = (collections.Counter(), collections.Counter()), [], 0.0
    while True:
        options = [
            (_agreement((have[0] + g[0], have[1] + g[1]), wanted), -i)
            for i, g in enumerate(grams)
            if i not in order and len(story.texts[i].split()) <= words
        ]
        value, i = max(options, default=(0.0, 0))
        if value <= best:
            return order
        best, i = value, -i
        have, words = (have[0] + grams[i][0], have[1] + grams[i][1]), words - len(story.texts[i].split())
        order.append(i)


def _grams(text: str) -> tuple[collections.Counter, collections.Counter]:
    words = re.findall(r"\w+", text.lower())
    return collections.Counter(words), collections.Counter(itertools.pairwise(words))


def _agreement(have: Sequence[collections.Counter], wanted: Sequence) -> float:
    return sum(
        2 * (h & r).total() / max(1, h.total() + r.total())
        for reference in wanted
        for h, r in zip(have, reference, strict=True)
    )


def from_sumy(module: str, name: str) -> Callable[[Sentences, int], list[int]]:
    """A ranking of sumy's."""

    def rank(story: Sentences, _words_left: int) -> list[int]:
        from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
        from sumy.nlp.stemmers import null_stemmer

        class Tokens:
            def to_words(self, text: str) -> tuple[str, ...]:
                return tuple(re.findall(r"\w+", text.lower()))

        method = getattr(importlib.import_module(f"sumy.summarizers.{module}"), name)(null_stemmer)
        method.stop_words = STOP
        rated = {}

        def keep(sentences: Sequence, _count: int, rating: object, *more: object, **named: object) -> tuple:
            # sumy gives its choice in the order of the text; the ratings give the order of choice.
            for n, s in enumerate(sentences):
                rated[n] = rating[s] if isinstance(rating, dict) else rating(s, *more, **named)
            return ()

        method._get_best_sentences = keep
        method(ObjectDocumentModel([Paragraph([Sentence(text, Tokens()) for text in story.texts])]), 1)
        return sorted(rated, key=lambda n: (-rated[n], n))

    return rank


PEERS: dict[str, Callable[[Sentences, int], list[int]]] = {
    "lead": lead,
    "LexRank": from_sumy("lex_rank", "LexRankSummarizer"),
    "TextRank": from_sumy("text_rank", "TextRankSummarizer"),
    "LSA": from_sumy("lsa", "LsaSummarizer"),
    "consensus": consensus,
    "oracle": oracle,
}
WITH_SUMY = ("LexRank", "TextRank", "LSA")


def usable() -> dict[str, Callable[[Sentences, int], list[int]]]:
    """The methods that can run here."""
    if importlib.util.find_spec("sumy"):
        return PEERS
    print(
        "sumy is not installed, so LexRank, TextRank and LSA are left out: pip install -r benchmarks/requirements.txt"
    )
    return {name: method for name, method in PEERS.items() if name not in WITH_SUMY}


def summarise(story: Sentences, order: Sequence[int], words: int) -> str:
    """The sentences that fit, in the order of choice; the first one cut short where none does."""
    taken, left = [], words
    for i in order:
        if (length := len(story.texts[i].split())) <= left:
            taken.append(story.texts[i])
            left -= length
    return " ".join(taken) or " ".join(" ".join(story.texts[i] for i in order[:1]).split()[:words])


def score_peers(folder: Path, words: int, most: int | None = None) -> dict[str, dict[str, tuple[float, float, float]]]:
    """F1 of each measure with its interval (value, low, high), by method."""
    stories = load_stories(folder, most)
    return {
        name: score_texts(stories, [summarise(s, method(s, words), words) if s.texts else "" for s in stories])
        for name, method in usable().items()
    }


def score_texts(stories: Sequence[Sentences], texts: Sequence[str]) -> dict[str, tuple[float, float, float]]:
    """F1 of each measure with its interval, means over the stories."""
    rows = np.array([(1.0, *rouge(t, s.references, s.language).f1) for s, t in zip(stories, texts, strict=True)])
    spread = intervals(rows, lambda t: {m: t[..., n] / t[..., 0] for n, m in enumerate(MEASURES, 1)}, 0)
    return {m: (float(rows[:, n].mean()), *spread[m]) for n, m in enumerate(MEASURES, 1)}
