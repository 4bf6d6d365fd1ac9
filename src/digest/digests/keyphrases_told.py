"""The phrases that the titles and leads of a story tell: runs of up to three words, how often, and how spelt."""

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digest.digests.letters import MARKS
from digest.digests.words import Words, words_of

_WORD = re.compile(f"([^\\W_](?:[\\w{MARKS}'’.&-]*(?:[^\\W_]|[{MARKS}]))?)")
_FIGURE = re.compile("\\d+(?:st|nd|rd|th)?")
_MARKS = frozenset(".,:;!?)")
_FIXED_SPACE = "\u00a0"  # It joins words as a space does.
_BREAK = " | "  # between texts: no phrase goes over it
_POSSESSIVE = re.compile("['’]s$", re.IGNORECASE)
_ELIDED = re.compile("^(?:[cdjlmnst]|qu|un|(?:d|n|s)?ell|(?:d|n|s)?all|sull)['’](?=\\w)", re.IGNORECASE)
_JOINED = {"tr": re.compile("['’].*"), "fr": _ELIDED, "it": _ELIDED, "ca": _ELIDED}  # "Ankara'nın", "l'Europe"
_KNOWN = 1 << 16  # pieces of text whose words are remembered,
_LONGEST = 50  # and letters of one: scripts without spaces have whole sentences between two

# A word that names something: in lower case; as it is spelt at the end of a phrase, at its beginning and inside it; the
# space behind it.
_Word = tuple[str, str, str, str, str]


@dataclass(eq=False, slots=True)
class Told:
    """How a story tells a phrase.

    spelled: as it is spelt first; last: the last title (even) or lead (odd) that holds it; in_text: if a lead does;
    mentions: how many do; often: how often; others: how often it is spelt in other ways.
    """

    spelled: str
    last: int
    in_text: bool
    mentions: int = 1
    often: int = 1
    others: dict[str, int] | None = None

    def again(self, spelled: str, group: int) -> None:
        self.often += 1
        if self.last != group:
            self.last = group
            self.in_text |= group % 2 == 1
            self.mentions += 1
        if spelled != self.spelled:
            self.others = self.others or {}
            self.others[spelled] = self.others.get(spelled, 0) + 1

    def is_name(self) -> bool:
        """Whether it is spelt with capitals wherever it stands, and not in titles alone."""
        spelled = (self.spelled, *(self.others or ()))
        return self.in_text and all(word[0].isupper() for s in spelled for word in s.split())

    def best(self) -> str:
        """As it is most often spelt; of equals the first in the alphabet."""
        if not self.others:
            return self.spelled
        spelt = {self.spelled: self.often - sum(self.others.values()), **self.others}
        return min(spelt, key=lambda s: (-spelt[s], s))


class Phrases:
    """The phrases of a story, in the order in which they are told.

    first: how each is spelt first, and in which title (even) or lead (odd); again: those told more than once.
    """

    def __init__(self, titles: Sequence[str], leads: Sequence[Sequence[str]], language: str) -> None:
        known, words = _known_words(language), words_of(language)
        self.first: dict[str, tuple[str, int]] = {}
        self.again: dict[str, Told] = {}
        first, again = self.first, self.again
        groups = itertools.chain.from_iterable(([title], lead) for title, lead in zip(titles, leads, strict=True))
        for group, texts in enumerate(groups):
            pieces = _join(_BREAK.join(texts), words).split(" ")
            found = tuple(itertools.chain.from_iterable(map(known.__getitem__, pieces)))
            for phrase, spelled in zip(*_phrases_of(found), strict=True):
                if phrase not in first:
                    first[phrase] = spelled, group
                    continue
                if not (told := again.get(phrase)):
                    told = again[phrase] = self[phrase]
                told.again(spelled, group)
        self.again = {phrase: again[phrase] for phrase in first if phrase in again}

    def __contains__(self, phrase: str) -> bool:
        return phrase in self.first

    def __getitem__(self, phrase: str) -> Told:
        if told := self.again.get(phrase):
            return told
        spelled, group = self.first[phrase]
        return Told(spelled, group, group % 2 == 1)

    def in_leads(self) -> Iterator[str]:
        """Those of leads that are told by several titles and leads, or begin with a capital."""
        again = self.again
        for phrase, (spelled, group) in self.first.items():
            if told := again.get(phrase):
                if told.in_text and (told.mentions > 1 or spelled[0].isupper()):
                    yield phrase
            elif group % 2 and spelled[0].isupper():
                yield phrase


def _join(text: str, words: Words) -> str:
    """The text with names that hold a function word as one word each: "New_York"."""
    return words.whole.sub(lambda name: name[0].replace(" ", "_"), text) if words.whole else text


def _phrases_of(words: Sequence[_Word | None]) -> tuple[list[str], list[str]]:
    """The runs of up to three words, in lower case and as they are spelt; None parts runs."""
    phrases: list[str] = []
    spellings: list[str] = []
    for word, before, first in zip(words, (None, *words), (None, None, *words), strict=False):
        if not word:
            continue
        phrase, spelled, _, _, _ = word
        phrases.append(phrase)
        spellings.append(spelled)
        if before:
            ahead, _, opening, inside, gap = before
            phrase = f"{ahead} {phrase}"
            phrases.append(phrase)
            spellings.append(f"{opening}{gap}{spelled}")
            if first:
                phrases.append(f"{first[0]} {phrase}")
                spellings.append(f"{first[2]}{first[4]}{inside}{gap}{spelled}")
    return phrases, spellings


class _Known(dict[str, tuple[_Word | None, ...]]):
    """The words of each piece of text between two spaces; None where no phrase goes on: at a mark, or at a word that
    names nothing (a function word or a figure)."""

    def __init__(self, language: str) -> None:
        self._stop = words_of(language).stop
        self._joined = _JOINED.get(language, _POSSESSIVE)

    def __missing__(self, piece: str) -> tuple[_Word | None, ...]:
        if len(self) >= _KNOWN:
            self.clear()
        words: list[_Word | None]
        if piece.isalnum():
            words = [self._word(piece, " ")]
        elif piece[:-1].isalnum() and piece[-1] in _MARKS:
            words = [*self[piece[:-1]], None]
        else:
            words = [*self._words(piece)]
        found = tuple(words)
        if len(piece) <= _LONGEST:
            self[piece] = found
        return found

    def _words(self, piece: str) -> Iterator[_Word | None]:
        mark, *parts = _WORD.split(piece)
        if mark or not parts:
            yield None
        for raw, gap in zip(parts[::2], parts[1::2], strict=True):
            yield self._word(raw, gap or " ")
            if gap and gap != _FIXED_SPACE:
                yield None

    def _word(self, raw: str, space: str) -> _Word | None:
        """A word without its possessive, or what else an apostrophe joins to it (which stays inside a phrase)."""
        bare, lower = raw, raw.lower()
        if "'" in raw or "’" in raw:
            bare = self._joined.sub("", raw)
            lower = bare.lower().replace("’", "'")
        if len(lower) < 2 or lower in self._stop or (lower[0].isdigit() and _FIGURE.fullmatch(lower)):
            return None
        if lower == bare:
            lower = bare  # one object where two would be equal: what takes little memory is read fast
        return lower, bare, bare if raw.endswith(bare) else raw, raw, space


@functools.cache
def _known_words(language: str) -> _Known:
    return _Known(language)
