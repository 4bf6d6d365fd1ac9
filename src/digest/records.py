"""The nouns: frozen records that travel between the rooms.

Only data lives here.  Offsets are characters (Unicode code points) into `Article.text` as it was given.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from sys import getsizeof
from typing import Any, Literal, NamedTuple

from digest.shelf import Laid, Shelf

Json = Mapping[str, Any]
PublishedFrom = Literal["metadata", "url", "text"]
DuplicateKind = Literal["exact", "near"]

# What the copies' room does and every explanation prints.
KEPT_RULE = (
    "Of several copies the kept one is from the most preferred source (in the order given), has a body, is the "
    "longest in words, was published first (undated last), has the smallest url, the smallest id. A round-up that "
    "holds two different articles is never kept in their place, and where that one is so poor a copy that others of "
    "the group are none of it, the one nearest to most of them is kept."
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an input came from: a file (or "-"), and its line or its place in a list (1 is the first)."""

    file: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article in.

    `published` is ISO 8601 in UTC ("2023-07-12T09:00:00Z", or "2023-07-12" where only the day is known);
    `published_from` says where it was found.  `metadata` holds the keys of the input that have no field here.
    """

    id: str
    text: str
    title: str = ""
    published: str | None = None
    published_from: PublishedFrom | None = None
    url: str | None = None
    source: str | None = None
    author: str | None = None
    language: str | None = None
    metadata: Json = field(default_factory=dict)
    origin: Origin = Origin("-")


# A run reads every text several times, but never all at once.  So the slot of `text` may hold where it lies on a
# shelf; who reads `article.text` gets the string.  One curly quote makes a string take two bytes a letter, so in
# memory it holds UTF-8 where that is shorter.
_SLOT: Any = vars(Article)["text"]
_SHORTER = 0.75


class _Packed(bytes):
    """A text in UTF-8."""

    __slots__ = ()


def _unpacked(article: Article) -> str:
    held: str | _Packed | Laid = _SLOT.__get__(article)
    if isinstance(held, Laid):
        return held.read()
    return held.decode("utf-8", "surrogatepass") if isinstance(held, _Packed) else held


def _pack(article: Article, text: str | _Packed) -> None:
    held = text
    if isinstance(text, str) and not text.isascii():
        packed = _Packed(text.encode("utf-8", "surrogatepass"))
        held = packed if len(packed) < _SHORTER * getsizeof(text) else text
    _SLOT.__set__(article, held)


def _state(article: Article) -> list[Any]:
    """What is sent to another process: the fields, the text packed as it is."""
    held = _SLOT.__get__(article)
    return [held if name == "text" and type(held) is _Packed else getattr(article, name) for name in Article.__slots__]


setattr(Article, "text", property(_unpacked, _pack))  # noqa: B010 - mypy knows a field there, and it still is one
setattr(Article, "__getstate__", _state)  # noqa: B010 - likewise


def lay_aside(article: Article, shelf: Shelf) -> None:
    """Moves a text that nobody else holds to a shelf, if there is room; a string of a kind of its own stays."""
    held: str | _Packed | Laid = _SLOT.__get__(article)
    if type(held) in (str, _Packed):
        data = held if isinstance(held, _Packed) else str(held).encode("utf-8", "surrogatepass")
        _SLOT.__set__(article, shelf.lay(data) or held)


def text_size(article: Article) -> int:
    """About how many bytes the text of an article has, without reading it."""
    held: str | _Packed | Laid = _SLOT.__get__(article)
    return held.size if isinstance(held, Laid) else len(held)


def in_language(article: Article, language: str | None) -> Article:
    """The same article with its language; the text is held once."""
    if article.language == language:
        return article
    made = replace(article, text="", language=language)
    _SLOT.__set__(made, _SLOT.__get__(article))
    return made


@dataclass(frozen=True, slots=True)
class Reject:
    """An input that became no article: a reason code for programs, a sentence for people."""

    file: str
    line: int | None
    id: str | None
    reason: str
    message: str


class Kind(IntEnum):
    """What a segment of an article is.  Only sentences may stand in a digest."""

    TITLE = 0
    SENTENCE = 1
    HEADING = 2
    FURNITURE = 3


class Segment(NamedTuple):
    """A slice `text[start:end]` of an article, without white space at its ends."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class DigestSentence:
    """A sentence of a digest: `text` is `article.text[start:end]`; `index` counts the article's segments from 0."""

    text: str
    article_id: str
    start: int
    end: int
    index: int
    score: float
    supported_by: tuple[str, ...] = ()
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class Value:
    """One reading of a figure, and who gives it."""

    text: str
    article_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A slice of an article's text."""

    article_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Sources give different figures for what looks like the same thing."""

    values: tuple[Value, ...]
    sentences: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """What tied an article to its story: its strongest link, the features of that pair, and their score (0 to 1).

    look_alike: likeness was overruled, since the two tell two events in the same words.
    """

    article_id: str
    score: float
    features: Mapping[str, float]
    look_alike: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Two articles and their tie: score and features as in `Tie`."""

    article_ids: tuple[str, str]
    score: float
    features: Mapping[str, float]
    look_alike: bool = False


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The nearest other story: the mean tie of the pairs compared, and their strongest; its second article is there."""

    score: float
    link: Link


@dataclass(frozen=True, slots=True)
class Grouping:
    """Why a story holds what it holds.

    A pair's log-odds are intercept + closeness * (sum of weight * feature), and its tie 1 / (1 + exp(-2 * (log-odds +
    1))); groups merge while their mean tie reaches `threshold`, None where the stories were given by a field.
    weakest: the weakest tie within the story; nearest: the story that came closest to merging with it.
    """

    model: str
    threshold: float | None
    intercept: float
    weights: Mapping[str, float]
    weakest: Link | None
    nearest: Neighbour | None


@dataclass(frozen=True, slots=True)
class SharedPassage:
    """What a copy and its kept article share: the words of `text[start:end]` and `kept_text[kept_start:kept_end]`."""

    start: int
    end: int
    kept_start: int
    kept_end: int


@dataclass(frozen=True, slots=True)
class Difference(SharedPassage):
    """Where a copy gives another figure or name than its kept article: the words of both, and where they stand."""

    text: str
    kept_text: str


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a story as a result shows it.  `similarity` is its mean tie to the story's other articles."""

    id: str
    title: str
    url: str | None
    source: str | None
    author: str | None
    published: str | None
    published_from: PublishedFrom | None
    language: str | None
    similarity: float
    duplicate_of: str | None = None
    duplicate_kind: DuplicateKind | None = None
    duplicate_score: float | None = None
    first_seen: str | None = None
    tie: Tie | None = None
    duplicate_passages: tuple[SharedPassage, ...] | None = None
    duplicate_differences: tuple[Difference, ...] | None = None
    text: str | None = None
    metadata: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Story:
    """One story out: the record `digest.story/1`."""

    story_id: str
    headline: str
    headline_article_id: str
    summary: str
    summary_from: Literal["sentences", "lead", "title"]
    sentences: tuple[DigestSentence, ...]
    keyphrases: tuple[str, ...]
    articles: tuple[Member, ...]
    article_count: int
    source_count: int
    first_published: str | None
    last_published: str | None
    cohesion: float
    importance: float
    language: str | None
    status: Literal["new", "updated", "unchanged"] = "new"
    merged_from: tuple[str, ...] = ()
    split_from: str | None = None
    disagreements: tuple[Disagreement, ...] = ()
    updates: tuple[Disagreement, ...] = ()
    grouping: Grouping | None = None
    metadata: Json = field(default_factory=dict)
