"""The stories of a run told: digests and records, each shard of stories by itself."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digest.assembly import Assembler
from digest.config import Config
from digest.corpus import Corpus, LazyTexts
from digest.digests import Budget, Reader, candidate_rows, compose
from digest.duplicates import Copies
from digest.embeddings import Embedder
from digest.engine import Engine, cut
from digest.records import Story
from digest.scaling import scale_sentences
from digest.similarity import Vectors
from digest.tokens import Int32, Int64

_ARTICLES = 64  # in a shard of stories: a quarter of a second's work
_TOGETHER = 3.0  # what an article of a story of several costs more than one that stands alone


@dataclass(frozen=True, eq=False, slots=True)
class _Desk:
    """What every shard of stories is told from.

    independent: of each story the kept articles; rows: int64, of each the sentences that may stand, and vectors:
    theirs, where the model is none that each worker may use; fresh: as in `tell`.
    """

    corpus: Corpus
    members: Sequence[Int32]
    independent: Sequence[Int32]
    reader: Reader
    assembler: Assembler
    budget: Budget
    embedder: Embedder | None
    rows: Sequence[Int64]
    vectors: Sequence[Vectors | None]
    fresh: npt.NDArray[np.bool_] | None


def tell(
    corpus: Corpus,
    copies: Copies,
    members: Sequence[Int32],
    embedder: Embedder,
    config: Config,
    assembler: Assembler,
    engine: Engine,
    fresh: npt.NDArray[np.bool_] | None = None,
) -> list[Story]:
    """One record with its digest a story.  Sentences are embedded where there are several independent articles to
    compare.

    members: the articles of each story; fresh: bool [n articles], those that no digest has drawn on; a digest of others
    too tells something of theirs.
    """
    independent = [m[copies.kept[m] == m] for m in members]
    rows: list[Int64] = []
    vectors: list[Vectors | None] = []
    if not embedder.is_light:
        rows = [_candidates(corpus, m) for m in independent]
        vectors = _embed(corpus, embedder, rows)
    desk = _Desk(
        corpus,
        members,
        independent,
        Reader(corpus),
        assembler,
        Budget(config.word_budget, config.max_sentences, config.max_characters),
        embedder if embedder.is_light else None,
        rows,
        vectors,
        fresh,
    )
    shards = cut((len(m) if len(m) == 1 else _TOGETHER * len(m) for m in independent), _ARTICLES)
    return list(itertools.chain.from_iterable(engine.map(_tell_shard, shards, desk)))


def _tell_shard(desk: _Desk, shard: Sequence[int]) -> list[Story]:
    if desk.embedder:
        rows = [_candidates(desk.corpus, desk.independent[i]) for i in shard]
        vectors = _embed(desk.corpus, desk.embedder, rows)
    else:
        rows, vectors = [desk.rows[i] for i in shard], [desk.vectors[i] for i in shard]
    return [_tell(desk, *found) for found in zip(shard, rows, vectors, strict=True)]


def _tell(desk: _Desk, story: int, rows: Int64, vectors: Vectors | None) -> Story:
    independent, fresh = desk.independent[story], desk.fresh
    mixed = fresh is not None and fresh[independent].any() and not fresh[independent].all()
    news = fresh[desk.corpus.owner[rows]] if fresh is not None and mixed else None
    digest = compose(desk.reader, independent, rows, vectors, desk.budget, news)
    return desk.assembler.story(desk.members[story], digest)


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
