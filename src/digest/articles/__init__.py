"""Articles in: readers for each format, their fields and dates, and what becomes of inputs that are none.

`raw_inputs` cuts sources, `understand` makes an article of an input, `read_articles` is both; `distinct` and
`within_dates` decide what a run keeps.  An input that became no article is a `Reject` with a reason: empty, malformed,
binary, unreadable, no-text, too-large, unsupported, repeated, outside-dates, own-output (and `failed`, on which the
reader or a later stage failed).
"""

from digest.articles.keeping import distinct, rejects_gathered, sort_rejects, within_dates
from digest.articles.normalise import article_from, checked
from digest.articles.raw import Raw
from digest.articles.reading import holds_articles, raw_inputs, read_articles, understand

__all__ = [
    "Raw",
    "article_from",
    "checked",
    "distinct",
    "holds_articles",
    "raw_inputs",
    "read_articles",
    "rejects_gathered",
    "sort_rejects",
    "understand",
    "within_dates",
]
