"""Any sentence-transformers model, by name or folder.  torch is imported here, and only when one is asked for."""

import functools
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from digest.embeddings.batches import Batch, cut_batches, widths_of
from digest.embeddings.cache import Float16, VectorCache
from digest.embeddings.calibration import Calibration, shipped_calibration
from digest.embeddings.devices import choose_device, choose_dtype
from digest.embeddings.locating import content_hash, locate, weights_hash
from digest.embeddings.pieces import Pieces, spelled
from digest.embeddings.protocol import Progress
from digest.errors import ModelError
from digest.fingerprint import fingerprint
from digest.similarity import Float32, unit_rows
from digest.tokens import Int32, Int64, Tokens

CPU_TOKENS = 512  # in a batch: larger ones are little faster, and filling them up costs more.
GPU_TOKENS = 16_384
_KEPT_TOKENS = 32_768  # between two writes to the cache: what a killed run has to do again.


class TransformerModel:
    """A loaded SentenceTransformer behind the protocol.

    Vectors are rounded to float16, so that one from the cache is the one that was made.
    """

    is_light = False

    def __init__(
        self,
        name: str,
        model: Any,
        *,
        calibration: Calibration | None = None,
        cache: VectorCache | None = None,
        on_progress: Progress | None = None,
        budget: int | None = None,
    ) -> None:
        """model: a SentenceTransformer; budget: tokens in a batch (default: by device)."""
        self.name = name
        self.calibration = calibration
        self._model = model
        self._cache = cache
        self._on_progress = on_progress
        self._budget = budget or (CPU_TOKENS if model.device.type == "cpu" else GPU_TOKENS)

    def embed(self, texts: Sequence[str], tokens: Tokens, *, leads: bool = False) -> Float32:
        """Unit vectors, float32 [n, d]; equal texts are embedded once, blank ones are zeros; `texts` alone is read."""
        del tokens, leads
        distinct = sorted({text for text in texts if text.strip()})
        found = self._cache.get(distinct) if self._cache else {}
        missing = [text for text in distinct if text not in found]
        if missing:
            found.update(zip(missing, self._make(missing), strict=True))
        blank = np.zeros(self._model.get_embedding_dimension(), np.float16)
        rows = [found.get(text, blank) for text in texts]
        return unit_rows(np.asarray(rows, np.float32).reshape(len(rows), len(blank)))

    def _make(self, texts: Sequence[str]) -> Float16:
        """The vectors of texts: float16 [n, d]."""
        out = np.zeros((len(texts), self._model.get_embedding_dimension()), np.float16)
        widths = self._widths(texts)
        total, done = int(widths.sum()), 0
        left = np.arange(len(texts), dtype=np.int64)
        while len(left):
            unsaved: list[Int64] = []
            try:
                for batch in cut_batches(widths, left, self._budget):
                    out[batch.members] = self._embed_batch([texts[i] for i in batch.members.tolist()], batch)
                    unsaved.append(batch.members)
                    done += int(widths[batch.members].sum())
                    if self._on_progress:
                        self._on_progress(done, total)
                    if sum(int(widths[part].sum()) for part in unsaved) >= _KEPT_TOKENS:
                        left = self._save(texts, out, left, unsaved)
            except RuntimeError as e:
                self._take_smaller_batches(e)
            left = self._save(texts, out, left, unsaved)
        return out

    def _save(self, texts: Sequence[str], out: Float16, left: Int64, unsaved: list[Int64]) -> Int64:
        """Keeps the vectors that were made since, and returns what is left to make."""
        made = np.concatenate([np.empty(0, np.int64), *unsaved])
        unsaved.clear()
        if self._cache and len(made):
            self._cache.put([texts[i] for i in made.tolist()], out[made])
        return np.setdiff1d(left, made)

    def _embed_batch(self, texts: list[str], batch: Batch) -> Float16:
        """One batch of full shape; rows that only fill it up are dropped."""
        full = texts + texts[-1:] * (batch.rows - len(texts))
        shape = {"text": {"padding": "max_length", "max_length": batch.width, "truncation": True}}
        vectors = self._model.encode(
            full,
            batch_size=len(full),
            show_progress_bar=False,
            normalize_embeddings=True,
            **({"processing_kwargs": shape} if self._pads else {}),
        )
        made: Float16 = np.asarray(vectors[: len(texts)], np.float16)
        return made

    def _take_smaller_batches(self, error: RuntimeError) -> None:
        """Halves the batches of a device that is out of memory.  Raises ModelError where that does not help."""
        import torch

        if not isinstance(error, torch.OutOfMemoryError):
            raise error
        if self._budget < 64:
            raise ModelError(
                f"{self._model.device} has too little memory for one text with the model {self.name!r}. "
                "Free some, or use --device cpu."
            ) from error
        torch.cuda.empty_cache()
        self._budget //= 2

    @property
    def _pads(self) -> bool:
        """Whether the first module is a transformer; others (a table of word vectors) know no padding."""
        return hasattr(self._model[0], "processing_kwargs")

    def _widths(self, texts: Sequence[str]) -> Int64:
        """The width of each text's batch, in tokens: int64 [n]."""
        if not self._pads:
            return np.full(len(texts), 64)
        prompt = self._model.prompts.get(self._model.default_prompt_name) or ""
        longest = self._model.max_seq_length or 512
        encoded = self._model.tokenizer([prompt + t for t in texts], truncation=True, max_length=longest)["input_ids"]
        return widths_of(np.fromiter(map(len, encoded), np.int64, len(texts)), longest)

    @functools.cached_property
    def _pieces(self) -> Pieces:
        return Pieces(self._model.tokenizer)

    @property
    def vocabulary_size(self) -> int:
        """How many pieces its tokenizer knows."""
        return self._pieces.vocabulary_size

    def count_pieces(self, vocabulary: Sequence[str], words: Int32) -> Int64:
        """As the protocol says."""
        return self._pieces.count(spelled(vocabulary, words))


def load_transformer(
    name: str,
    device: str | None = None,
    vector_cache: Path | None = None,
    on_progress: Progress | None = None,
) -> TransformerModel:
    """A model from a folder, from the local cache, or, when it is neither, from the network.

    Raises ModelError that names what works offline, or which devices there are; OutputError and UsageError for a
    `vector_cache` that cannot be one.
    """
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]  # it would show even with --quiet, and in logs
    device = choose_device(device)
    dtype = choose_dtype(device)
    folder = locate(name)
    try:
        model = SentenceTransformer(
            str(folder or name), device=device, local_files_only=folder is not None, model_kwargs={"dtype": dtype}
        )
    except (OSError, ValueError, RuntimeError, KeyError, AssertionError) as e:
        first_line = (str(e).strip() or type(e).__name__).splitlines()[0]
        raise ModelError(f"The model {name!r} cannot be loaded on {device}: {first_line}") from e
    model[0].register_forward_hook(_in_float32)
    folder = folder or locate(name)
    known = shipped_calibration(weights_hash(folder)) if folder else None
    cache = None
    if vector_cache and folder:
        made_by = fingerprint(content_hash(folder), *_settings(model, dtype), size=16)
        cache = VectorCache(vector_cache, made_by, model.get_embedding_dimension() or 0)
    return TransformerModel(name, model, calibration=known, cache=cache, on_progress=on_progress)


def _in_float32(_module: Any, _given: Any, features: Any) -> Any:
    """Token vectors as float32: a mean over them in bfloat16 would lose what the model knows."""
    if "token_embeddings" in features:
        features["token_embeddings"] = features["token_embeddings"].float()
    return features


def _settings(model: Any, dtype: str) -> list[str]:
    """What else decides a vector's numbers, beside the model's files and the text."""
    libraries = [f"{name} {version(name)}" for name in ("torch", "transformers", "sentence-transformers")]
    return [dtype, model.device.type, str(model.max_seq_length), *libraries]
