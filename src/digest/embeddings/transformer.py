"""Any sentence-transformers model, by name or folder.  torch is imported here, and only when one is asked for."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from digest.embeddings.protocol import Float32
from digest.errors import ModelError
from digest.similarity import unit_rows
from digest.tokens import Int64, Tokens

_BATCH = 32
_DECIMALS = 4  # a model's vectors differ in later decimals with the batch that a text shares


class TransformerModel:
    """A loaded SentenceTransformer behind the protocol."""

    def __init__(self, name: str, model: Any) -> None:
        self.name = name
        self._model = model

    def embed(self, texts: Sequence[str], tokens: Tokens) -> Float32:
        """Unit vectors, float32 [n, d]; equal texts are embedded once, in order of length, `tokens` is not read."""
        del tokens
        distinct = sorted(set(texts), key=lambda text: (len(text), text))
        if not distinct:
            return np.zeros((0, self._model.get_embedding_dimension()), np.float32)
        vectors = self._model.encode(distinct, batch_size=_BATCH, show_progress_bar=False, normalize_embeddings=True)
        place = {text: i for i, text in enumerate(distinct)}
        rounded = np.asarray(vectors, np.float32).round(_DECIMALS)
        out = rounded[[place[text] for text in texts]]
        out[[not text.strip() for text in texts]] = 0
        return unit_rows(out)

    def count_pieces(self, words: Sequence[str]) -> Int64:
        """Into how many pieces each word falls: int64 [n]; an unknown one into its letters."""
        tokenizer = self._model.tokenizer
        encoded = tokenizer(list(words), add_special_tokens=False)["input_ids"] if words else []
        unknown = tokenizer.unk_token_id
        counted = [
            len(word) if not ids or unknown in ids else len(ids) for word, ids in zip(words, encoded, strict=True)
        ]
        return np.asarray(counted, np.int64)


def load_transformer(name: str, device: str | None) -> TransformerModel:
    """A model from a folder, from the local cache, or, when it is neither, from the network.

    Raises ModelError that names what works offline.
    """
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]  # it would show even with --quiet, and in logs
    path = Path(os.path.expanduser(name))  # noqa: PTH111 - Path.expanduser raises for an unknown user
    here = path.is_dir() or _is_cached(name)
    if not here and (path.is_absolute() or name.startswith((".", "~")) or not _can_be_fetched(name)):
        raise ModelError(_missing(name))
    try:
        model = SentenceTransformer(str(path) if path.is_dir() else name, device=device, local_files_only=here)
    except (OSError, ValueError, RuntimeError, KeyError, AssertionError) as e:
        first_line = (str(e).strip() or type(e).__name__).splitlines()[0]
        raise ModelError(f"The model {name!r} cannot be loaded on {device or 'this machine'}: {first_line}") from e
    return TransformerModel(name, model)


def _is_cached(name: str) -> bool:
    return name in _cached_names() or f"sentence-transformers/{name}" in _cached_names()


def _can_be_fetched(name: str) -> bool:
    """Whether the model hub answers and knows the name.  Asked once: the libraries' own retries take a minute."""
    from huggingface_hub import model_info

    for candidate in (name, f"sentence-transformers/{name}"):
        try:
            model_info(candidate, timeout=10)
        except Exception:  # noqa: BLE001 - the hub's client changes its HTTP library, and its errors with it
            continue
        return True
    return False


def _cached_names() -> list[str]:
    from huggingface_hub import scan_cache_dir
    from huggingface_hub.errors import CacheNotFound

    try:
        return sorted(repo.repo_id for repo in scan_cache_dir().repos if repo.repo_type == "model")
    except CacheNotFound:
        return []


def _missing(name: str) -> str:
    cached = _cached_names()
    also = f", or one of the models downloaded before: {', '.join(cached)}" if cached else ""
    return (
        f"There is no model {name!r}: it is no folder here, was not downloaded before, and no hub has it. "
        f"What works offline: --model embedded (the default), the path of a sentence-transformers folder{also}."
    )
