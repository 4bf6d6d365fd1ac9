"""Full stops that end no sentence: after titles, counted things, hours and ordinals."""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from digest.function_words import function_words
from digest.sentences.words import tables

_TAIL = 60  # characters that hold an ordinal at a piece's end and what is before it


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """The abbreviations of one language; `starters` are words that no name begins with, `ordinal` finds at a piece's
    end a number with a stop that counts what follows (None: the language has no such, or nothing capital follows)."""

    titles: frozenset[str]
    numbered: frozenset[str]
    clock: frozenset[str]
    zones: tuple[str, ...]
    starters: frozenset[str]
    ordinal: re.Pattern[str] | None

    def may_go_on(self, sentence: str) -> bool:
        """Whether a piece that ends in a full stop ends in a word that deserves a look: a short one or a known one."""
        word = sentence[-8:].rpartition(" ")[2]
        if self.ordinal and word[:1].isdigit():
            return True
        title = word.rpartition("-")[2]  # "ex-Gov."
        return len(word) < 4 or not word.isascii() or word[0] in '("“' or title in self.titles or word in self.clock

    def goes_on(self, word: str, after: str) -> bool:
        """Whether a sentence goes on after `word`, which ends in a full stop, with the text `after`."""
        if word in self.clock:
            return after.startswith(self.zones)
        if word in self.numbered and (after[0].isdigit() or after[0] in "#№"):
            return True
        if word not in self.titles and word.rpartition("-")[2] not in self.titles:
            return False
        return self._may_be_named(after)

    def counts_on(self, piece: str, after: str) -> bool:
        """Whether a piece ends in an ordinal of what begins the text `after`: "der 1. | FC Corvel"."""
        if self.ordinal is None or not self.ordinal.search(piece, max(0, len(piece) - _TAIL)):
            return False
        return self._may_be_named(after)

    def _may_be_named(self, after: str) -> bool:
        following = after.split(None, 1)[0].rstrip(".,;:!?").lower()
        return after[0].isupper() and following not in self.starters


@functools.cache
def abbreviations_of(language: str) -> Abbreviations:
    """The abbreviations of a language (ISO 639-1); English ones where it has no table of its own."""
    table = tables().get(language, {})
    english = tables()["en"]

    def words(key: str) -> Sequence[str]:
        return table.get(key) or english[key]

    return Abbreviations(
        titles=frozenset(words("titles")),
        numbered=frozenset(words("numbered")),
        clock=frozenset(english["clock"]),
        zones=tuple(english["zones"]),
        starters=frozenset(function_words().get(language) or function_words()["en"]),
        ordinal=_ordinal_pattern(table["ordinals"]) if "ordinals" in table else None,
    )


def _ordinal_pattern(heads: Sequence[str]) -> re.Pattern[str]:
    """A number of up to three digits that ends a piece: all of it, behind one of the heads ("*": behind any word), or
    behind another ordinal ("im 19. und 20. Jahrhundert")."""
    head = r"\w,?" if "*" in heads else rf"\b(?:{'|'.join(heads)})"
    return re.compile(rf"(?:^|{head} (?:\d{{1,3}}\. ?(?:\w{{2,5}}|,|/|[-–]) ?)?)\d{{1,3}}\.$", re.IGNORECASE)
