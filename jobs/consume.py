#!/usr/bin/env python3
"""An example of a downstream system: takes each story of `digest run` once, and again only when it has changed.

    consume.py --seen seen.db /var/lib/digest/editions/*/digests.jsonl | your-loader

Writes one JSON object a line on standard output: {"action": "put", "story_id": ..., "story": {...}} for a story that is
new or tells something new, {"action": "remove", "story_id": ...} for one that merged into another.  Both can be done
twice without harm, so a run that was killed is simply run again.  What was handed on is remembered in the seen file:
the results by their content, the stories by their id and content.

It needs Python 3.11 and nothing else.  Exit status: 0 done, 1 a result is not what it should be (nothing of it was
remembered), 2 a wrong command line.
"""

import argparse
import gzip
import hashlib
import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

SCHEMA = "digest.story/1"  # Another number is another meaning: it is refused, not guessed at.
NOT_NEWS = ("status", "importance", "sentences.is_new")  # differ from night to night though nothing was told anew

TABLES = """
CREATE TABLE IF NOT EXISTS results (content TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS stories (story_id TEXT PRIMARY KEY, content TEXT NOT NULL);
"""


class WrongResultError(Exception):
    """A result that this program cannot read."""


def read_stories(data: bytes, name: str) -> Iterator[dict[str, Any]]:
    """The stories of a result.  Raises WrongResultError for what is no line of `SCHEMA`."""
    for number, line in enumerate(data.splitlines(), 1):
        try:
            story = json.loads(line)
            schema = story["schema"]
        except (ValueError, KeyError, TypeError) as e:
            raise WrongResultError(f"{name}, line {number}: no record of a story.") from e
        if schema != SCHEMA:
            raise WrongResultError(f"{name}, line {number}: its schema is {schema!r}, and {SCHEMA!r} is understood.")
        yield story


def content_of(story: dict[str, Any]) -> str:
    """A fingerprint of what a story tells."""
    told = {key: value for key, value in story.items() if key not in NOT_NEWS}
    told["sentences"] = [{k: v for k, v in s.items() if f"sentences.{k}" not in NOT_NEWS} for s in story["sentences"]]
    return hashlib.blake2b(json.dumps(told, sort_keys=True).encode(), digest_size=16).hexdigest()


def changes(seen: sqlite3.Connection, data: bytes, name: str) -> Iterator[dict[str, Any]]:
    """What a result changes.  Notes in `seen`, within its open transaction, that it was taken."""
    result = hashlib.blake2b(data, digest_size=16).hexdigest()
    if seen.execute("SELECT 1 FROM results WHERE content = ?", (result,)).fetchone():
        return
    for story in read_stories(data, name):
        story_id, content = story["story_id"], content_of(story)
        for old in story["merged_from"]:
            if seen.execute("DELETE FROM stories WHERE story_id = ?", (old,)).rowcount:
                yield {"action": "remove", "story_id": old}
        known = seen.execute("SELECT content FROM stories WHERE story_id = ?", (story_id,)).fetchone()
        if known != (content,):
            seen.execute("INSERT OR REPLACE INTO stories VALUES (?, ?)", (story_id, content))
            yield {"action": "put", "story_id": story_id, "story": story}
    seen.execute("INSERT INTO results VALUES (?)", (result,))


def consume(results: list[Path], seen_file: Path) -> None:
    """Hands on what some results change, the oldest result first.

    Raises WrongResultError, OSError and sqlite3.Error; the results before the wrong one are done.
    """
    with closing(sqlite3.connect(seen_file)) as seen:
        seen.executescript(TABLES)
        for path in results:
            data = path.read_bytes()
            lines = list(changes(seen, gzip.decompress(data) if path.suffix == ".gz" else data, str(path)))
            sys.stdout.write("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
            sys.stdout.flush()
            # Not before they are handed on: rather twice than never.
            seen.commit()


def main() -> int:
    parser = argparse.ArgumentParser(description="Hand on what results of digest change, each story once.")
    parser.add_argument("results", metavar="RESULT", nargs="+", type=Path, help="digests.jsonl, the oldest first")
    parser.add_argument("--seen", metavar="PATH", required=True, type=Path, help="what was handed on already")
    given = parser.parse_args()
    try:
        consume(given.results, given.seen)
    except (WrongResultError, OSError, sqlite3.Error) as e:
        print(f"consume.py: {e}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
