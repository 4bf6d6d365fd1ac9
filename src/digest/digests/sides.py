"""Who is accused is heard: the sentence in which the accused answers what a digest says against him.

A digest that tells an accusation and lets its target say nothing is unfair where a source has the answer.  There is no
parser in the package: an answer is a name before one of a few verbs ("Mr. Smith has denied any wrongdoing"), of one
whom the digest names in a sentence that tells an accusation and who is heard nowhere in it.  The lists stand in
sides.toml; a language without them is left as it is.  What critics say of a decision was tried too and left out: half
of what such rules found was about something else.
"""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from digest.digests.reading import Bool, Reading, fold_of
from digest.digests.words import read_table, words_of
from digest.similarity import Vectors, cosines
from digest.tokens import Int64

FEWEST = 50  # Words of a digest that has room for an answer.
_ON_TOPIC = 0.35  # Cosine to the nearest sentence of the digest: below it is another topic,
_SAME = 0.85  # and from here on the same.
_LATER = 0.004  # What a place further down in its article costs an answer, in cosine.
_REST = 90  # Letters behind the verb that tell what is answered.
_SHORTEST = 3  # Letters of a name.
_PLACES = 6
_WORD = re.compile("[^\\W\\d_]\\w+")
_FULL_NAME = "(?:.* )?(?P<first>[A-Z][\\w'’-]+) (?P<last>[A-Z][\\w'’-]+?)(?:['’]s?)?"
_POSSESSIVE = re.compile("['’]s$")


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The lists of a language, compiled.

    heard: what is said by or of one who is heard; accused: how one who is accused is named; his name as {}.
    """

    language: str
    answer: re.Pattern[str]
    triggers: frozenset[str]
    generic: re.Pattern[str]
    accusation: re.Pattern[str]
    answered: re.Pattern[str]
    heard: str
    accused: str
    shared: re.Pattern[str]
    titles: re.Pattern[str]

    def accuses(self, text: str) -> bool:
        return self.accusation.search(text.lower()) is not None


def answers(
    reading: Reading, index: Int64, texts: Sequence[str], chosen: Sequence[int], vectors: Vectors | None
) -> list[tuple[int, int]]:
    """The sentences of a digest that accuse somebody, each with one in which he answers, the best first.

    Both are places among the candidates.  Empty where nobody is accused or the accused is heard.  index: int64 [C], the
    candidates' places in the reading; texts: of each; chosen: the places of the digest's sentences, the most
    telling first; vectors: float32 [C, d], unit rows, or None (then none is found: words alone do not tell the topic).
    """
    patterns = _patterns(reading.language)
    if patterns is None or vectors is None:
        return []
    may = _holding(reading, index, patterns.triggers)  # First of all: few sentences do.
    may[list(chosen)] = False
    if not may.any():
        return []
    told = [texts[c] for c in chosen]
    accusing = {text: c for text, c in zip(reversed(told), reversed(chosen), strict=True) if patterns.accuses(text)}
    if not accusing or any(patterns.answered.search(text) for text in told):
        return []
    near = np.round(cosines(vectors, vectors[np.asarray(chosen, np.int64)]).max(axis=1), _PLACES)
    may &= (near >= _ON_TOPIC) & (near < _SAME)
    answered = ((_answered_by(texts[c], list(accusing), told, patterns), c) for c in np.flatnonzero(may).tolist())
    found = [(accusing[accusation], c) for accusation, c in answered if accusation is not None]
    worth = np.round(near - _LATER * reading.place[index], _PLACES)
    return sorted(found, key=lambda pair: (-worth[pair[1]], pair[1]))


def _answered_by(text: str, accusing: Sequence[str], told: Sequence[str], patterns: _Patterns) -> str | None:
    """Which of the accusing sentences one that a sentence lets answer is accused in, the last of several."""
    language = patterns.language
    for found in patterns.answer.finditer(text):
        name = _name_of(found["who"], patterns)
        if len(name) < _SHORTEST or name.lower() in words_of(language).stop:
            continue
        if _is_another(found["who"], told, patterns) or _is_heard(name, told, patterns):
            continue
        rest = text[found.start("does") :]
        about = _content(rest, language) - {name.lower()}
        if not patterns.generic.search(rest[:_REST]) and all(about.isdisjoint(_content(t, language)) for t in told):
            continue
        accused = re.compile(patterns.accused.replace("{}", re.escape(name)))
        against = [t for t in accusing if accused.search(t)]
        if against:
            return against[-1]
    return None


def _name_of(who: str, patterns: _Patterns) -> str:
    """What a party is called by after its first mention: its last word, or two where that may be another's."""
    words = [_POSSESSIVE.sub("", word).strip(".") for word in who.split()]
    return " ".join(words[-2:] if patterns.shared.fullmatch(words[-1]) else words[-1:])


def _is_another(who: str, told: Sequence[str], patterns: _Patterns) -> bool:
    """Whether the digest names only others of that family: "Joyce Mitchell", where Paige Mitchell answers."""
    full = re.fullmatch(_FULL_NAME, who)
    if full is None or patterns.titles.fullmatch(full["first"]):
        return False
    before = re.compile(f"(?:\\b([A-Z][\\w'’-]+)\\.? )?\\b{re.escape(full['last'])}\\b")
    firsts = [found[1] for text in told for found in before.finditer(text)]
    return full["first"] not in firsts and all(first and not patterns.titles.fullmatch(first) for first in firsts)


def _is_heard(name: str, told: Sequence[str], patterns: _Patterns) -> bool:
    heard = re.compile(patterns.heard.replace("{}", re.escape(name)))
    return any(map(heard.search, told))


def _content(text: str, language: str) -> frozenset[str]:
    """The words of a text that are no function words, inflections folded."""
    fold, stop = fold_of(language), words_of(language).stop
    return frozenset(fold(word) for word in map(str.lower, _WORD.findall(text)) if word not in stop)


def _holding(reading: Reading, index: Int64, words: frozenset[str]) -> Bool:
    """Which of some sentences hold one of the words: bool [C]."""
    wanted = np.fromiter(map(words.__contains__, reading.spelled), bool, len(reading.spelled))
    line = reading.sentences
    return np.asarray(np.bincount(line.text, wanted[line.word], len(reading.rows))[index] > 0)


@functools.cache
def _patterns(language: str) -> _Patterns | None:
    table = read_table("sides.toml").get(language)
    if table is None:
        return None
    fold = fold_of(language)
    name = "(?P<who>(?:[A-Z][\\w'’.-]*\\s+)*[A-Z][\\w'’-]+|[Tt]he [a-z]{5,})"
    name += f"(?:['’]s? (?:{table['for_them']}))?"
    between = f"(?:,[^,]{{1,60}},)?\\s+(?:(?:{table['between']})\\s+){{0,4}}"
    active = "".join(f"(?<!{word} )" for word in table["passive"].split())
    return _Patterns(
        language=language,
        answer=re.compile(f"{name}{between}(?P<does>{'|'.join(table['answers'])})"),
        triggers=frozenset(map(fold, table["triggers"].split())),
        generic=re.compile(f"\\b(?:{table['generic']})\\b"),
        accusation=re.compile(f"\\b(?:{table['accusations']})"),
        answered=re.compile(f"\\b(?:{table['answered']})\\b", re.IGNORECASE),
        heard=(
            f"\\b{{}}(?:['’]s)?\\b(?:[^.]{{0,50}}?\\b{active}(?:{table['speaks']})\\b"
            f"|[^.]*\\b{active}(?:{table['attacks']})\\b)|\\b(?:{table['reported']})\\b[^.,]{{0,25}}\\b{{}}\\b"
        ),
        accused=f"\\b{{}}\\b(?!(?:['’]s?)?(?: \\w+){{0,3}} (?:{table['staff']})\\b)",
        shared=re.compile(table["shared"]),
        titles=re.compile(table["titles"]),
    )
