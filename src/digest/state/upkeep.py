"""Looking after a state: what is in it, whether it is sound, making it small, taking an article out for good."""

import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from digest.errors import StateError, UsageError, did_you_mean
from digest.records import Story
from digest.state.blobs import pack_story, unpack_article, unpack_story, unpack_words
from digest.state.database import FORMAT, connect, damaged, explained, read_only, transaction
from digest.state.lock import locked
from digest.state.pending import finish_pending
from digest.state.store import hidden


@dataclass(frozen=True, slots=True)
class StateInfo:
    """format: of the file; bytes: its size; runs: how many changed it; last_day: of the last of them; first_day: on
    which the oldest living article came; told: sentences that were published; expired: articles that left the window
    and may come again; forgotten: articles taken out for good; waiting: files of an interrupted run that wait."""

    format: int
    bytes: int
    runs: int
    last_day: str | None
    first_day: str | None
    articles: int
    stories: int
    told: int
    expired: int
    forgotten: int
    waiting: int


def info(path: Path) -> StateInfo:
    """What a state holds.  Raises StateError."""
    with closing(read_only(path)) as database, explained(path):
        runs, last_day = database.execute("SELECT coalesce(max(run), 0), max(now) FROM runs").fetchone()
        first_day = database.execute("SELECT min(first_seen) FROM articles").fetchone()[0]
        sizes = [
            database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("articles", "stories", "told", "expired", "forgotten", "pending")
        ]
        return StateInfo(FORMAT, path.stat().st_size, runs, last_day, first_day, *sizes)


def living_stories(path: Path) -> list[Story]:
    """The living stories as they were last digested, in the order of a result; those that await a new digest are left
    out."""
    with closing(read_only(path)) as database, explained(path):
        query = "SELECT record FROM stories WHERE record IS NOT NULL"
        stories = [unpack_story(record) for (record,) in database.execute(query)]
    return sorted(stories, key=lambda s: (-s.importance, s.story_id))


def vacuum(path: Path) -> tuple[int, int]:
    """Brings a state up to this format and gives back the room of what it no longer holds.

    Returns its size in bytes before and after.  Raises LockedError and StateError, also for a state that is not sound.
    """
    with locked(path), explained(path):
        before = path.stat().st_size
        with closing(connect(path)) as database:
            if faults := list(find_faults(database)):
                raise StateError(damaged(path, "; ".join(faults[:3])))
            _shrink(database)
        return before, path.stat().st_size


def forget(path: Path, articles: Sequence[str]) -> tuple[list[str], list[str]]:
    """Takes articles out of every table, and refuses them when they come again.

    Their bytes leave the file.  What is kept is a fingerprint of each id, to know it by.  The stories that lose an
    article are digested anew by the next run.  Returns these stories, and the articles that live on and are copies of
    one that was taken out, or it of them.  Raises UsageError for an id that the state never knew, LockedError and
    StateError.
    """
    with locked(path), explained(path), closing(connect(path)) as database:
        finish_pending(database, ())
        known = {i for (i,) in database.execute("SELECT article FROM articles UNION SELECT article FROM expired")}
        before = {i for (i,) in database.execute("SELECT article FROM forgotten")}
        for article in articles:
            if article not in known and hidden(article) not in before:
                raise UsageError(f"The state {path} knows no article {article!r}. {_advice(article, known)}")
        copies = {copy for i in articles for copy in _copies(database, i)}.difference(articles)
        with transaction(database):
            stories = sorted({story for i in articles for story in _forget(database, i)})
            _leave_unnamed(database, frozenset(articles))
        _shrink(database)
    return stories, sorted(copies)


def _copies(database: sqlite3.Connection, article: str) -> list[str]:
    """The living articles of the same group of copies."""
    query = "SELECT article FROM articles WHERE kept = (SELECT kept FROM articles WHERE article = ?)"
    return [copy for (copy,) in database.execute(query, (article,))]


def _advice(article: str, known: set[str]) -> str:
    advice = did_you_mean(article, known)
    return advice if advice.startswith("Did") else "The ids of a story's articles stand in the result."


def _forget(database: sqlite3.Connection, article: str) -> list[str]:
    """Takes one article out.  Returns its story, if it is in one."""
    one = (article,)
    stories = [story for (story,) in database.execute("SELECT story FROM articles WHERE article = ?", one)]
    database.execute("INSERT OR IGNORE INTO forgotten VALUES (?)", (hidden(article),))
    for table in ("articles", "expired", "told"):
        database.execute(f"DELETE FROM {table} WHERE article = ?", one)
    alone = "UPDATE articles SET kept = article, kind = NULL, score = 1 WHERE kept = ?"
    database.execute(alone, one)
    for story in stories:
        # The coming run's number: until that run has told it, the story has something to tell.
        database.execute(
            "UPDATE stories SET record = NULL, settings = '', "
            "restructured = (SELECT coalesce(max(run), 0) + 1 FROM runs) WHERE story = ?",
            (story,),
        )
        if not database.execute("SELECT 1 FROM articles WHERE story = ?", (story,)).fetchone():
            database.execute("DELETE FROM told WHERE story = ?", (story,))
            database.execute("DELETE FROM stories WHERE story = ?", (story,))
    return stories


def _leave_unnamed(database: sqlite3.Connection, articles: frozenset[str]) -> None:
    """Takes articles out of the records of other stories, which name the article that came closest to them."""
    records = database.execute("SELECT story, record FROM stories WHERE record IS NOT NULL").fetchall()
    for story, packed in records:
        record = unpack_story(packed)
        grouping = record.grouping
        if grouping and grouping.nearest and not articles.isdisjoint(grouping.nearest.link.article_ids):
            bare = replace(record, grouping=replace(grouping, nearest=None))
            database.execute("UPDATE stories SET record = ? WHERE story = ?", (pack_story(bare), story))


def _shrink(database: sqlite3.Connection) -> None:
    database.execute("VACUUM")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def check_state(path: Path) -> list[str]:
    """What is wrong with a state, one sentence a fault; none where it is sound.  Raises StateError where it cannot be
    read at all."""
    with closing(read_only(path)) as database, explained(path):
        return list(find_faults(database))


_RULES = {
    "an article is in no story": "SELECT article FROM articles WHERE story NOT IN (SELECT story FROM stories)",
    "a story has no article": "SELECT story FROM stories WHERE story NOT IN (SELECT story FROM articles)",
    "a sentence was told by no story": "SELECT text FROM told WHERE story NOT IN (SELECT story FROM stories)",
    "the kept copy of an article is another one's copy, or in another story": (
        "SELECT a.article FROM articles a LEFT JOIN articles k ON a.kept = k.article "
        "WHERE k.article IS NULL OR k.kept <> k.article OR k.story <> a.story"
    ),
    "an article lives and has expired": "SELECT article FROM articles WHERE article IN (SELECT article FROM expired)",
}


def find_faults(database: sqlite3.Connection) -> Iterator[str]:
    """What breaks SQLite's own rules or the state's."""
    for (found,) in database.execute("PRAGMA integrity_check(10)"):
        if found != "ok":
            yield f"the file is broken: {found}"
    for table, *_ in database.execute("PRAGMA foreign_key_check"):
        yield f"a row of {table} leads nowhere"
    for rule, query in _RULES.items():
        for (name,) in database.execute(f"{query} LIMIT 3"):
            yield f"{rule} ({name})"
    yield from _broken_records(database)


def _broken_records(database: sqlite3.Connection) -> Iterator[str]:
    members: dict[str, set[str]] = {}
    for article, story, body, words in database.execute("SELECT article, story, body, words FROM articles"):
        members.setdefault(story, set()).add(article)
        try:
            unpack_article(article, body)
            unpack_words(words)
        except (zlib.error, ValueError, KeyError, TypeError) as e:
            yield f"the article {article} cannot be read ({e})"
    for story, record in database.execute("SELECT story, record FROM stories WHERE record IS NOT NULL"):
        try:
            articles = {m.id for m in unpack_story(record).articles}
        except (zlib.error, ValueError, KeyError, TypeError) as e:
            yield f"the story {story} cannot be read ({e})"
            continue
        if articles != members.get(story, set()):
            yield f"the story {story} tells of other articles than it holds"
