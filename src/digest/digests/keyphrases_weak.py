"""Which phrases name nothing by themselves: verbs, adverbs, counts and titles of office (English, by its lists).

There is no tagger in the package: how a word ends, and what it stands beside in the story, tells deeds from things.
"""

import re
from collections.abc import Sequence

from digest.digests.words import Words

_DONE = re.compile("[a-z]{2,}[^e\\W]ed")  # "released", but neither "speed" nor "Fed"
_HOW = re.compile("[a-z]{3,}ly")
_THINGS = frozenset("ally anomaly assembly bully elderly family italy kelly monopoly rally reply supply".split())
_BEFORE = re.compile(
    "(?:\\b(?:will|would|could|should|can|cannot|may|might|must|they|he|she|who|we|i)|n't|'(?:ll|d)) $"
)
_BEING = re.compile("(?:\\b(?:is|are|was|were|be|been|not)|'(?:s|re)) $")
_TO = re.compile("\\bto $")
_MARKS = ".,;:!?)"
_OBJECT = re.compile(" (?:the|a|an|his|her|its|their|our|him|them|it|all|any|out|up|off|down|whether)\\b")


class Weak:
    """What the texts of a story say of its words."""

    def __init__(self, texts: Sequence[str], words: Words) -> None:
        self._lists = words
        self._texts, self._joined = texts, ""
        self._verbs: dict[str, bool] = {}

    def __call__(self, phrase: str, is_name: bool) -> bool:
        """Whether a phrase in lower case names nothing: its last word or a middle one does not, or it holds an adverb.

        is_name: whether the story writes it with capitals wherever it stands; of that only the lists are asked.
        """
        weak = self._lists.weak
        if not weak:
            return False
        words = phrase.replace("’", "'").split(" ")
        if words[-1] in weak or words[-1].removesuffix("s") in weak:
            return True
        return not is_name and (
            any(map(_tells_how, words)) or not weak.isdisjoint(words[1:]) or any(map(self._is_verb, words[1:] or words))
        )

    def _is_verb(self, word: str) -> bool:
        if word not in self._verbs:
            done = _DONE.fullmatch(word) is not None and word not in _THINGS
            self._verbs[word] = done or self._stands_as_verb(word)
        return self._verbs[word]

    def _stands_as_verb(self, word: str) -> bool:
        """Whether it stands where a verb does half of the times or oftener: "will run", "to run a", "is running"."""
        if not self._joined:
            self._joined = f" {' '.join(self._texts)} ".lower().replace("’", "'")
            for mark in _MARKS:
                self._joined = self._joined.replace(mark, f" {mark}")
        text, times, verbal, at = self._joined, 0, 0, self._joined.find(f" {word} ")
        while at >= 0:
            before, after = text[max(at - 7, 0) : at + 1], at + len(word) + 1
            has_object = _OBJECT.match(text, after) is not None
            if word.endswith("ing"):
                verbal += has_object or _BEING.search(before) is not None
            else:
                verbal += _BEFORE.search(before) is not None or (has_object and _TO.search(before) is not None)
            times, at = times + 1, text.find(f" {word} ", after)
        return 0 < times <= 2 * verbal


def _tells_how(word: str) -> bool:
    return _HOW.fullmatch(word) is not None and word not in _THINGS
