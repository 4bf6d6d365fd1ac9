"""Articles in: readers for each format, their fields and dates, and what becomes of inputs that are none.

`read_articles` streams, `distinct` and `within_dates` decide what a run keeps; an input that became no article is a
`Reject` with a reason: empty, malformed, binary, unreadable, no-text, too-large, unsupported, repeated, outside-dates,
own-output (and `failed`, of an article on which a later stage failed).
"""

from digest.articles.keeping import distinct, sort_rejects, within_dates
from digest.articles.normalise import article_from, checked
from digest.articles.reading import read_articles

__all__ = ["article_from", "checked", "distinct", "read_articles", "sort_rejects", "within_dates"]
