"""The phrases that name a story: runs of up to three words that recur over its sources and are rare elsewhere."""

import functools
import itertools
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from digest.digests.keyphrases_unspaced import pairs_of, recurring
from digest.digests.keyphrases_weak import Weak
from digest.digests.letters import MARKS
from digest.digests.reading import fold_of
from digest.digests.words import Words, words_of

KEYPHRASES = 6
_NAME = 1.5  # A phrase in capitals is most often a name.
_WORD = re.compile(f"([^\\W_](?:[\\w{MARKS}'’.&-]*(?:[^\\W_]|[{MARKS}]))?)")
_ASCII_WORD = re.compile("([A-Za-z0-9]+(?:[_'.&-]+[A-Za-z0-9]+)*)")  # the same for such a text, in half the time
_FIGURE = re.compile("\\d+(?:st|nd|rd|th)?")
_SPACES = (" ", "\u00a0")
_POSSESSIVE = re.compile("['’]s$", re.IGNORECASE)
_ELIDED = re.compile("^(?:[cdjlmnst]|qu|un|(?:d|n|s)?ell|(?:d|n|s)?all|sull)['’](?=\\w)", re.IGNORECASE)
_JOINED = {"tr": re.compile("['’].*"), "fr": _ELIDED, "it": _ELIDED, "ca": _ELIDED}  # "Ankara'nın", "l'Europe"

_KNOWN = 1 << 16  # words whose mentions are remembered
_MOSTLY = 2 / 3  # of the times that a word is told, so often at least it stands in its whole.
_SHARED = 4  # A country and its people share so many first letters: "Iran" and "Iranian", "China" and "Chinese".
_ENDING = 3  # Letters that an inflected word ends otherwise in, at most.
_PEOPLE = frozenset("n an ian ean es ish i".split())  # inflections folded
_LANDS = frozenset(["", "a", "o", "e", "y", "ey", "ia", "ain", "land"])

# Minus its worth, its rank of equals, a phrase, its spelling, its words.
_Ranked = tuple[float, int, str, str, list[str]]
Mention = tuple[str, str]  # A phrase in lower case, and as it is spelt.


def keyphrases(
    titles: Sequence[str], leads: Sequence[Sequence[str]], language: str, rarity: Mapping[str, float]
) -> tuple[str, ...]:
    """The phrases of a story, best first, each as its sources most often spell it; none holds another's word.

    titles: of each article; leads: the first sentences of each; language: the bare code of the story; rarity: the
    inverse document frequency of the story's words, inflections folded.
    A phrase is worth its mentions (articles that hold it, and titles), its repetition and the rarity of its words.
    """
    found = _find_phrases(titles, leads, language)
    recur = recurring([*([title] for title in titles), *leads])
    fold, lists = fold_of(language), words_of(language)
    weak = Weak([*titles, *itertools.chain.from_iterable(leads)], lists)
    name_of = _Naming(found, weak, fold, has_stops=bool(lists.stop))
    is_alike = _is_of_one_land if language == "en" else _is_inflected
    chosen: list[str] = []
    used: set[str] = set()
    ranked = _rank(found, _Rarity(rarity, language), once=bool(lists.weak))
    for *_, phrase, best, words in sorted([*_rank_unspaced(recur, rarity), *ranked]):
        if best in lists.months or (phrase in found and name_of.is_weak(phrase)):
            continue
        whole = name_of(phrase, used) if phrase in found else phrase
        folds = list(map(fold, words if whole == phrase else whole.split(" ")))
        if used.isdisjoint(folds) and not any(is_alike(word, used) for word in folds):
            used.update(folds)
            chosen.append((best if whole == phrase else found[whole].best()).replace("_", " "))
        if len(chosen) == KEYPHRASES:
            break
    return tuple(chosen)


def _rank_unspaced(recur: Mapping[str, tuple[int, int]], rarity: Mapping[str, float]) -> Iterator[_Ranked]:
    for phrase, (groups, often) in recur.items():
        pairs = pairs_of(phrase)
        rare = sum(rarity.get(pair, 0.0) for pair in pairs) / math.sqrt(len(pairs))
        yield -round(groups * math.log1p(often) * rare, 6), 0, phrase, phrase, pairs


def _rank(found: Mapping[str, "_Told"], rare_of: "_Rarity", *, once: bool) -> Iterator[_Ranked]:
    """once: whether the words that name nothing are known, so that several may be told but once, name or not.

    Where they are not, what is told first comes first among equals: most words of one article are.
    """
    least = 2 if sum(told.mentions > 1 for told in found.values()) >= KEYPHRASES else 1
    for place, (phrase, told) in enumerate(found.items()):
        if told.mentions < least:
            continue
        words = phrase.split(" ")
        if rare := sum(map(rare_of.__getitem__, words)):
            best = told.best() if told.others else told.spelled
            named = best[0].isupper() and (len(words) == 1 or all(word[0].isupper() for word in best.split()))
            if not once and told.often == 1 and len(words) > 1 and not named:
                continue
            worth = told.mentions * math.log1p(told.often) * (rare / math.sqrt(len(words)))
            yield -round(worth * (_NAME if named else 1.0), 6), 0 if once else place, phrase, best, words


class _Naming:
    """By which phrase another one is named: "pence" by "mike pence", "tea" by "tea party", most by themselves."""

    def __init__(
        self, found: Mapping[str, "_Told"], weak: Weak, fold: Callable[[str], str], *, has_stops: bool
    ) -> None:
        """has_stops: whether the language's function words are known, without which whole sentences are phrases."""
        self._found, self._weak, self._fold = found, weak, fold
        self._full = _full_names(found)
        self._holding: dict[str, list[str]] = {}
        for phrase, told in found.items() if has_stops else ():
            if (told.mentions > 1 or told.spelled[0].isupper()) and told.in_text and " " in phrase:
                for word in phrase.split(" "):
                    self._holding.setdefault(word, []).append(phrase)

    def is_weak(self, phrase: str) -> bool:
        return self._weak(phrase, self._found[phrase].is_name())

    def __call__(self, phrase: str, used: Set[str]) -> str:
        """The name, or the phrase that it mostly stands in; what is always told with a third word is told with it.

        A word that is no name stays alone where `used` holds what it stands with.
        """
        if not (whole := self._full.get(phrase)):
            whole = self._around(phrase if " " in phrase else self._around(phrase, _MOSTLY), 1.0)
        if whole == phrase or self.is_weak(whole):
            return phrase
        is_free = self._found[phrase].is_name() or used.isdisjoint(map(self._fold, whole.split(" ")))
        return whole if is_free else phrase

    def _around(self, part: str, share: float) -> str:
        """The phrase of one word more that a part stands in at least that share of the times, or the part itself."""
        told, gaps = self._found[part], part.count(" ") + 1
        best = (0, part)
        for whole in self._holding.get(part.split(" ", 1)[0], ()):
            if whole.count(" ") == gaps and f" {part} " in f" {whole} ":
                other = self._found[whole]
                # Before a name its bearer's office stands: "wife Anna", once "Mayor Anna Brandt".
                ahead = told.is_name() and not whole.startswith(part)
                fits = (other.mentions > 1) + _is_name(other.spelled) > ahead
                if fits and other.often >= share * told.often:
                    best = max(best, (other.often, whole))
        return best[1]


def _full_names(found: Mapping[str, "_Told"]) -> dict[str, str]:
    """By last name, and by first, a name whose first name mostly stands with it: "pence" is "Mike Pence"."""
    names: dict[str, tuple[int, str]] = {}
    for phrase, told in found.items():
        if told.mentions < 2 or not told.in_text:
            continue
        first, _, last = phrase.partition(" ")
        if not last or " " in last or 2 * told.often < found[first].often:
            continue
        if all(map(_is_name, (told.spelled, *(told.others or ())))):
            names[last] = max(names.get(last, (0, "")), (told.often, phrase))
    return {part: name for _, name in names.values() for part in name.split(" ")}


def _is_name(spelled: str) -> bool:
    return all(word[0].isupper() and not word.isupper() for word in spelled.split())


def _is_of_one_land(word: str, used: Iterable[str]) -> bool:
    """Whether a word and one of those used name a country and its people."""
    for other in used:
        if word[:_SHARED] == other[:_SHARED]:
            for at in range(_SHARED, min(len(word), len(other)) + 1):
                ends = {word[at:], other[at:]}
                if word[:at] == other[:at] and ends & _PEOPLE and ends & _LANDS:
                    return True
    return False


def _is_inflected(word: str, used: Iterable[str]) -> bool:
    """Whether a word and one of those used differ in a few last letters: "Brücke" and "Brücken", "most" and "mostu"."""
    for other in used:
        short, long = sorted((len(word), len(other)))
        same = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), short)
        if same >= max(_SHARED, short - _ENDING + 1) and long - same <= _ENDING:
            return True
    return False


@dataclass(eq=False, slots=True)
class _Told:
    """A phrase as a story tells it.

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
        others = self.others or {}
        spelt = {self.spelled: self.often - sum(others.values()), **others}
        return min(spelt, key=lambda s: (-spelt[s], s))


def _find_phrases(titles: Sequence[str], leads: Sequence[Sequence[str]], language: str) -> dict[str, _Told]:
    """The phrases of titles and leads."""
    found: dict[str, _Told] = {}
    known, words = _known_words(language), words_of(language)
    groups = itertools.chain.from_iterable(([title], lead) for title, lead in zip(titles, leads, strict=True))
    for group, texts in enumerate(groups):
        for text in texts:
            for phrase, spelled in _phrases_of(_join(text, words), known):
                if phrase in found:
                    found[phrase].again(spelled, group)
                else:
                    found[phrase] = _Told(spelled, group, group % 2 == 1)
    return found


def _join(text: str, words: Words) -> str:
    """The text with names that hold a function word as one word each: "New_York"."""
    if words.whole is None or not any(map(text.__contains__, words.whole_heads)):
        return text
    return words.whole.sub(lambda name: name[0].replace(" ", "_"), text)


def _phrases_of(text: str, known: "_Known") -> list[Mention]:
    """The runs of up to three words that name something, wherever they stand."""
    found: list[Mention] = []
    parts = (_ASCII_WORD if text.isascii() else _WORD).split(text)
    one = two = ""  # The word right before, and the one before it with that; "" where they name nothing.
    one_spelled = two_spelled = ""
    for gap, raw, (word, spelled) in zip(parts[::2], parts[1::2], map(known.__getitem__, parts[1::2]), strict=False):
        if not word:
            one = two = ""
            continue
        found.append((word, spelled))
        if one and gap in _SPACES:
            pair = f"{one} {word}"
            found.append((pair, one_spelled + gap + spelled))
            if two:
                found.append((f"{two} {word}", two_spelled + gap + spelled))
            two, two_spelled = pair, one_spelled + gap + raw
        else:
            two = ""
        one, one_spelled = word, spelled if raw.endswith(spelled) else raw
    return found


class _Rarity(dict[str, float]):
    """How rare a word is, by its fold; looked up once, and for those words alone that are asked for."""

    def __init__(self, rarity: Mapping[str, float], language: str) -> None:
        self._rarity, self._fold = rarity, fold_of(language)

    def __missing__(self, word: str) -> float:
        joined = "_" in word
        rare = max(map(self.__getitem__, word.split("_"))) if joined else self._rarity.get(self._fold(word), 0.0)
        self[word] = rare
        return rare


class _Known(dict[str, Mention]):
    """Each word without its possessive, or what else an apostrophe joins to it, in lower case ("" where it names
    nothing: a function word or a figure)."""

    def __init__(self, language: str) -> None:
        self._stop = words_of(language).stop
        self._joined = _JOINED.get(language, _POSSESSIVE)

    def __missing__(self, word: str) -> Mention:
        if len(self) >= _KNOWN:
            self.clear()
        bare = self._joined.sub("", word)
        lower = bare.lower().replace("’", "'")
        names = lower not in self._stop and not _FIGURE.fullmatch(lower) and len(lower) > 1
        self[word] = mention = lower if names else "", bare
        return mention


@functools.cache
def _known_words(language: str) -> _Known:
    return _Known(language)
