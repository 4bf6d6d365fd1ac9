"""The stages of a run, each a function of records and arrays; `pipeline` and `nights` know their order."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import numpy as np
import numpy.typing as npt

from digest.config import Config
from digest.corpus import Corpus, LazyTexts
from digest.duplicates import Copies
from digest.embeddings import Embedder, understood
from digest.engine import give_back_memory
from digest.errors import NoArticlesError, UsageError, did_you_mean
from digest.maps import Map, in_turn
from digest.outputs import describe_reject, rejects_by_reason
from digest.records import Article, Reject
from digest.scaling import scale_leads
from digest.similarity import Float32, Vectors
from digest.stories import Assignment, Others, Weights, assign_given, assign_stories, load_weights, parse_weights
from digest.tokens import Int32, Tokens

Leads = tuple[Vectors, npt.NDArray[np.bool_]]

StageEnd = Callable[[str, float, Mapping[str, int]], None]

LEAD = 1000  # characters of an article that, with its title, make its vector


def groups_of(corpus: Corpus, field: str | None) -> Int32 | None:
    """The given grouping as numbers, int32 [n]; an article without the field is a group of its own."""
    if field is None:
        return None
    values = [_value(article, field) for article in corpus.articles]
    if not any(values):
        known = {"source", "author", "language", "published", "title", "url"}.union(
            *(a.metadata for a in corpus.articles)
        )
        raise UsageError(f"--group-by {field}: no article has this field. {did_you_mean(field, known)}")
    number = {v: i for i, v in enumerate(sorted({v for v in values if v is not None}))}
    alone = iter(range(len(number), len(number) + len(values)))
    return np.asarray([next(alone) if v is None else number[v] for v in values], np.int32)


def _value(article: Article, field: str) -> str | None:
    value = article.metadata.get(field, getattr(article, field, None))
    return None if value in (None, "") else str(value)


def weights_of(config: Config) -> Weights:
    """The join decision's weights: the config's own, or those that ship.  Raises UsageError for a wrong table."""
    return load_weights() if config.weights is None else parse_weights(config.weights, "weights")


def embed_leads(
    corpus: Corpus, kept: Int32, embedder: Embedder, remembered: Mapping[str, Float32] | None = None
) -> Leads:
    """The vectors of title and lead of the articles `kept` (float32 [n, d]), ready to be compared, and whether the
    model knows the language of each (bool [n]).  remembered: vectors that are known already, by article."""
    vectors, tokens = lead_vectors(corpus, kept, embedder, remembered or {})
    return scale_leads(embedder, vectors, understood(embedder, tokens), tokens)


def lead_vectors(
    corpus: Corpus, kept: Int32, embedder: Embedder, remembered: Mapping[str, Float32]
) -> tuple[Float32, Tokens]:
    """The vectors of title and lead as the model makes them, and the words that it read."""
    tokens = corpus.lead_tokens(LEAD).rows(kept.astype(np.int64))
    ids = [corpus.articles[i].id for i in kept.tolist()]
    fresh = np.asarray([n for n, i in enumerate(ids) if i not in remembered], np.int64)
    if len(fresh) == len(kept):
        return embedder.embed(LazyTexts(lambda i: corpus.lead_text(i, LEAD), kept), tokens, leads=True), tokens
    made = embedder.embed(LazyTexts(lambda i: corpus.lead_text(i, LEAD), kept[fresh]), tokens.rows(fresh), leads=True)
    vectors = np.empty((len(kept), made.shape[1]), np.float32)
    vectors[fresh] = made
    for n, i in enumerate(ids):
        if i in remembered:
            vectors[n] = remembered[i]
    return vectors, tokens


def assign(
    corpus: Corpus,
    kept: Int32,
    groups: Int32 | None,
    leads: Leads,
    config: Config,
    others: Others | None = None,
    spread: Map = in_turn,
) -> Assignment:
    """The stories of the articles `kept`; leads: what `embed_leads` gave for them; others: what is known of articles
    that are not looked at; spread: does the work by blocks."""
    weights = weights_of(config)
    vectors, known = leads
    if groups is not None:
        return assign_given(corpus, kept, vectors, groups[kept], understood=known, weights=weights)
    return assign_stories(
        corpus, kept, vectors, config.granularity, understood=known, weights=weights, others=others, spread=spread
    )


def members_of(corpus: Corpus, copies: Copies, kept: Int32, labels: Int32) -> list[Int32]:
    """The articles of each story, copies included, in the order of their dates (the undated last) and ids."""
    label = np.zeros(len(corpus), np.int32)
    label[kept] = labels
    label = label[copies.kept]
    order = sorted(range(len(corpus)), key=lambda i: (corpus.articles[i].published or "9999", corpus.articles[i].id))
    stories: dict[int, list[int]] = {}
    for i in order:
        stories.setdefault(int(label[i]), []).append(i)
    return [np.asarray(stories[k], np.int32) for k in sorted(stories)]


def heed_alarm(found: int, rejects: Sequence[Reject], config: Config) -> None:
    """Raises NoArticlesError where there are too few articles."""
    if not found:
        raise no_articles(rejects)
    if found < config.min_articles:
        so_many = "1 article was" if found == 1 else f"{found} articles were"
        raise NoArticlesError(
            f"Only {so_many} found{_reasons(rejects)}, fewer than --min-articles {config.min_articles}. "
            f"Nothing was written.{_first_of(rejects)}"
        )


def no_articles(rejects: Sequence[Reject]) -> NoArticlesError:
    """The error where there is no article at all.  rejects: what there was in their place."""
    advice = _first_of(rejects) or " Check the paths and the formats of the sources."
    return NoArticlesError(f"No article was found{_reasons(rejects)}. Nothing was written.{advice}")


def _reasons(rejects: Sequence[Reject]) -> str:
    reasons = ", ".join(f"{n} {reason}" for reason, n in rejects_by_reason(rejects).items())
    return f" (rejected: {reasons})" if rejects else ""


def _first_of(rejects: Sequence[Reject]) -> str:
    """The rejects file is not written either: the first of them says what a person looks for."""
    return f" The first reject: {describe_reject(rejects[0])}" if rejects else ""


class Stages:
    """Seconds by stage.

    on_stage is told a stage's name as it begins, on_stage_end its name, its seconds and what it counted.
    """

    def __init__(self, on_stage: Callable[[str], None] | None = None, on_stage_end: StageEnd | None = None) -> None:
        self.seconds: dict[str, float] = {}
        self._on_stage = on_stage
        self._on_stage_end = on_stage_end

    @contextmanager
    def __call__(self, name: str) -> Iterator[dict[str, int]]:
        """Times a stage.  What the block puts into the mapping that it gets is what the stage counted."""
        if self._on_stage:
            self._on_stage(name)
        counts: dict[str, int] = {}
        start = time.perf_counter()
        yield counts
        give_back_memory()  # what the stage needed on its way
        self.seconds[name] = time.perf_counter() - start
        if self._on_stage_end:
            self._on_stage_end(name, self.seconds[name], counts)
