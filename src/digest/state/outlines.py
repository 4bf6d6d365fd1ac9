"""What the state tells of all its articles at once, without reading their records."""

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digest.state.blobs import unpack_words
from digest.state.words import Words


@dataclass(frozen=True, eq=False, slots=True)
class Outlines:
    """What is known of articles without reading their records: their words, sampled shingles, dates and languages.

    from_text: bool [n], whose date was read in the text.
    """

    words: Words
    shingles: Sequence[npt.NDArray[np.uint32]]
    published: Sequence[str | None]
    from_text: npt.NDArray[np.bool_]
    languages: Sequence[str | None]


def read_outlines(database: sqlite3.Connection, without: Collection[str]) -> Outlines:
    """All articles but some, in the order of their ids."""
    query = "SELECT article, words, shingles, published, published_from, language FROM articles ORDER BY article"
    rows = [row for row in database.execute(query) if row[0] not in without]
    parts = [unpack_words(row[1]) for row in rows]
    widths = np.fromiter((len(hashes) for hashes, _ in parts), np.int64, len(parts))
    words = Words(
        tuple(row[0] for row in rows),
        np.concatenate([np.empty(0, np.uint32), *(hashes for hashes, _ in parts)]),
        np.concatenate([np.empty(0, np.uint8), *(counts for _, counts in parts)]),
        np.concatenate(([0], np.cumsum(widths))).astype(np.int64),
    )
    return Outlines(
        words,
        [np.frombuffer(row[2], "<u4") for row in rows],
        [row[3] for row in rows],
        np.array([row[4] == "text" for row in rows], bool),
        [row[5] for row in rows],
    )
