"""Whether a sentence tells of somebody or something as if it had been named before: a poor opening of a digest."""

import functools
import re
from collections import Counter
from collections.abc import Callable, Sequence

from digest.digests.readable import outside_quotes
from digest.digests.words import Words

_FIRST = re.compile("\\W*([A-ZÀ-Þ][\\w-]*[a-zß-ÿ])(?:['’]s)?(?=,|\\s+(?:and\\s|[a-z]))")
_BEHIND = 40  # Letters that hold a first name before a last name.
_FULL = 2  # So often a full name is told, at least.
_MOSTLY = 2  # A first name stands so many times as often as with that last name, at most: "Ann", not "Senate".


def assumes(text: str, words: Words, is_surname: Callable[[str], bool]) -> bool:
    """Whether a sentence begins with a thing that was named before it, or with a last name alone.

    is_surname: asked for a first word; see `surnames_of`.
    """
    if words.known is None:
        return False
    if words.known.match(_from_first_word(text)):
        return True
    return begins_with_surname(text, words, is_surname)


def begins_with_surname(text: str, words: Words, is_surname: Callable[[str], bool]) -> bool:
    """Whether a sentence begins with a last name alone, outside quotes."""
    if words.known is None:
        return False
    first = _FIRST.match(_from_first_word(text))
    return first is not None and first[1].lower() not in words.stop and is_surname(first[1])


def _from_first_word(text: str) -> str:
    """A sentence, without the quotation that it begins with."""
    return text if text[0].isalpha() else outside_quotes(text)


def surnames_of(texts: Sequence[str], titles: Sequence[str], words: Words) -> Callable[[str], bool]:
    """Tells whether a word is the last name of somebody whom a story's sentences name in full and its titles do not.

    Presidents and popes are known by it ("President Reed").
    """
    told, titled = "\n".join(texts), "\n".join(titles)

    @functools.cache
    def is_surname(word: str) -> bool:
        if word in titled or word.lower() in words.unique or f" {word.lower()}" in told:
            return False
        firsts: Counter[str] = Counter()
        at = told.find(f" {word}")
        while at >= 0:
            before = told[max(0, at - _BEHIND) : at].split()
            if before and len(before[-1]) == len("T.") and before[-1][1] == ".":
                before.pop()
            whole = not told[at + 1 + len(word) : at + 2 + len(word)].isalpha()
            if whole and before and before[-1].isalpha() and before[-1].istitle():
                firsts[before[-1]] += 1
            at = told.find(f" {word}", at + 1)
        named = any(often >= _FULL and told.count(first) <= _MOSTLY * often for first, often in firsts.items())
        return named and not any(f"{title} {word}" in told for title in words.renowned)

    return is_surname
