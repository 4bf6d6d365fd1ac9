"""The stories of a run told: digests and records, each shard of stories by itself."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from digest.assembly import Assembler
from digest.config import Config
from digest.corpus import Corpus, LazyTexts
from digest.digests import Budget, Digest, Reader, candidate_rows, compose
from digest.duplicates import Copies
from digest.embeddings import Embedder
from digest.engine import Engine, cut
from digest.excerpts import excerpt
from digest.reasons import CopyReasons, Reasons
from digest.records import Story
from digest.scaling import scale_sentences
from digest.similarity import Bool, Vectors
from digest.state import Novelty
from digest.tokens import Int32, Int64, tokenize

_ARTICLES = 64  # in a shard of stories: a quarter of a second's work
_IN_AN_EXCERPT = 4  # times as many in one that is sent
_TOGETHER = 3.0  # what an article of a story of several costs more than one that stands alone


@dataclass(frozen=True, eq=False, slots=True)
class _Desk:
    """What stories are told from.

    members: the articles of each story, independent: those of them that are kept; vectors: of each story's sentences
    that may stand, where the model is none that each worker may use; fresh: as in `tell`.
    """

    corpus: Corpus
    copies: Copies
    members: Sequence[Int32]
    independent: Sequence[Int32]
    vectors: Sequence[Vectors | None] | None
    fresh: Bool | None


@dataclass(frozen=True, eq=False, slots=True)
class _Tools:
    """What all shards of stories are told with.  embedder: one that each worker may use, or None."""

    embedder: Embedder | None
    budget: Budget


@dataclass(frozen=True, eq=False, slots=True)
class _Office:
    """Desk and tools in one place, for who sees the whole of it."""

    desk: _Desk
    tools: _Tools
    reader: Reader
    assembler: Assembler
    reasons: CopyReasons


def tell(
    corpus: Corpus,
    copies: Copies,
    members: Sequence[Int32],
    embedder: Embedder,
    config: Config,
    assembler: Assembler,
    engine: Engine,
    fresh: Bool | None = None,
) -> list[Story]:
    """One record with its digest a story.  Sentences are embedded where there are several independent articles to
    compare.

    members: the articles of each story; fresh: bool [n articles], those that no digest has drawn on; a digest of others
    too tells something of theirs.
    """
    independent = [m[copies.kept[m] == m] for m in members]
    vectors = None
    if not embedder.is_light:
        vectors = _embed(corpus, embedder, [_candidates(corpus, m) for m in independent])
    desk = _Desk(corpus, copies, members, independent, vectors, fresh)
    tools = _Tools(
        embedder if embedder.is_light else None,
        Budget(config.word_budget, config.max_sentences, config.max_characters),
    )
    # An excerpt's words are looked up anew, and a larger one has fewer for its size.
    articles = _ARTICLES if engine.shares_memory else _IN_AN_EXCERPT * _ARTICLES
    shards = cut((len(m) if len(m) == 1 else _TOGETHER * len(m) for m in independent), articles)
    if engine.shares_memory:
        office = _Office(desk, tools, Reader(corpus), assembler, CopyReasons(corpus, copies))
        return list(itertools.chain.from_iterable(engine.map(_tell_shard, shards, office)))
    sent = (_cut_desk(desk, shard) for shard in shards)
    found = itertools.chain.from_iterable(engine.map(_compose_desk, sent, tools))
    return [assembler.story(m, digest, reasons) for m, (digest, reasons) in zip(members, found, strict=True)]


def _tell_shard(office: _Office, shard: Sequence[int]) -> list[Story]:
    members = [office.desk.members[i] for i in shard]
    digests = _compose(office.desk, office.tools, office.reader, shard)
    return [office.assembler.story(m, d, office.reasons.of(m)) for m, d in zip(members, digests, strict=True)]


def _cut_desk(desk: _Desk, shard: Sequence[int]) -> _Desk:
    """A desk with some stories alone, for who does not see the whole."""
    articles = np.unique(np.concatenate([desk.members[i] for i in shard])).astype(np.int64)
    copies = desk.copies
    return _Desk(
        excerpt(desk.corpus, articles),
        Copies(
            np.searchsorted(articles, copies.kept[articles]).astype(np.int32),
            tuple(copies.kinds[i] for i in articles.tolist()),
            copies.scores[articles],
        ),
        [np.searchsorted(articles, desk.members[i]).astype(np.int32) for i in shard],
        [np.searchsorted(articles, desk.independent[i]).astype(np.int32) for i in shard],
        None if desk.vectors is None else [desk.vectors[i] for i in shard],
        None if desk.fresh is None else desk.fresh[articles],
    )


def _compose_desk(tools: _Tools, desk: _Desk) -> list[tuple[Digest, Mapping[str, Reasons]]]:
    digests = _compose(desk, tools, Reader(desk.corpus), range(len(desk.members)))
    reasons = CopyReasons(desk.corpus, desk.copies)
    return [(digest, reasons.of(m)) for digest, m in zip(digests, desk.members, strict=True)]


def _compose(desk: _Desk, tools: _Tools, reader: Reader, stories: Sequence[int]) -> Iterator[Digest]:
    """The digests of some stories."""
    corpus, fresh = desk.corpus, desk.fresh
    rows = [_candidates(corpus, desk.independent[i]) for i in stories]
    if tools.embedder:
        vectors = _embed(corpus, tools.embedder, rows)
    else:
        vectors = [None if desk.vectors is None else desk.vectors[i] for i in stories]
    for i, r, v in zip(stories, rows, vectors, strict=True):
        independent = desk.independent[i]
        mixed = fresh is not None and fresh[independent].any() and not fresh[independent].all()
        news = _news(corpus, r, v, fresh[corpus.owner[r]]) if fresh is not None and mixed else None
        yield compose(reader, independent, r, v, tools.budget, news)


def _news(corpus: Corpus, rows: Int64, vectors: Vectors | None, fresh: Bool) -> Bool:
    """Which sentences are news: those of fresh articles that tell what the others do not, or all of theirs where none
    does.  bool [n rows]; fresh: likewise, whose article no digest has drawn on."""
    texts = [corpus.text_of(row) for row in rows.tolist()]
    # Cut anew: rows of the corpus would bring its whole vocabulary along, for every story.
    novelty = Novelty(texts, tokenize(texts), vectors, np.ones(len(rows), bool))
    mine = np.flatnonzero(fresh)
    news = np.zeros(len(rows), bool)
    news[mine] = novelty.tells_new(mine, np.flatnonzero(~fresh))
    return news if news.any() else fresh


def _candidates(corpus: Corpus, independent: Int32) -> Int64:
    """The sentences of a story that are compared: none where one article stands alone."""
    return candidate_rows(corpus, independent) if len(independent) > 1 else np.empty(0, np.int64)


def _embed(corpus: Corpus, embedder: Embedder, rows: Sequence[Int64]) -> list[Vectors | None]:
    """The vectors of the sentences of each story."""
    wanted: Int64 = np.concatenate([np.empty(0, np.int64), *rows])
    tokens = corpus.tokens.rows(wanted)
    made = embedder.embed(LazyTexts(corpus.text_of, wanted), tokens)
    sizes = [len(r) for r in rows]
    vectors = scale_sentences(embedder, made, tokens, corpus.owner[wanted], sizes)
    ends = np.cumsum(sizes).tolist()
    return [None if vectors is None else vectors[end - size : end] for end, size in zip(ends, sizes, strict=True)]
