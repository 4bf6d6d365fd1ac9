"""From inputs to articles, each shard of inputs by itself.

Files are opened and cut here, one after another; what is in them is understood wherever there is a processor.  For JSON
that is little work, for a page of HTML it is ten times what all that follows takes.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence

from digest.articles import Raw, rejects_gathered, understand
from digest.engine import Engine, one_by_one
from digest.records import Article, Reject

_BYTES = 250_000  # in a shard: some forty articles as JSON, or two pages to extract
_REJECT = 100  # what a reject, which is passed on, counts for

Item = Article | Reject


def take_in(raws: Iterable[Raw | Reject], engine: Engine) -> Iterator[Item]:
    """The articles of some inputs, in their order, and a Reject for each that is none: `failed`, where it broke the
    reader."""
    found = engine.map(_understand, _shards(raws), None, one_by_one(engine, _understand, None, _lose))
    return rejects_gathered(itertools.chain.from_iterable(found))


def _shards(raws: Iterable[Raw | Reject]) -> Iterator[list[Raw | Reject]]:
    shard: list[Raw | Reject] = []
    size = 0
    for raw in raws:
        shard.append(raw)
        size += raw.size if isinstance(raw, Raw) else _REJECT
        if size >= _BYTES:
            yield shard
            shard, size = [], 0
    if shard:
        yield shard


def _understand(_: None, raws: Sequence[Raw | Reject]) -> list[Item]:
    return [understand(raw) for raw in raws]


def _lose(alone: Sequence[Raw | Reject], error: Exception) -> list[Item]:
    """What stands in the place of an input that cannot be read."""
    (raw,) = alone
    if isinstance(raw, Reject):
        return [raw]
    message = f"It could not be read ({type(error).__name__}: {error})."
    return [Reject(raw.origin.file, raw.origin.line, None, "failed", message)]
