"""Which sentences of a story may stand in its digest."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from digest.corpus import Corpus
from digest.digests.budget import count_words
from digest.digests.readable import stands
from digest.digests.words import language_of, words_of
from digest.records import Kind
from digest.tokens import Int64

SENTENCES = 40  # An article's first ones: what stands later is background.
ALONE = 16  # The same where the story has one article, whose digest is its lead.
SHORTEST, LONGEST = 6, 60  # words of a sentence
_NO_FULL_STOP = frozenset({"th", "lo", "km", "my"})  # languages that end a sentence with a space


def candidate_rows(corpus: Corpus, members: Sequence[int] | npt.NDArray[np.integer]) -> Int64:
    """The rows of a story's independent articles that may stand in its digest: int64, ascending within each article.

    members: the story's kept articles, copies left out (a copy has nothing to add and no vote).
    """
    most = SENTENCES if len(members) > 1 else ALONE
    rows = [row for article in members for row in _readable(corpus, int(article), most)]
    return np.asarray(rows, dtype=np.int64)


def sentence_rows(corpus: Corpus, article: int, most: int = SENTENCES) -> Int64:
    """The first sentences of an article."""
    start, stop = int(corpus.rows[article]) + 1, int(corpus.rows[article + 1])
    found: Int64 = start + np.flatnonzero(corpus.kinds[start:stop] == Kind.SENTENCE)[:most]
    return found


def _readable(corpus: Corpus, article: int, most: int) -> list[int]:
    record = corpus.articles[article]
    language = language_of(record.language)
    words, ends = words_of(language), language not in _NO_FULL_STOP
    kept = []
    for row in sentence_rows(corpus, article, most).tolist():
        start, end = corpus.spans[row].tolist()
        text = record.text[start:end]
        if SHORTEST <= count_words(text) <= LONGEST and stands(text, words, ends=ends):
            kept.append(row)
    return kept
