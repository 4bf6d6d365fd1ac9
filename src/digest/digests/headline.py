"""A story's headline: the plainest of its members' titles that says what most of them say."""

import functools
import re
from collections.abc import Sequence

import numpy as np

from digest.digests.reading import Float, Reading
from digest.digests.words import Words, read_table, words_of
from digest.similarity import distinct
from digest.tokens import Int64

_FEWEST, _MOST = 4, 16  # words of a headline that says something, and that can be taken in at a glance
_UNTOLD = 1 / 3  # what a title that says nothing of what its digest says is worth of one that says all of it
_UNPLAIN = 0.5  # what is left of a title's score for each thing that is wrong with it


def clean_title(title: str, source: str | None = None) -> str:
    """A title without what is not of it: "UPDATE 2-" or "BREAKING:" before it, " - Reuters" or " | CNN" behind it.

    What is left stands in the title as it was; the whole title if nothing else would be left.
    """
    before, behind, bar, _ = _patterns()
    start, end = 0, len(title.rstrip())
    while found := before.match(title, start, end):
        start = found.end()
    while (cut := bar.search(title, start, end)) and _is_outlet(cut, source, behind):
        end = cut.start()
    cleaned = title[start:end].strip()
    return cleaned if cleaned else title.strip()


def choose_title(
    titles: Sequence[str], reading: Reading | None, told: Int64 | None = None, worse: Sequence[bool] = ()
) -> int | None:
    """The place of the best title, or None where all are empty.  reading: of the story (an article alone needs none).

    told: the words of the digest that it will stand over; worse: which titles are of comment or out of date (if empty,
    none).
    Central: its words, weighed by their rarity, are those that many of the articles hold, and the digest holds them.
    Each of these halves its worth: comment or an old count, a question, a teaser, first or second person, capitals
    throughout, too short, too long, no end.
    """
    if reading is None or sum(map(bool, titles)) < 2:
        return next((i for i, title in enumerate(titles) if title), None)
    words = words_of(reading.language)
    rarity = np.where(reading.stop, 0, reading.idf)
    weight = rarity * _held_by(reading)
    best: tuple[float, int] | None = None
    for i, title in enumerate(titles):
        if not title:
            continue
        mine = np.unique(reading.titles.word[reading.titles.text == i])
        central = float(weight[mine].sum()) / (len(mine) + 3) if len(mine) else 0.0
        if told is not None:
            covered = float(rarity[np.intersect1d(mine, told)].sum()) / max(float(rarity[mine].sum()), 1e-9)
            central *= _UNTOLD + (1 - _UNTOLD) * covered
        faults = _faults(title, words) + (bool(worse) and worse[i])
        score = (round(-(central + 1e-3) * _UNPLAIN**faults, 6), i)
        best = min(best, score) if best else score
    return best[1] if best else None


def _held_by(reading: Reading) -> Float:
    """The share of the articles that hold each word in a sentence or their title: float64 [V]."""
    size = max(len(reading.spelled), 1)
    of = np.concatenate([reading.article[reading.sentences.text], reading.titles.text])
    pairs = distinct(of * size + np.concatenate([reading.sentences.word, reading.titles.word]))
    return np.asarray(np.bincount(pairs % size, minlength=size)[: len(reading.spelled)] / reading.articles)


def _faults(title: str, words: Words) -> int:
    plain = re.findall("[^\\W_][\\w'’.-]*", title)
    lower = [w.lower().replace("’", "'") for w in plain]
    return sum(
        (
            title.rstrip("\"'”’ ").endswith(("?", "？", "؟", "!", "…", "...")),
            _patterns()[3].search(title) is not None,
            not words.first.isdisjoint(lower) or "you" in lower or "your" in lower,
            title.upper() == title and title.lower() != title,
            title.isascii() and len(plain) < _FEWEST,
            len(plain) > _MOST,
            title.count('"') % 2 == 1 or title.count("“") != title.count("”"),
        )
    )


def _is_outlet(cut: re.Match[str], source: str | None, behind: re.Pattern[str]) -> bool:
    tail = cut.group("tail")
    if cut.group("bar") in "|»•" or behind.search(tail):
        return True
    name, known = (re.sub("\\W+", "", t.lower()) for t in (tail, source or ""))
    return bool(known) and len(name) > 2 and (name in known or known in name)


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What stands before a title, an outlet's name, the bar before one, a teaser."""
    table = read_table("titles.toml")
    before, behind, teaser = ("|".join(table[key]) for key in ("before", "outlets", "teasers"))
    return (
        re.compile(f"\\s*(?:{before})", re.IGNORECASE),
        re.compile(f"(?:{behind})", re.IGNORECASE),
        re.compile("\\s+(?P<bar>[|»•]|[-–—]{1,2})\\s+(?P<tail>(?:(?!\\s[-–—|»•]+\\s).){2,40})$"),
        re.compile(f"(?:{teaser})", re.IGNORECASE),
    )
