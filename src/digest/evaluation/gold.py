"""Known answers: which articles belong together, which are copies, and what people wrote about a story."""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from digest.errors import UsageError
from digest.outputs import no_such_file

# The names that a line of gold may use, the first one is that of the documentation.
ID = ("id", "article_id", "article")
STORY = ("story", "label", "story_id", "cluster", "event")
COPIES = ("copies", "duplicates", "copy_of", "duplicate_of")
KIND = ("kind", "duplicate_kind")
REFERENCES = ("references", "reference", "summary")
LANGUAGE = ("language", "lang")

_WANTED = (
    'a line is {"id": ..., "story": ...}, with "copies" (the name of the group of copies) and "kind" where they are '
    'known, or {"story": ..., "references": [...]}'
)
_ARTICLES = ("articles.jsonl", "articles.jsonl.gz")


@dataclass(frozen=True, slots=True)
class Gold:
    """stories, copies: the group of each article that has one; kinds: how a copy was made; references: the summaries
    of a story; languages: those that are known; known: every article that the gold speaks of."""

    stories: Mapping[str, str] = field(default_factory=dict)
    copies: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    references: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    known: frozenset[str] = frozenset()


def read_gold(path: Path) -> Gold:
    """The gold of a file or a folder.

    Files: JSON Lines and CSV with a line an article (`.jsonl`, `.csv`, `.tsv`), or one JSON object (`.json`) with the
    keys stories, duplicates, kinds (article to group) and references (story to texts); each also as `.gz`.  A folder
    holds such a `gold.json` and may hold `articles.jsonl`, whose articles count as known.
    Raises UsageError for what cannot be read as gold; the message names the line.
    """
    folder = path if path.is_dir() else None
    file = path / "gold.json" if folder else path
    name = file.name.removesuffix(".gz")
    text = _read_text(file)
    if name.endswith(".json"):
        gold = _from_object(_json(text, str(file)), str(file))
    elif name.endswith((".csv", ".tsv")):
        gold = _from_lines(_csv_lines(text, "\t" if name.endswith(".tsv") else ","), file)
    else:
        gold = _from_lines(_json_lines(text, file), file)
    return _with_articles(gold, folder) if folder else gold


def _read_text(path: Path) -> str:
    try:
        raw = path.read_bytes()
        return (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8-sig")
    except FileNotFoundError as e:
        raise no_such_file(path) from e
    except OSError as e:
        raise UsageError(f"Cannot read the gold {path}: {e.strerror or e}. Check the path.") from e
    except (EOFError, zlib.error, UnicodeDecodeError) as e:
        raise UsageError(f"The gold {path} is damaged or no UTF-8 text ({e}). Make it again.") from e


def _json(text: str, where: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as e:
        raise UsageError(f"{where} is no JSON ({e}). In a gold of JSON Lines, {_WANTED}.") from e


def _json_lines(text: str, file: Path) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, _json(line, f"{file}, line {number}")


def _csv_lines(text: str, delimiter: str) -> Iterator[tuple[int, Any]]:
    """Rows by their header; without one the first two columns are the article's id and its story."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header: list[str] | None = None
    for row in rows:
        if header is None:
            header = [name.strip().lower() for name in row]
            if _first(dict.fromkeys(header, "x"), ID):
                continue
            header = ["id", "story"]
        if any(cell.strip() for cell in row):
            yield rows.line_num, dict(zip(header, row, strict=False))


class _Gathering:
    """Gold as its lines come in."""

    def __init__(self) -> None:
        self.stories: dict[str, str] = {}
        self.copies: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        self.references: dict[str, tuple[str, ...]] = {}
        self.languages: dict[str, str] = {}
        self.known: set[str] = set()

    def add(self, record: Any, where: str) -> None:
        if isinstance(record, list) and len(record) == 2:
            record = dict(zip(("id", "story"), record, strict=True))
        if not isinstance(record, dict):
            raise UsageError(f"{where} is no object: {_WANTED}.")
        article, story = _text_of(record, ID, where), _text_of(record, STORY, where)
        texts = next((record[name] for name in REFERENCES if record.get(name)), None)
        if article is None and story is not None and texts is not None:
            self.references[story] = (*self.references.get(story, ()), *_texts(texts, where))
            return
        copies = _text_of(record, COPIES, where)
        if article is None or (story is None and copies is None):
            raise UsageError(f"{where} has the keys {', '.join(map(str, sorted(record)))}: {_WANTED}.")
        self.known.add(article)
        pairs = ((self.stories, story), (self.copies, copies), (self.kinds, _text_of(record, KIND, where)))
        for table, value in (*pairs, (self.languages, _text_of(record, LANGUAGE, where))):
            if value is not None and table.setdefault(article, value) != value:
                raise UsageError(
                    f"{where}: article {article!r} is in {value!r} here and in {table[article]!r} above. Keep one."
                )

    def gold(self) -> Gold:
        return Gold(self.stories, self.copies, self.kinds, self.references, self.languages, frozenset(self.known))


def _from_lines(lines: Iterator[tuple[int, Any]], file: Path) -> Gold:
    gathered = _Gathering()
    for number, record in lines:
        gathered.add(record, f"{file}, line {number}")
    if not gathered.known:
        raise UsageError(f"{file} names no article: {_WANTED}.")
    return gathered.gold()


def _from_object(record: Any, where: str) -> Gold:
    tables = ("stories", "duplicates", "kinds", "references")
    if not isinstance(record, dict) or not isinstance(record.get("stories", record.get("duplicates")), dict):
        raise UsageError(
            f"{where} holds no gold: an object with 'stories' or 'duplicates' (article to group) is wanted, "
            "and may have 'kinds' and 'references'."
        )
    stories, copies, kinds, texts = (_table(record.get(name), f"{where}: {name!r}") for name in tables)
    references = {story: _texts(value, f"{where}: 'references'") for story, value in texts.items()}
    story_of = _by_article(stories, f"{where}: 'stories'")
    copy_of = _by_article(copies, f"{where}: 'duplicates'")
    kind_of = _by_article(kinds, f"{where}: 'kinds'")
    return Gold(story_of, copy_of, kind_of, references, {}, frozenset(story_of) | frozenset(copy_of))


def _table(value: Any, where: str) -> Mapping[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise UsageError(f"{where} is no object of article and group.")
    return value


def _by_article(table: Mapping[str, Any], where: str) -> dict[str, str]:
    """Article to group, also from group to articles."""
    out: dict[str, str] = {}
    for key, value in table.items():
        articles, group = (value, key) if isinstance(value, list) else ([key], value)
        for article in articles:
            if not _is_name(article) or not _is_name(group):
                raise UsageError(f"{where}: {key!r} has the value {value!r}: a text is wanted.")
            out[str(article)] = str(group)
    return out


def _texts(value: Any, where: str) -> tuple[str, ...]:
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not texts or not all(isinstance(text, str) for text in texts):
        raise UsageError(f"{where}: references are a text or a list of texts.")
    return tuple(texts)


def _first(record: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    return next((name for name in names if record.get(name) not in (None, "")), None)


def _text_of(record: Mapping[str, Any], names: tuple[str, ...], where: str) -> str | None:
    name = _first(record, names)
    if name is None:
        return None
    if not _is_name(record[name]):
        raise UsageError(f"{where}: {name!r} is {record[name]!r}: a text or a number is wanted.")
    return str(record[name]).strip()


def _is_name(value: Any) -> bool:
    return isinstance(value, (str, int)) and not isinstance(value, bool)


def _with_articles(gold: Gold, folder: Path) -> Gold:
    """The gold with the ids and the languages of the articles beside it."""
    file = next((folder / name for name in _ARTICLES if (folder / name).exists()), None)
    if file is None:
        return gold
    languages: dict[str, str] = {}
    known = set(gold.known)
    for number, record in _json_lines(_read_text(file), file):
        where = f"{file}, line {number}"
        article = _text_of(record, ID, where) if isinstance(record, dict) else None
        if article is not None:
            known.add(article)
            if language := _text_of(record, LANGUAGE, where):
                languages[article] = language
    return Gold(gold.stories, gold.copies, gold.kinds, gold.references, languages, frozenset(known))
