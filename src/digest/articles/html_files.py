"""HTML pages, one article a file."""

from collections.abc import Iterator
from io import BufferedIOBase

from digest.articles.decoding import decode
from digest.articles.files import read_whole
from digest.articles.normalise import article_from
from digest.records import Article, Origin, Reject


def read_html(stream: BufferedIOBase, file: str, max_bytes: int) -> Iterator[Article | Reject]:
    """The one article of an .html file; the extracted text is the article's text."""
    data = read_whole(stream, file, max_bytes)
    yield data if isinstance(data, Reject) else article_from({"html": decode(data, markup=True)}, Origin(file))
