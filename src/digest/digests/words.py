"""The word lists of each language, compiled to what judges a sentence fast: sets, and one pattern for its start."""

import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from typing import Any

from digest.function_words import function_words

_QUOTES = "\"“”„«»‘'「『"


@dataclass(frozen=True, slots=True)
class Words:
    """What a language's words say about a sentence (see words.toml); empty for a language without lists.

    What tells most texts fast: empty: the phrases by their last word; first_parts: the letters of `first` and `reader`
    that stand before an apostrophe, in UTF-8; lean_words, call_words: the first word of all that `lean` and `calls`
    find.
    """

    lean: re.Pattern[str] | None
    again: re.Pattern[str] | None
    onto: re.Pattern[str] | None
    calls: re.Pattern[str] | None
    empty: tuple[tuple[str, tuple[str, ...]], ...]
    subject: frozenset[str]
    clause: frozenset[str]
    ahead: frozenset[str]
    speech: frozenset[str]
    first: frozenset[str]
    reader: frozenset[str]
    stop: frozenset[str]
    months: frozenset[str]
    verbs: frozenset[str]
    weak: frozenset[str]
    timed: re.Pattern[str] | None
    known: re.Pattern[str] | None
    unique: frozenset[str]
    renowned: tuple[str, ...]
    whole: re.Pattern[str] | None
    first_parts: frozenset[bytes]
    lean_words: frozenset[str]
    call_words: frozenset[str]


@functools.cache
def language_of(code: str | None) -> str:
    """The bare language of a code: "en" for "en-US"; "" for none."""
    return re.split("[-_]", (code or "").lower())[0]


@functools.cache
def words_of(language: str) -> Words:
    """The lists of a language (a bare code); where it has none here, its commonest function words."""
    table = _tables().get(language, {})

    def listed(key: str) -> frozenset[str]:
        return frozenset(table.get(key, "").split())

    leaning = [*table.get("lean", "").split(), *_phrases(table, "phrases")]
    address = table.get("address", "").split()
    calls, again, onto, whole = (_phrases(table, key) for key in ("calls", "again", "onto", "whole"))
    return Words(
        lean=_lean_pattern(leaning, address) if leaning else None,
        again=_lean_pattern(again, []) if again else None,
        onto=_lean_pattern(onto, []) if onto else None,
        # What stands in quotes is said to somebody else.
        calls=re.compile(f"[^\\w{_QUOTES}]*{_any_of(calls)}(?![\\w-])", re.IGNORECASE) if calls else None,
        empty=_by_last_word(_phrases(table, "empty")),
        subject=listed("subject"),
        clause=listed("clause"),
        ahead=listed("ahead"),
        speech=listed("speech"),
        first=listed("first"),
        reader=listed("reader"),
        stop=listed("stop") or frozenset(function_words().get(language, ())),
        months=listed("months"),
        verbs=listed("verbs"),
        weak=listed("weak"),
        timed=_timed_pattern(table) if "times" in table else None,
        unique=listed("unique"),
        renowned=tuple(_phrases(table, "renowned")),
        known=_known_pattern(table) if "named" in table else None,
        whole=_whole_pattern(whole) if whole else None,
        first_parts=frozenset(word.encode() for word in _first_words(listed("first") | listed("reader"))),
        lean_words=_first_words([*leaning, *address]),
        call_words=_first_words(calls),
    )


def _phrases(table: dict[str, str], key: str) -> list[str]:
    return [" ".join(phrase.split()) for phrase in table.get(key, "").split("|") if phrase.strip()]


def _by_last_word(phrases: Iterable[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    groups: dict[str, list[str]] = {}
    for phrase in phrases:
        groups.setdefault(phrase.split()[-1], []).append(phrase)
    return tuple((word, tuple(group)) for word, group in groups.items())


def _first_words(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(found[0].lower() for phrase in phrases if (found := re.search("[^\\W_]+", phrase)))


@functools.cache
def _tables() -> dict[str, dict[str, str]]:
    return read_table("words.toml")


def read_table(name: str) -> dict[str, Any]:
    """A table that ships beside this file."""
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text("utf-8"))


def _lean_pattern(leaning: Iterable[str], address: Iterable[str]) -> re.Pattern[str]:
    starts = _any_of(leaning) + "(?![\\w'’-])"
    if address:
        starts += "|" + _any_of(address) + "\\s(?=" + _lower_case() + ")"
    return re.compile("[\\W_]*(?:" + starts + ")", re.IGNORECASE)


def _whole_pattern(names: Iterable[str]) -> re.Pattern[str]:
    """These names as whole words.  What stands before one is looked at behind its first letter: letters are found fast
    where no other condition comes before them."""
    spelled = (re.escape(name).replace("\\ ", "\\s+") for name in sorted(names, key=len, reverse=True))
    return re.compile("(?:" + "|".join(f"{name[0]}(?<!\\w.){name[1:]}" for name in spelled) + ")\\b")


def _timed_pattern(table: dict[str, str]) -> re.Pattern[str]:
    """What begins with a time and goes on with "it": "By the end of the year it will"; not "On Monday it was said"."""
    within, times, clear = (_any_of(table[key].split()) for key in ("within", "times", "clear"))
    months = _any_of(table["months"].split())
    spans = f"(?:(?:{times}|{months}|\\d[\\w-]*),?\\s+)+"
    return re.compile(f"\\W*{within}\\s+{spans}it(?:['’](?:ll|d))?\\s+(?!{clear}\\b)", re.IGNORECASE)


def _known_pattern(table: dict[str, str]) -> re.Pattern[str]:
    """What begins with a thing that was named before: "The bill would", not "The bill on farms would" nor "The
    government would"; "Mr. Reed said"; "The mayor of Corvel also"."""
    named, parts, unique, acts, titles, further = (
        _any_of(_phrases(table, key) if "|" in table[key] else table[key].split())
        for key in ("named", "parts", "unique", "acts", "titles", "further")
    )
    noun = f"(?!(?:[\\w-]+ ){{0,2}}{unique}\\b)(?:(?!{parts}\\b)[a-z0-9][\\w-]*(?:['’]s?)? ){{1,4}}"
    return re.compile(
        f"\\W*(?:{named} {noun}(?:{acts}|[a-z]+ed)\\b|{titles}\\.? [A-Z][\\w-]+(?:['’]s)? [a-z]"
        f"|(?:[^\\s,;:]+ ){{1,6}}?{further}\\b)"
    )


def _any_of(words: Iterable[str]) -> str:
    spelled = (re.escape(w).replace("'", "['’]").replace("\\ ", "\\s+") for w in sorted(words, key=len, reverse=True))
    return "(?:" + "|".join(spelled) + ")"


def _lower_case() -> str:
    """Every lower-case Latin letter, in a group that minds case."""
    letters = (chr(c) for c in range(0x61, 0x1F00) if chr(c).islower() and unicodedata.name(chr(c)).startswith("LATIN"))
    return "(?-i:[" + "".join(letters) + "])"
