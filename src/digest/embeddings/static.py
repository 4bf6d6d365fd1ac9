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
from digest.embeddings.pieces import fragments, spelled
from digest.errors import ModelError
from digest.similarity import Float32, distinct, unit_rows
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
        self._cut = _Cut(())

    @property
    def vocabulary_size(self) -> int:
        """How many pieces its tokenizer knows."""
        return len(self._table)

    def embed(self, texts: object, tokens: Tokens, *, leads: bool = False) -> Float32:
        """Unit vectors, float32 [n, d], of tokenised texts; `texts` is not read.

        leads: the n-th word counts 1 / (1 + n / HALF), from 0: news tells what matters first.
        """
        del texts
        cut = self._cut_of(tokens.vocabulary, tokens.ids)
        out = np.zeros((len(tokens), self._table.shape[1]), dtype=np.float32)
        for first in range(0, len(tokens), _BLOCK):
            last = min(first + _BLOCK, len(tokens))
            ids = tokens.ids[tokens.ptr[first] : tokens.ptr[last]]
            ptr = tokens.ptr[first : last + 1] - tokens.ptr[first]
            worth = _worth_by_place(ptr) if leads else np.ones(len(ids), np.float32)
            out[first:last] = unit_rows(_bag(ids, worth, ptr, cut, len(self._table)) @ self._table)
        return out

    def count_pieces(self, vocabulary: Sequence[str], words: Int32) -> Int64:
        """As the protocol says."""
        cut = self._cut_of(vocabulary, words)
        width = cut.width[words]
        unknown = (width == 0) | (np.append(cut.pieces, 0)[cut.begin[words]] == self._unknown)
        width[unknown] = fragments(spelled(vocabulary, words[unknown]))
        return width.astype(np.int64)

    def _cut_of(self, vocabulary: Sequence[str], words: Int32) -> "_Cut":
        """A vocabulary, of which some words at least are cut.  A run asks for the words of one again and again."""
        if self._cut.vocabulary is not vocabulary:
            self._cut = _Cut(vocabulary)
        new = distinct(words[self._cut.begin[words] < 0])
        if len(new):
            self._cut.add(new, self._cut_words(spelled(vocabulary, new)))
        return self._cut

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


class _Cut:
    """The words of a vocabulary in pieces, as far as they were asked for: those of word i are
    `pieces[begin[i]:begin[i] + width[i]]`.

    begin: int64 [n words], -1 for a word that is not cut yet; width: int32 [n words].
    """

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self.vocabulary = vocabulary
        self.pieces = np.empty(0, np.int32)
        self.begin = np.full(len(vocabulary), -1, np.int64)
        self.width = np.zeros(len(vocabulary), np.int32)

    def add(self, words: Int32, found: Sequence[Sequence[int]]) -> None:
        """words: int32 [k], distinct; found: the pieces of each."""
        width = np.fromiter(map(len, found), np.int32, len(found))
        self.width[words], self.begin[words] = width, len(self.pieces) + np.cumsum(width, dtype=np.int64) - width
        more = np.fromiter(itertools.chain.from_iterable(found), np.int32, int(width.sum()))
        self.pieces = np.concatenate((self.pieces, more))


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


def _bag(ids: Int32, worth: Float32, ptr: Int64, cut: _Cut, columns: int) -> sp.csr_array:
    """Rows of words as rows of pieces, in reading order: the order of a row's sum is the text's own."""
    width = cut.width[ids]
    ends = np.concatenate(([0], np.cumsum(width, dtype=np.int64)))
    at = np.arange(ends[-1]) + np.repeat(cut.begin[ids] - ends[:-1], width)
    return sp.csr_array((np.repeat(worth, width), cut.pieces[at], ends[ptr]), shape=(len(ptr) - 1, columns))
