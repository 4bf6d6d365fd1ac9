"""Which articles are comment: an opinion piece says what its author thinks of the news, in the voice of a report."""

import functools
import re

from digest.author_notes import is_commentators
from digest.corpus import Corpus
from digest.digests.words import read_table
from digest.records import Kind

_FURNITURE = int(Kind.FURNITURE)
_FIRST, _LAST = 4, 12  # segments of an article that may tell of its author


def is_comment(corpus: Corpus, article: int) -> bool:
    """Whether an article's title ("Opinion: ..."), the path of its address (/opinion/) or what it tells of its author
    ("is a columnist for") says so."""
    record = corpus.articles[article]
    return is_labelled(record.title, record.url) or _is_by_commentator(corpus, article)


def is_labelled(title: str, url: str | None) -> bool:
    """Whether an article's title or address says that it is comment."""
    named, filed = _patterns()
    return named.match(title) is not None or (url is not None and filed.search(url) is not None)


def _is_by_commentator(corpus: Corpus, article: int) -> bool:
    start, stop = corpus.rows[article : article + 2].tolist()
    whole = corpus.whole_text(article)
    for row in (*range(start, min(start + _FIRST, stop)), *range(max(stop - _LAST, start + _FIRST), stop)):
        if corpus.kinds[row] == _FURNITURE:
            begin, end = corpus.spans[row].tolist()
            if is_commentators(whole[begin:end]):
                return True
    return False


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = read_table("titles.toml")["comment"]
    label, folder = ("|".join(table[key]) for key in ("labels", "folders"))
    return (
        re.compile(f"\\W*(?:{label})\\s*[:|–—]", re.IGNORECASE),
        re.compile(f"(?:/(?:{folder})/|//(?:{folder})\\.)", re.IGNORECASE),
    )
