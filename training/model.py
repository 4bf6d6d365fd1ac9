"""The artefact: int8 rows with a scale, a tokenizer, and the files that sentence-transformers and model2vec read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer

from digest.embeddings import static
from digest.tokens import tokenize
from training.bags import all_vectors, make_bags


@dataclass(frozen=True, slots=True)
class StaticModel:
    """A text's vector is the normalised mean of `weights[row] * embeddings[row]` over its rows."""

    tokenizer: Tokenizer
    embeddings: npt.NDArray[np.int8]
    weights: npt.NDArray[np.float32]

    def encode(self, texts: list[str]) -> npt.NDArray[np.float32]:
        """Unit vectors [len(texts), dimensions]; zero where no piece is known."""
        return all_vectors(self.embeddings * self.weights[:, None], make_bags(texts, self.tokenizer))

    def encode_leads(self, texts: list[str]) -> npt.NDArray[np.float32]:
        """The same of the beginnings of articles, as the package reads them: the first words weigh more."""
        table = (self.embeddings * self.weights[:, None]).astype(np.float32)
        return static.StaticModel("", table, self.tokenizer).embed(texts, tokenize(texts), leads=True)


def quantise(table: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Rows as int8 [rows, dimensions] and the float scale [rows] that brings them back."""
    weights = np.abs(table).max(axis=1) / 127
    embeddings = np.rint(table / np.maximum(weights, 1e-12)[:, None]).astype(np.int8)
    return embeddings, weights.astype(np.float32)


def write_model(folder: Path, tokenizer: Tokenizer, table: npt.NDArray[np.float32]) -> StaticModel:
    """Writes the model's files and returns what they hold."""
    folder.mkdir(parents=True, exist_ok=True)
    embeddings, weights = quantise(table)
    save_tensors(folder / "model.safetensors", {"embeddings": embeddings, "weights": weights})
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    config = {
        "model_type": "model2vec",
        "architectures": ["StaticModel"],
        "normalize": True,
        "embedding_dtype": "int8",
        "hidden_dim": table.shape[1],
    }
    modules = [
        {"idx": 0, "name": "0", "path": ".", "type": "sentence_transformers.models.StaticEmbedding"},
        {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
    ]
    write_json(folder / "config.json", config)
    write_json(folder / "modules.json", modules)
    return StaticModel(tokenizer, embeddings, weights)


def save_tensors(path: Path, tensors: dict[str, npt.NDArray[Any]], metadata: dict[str, str] | None = None) -> None:
    """Writes a safetensors file that everybody may read: the library leaves it to its owner alone."""
    save_file(tensors, path, metadata=metadata)
    path.chmod(0o644)


def read_model(folder: Path) -> StaticModel:
    """Reads what `write_model` wrote."""
    tensors = load_file(folder / "model.safetensors")
    return StaticModel(Tokenizer.from_file(str(folder / "tokenizer.json")), tensors["embeddings"], tensors["weights"])


def write_json(path: Path, value: object) -> None:
    """Writes JSON for people, keys in the order given."""
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
