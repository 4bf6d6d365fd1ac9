"""ROUGE-1, ROUGE-2 and ROUGE-L of a summary (Lin 2004).

English words are stemmed and cut as `rouge-score` does it, to the same figures; other languages keep their letters, and
in scripts without spaces each character is a word, as is usual for Chinese and Japanese.
"""

import itertools
import re
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from digest.evaluation.stemming import stem
from digest.tokens import UNSPACED

MEASURES = ("r1", "r2", "rL")

_ENGLISH = re.compile("[a-z0-9]+")
_OTHER = re.compile(f"[{UNSPACED}]|[^\\W{UNSPACED}]+")


@dataclass(frozen=True, slots=True)
class Rouge:
    """F1 and recall by measure, in the order of MEASURES; means over the references."""

    f1: tuple[float, ...]
    recall: tuple[float, ...]


def rouge(summary: str, references: Sequence[str], language: str = "en") -> Rouge:
    """The agreement of a summary with one reference or more.  language: a code; "en" is stemmed."""
    mine = words_of(summary, language)
    rows = [_against(mine, words_of(reference, language)) for reference in references]
    f1, recall = (tuple(sum(row[m][part] for row in rows) / len(rows) for m in range(len(MEASURES))) for part in (0, 1))
    return Rouge(f1, recall)


def words_of(text: str, language: str) -> list[str]:
    """The words that are compared."""
    if language != "en":
        return _OTHER.findall(text.lower())
    return [stem(word) if len(word) > 3 else word for word in _ENGLISH.findall(text.lower())]


def _against(mine: Sequence[str], theirs: Sequence[str]) -> list[tuple[float, float]]:
    """F1 and recall of each measure."""
    single = _shared(mine, theirs)
    double = _shared(list(itertools.pairwise(mine)), list(itertools.pairwise(theirs)))
    return [single, double, _f1_and_recall(common_length(mine, theirs), len(mine), len(theirs))]


def _shared(mine: Sequence[Hashable], theirs: Sequence[Hashable]) -> tuple[float, float]:
    return _f1_and_recall((Counter(mine) & Counter(theirs)).total(), len(mine), len(theirs))


def _f1_and_recall(shared: int, mine: int, theirs: int) -> tuple[float, float]:
    precision, recall = shared / max(mine, 1), shared / max(theirs, 1)
    return (2 * precision * recall / (precision + recall) if shared else 0.0), recall


def common_length(first: Sequence[str], second: Sequence[str]) -> int:
    """The length of the longest common subsequence (bit-parallel: Hyyrö 2004)."""
    places: dict[str, int] = {}
    for i, word in enumerate(first):
        places[word] = places.get(word, 0) | 1 << i
    whole = (1 << len(first)) - 1
    free = whole
    for word in second:
        hit = free & places.get(word, 0)
        free = ((free + hit) | (free - hit)) & whole
    return len(first) - free.bit_count()
