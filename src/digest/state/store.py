"""The state of a job from night to night: what is known of articles and stories, read and written in one transaction.

A run begins a transaction, reads and writes in it, and commits it when its outputs lie on disk beside their places.
What a killed run had begun is gone when the next one looks.
"""

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from digest.checkpoints import reached
from digest.fingerprint import fingerprint
from digest.records import Article, DuplicateKind, Segment, Story
from digest.similarity import Float32
from digest.state.blobs import (
    pack_story,
    pack_vector,
    pack_words,
    unpack_article,
    unpack_story,
    unpack_vector,
)
from digest.state.database import explained
from digest.state.outlines import Outlines, read_outlines
from digest.state.pending import note_pending


@dataclass(frozen=True, slots=True)
class Place:
    """Where a living article is: its story, its kept copy (itself where it is kept), and what it said when read."""

    fingerprint: str
    story: str
    kept: str
    kind: DuplicateKind | None
    score: float
    first_seen: str | None
    last_seen: str | None


@dataclass(frozen=True, slots=True)
class KnownStory:
    """A living story.  born, told, restructured: the runs in which it began, was last published (None: never), and
    last merged, split or lost an article to a withdrawal; settings: a fingerprint of those its record was made with."""

    born: int
    told: int | None
    restructured: int | None
    merged_from: tuple[str, ...]
    split_from: str | None
    settings: str


@dataclass(frozen=True, slots=True)
class NewArticle:
    """What the state takes in of an article: its place, its packed record, its words and sampled shingles, its vector
    where it has one, and whether the model knows its language."""

    article: Article
    place: Place
    body: bytes
    words: tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8]]
    shingles: npt.NDArray[np.uint32]
    vector: Float32 | None
    understood: bool


class State:
    """An open state, within the transaction of one run."""

    def __init__(self, path: Path, database: sqlite3.Connection, unpublished: Sequence[int] = ()) -> None:
        """unpublished: earlier runs whose outputs never appeared."""
        self.path = path
        self.database = database
        database.execute("BEGIN IMMEDIATE")
        last, now = database.execute("SELECT max(run), max(now) FROM runs").fetchone()
        self.run: int = (last or 0) + 1
        self.last_now: str | None = now
        self._before = database.total_changes
        self.retold: frozenset[str] = frozenset().union(*(self._untell(run) for run in unpublished))

    @property
    def changed(self) -> bool:
        """Whether this run has changed anything."""
        return self.database.total_changes > self._before

    # What is known.

    def living(self) -> dict[str, Place]:
        """Every article that the window holds, by its id."""
        rows = self.database.execute(
            "SELECT article, fingerprint, story, kept, kind, score, first_seen, last_seen FROM articles"
        )
        return {row[0]: Place(*row[1:]) for row in rows}

    def stories(self) -> dict[str, KnownStory]:
        """Every living story, by its id."""
        rows = self.database.execute(
            "SELECT story, born, told, restructured, merged_from, split_from, settings FROM stories"
        )
        return {
            story: KnownStory(born, told, restructured, tuple(merged.split()), split, settings)
            for story, born, told, restructured, merged, split, settings in rows
        }

    def expired(self) -> dict[str, str]:
        """The fingerprints of articles that left the window and may come again, by id."""
        return dict(self.database.execute("SELECT article, fingerprint FROM expired"))

    def forgotten(self, articles: Iterable[str]) -> set[str]:
        """Those of some articles that were taken out for good."""
        known = {article for (article,) in self.database.execute("SELECT article FROM forgotten")}
        return {article for article in articles if hidden(article) in known} if known else set()

    def record(self, story: str) -> Story | None:
        """The story as it was last digested; None where that is outdated."""
        with explained(self.path):
            (blob,) = self.database.execute("SELECT record FROM stories WHERE story = ?", (story,)).fetchone()
            return unpack_story(blob) if blob else None

    def articles(self, ids: Iterable[str]) -> list[tuple[Article, list[Segment]]]:
        """What is kept of some articles."""
        with explained(self.path):
            return [unpack_article(i, self._value("body", i)) for i in ids]

    def vectors(self, ids: Iterable[str], model: str) -> dict[str, Float32]:
        """The vectors of those articles that have one of this model."""
        with explained(self.path):
            query = "SELECT vector FROM articles WHERE article = ? AND model = ? AND vector IS NOT NULL"
            found = ((i, self.database.execute(query, (i, model)).fetchone()) for i in ids)
            return {i: unpack_vector(row[0]) for i, row in found if row}

    def leads(self, model: str) -> tuple[list[str], Float32]:
        """The living articles that are kept and in a language that this model knows, by id, and their vectors."""
        query = (
            "SELECT article, vector FROM articles WHERE model = ? AND understood AND kept = article "
            "AND vector IS NOT NULL ORDER BY article"
        )
        with explained(self.path):
            rows = self.database.execute(query, (model,)).fetchall()
        joined = unpack_vector(b"".join(vector for _, vector in rows))
        return [article for article, _ in rows], joined.reshape(len(rows), -1) if rows else np.empty((0, 0), np.float32)

    def outlines(self, without: Collection[str] = ()) -> Outlines:
        """All living articles but some, in the order of their ids."""
        with explained(self.path):
            return read_outlines(self.database, without)

    def told(self, story: str) -> list[str]:
        """The sentences that digests of a story have told, in the order in which they did."""
        query = "SELECT text FROM told WHERE story = ? ORDER BY run, rowid"
        return [text for (text,) in self.database.execute(query, (story,))]

    def sizes(self) -> tuple[int, int]:
        """How many articles and stories live."""
        query = "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM stories)"
        articles, stories = self.database.execute(query).fetchone()
        return articles, stories

    def _value(self, column: str, article: str) -> bytes:
        row = self.database.execute(f"SELECT {column} FROM articles WHERE article = ?", (article,)).fetchone()
        return bytes(row[0])

    # What a run changes.

    def expire(self, articles: Sequence[str]) -> None:
        """Takes articles out of the window; of each only that it was known is kept, for as long as it keeps coming.

        Their stories stay until `end` is told.
        """
        many = [(i,) for i in articles]
        copied = "INSERT OR REPLACE INTO expired SELECT article, fingerprint, last_seen FROM articles WHERE article = ?"
        self.database.executemany(copied, many)
        self.database.executemany("DELETE FROM articles WHERE article = ?", many)

    def purge(self, first_day: str) -> None:
        """Takes out what the window has left behind besides articles."""
        self.database.execute("DELETE FROM told WHERE day < ?", (first_day,))
        self.database.execute("DELETE FROM expired WHERE last_seen < ?", (first_day,))
        self.database.execute("DELETE FROM runs WHERE now < ?", (first_day,))

    def mark_seen(self, articles: Sequence[str], now: str | None) -> None:
        """Notes that known or expired articles came again."""
        for table in ("articles", "expired"):
            self.database.executemany(
                f"UPDATE {table} SET last_seen = ?1 WHERE article = ?2 AND last_seen IS NOT ?1",
                [(now, i) for i in articles],
            )

    def add(self, articles: Iterable[NewArticle], model: str) -> None:
        """Takes articles in; the older copy of a changed one goes."""
        for new in articles:
            vector = None if new.vector is None else pack_vector(new.vector)
            a, p = new.article, new.place
            self.database.execute("DELETE FROM expired WHERE article = ?", (a.id,))
            self.database.execute(
                f"INSERT OR REPLACE INTO articles VALUES ({', '.join('?' * 18)})",
                (a.id, p.fingerprint, p.story, p.kept, p.kind, p.score, self.run, p.first_seen, p.last_seen,
                 a.published, a.published_from, a.language, pack_words(*new.words),
                 new.shingles.astype("<u4").tobytes(), model, new.understood, vector, new.body),
            )  # fmt: skip
        reached("articles-written")

    def move(self, places: Mapping[str, Place]) -> None:
        """Writes the stories and the kept copies of articles that are known."""
        self.database.executemany(
            "UPDATE articles SET story = ?, kept = ?, kind = ?, score = ? WHERE article = ?",
            [(p.story, p.kept, p.kind, p.score, article) for article, p in places.items()],
        )

    def put_story(self, story: str, known: KnownStory, record: Story | None) -> None:
        """Writes a story, new or known, and its record."""
        self.database.execute(
            "INSERT INTO stories (story, born, restructured, merged_from, split_from, settings, record) "
            "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (story) DO UPDATE SET restructured = excluded.restructured, "
            "merged_from = excluded.merged_from, split_from = excluded.split_from, settings = excluded.settings, "
            "record = excluded.record",
            (story, known.born, known.restructured, " ".join(known.merged_from), known.split_from, known.settings,
             pack_story(record) if record else None),
        )  # fmt: skip

    def inherit(self, story: str, of: str) -> None:
        """What was told of one story counts as told of another, which it merged into or which split from it."""
        self.database.execute(
            "INSERT INTO told SELECT ?, run, day, article, text FROM told WHERE story = ?", (story, of)
        )

    def tell(self, story: str, sentences: Iterable[tuple[str, str]], now: str | None) -> None:
        """Notes that a story is published by this run, with sentences (article, text) that were not told before."""
        self.database.execute("UPDATE stories SET told_before = told, told = ? WHERE story = ?", (self.run, story))
        self.database.executemany(
            "INSERT INTO told VALUES (?, ?, ?, ?, ?)", [(story, self.run, now, *sentence) for sentence in sentences]
        )

    def end(self, stories: Iterable[str]) -> None:
        """Takes out stories that hold no article any more."""
        many = [(story,) for story in stories]
        self.database.executemany("DELETE FROM told WHERE story = ?", many)
        self.database.executemany("DELETE FROM stories WHERE story = ?", many)

    def _untell(self, run: int) -> set[str]:
        """Takes back what a run told.  Returns the stories that it told."""
        told = {story for (story,) in self.database.execute("SELECT story FROM stories WHERE told = ?", (run,))}
        self.database.execute("UPDATE stories SET told = told_before WHERE told = ?", (run,))
        self.database.execute("DELETE FROM told WHERE run = ?", (run,))
        self.database.execute("DELETE FROM pending WHERE run = ?", (run,))
        return told

    # The end of a run.

    def commit(self, now: str | None, waiting: Sequence[tuple[Path, Path]] = ()) -> None:
        """Makes this run's changes last.  waiting: the files that lie on disk, and the places that they take next."""
        with explained(self.path):
            if not self.changed:
                self.database.execute("ROLLBACK")
                return
            self.database.execute("INSERT INTO runs VALUES (?, ?)", (self.run, now))
            note_pending(self.database, self.run, waiting)
            reached("before-commit")
            self.database.execute("COMMIT")
        reached("committed")

    def published(self) -> None:
        """Notes that the files have taken their places."""
        with explained(self.path):
            self.database.execute("DELETE FROM pending WHERE run = ?", (self.run,))
        reached("published")


def hidden(article: str) -> str:
    """An id as the list of forgotten articles holds it: what was forgotten cannot be read there."""
    return fingerprint("forgotten", article, size=16)
