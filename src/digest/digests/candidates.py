"""Which sentences of a story may stand in its digest."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from digest.corpus import Corpus
from digest.digests.budget import count_words
from digest.digests.comment import is_comment
from digest.digests.readable import stands
from digest.digests.words import language_of, words_of
from digest.records import Kind
from digest.tokens import Int64

SENTENCES = 40  # An article's first ones: what stands later is background.
ALONE = 16  # The same where the story has one article, whose digest is its lead.
ENOUGH = 10  # Readable sentences of reports that make the comment beside them dispensable.
SHORTEST, LONGEST = 6, 60  # words of a sentence
_SENTENCE = int(Kind.SENTENCE)
_NO_FULL_STOP = frozenset({"th", "lo", "km", "my"})  # languages that end a sentence with a space


def candidate_rows(corpus: Corpus, members: Sequence[int] | npt.NDArray[np.integer]) -> Int64:
    """The rows of a story's independent articles that may stand in its digest: int64, ascending within each article.

    members: the story's kept articles, copies left out (a copy has nothing to add and no vote).  Comment is left to
    its author where the reports have enough to tell.
    """
    reports = [int(m) for m in members if not is_comment(corpus, int(m))]
    if 0 < len(reports) < len(members):
        rows = np.fromiter(_readable(corpus, reports, SENTENCES), np.int64)
        if len(rows) >= ENOUGH:
            return rows
    return np.fromiter(readable_rows(corpus, members), np.int64)


def readable_rows(corpus: Corpus, members: Sequence[int] | npt.NDArray[np.integer]) -> Iterator[int]:
    """Those of all members one by one, so that who needs only the first ones looks at no others."""
    return _readable(corpus, members, SENTENCES if len(members) > 1 else ALONE)


def _readable(corpus: Corpus, members: Sequence[int] | npt.NDArray[np.integer], most: int) -> Iterator[int]:
    for article in members:
        language = language_of(corpus.articles[article].language)
        words, ends = words_of(language), language not in _NO_FULL_STOP
        rows, whole = sentence_rows(corpus, int(article), most), corpus.whole_text(int(article))
        for row, (start, end) in zip(rows.tolist(), corpus.spans[rows].tolist(), strict=True):
            text = whole[start:end]
            if SHORTEST <= count_words(text) <= LONGEST and stands(text, words, ends=ends):
                yield row


def sentence_rows(corpus: Corpus, article: int, most: int = SENTENCES) -> Int64:
    """The first sentences of an article."""
    start, stop = corpus.rows[article : article + 2].tolist()
    found: Int64 = start + np.flatnonzero(corpus.kinds[start:stop] == _SENTENCE)[:most]
    return found
