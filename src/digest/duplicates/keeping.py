"""Which of several copies is kept: `KEPT_RULE`, a total order, so that nothing depends on the order of input."""

import re
from collections.abc import Sequence

import numpy as np

from digest.duplicates.texts import Texts
from digest.tokens import Int64

_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")


def rank_articles(texts: Texts, prefer_source: Sequence[str]) -> Int64:
    """The place of each article in the order in which the copy to keep is chosen, 0 first: int64 [n]."""
    preferred = {source.casefold(): place for place, source in reversed(list(enumerate(prefer_source)))}
    articles = texts.corpus.articles
    marked = texts.holding("&")

    def place(i: int) -> tuple[int, bool, int, tuple[bool, str], tuple[bool, str], str]:
        article = articles[i]
        source = preferred.get((article.source or "").casefold(), len(preferred))
        # "&nbsp;" and the like, left over by a bad conversion, make a text no longer.
        length = int(texts.lengths[i]) - (len(_ENTITY.findall(article.text)) if i in marked else 0)
        published, url = article.published or "", article.url or ""
        return source, length <= 0, -length, (not published, published), (not url, url), article.id

    ranks = np.empty(len(texts), np.int64)
    ranks[sorted(range(len(texts)), key=place)] = np.arange(len(texts))
    return ranks
