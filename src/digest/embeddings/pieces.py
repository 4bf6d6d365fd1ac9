"""Into how many pieces a model's tokenizer cuts words."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from digest.tokens import UNSPACED, Int32, Int64

_BLANKS = ("▁", "Ġ")  # A piece of a space alone, in SentencePiece's and in byte-level vocabularies.
_UNKNOWN = ("[UNK]", "<unk>")
_RUN = re.compile(f"[{UNSPACED}]")
_RUN_UNKNOWN = 3


class Pieces:
    """A tokenizer of either kind: a sentence-transformers model's, or the bare one of a table of word vectors."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        vocabulary: dict[str, int] = tokenizer.get_vocab()
        self.vocabulary_size = len(vocabulary)
        self._blank = {vocabulary[piece] for piece in _BLANKS if piece in vocabulary}
        named = (getattr(tokenizer, "unk_token", None), *_UNKNOWN)
        self._unknown = next((vocabulary[piece] for piece in named if piece in vocabulary), None)
        self._before = " " if "Ġ" in vocabulary else ""  # Such a vocabulary has words with the space before them.

    def count(self, words: Sequence[str]) -> Int64:
        """Into how many pieces each word falls: int64 [n].  The space before a punctuation mark is no piece of it."""
        given = [self._before + word for word in words]
        if hasattr(self._tokenizer, "encode_batch"):
            encoded = [e.ids for e in self._tokenizer.encode_batch(given, add_special_tokens=False)]
        else:
            encoded = self._tokenizer(given, add_special_tokens=False)["input_ids"] if given else []
        found = [sum(i not in self._blank for i in ids) for ids in encoded]
        unknown = [not n or self._unknown in ids for n, ids in zip(found, encoded, strict=True)]
        return np.where(unknown, fragments(words), np.asarray(found, np.int64))


def spelled(vocabulary: Sequence[str], words: Int32) -> list[str]:
    """Some words of a vocabulary.  words: int32 [n], their places there."""
    return list(map(vocabulary.__getitem__, words.tolist()))


def fragments(words: Sequence[str]) -> Int64:
    """As how many pieces an unknown word counts: int64 [n]; its letters, thrice as many in a script without spaces,
    of which a model may well know each letter (see `words_in`)."""
    return np.fromiter((len(w) * (_RUN_UNKNOWN if _RUN.search(w) else 1) for w in words), np.int64, len(words))


def words_in(tokens: Sequence[str]) -> Int64:
    """As how many words each token counts: int64 [n]; one, and in a script without spaces one for each letter."""
    return np.fromiter((len(t) if not t.isascii() and _RUN.search(t) else 1 for t in tokens), np.int64, len(tokens))
