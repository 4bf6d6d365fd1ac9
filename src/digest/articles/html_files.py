"""HTML pages, one article a file."""

from digest.articles.decoding import decode
from digest.articles.normalise import article_from
from digest.articles.raw import Raw
from digest.records import Article, Reject


def read_html(raw: Raw) -> Article | Reject:
    """The one article of an .html file; the extracted text is the article's text."""
    return article_from({"html": decode(raw.content, markup=True)}, raw.origin)
