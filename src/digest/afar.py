"""A transformer at work elsewhere: each actor of a cluster holds the model, on a GPU where there is one."""

import functools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from digest.config import Config
from digest.embeddings import Calibration, Embedder, load_embedder
from digest.engine import Engine, RayEngine, cut
from digest.errors import UsageError
from digest.maps import Map
from digest.similarity import Float32
from digest.tokens import Int32, Int64, Tokens, tokenize

_CHARACTERS = 100_000  # of text in a shard: batches are full, and a lost shard is soon made again

Model = tuple[str, str | None]  # its name or folder, and the device


class DistantModel:
    """An embedder whose texts are embedded by actors; what is asked of its tokenizer is answered here.

    The same vectors as here on the same kind of device: a text's own length decides the shape of its batch.
    """

    is_light = False

    def __init__(self, model: Embedder, spread: Map, wanted: Model, dimension: int) -> None:
        """model: the same one, here; spread: does the shards, in processes that keep what they load."""
        self.name = model.name
        self._model, self._spread, self._wanted, self._dimension = model, spread, wanted, dimension

    @property
    def calibration(self) -> Calibration | None:
        """As the model says."""
        return self._model.calibration

    @property
    def vocabulary_size(self) -> int:
        """How many pieces its tokenizer knows."""
        return self._model.vocabulary_size

    def count_pieces(self, vocabulary: Sequence[str], words: Int32) -> Int64:
        """As the protocol says."""
        return self._model.count_pieces(vocabulary, words)

    def embed(self, texts: Sequence[str], tokens: Tokens, *, leads: bool = False) -> Float32:
        """Unit vectors, float32 [n, d]; equal texts are embedded once, blank ones are zeros; `texts` alone is read."""
        del tokens, leads
        distinct = sorted({text for text in texts if text.strip()})
        shards = ([distinct[i] for i in places] for places in cut(map(len, distinct), _CHARACTERS))
        made = list(self._spread(_embed_shard, shards, self._wanted))
        place = {text: n for n, text in enumerate(distinct)}
        vectors = np.concatenate([*made, np.zeros((1, self._dimension), np.float32)])  # the last for blank ones
        found: Float32 = vectors[np.fromiter((place.get(t, -1) for t in texts), np.int64, len(texts))]
        return found


@contextmanager
def at_work_on(engine: Engine, model: Embedder, config: Config) -> Iterator[Embedder]:
    """The config's model as the engine can do most for it: on a cluster, a transformer in actors of its own."""
    if model.is_light or not isinstance(engine, RayEngine):
        yield model
        return
    if config.vector_cache:
        raise UsageError("--vector-cache is a file of one machine. Leave it out with --engine ray.")
    actors = engine.actors(on_gpus=config.device != "cpu")
    dimension = model.embed(["a"], tokenize(["a"])).shape[1]
    try:
        yield DistantModel(model, actors.map, (config.model, config.device), dimension)
    finally:
        actors.close()


def _embed_shard(wanted: Model, texts: Sequence[str]) -> Float32:
    return _loaded(*wanted).embed(texts, tokenize(()))


@functools.lru_cache(maxsize=1)
def _loaded(name: str, device: str | None) -> Embedder:
    """The model, loaded once a process."""
    return load_embedder(name, device)
