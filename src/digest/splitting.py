"""From articles to the corpus: language, segments and words, each shard of articles by itself.

Words are numbered by their first appearance, within a shard and again as shards are joined, so that the corpus is the
same however it was cut.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digest.config import Config
from digest.corpus import Corpus, build_corpus
from digest.engine import Engine, cut, one_by_one
from digest.growing import Growing
from digest.maps import Map, in_turn
from digest.records import Article, Reject, Segment, in_language, text_size
from digest.sentences import language_of, load_identifier, split_article
from digest.tokens import Int32, Int64, Tokens

_MANY_UNTOLD = 1_000  # articles without a language, some of which are sure to need the model that tells it
_BYTES = 1_000_000  # of text in a shard: a tenth of a second's work


@dataclass(frozen=True, eq=False, slots=True)
class Part:
    """What a shard of n articles became: the columns of a `Corpus`, and the language of each article.

    rows: int64 [n + 1]; spans: int32 [n rows, 2]; kinds: uint8 [n rows]; rejects: instead of an article, where
    splitting it failed.
    """

    languages: tuple[str | None, ...]
    rows: Int64
    spans: Int32
    kinds: npt.NDArray[np.uint8]
    tokens: Tokens
    rejects: tuple[Reject, ...] = ()


def segment(articles: Sequence[Article], config: Config) -> Iterator[tuple[Article, list[Segment]]]:
    """Each article with its language, and its segments."""
    for article in articles:
        known = in_language(article, config.language or article.language or language_of(article.text))
        yield known, split_article(known.text, known.language, known.title)


def gather(segmented: Iterable[tuple[Article, Sequence[Segment]]], spread: Map = in_turn) -> Corpus:
    """The corpus of some articles, by id.  spread: does the work by blocks."""
    ordered = sorted(segmented, key=lambda pair: pair[0].id)
    shards = cut((text_size(article) for article, _ in ordered), _BYTES)
    return join([article for article, _ in ordered], spread(_gather_places, shards, ordered))[0]


def _gather_places(shared: Sequence[tuple[Article, Sequence[Segment]]], places: Sequence[int]) -> Part:
    return _part(shared[i] for i in places)


def split(articles: Sequence[Article], config: Config, engine: Engine) -> tuple[Corpus, list[Reject]]:
    """The corpus of some articles, sorted by id; and a Reject `failed` for each that could not be split."""
    alone = one_by_one(engine, _split_shard, config, _lose)
    shards = cut(map(text_size, articles), _BYTES)
    if engine.shares_memory:
        _prepare(articles, config, engine)
        found = engine.map(
            _split_places, shards, (articles, config), lambda shard, e: alone([articles[i] for i in shard], e)
        )
    else:
        sent = ([articles[i] for i in shard] for shard in shards)
        found = engine.map(_split_shard, sent, config, alone)
    return join(articles, itertools.chain.from_iterable(found))


def _prepare(articles: Sequence[Article], config: Config, engine: Engine) -> None:
    """Reads the tables and models of splitting here, so that workers find them in the memory that they share."""
    _split_shard(config, [Article("", "One. Two.", language="en")])
    if engine.workers > 1 and not config.language and sum(a.language is None for a in articles) >= _MANY_UNTOLD:
        load_identifier()


def _split_places(shared: tuple[Sequence[Article], Config], places: Sequence[int]) -> list[Part]:
    return _split_shard(shared[1], [shared[0][i] for i in places])


def _split_shard(config: Config, articles: Sequence[Article]) -> list[Part]:
    return [_part(segment(articles, config))]


def _part(segmented: Iterable[tuple[Article, Sequence[Segment]]]) -> Part:
    known, segments = itertools.tee(segmented)
    corpus = build_corpus((a for a, _ in known), (s for _, s in segments))  # one by one: a text is read once
    return Part(tuple(a.language for a in corpus.articles), corpus.rows, corpus.spans, corpus.kinds, corpus.tokens)


def _lose(alone: Sequence[Article], error: Exception) -> list[Part]:
    """What stands in the place of an article that cannot be split."""
    (article,) = alone
    message = f"It could not be split into sentences ({type(error).__name__}: {error})."
    reject = Reject(article.origin.file, article.origin.line, article.id, "failed", message)
    none = np.zeros(1, np.int64)
    empty = Tokens((), np.empty(0, np.int32), none)
    return [Part((), none, np.empty((0, 2), np.int32), np.empty(0, np.uint8), empty, (reject,))]


def join(articles: Sequence[Article], parts: Iterable[Part]) -> tuple[Corpus, list[Reject]]:
    """One corpus of the parts of neighbouring articles."""
    kept: list[Article] = []
    rejects: list[Reject] = []
    number: defaultdict[str, int] = defaultdict(itertools.count().__next__)
    rows, ptr, spans, kinds, ids = (
        Growing(np.int64),
        Growing(np.int64),
        Growing(np.int32),
        Growing(np.uint8),
        Growing(np.int32),
    )
    rows.add(np.zeros(1, np.int64))
    ptr.add(np.zeros(1, np.int64))
    coming = iter(articles)
    for part in parts:
        rejects += part.rejects
        for article, language in zip(itertools.islice(coming, len(part.languages)), part.languages, strict=True):
            kept.append(in_language(article, language))
        if part.rejects:
            next(coming)
        tokens = part.tokens
        numbers = np.fromiter(map(number.__getitem__, tokens.vocabulary), np.int32, len(tokens.vocabulary))
        rows.add(part.rows[1:] + len(kinds))
        ptr.add(tokens.ptr[1:] + len(ids))
        ids.add(numbers[tokens.ids])
        spans.add(part.spans)
        kinds.add(part.kinds)
    words = Tokens(tuple(number), ids.grown(), ptr.grown())
    return Corpus(tuple(kept), rows.grown(), spans.grown().reshape(-1, 2), kinds.grown(), words), rejects
