"""A story's headline: the plainest of its members' titles that says what most of them say."""

import functools
import re
from collections.abc import Sequence

import numpy as np

from digest.corpus import Corpus
from digest.digests.budget import count_words
from digest.digests.reading import Float, Reading
from digest.digests.verbless import is_verbless
from digest.digests.words import Words, read_table, words_of
from digest.records import Kind
from digest.similarity import distinct
from digest.tokens import Int64

_FEWEST, _MOST = 4, 16  # words of a headline that says something, and that can be taken in at a glance
_LONGEST = 30  # words of a sentence in a title's place
_AT_A_GLANCE = re.compile(f"(?:\\S+\\s+){{{_LONGEST - 1}}}\\S+(?=\\s+\\S)")
_LABEL = 5  # words at most of a title that only says what it is about
_UNTOLD = 1 / 3  # what a title that says nothing of what its digest says is worth of one that says all of it
_UNPLAIN = 0.5  # what is left of a title's score for each thing that is wrong with it


def heading_of(corpus: Corpus, article: int) -> str:
    """The heading that an article begins with, which is the title of one that has none; "" where it has no such."""
    for row in range(int(corpus.rows[article]) + 1, int(corpus.rows[article + 1])):
        if corpus.kinds[row] == Kind.SENTENCE:
            break
        if corpus.kinds[row] == Kind.HEADING and count_words(heading := corpus.text_of(row)) >= _FEWEST:
            return clean_title(heading, corpus.articles[article].source)
    return ""


def at_a_glance(sentence: str) -> str:
    """What of a sentence stands in a title's place: all before a wide gap in it; of a very long one its first words."""
    before, gap, _ = sentence.partition("  ")
    if gap and count_words(before) >= _FEWEST:
        sentence = before.rstrip()
    found = _AT_A_GLANCE.match(sentence)
    return found[0].rstrip(" .,;:–—-") + "…" if found else sentence


def clean_title(title: str, source: str | None = None) -> str:
    """A title without what is not of it: "UPDATE 2-" or "BREAKING:" before it, " - Reuters", " | CNN" or "(+video)"
    behind it.

    What is left stands in the title as it was; the whole title if nothing else would be left.
    """
    before, behind, bar, _, marks = _patterns()
    start, end = 0, len(title.rstrip())
    while found := before.match(title, start, end):
        start = found.end()
    while (cut := marks.search(title, start, end)) or (
        (cut := bar.search(title, start, end)) and _is_outlet(cut, source, behind)
    ):
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
    throughout, too short, too long, no end, a label without a verb ("Trade Policy"), letters read wrongly.
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
        mine = distinct(reading.titles.word[reading.titles.text == i])
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
            len(plain) <= _LABEL and is_verbless(title, words),
            "Ã¢" in title or "â€" in title,
        )
    )


def _is_outlet(cut: re.Match[str], source: str | None, behind: re.Pattern[str]) -> bool:
    tail = cut.group("tail")
    if cut.group("bar") in "|»•" or behind.search(tail):
        return True
    name, known = _letters(tail), _letters(_site(source or ""))
    if len(known) < 3 or len(name) < 3:
        return False
    initials = "".join(word[0] for word in tail.split() if word[0].isupper()).lower()
    return (
        name in known
        or (known in name and 2 * len(known) >= len(name))
        or (len(known) > 5 and name.startswith(known))
        or (len(initials) > 2 and known.startswith(initials) and len(known) <= len(initials) + len("news"))
    )


def _site(source: str) -> str:
    """The name in an address: "elpais" of "english.elpais.com"; else the source as it is."""
    labels = source.split(".")
    return source if " " in source or len(labels) < 2 else max(labels[:-1], key=len)


def _letters(name: str) -> str:
    return re.sub("\\W+", "", name.lower())


@functools.cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """What stands before a title, an outlet's name, the bar before one, a teaser, a mark behind a title."""
    table = read_table("titles.toml")
    before, behind, teaser, marks = ("|".join(table[key]) for key in ("before", "outlets", "teasers", "marks"))
    return (
        re.compile(f"\\s*(?:{before})", re.IGNORECASE),
        re.compile(f"(?:{behind})", re.IGNORECASE),
        re.compile("\\s+(?P<bar>[|»•·:/]|[-–—]{1,2})\\s+(?P<tail>(?:(?!\\s[-–—|»•·:/]+\\s).){2,50})$"),
        re.compile(f"(?:{teaser})", re.IGNORECASE),
        re.compile(f"\\s*(?:{marks})$", re.IGNORECASE),
    )
