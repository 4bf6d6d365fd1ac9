"""From a model's name to the model."""

from pathlib import Path

from digest.embeddings.protocol import Embedder

EMBEDDED = "embedded"
FOLDER = Path(__file__).parent / "model"


def load_embedder(name: str, device: str | None = None) -> Embedder:
    """The model of a name: "embedded", a folder, or a sentence-transformers name.

    Raises ModelError when there is no such model, or when the device cannot run it.
    """
    if name == EMBEDDED:
        from digest.embeddings.static import load_static

        return load_static(FOLDER, EMBEDDED)
    from digest.embeddings.transformer import load_transformer

    return load_transformer(name, device)
