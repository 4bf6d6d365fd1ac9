"""The word lists of each language, compiled to what judges a sentence fast: sets, and one pattern for its start."""

import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, slots=True)
class Words:
    """What a language's words say about a sentence (see words.toml); all empty for a language without lists."""

    lean: re.Pattern[str] | None
    calls: re.Pattern[str] | None
    subject: frozenset[str]
    clause: frozenset[str]
    speech: frozenset[str]
    first: frozenset[str]
    stop: frozenset[str]


@functools.cache
def language_of(code: str | None) -> str:
    """The bare language of a code: "en" for "en-US"; "" for none."""
    return re.split("[-_]", (code or "").lower())[0]


@functools.cache
def words_of(language: str) -> Words:
    """The lists of a language (a bare code)."""
    table = _tables().get(language, {})

    def listed(key: str) -> frozenset[str]:
        return frozenset(table.get(key, "").split())

    lean = _lean_pattern(table) if table else None
    calls = [call.strip() for call in table.get("calls", "").split("|")]
    pattern = re.compile("[\\W_]*" + _any_of(calls) + "(?!\\w)", re.IGNORECASE) if "calls" in table else None
    return Words(lean, pattern, listed("subject"), listed("clause"), listed("speech"), listed("first"), listed("stop"))


@functools.cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text("utf-8"))


def _lean_pattern(table: dict[str, str]) -> re.Pattern[str]:
    phrases = (phrase.strip() for phrase in table.get("phrases", "").split("|"))
    starts = _any_of([*table["lean"].split(), *filter(None, phrases)]) + "(?![\\w'’-])"
    if "address" in table:
        starts += "|" + _any_of(table["address"].split()) + "\\s(?=" + _lower_case() + ")"
    return re.compile("[\\W_]*(?:" + starts + ")", re.IGNORECASE)


def _any_of(words: Iterable[str]) -> str:
    spelled = (re.escape(w).replace("'", "['’]").replace("\\ ", "\\s+") for w in sorted(words, key=len, reverse=True))
    return "(?:" + "|".join(spelled) + ")"


def _lower_case() -> str:
    """Every lower-case Latin letter, in a group that minds case."""
    letters = (chr(c) for c in range(0x61, 0x1F00) if chr(c).islower() and unicodedata.name(chr(c)).startswith("LATIN"))
    return "(?-i:[" + "".join(letters) + "])"
