"""Embeddings: one protocol, the model inside the package, and any sentence-transformers model."""

from digest.embeddings.protocol import Embedder, understood
from digest.embeddings.registry import EMBEDDED, load_embedder

__all__ = ["EMBEDDED", "Embedder", "load_embedder", "understood"]
