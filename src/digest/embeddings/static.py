"""The embedded model: a table of vectors for pieces of words, read without torch.

A text's vector is the weighted mean of its pieces' vectors, at length 1 (model2vec's scheme, van Dongen and Tulkens
2024).  Each distinct word is cut into pieces once; a batch of texts is then one sparse matrix times the table.
"""

import itertools
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from safetensors.numpy import load_file
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer

from digest.embeddings.calibration import Calibration
from digest.embeddings.pieces import fragments
from digest.errors import ModelError
from digest.similarity import Float32, unit_rows
from digest.tokens import Int32, Int64, Tokens

# The word of a lead that counts half as much as the first: titles of held-out news find their leads best so.
HALF = 200
_BLOCK = 4096  # texts at once: bounds the memory of the sparse matrix
_WORDS = 20_000  # words at once through the tokenizer
_LONGEST = 50  # letters of a word that is looked up as it stands: far below what tokenizers refuse to read


class StaticModel:
    """A model folder with `model.safetensors` (`embeddings` [pieces, d], `weights` [pieces]) and `tokenizer.json`."""

    calibration = Calibration()  # The thresholds were measured with it.
    is_light = True

    def __init__(self, name: str, table: Float32, tokenizer: Tokenizer) -> None:
        """table: float32 [pieces, d], the weights already multiplied in."""
        self.name = name
        self._table = table
        self._tokenizer = tokenizer
        self._unknown = tokenizer.token_to_id("[UNK]")
        self._cut: tuple[Sequence[str], Int32, Int64] | None = None

    @property
    def vocabulary_size(self) -> int:
        """How many pieces its tokenizer knows."""
        return len(self._table)

    def embed(self, texts: object, tokens: Tokens, *, leads: bool = False) -> Float32:
        """Unit vectors, float32 [n, d], of tokenised texts; `texts` is not read.

        leads: the n-th word counts 1 / (1 + n / HALF), from 0: news tells what matters first.
        """
        del texts
        pieces, starts = self._pieces_of(tokens.vocabulary)
        out = np.zeros((len(tokens), self._table.shape[1]), dtype=np.float32)
        for first in range(0, len(tokens), _BLOCK):
            last = min(first + _BLOCK, len(tokens))
            ids = tokens.ids[tokens.ptr[first] : tokens.ptr[last]]
            ptr = tokens.ptr[first : last + 1] - tokens.ptr[first]
            worth = _worth_by_place(ptr) if leads else np.ones(len(ids), np.float32)
            out[first:last] = unit_rows(_bag(ids, worth, ptr, pieces, starts, len(self._table)) @ self._table)
        return out

    def count_pieces(self, words: Sequence[str]) -> Int64:
        """Into how many pieces each word falls: int64 [n]; an unknown one as `pieces.fragments` says."""
        pieces, starts = self._pieces_of(words)
        unknown = np.append(pieces == self._unknown, False)[starts[:-1]] | (np.diff(starts) == 0)
        counted: Int64 = np.where(unknown, fragments(words), np.diff(starts))
        return counted

    def _pieces_of(self, words: Sequence[str]) -> tuple[Int32, Int64]:
        """The pieces of word i: `pieces[starts[i]:starts[i + 1]]`.  A run asks for one vocabulary several times."""
        if self._cut is None or self._cut[0] is not words:
            found = self._cut_words(words)
            starts = np.concatenate(([0], np.cumsum(np.fromiter(map(len, found), np.int64, len(found)))))
            pieces = np.fromiter(itertools.chain.from_iterable(found), np.int32, int(starts[-1]))
            self._cut = words, pieces, starts.astype(np.int64)
        return self._cut[1], self._cut[2]

    def _cut_words(self, words: Sequence[str]) -> list[Sequence[int]]:
        """The pieces of each word.  Most are a piece themselves, or another's in other capitals: each is cut once."""
        folds = isinstance(self._tokenizer.normalizer, BertNormalizer) and self._tokenizer.normalizer.lowercase
        whole = folds and isinstance(self._tokenizer.model, WordPiece)
        keys = [word.lower() if folds and word.isascii() else word for word in words]
        cut: dict[str, Sequence[int]] = {}
        unknown: list[str] = []
        for key in dict.fromkeys(keys):
            known = self._tokenizer.token_to_id(key) if whole and key.isascii() and key.isalnum() else None
            if known is None or len(key) > _LONGEST:
                unknown.append(key)
            else:
                cut[key] = (known,)
        for first in range(0, len(unknown), _WORDS):
            part = unknown[first : first + _WORDS]
            encoded = self._tokenizer.encode_batch_fast(part, add_special_tokens=False)
            cut.update(zip(part, (e.ids for e in encoded), strict=True))
        return [cut[key] for key in keys]


def load_static(folder: Path, name: str) -> StaticModel:
    """Reads a static model's folder.  Raises ModelError when it is none."""
    try:
        tensors = load_file(folder / "model.safetensors")
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        table = np.multiply(tensors["embeddings"], tensors["weights"][:, None], dtype=np.float32)
    except Exception as e:  # both libraries raise bare Exception for a broken file
        raise ModelError(f"The model in {folder} cannot be read ({e}). Install the package again.") from e
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return StaticModel(name, table, tokenizer)


def _worth_by_place(ptr: Int64) -> Float32:
    """What each word of some texts counts by its place: float32 [n words]."""
    place = np.arange(ptr[-1]) - np.repeat(ptr[:-1], np.diff(ptr))
    return (1 / (1 + place / HALF)).astype(np.float32)


def _bag(ids: Int32, worth: Float32, ptr: Int64, pieces: Int32, starts: Int64, columns: int) -> sp.csr_array:
    """Rows of words as rows of pieces, in reading order: the order of a row's sum is the text's own."""
    width = np.diff(starts)[ids]
    ends = np.concatenate(([0], np.cumsum(width)))
    at = np.arange(ends[-1]) + np.repeat(starts[ids] - ends[:-1], width)
    return sp.csr_array((np.repeat(worth, width), pieces[at], ends[ptr]), shape=(len(ptr) - 1, columns))
