"""The teacher, all-MiniLM-L6-v2, read from a folder: sentence vectors in bfloat16, kept in a cache."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from transformers import BertModel

TOKENS_PER_BATCH = 2_048
TEXTS_PER_CHUNK = 8_192


def read_tokenizer(teacher: Path, max_tokens: int | None = None) -> Tokenizer:
    """The teacher's tokenizer without padding; `max_tokens` counts the two special tokens."""
    tokenizer = Tokenizer.from_file(str(teacher / "tokenizer.json"))
    # The packaged file pads, and truncates at 128.
    tokenizer.no_padding()
    tokenizer.no_truncation()
    if max_tokens is not None:
        tokenizer.enable_truncation(max_tokens)
    return tokenizer


def file_hash(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


class Teacher:
    """Embeds texts with the transformer; what was embedded once is read back from the cache."""

    def __init__(self, folder: Path, cache: Path, max_tokens: int = 256) -> None:
        self.tokenizer = read_tokenizer(folder, max_tokens)
        self.folder = folder
        self._cache = cache
        self._name = f"{file_hash(folder / 'model.safetensors')}:{max_tokens}"
        self._model: BertModel | None = None

    @property
    def model(self) -> BertModel:
        """The network, loaded when first needed: a warm cache needs none."""
        if self._model is None:
            loaded = BertModel.from_pretrained(
                self.folder, add_pooling_layer=False, attn_implementation="sdpa", dtype=torch.bfloat16
            )
            self._model = loaded.train(mode=False)
        return self._model

    def embed_texts(self, texts: list[str], label: str = "texts") -> npt.NDArray[np.float32]:
        """Unit vectors [len(texts), 384]: the mean over the last layer, as all-MiniLM-L6-v2 prescribes."""
        chunks = [texts[start : start + TEXTS_PER_CHUNK] for start in range(0, len(texts), TEXTS_PER_CHUNK)]
        begun = time.monotonic()
        found = []
        for number, chunk in enumerate(chunks, 1):
            found.append(self._cached_chunk(chunk))
            print(f"teacher: {label} {number}/{len(chunks)}, {time.monotonic() - begun:.0f} s", flush=True)
        return np.concatenate(found).astype(np.float32)

    def _cached_chunk(self, chunk: list[str]) -> npt.NDArray[np.float16]:
        key = hashlib.blake2b("\0".join([self._name, *chunk]).encode(), digest_size=16).hexdigest()
        path = self._cache / f"teacher-{key}.npy"
        if path.exists():
            kept: npt.NDArray[np.float16] = np.load(path)
            return kept
        vectors = self._embed_chunk(chunk).astype(np.float16)
        self._cache.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".tmp.npy")
        np.save(unfinished, vectors)
        unfinished.replace(path)
        return vectors

    def _embed_chunk(self, chunk: list[str]) -> npt.NDArray[np.float32]:
        encoded = [encoding.ids for encoding in self.tokenizer.encode_batch_fast(chunk)]
        vectors = self.embed_ids(encoded)
        scaled: npt.NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return scaled

    @torch.inference_mode()
    def embed_ids(self, encoded: list[list[int]]) -> npt.NDArray[np.float32]:
        """Means over the last layer [len(encoded), 384] of sequences of token ids, not normalised."""
        by_length: dict[int, list[int]] = {}
        for index, ids in enumerate(encoded):
            by_length.setdefault(len(ids), []).append(index)
        vectors = np.empty((len(encoded), self.model.config.hidden_size), dtype=np.float32)
        # Texts of one length need neither padding nor a mask.
        for length, members in sorted(by_length.items()):
            size = max(1, TOKENS_PER_BATCH // length)
            for start in range(0, len(members), size):
                batch = members[start : start + size]
                hidden = self.model(torch.tensor([encoded[index] for index in batch])).last_hidden_state
                vectors[batch] = hidden.float().mean(1).numpy()
        return vectors
