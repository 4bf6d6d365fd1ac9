"""The rows of the table: the pieces of the teacher that news uses, and frequent words that it splits (names)."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from training.corpus import Article

UNKNOWN = "[UNK]"
COUNTED_CHARACTERS = 4_000
LEAST_WORD_LENGTH = 4
WORD = re.compile(r"\w+")


def count_words(articles: Iterable[Article], tokenizer: Tokenizer) -> Counter[str]:
    """How often each word, normalised and cut as the tokenizer does, stands in titles and text."""
    raw: Counter[str] = Counter()
    for article in articles:
        raw.update(WORD.findall(f"{article.title} {article.text[:COUNTED_CHARACTERS]}".lower()))
    counts: Counter[str] = Counter()
    for word, count in raw.items():
        for piece, _ in tokenizer.pre_tokenizer.pre_tokenize_str(tokenizer.normalizer.normalize_str(word)):
            counts[piece] += count
    return counts


def is_punctuation(piece: str, tokenizer: Tokenizer) -> bool:
    """Whether the pre-tokenizer always cuts the piece out: a character that is no part of a word."""
    return len(tokenizer.pre_tokenizer.pre_tokenize_str(f"a{piece}a")) > 1


def choose_words(counts: Counter[str], tokenizer: Tokenizer, rows: int) -> list[str]:
    """The `rows` most frequent words that the teacher splits into pieces; more pieces count for more."""
    pieces = {word: len(tokenizer.encode(word, add_special_tokens=False)) for word in counts if counts[word] >= 20}
    split = [
        word for word, length in pieces.items() if length > 1 and word.isalpha() and len(word) >= LEAST_WORD_LENGTH
    ]
    split.sort(key=lambda word: (-counts[word] * (pieces[word] - 1), word))
    return split[:rows]


def piece_counts(counts: Counter[str], tokenizer: Tokenizer) -> npt.NDArray[np.int64]:
    """How often each row of the tokenizer's vocabulary is used [vocabulary]."""
    found = np.zeros(tokenizer.get_vocab_size(), dtype=np.int64)
    words = sorted(counts)
    for start in range(0, len(words), 8192):
        part = words[start : start + 8192]
        for word, encoding in zip(part, tokenizer.encode_batch_fast(part, add_special_tokens=False), strict=True):
            np.add.at(found, encoding.ids, counts[word])
    return found


def with_vocabulary(tokenizer: Tokenizer, pieces: list[str]) -> Tokenizer:
    """The tokenizer with `pieces` as rows 0, 1, ...; nothing padded, truncated or added."""
    described = json.loads(tokenizer.to_str())
    described["model"]["vocab"] = {piece: row for row, piece in enumerate(pieces)}
    described["post_processor"] = None
    described["padding"] = described["truncation"] = None
    # None: a text that happens to hold the letters "[UNK]" is read like any other.
    described["added_tokens"] = []
    return Tokenizer.from_str(json.dumps(described))


def build_tokenizer(
    articles: list[Article], teacher: Tokenizer, rows: int, words: int
) -> tuple[Tokenizer, npt.NDArray[np.int64]]:
    """A tokenizer of `rows` rows of which up to `words` are added whole words, and each row's count in the news.

    Punctuation gets no row: it would say little, and words alone can then be looked up one by one. Single
    letters and digits always stay, so that any word of the Latin script can be spelled.
    """
    counts = count_words(articles, teacher)
    known = teacher.get_vocab()
    added = [word for word in choose_words(counts, teacher, words) if word not in known]
    pieces = [piece for piece, _ in sorted(known.items(), key=lambda item: item[1])]
    # What starts with a bracket is a special or an unused piece, or the bracket.
    words_and_parts = [piece for piece in pieces if not piece.startswith("[")]
    kept = [piece for piece in words_and_parts if not is_punctuation(piece.removeprefix("##"), teacher)]
    names = [UNKNOWN, *kept, *added]
    full = with_vocabulary(teacher, names)
    used = piece_counts(counts, full)
    used[0] = 0
    letters = [len(piece.removeprefix("##")) == 1 and piece[-1].isascii() for piece in names]
    ranked = np.argsort(-(used + np.asarray(letters) * used.max()), kind="stable")
    chosen = ranked[ranked != 0][: rows - 1]
    final = with_vocabulary(teacher, [UNKNOWN, *(names[index] for index in chosen.tolist())])
    return final, piece_counts(counts, final)
