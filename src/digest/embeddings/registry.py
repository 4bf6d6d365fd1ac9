"""From a model's name to the model."""

from pathlib import Path

from digest.embeddings.locating import FOLDER
from digest.embeddings.protocol import Embedder, Progress

EMBEDDED = "embedded"


def load_embedder(
    name: str, device: str | None = None, vector_cache: str | None = None, on_progress: Progress | None = None
) -> Embedder:
    """The model of a name: "embedded", a folder, or a sentence-transformers name.

    device, vector_cache (the file that keeps vectors from run to run) and on_progress are for a transformer: the
    embedded model is faster than a cache.  Raises ModelError when there is no such model or device; OutputError or
    UsageError for a `vector_cache` that cannot be one.
    """
    if name == EMBEDDED:
        from digest.embeddings.static import load_static

        return load_static(FOLDER, EMBEDDED)
    from digest.embeddings.transformer import load_transformer

    return load_transformer(name, device, Path(vector_cache) if vector_cache else None, on_progress)
