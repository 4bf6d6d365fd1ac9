"""What the state keeps of articles and stories, as bytes.

Of an article's text only what digests need is kept: the sentences that may stand in one, the headings between them,
and the whole of an article that has neither.  The text comes back with blanks where nothing was kept, so that every
offset is true.
"""

import dataclasses
import json
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson

from digest.corpus import Corpus
from digest.fingerprint import fingerprint
from digest.records import Article, Kind, Origin, Segment, Story
from digest.similarity import Float32
from digest.state.decoding import decode

SENTENCES = 40  # An article's first ones may stand in a digest ...
CHARACTERS = 4_000  # ... and all that begins before this tells what it is about.
_HEAD = ("title", "published", "published_from", "url", "source", "author", "language")


def content_of(article: Article) -> str:
    """A fingerprint of what an article says: another one under the same id is a changed article.

    Metadata play no part: crawlers put the hour of the download there.
    """
    a = article
    return fingerprint(a.title, a.text, a.published, a.url, a.source, a.author, a.language, size=16)


def pack_article(corpus: Corpus, index: int) -> bytes:
    """The record of an article of a corpus."""
    article = corpus.articles[index]
    first, last = corpus.rows[index : index + 2].tolist()
    rows = _kept_rows(corpus.spans[first + 1 : last, 0], corpus.kinds[first + 1 : last])
    spans = corpus.spans[first + 1 : last][rows].tolist()
    record = {
        **{name: getattr(article, name) for name in _HEAD},
        "metadata": dict(article.metadata),
        "length": len(article.text),
        "segments": [
            [*span, kind] for span, kind in zip(spans, corpus.kinds[first + 1 : last][rows].tolist(), strict=True)
        ],
        "texts": [article.text[start:end] for start, end in spans],
    }
    return pack(record)


def _kept_rows(starts: npt.NDArray[np.int32], kinds: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    """Which of an article's segments are kept."""
    sentence = kinds == Kind.SENTENCE
    prose = sentence | (kinds == Kind.HEADING)
    if not prose.any():
        return np.arange(min(len(kinds), SENTENCES))
    early = (np.cumsum(sentence) <= SENTENCES) | (starts < CHARACTERS)
    return np.flatnonzero(prose & early)


def unpack_article(identifier: str, blob: bytes) -> tuple[Article, list[Segment]]:
    """The article of a record, its text blank where nothing was kept, and the segments that were."""
    record = unpack(blob)
    text: list[str] = []
    at = 0
    for (start, end, _), piece in zip(record["segments"], record["texts"], strict=True):
        text += (" " * (start - at), piece)
        at = end
    text.append(" " * (record["length"] - at))
    article = Article(
        id=identifier,
        text="".join(text),
        metadata=record["metadata"],
        origin=Origin("-"),
        **{name: record[name] for name in _HEAD},
    )
    return article, [Segment(start, end, Kind(kind)) for start, end, kind in record["segments"]]


def pack_vector(vector: Float32) -> bytes:
    """A unit vector at half precision: a cosine is then off by less than .001."""
    return vector.astype("<f2").tobytes()


def unpack_vector(blob: bytes) -> Float32:
    return np.frombuffer(blob, "<f2").astype(np.float32)


def pack_words(hashes: npt.NDArray[np.uint32], counts: npt.NDArray[np.uint8]) -> bytes:
    """An article's words as numbers and how often each stands there."""
    return zlib.compress(hashes.astype("<u4").tobytes() + counts.tobytes(), 1)


def unpack_words(blob: bytes) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8]]:
    raw = zlib.decompress(blob)
    n = len(raw) // 5
    return np.frombuffer(raw, "<u4", n), np.frombuffer(raw, np.uint8, n, 4 * n)


def pack_story(story: Story) -> bytes:
    return pack(story)


def unpack_story(blob: bytes) -> Story:
    story: Story = decode(Story, unpack(blob))
    return story


def pack(value: Story | Mapping[str, Any]) -> bytes:
    """Compressed JSON.  What JSON has no word for, as metadata from a program may hold, is written as its string."""
    try:
        raw = orjson.dumps(value, default=str, option=orjson.OPT_SERIALIZE_NUMPY)
    except TypeError:  # half a surrogate pair, a key that is no string
        plain = dataclasses.asdict(value) if isinstance(value, Story) else value
        raw = json.dumps(plain, default=str, skipkeys=True).encode()
    return zlib.compress(raw, 6)


def unpack(blob: bytes) -> Any:
    raw = zlib.decompress(blob)
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        return json.loads(raw)
