"""The phrases that name a story: runs of up to three words that recur over its sources and are rare elsewhere."""

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set

from digest.digests.keyphrases_told import Phrases
from digest.digests.keyphrases_unspaced import pairs_of, recurring
from digest.digests.keyphrases_weak import Weak
from digest.digests.reading import fold_of
from digest.digests.words import words_of

KEYPHRASES = 6
_NAME = 1.5  # A phrase in capitals is most often a name.
_MOSTLY = 2 / 3  # of the times that a word is told, so often at least it stands in its whole.
_TOLD_ONCE = math.log1p(1)
_ROOTS = tuple(map(math.sqrt, (1, 2, 3)))  # of the number of words, by that of the gaps between them
_SHARED = 4  # Words that are alike share so many first letters: "Iran" and "Iranian", "China" and "Chinese".
_ENDING = 3  # Letters that an inflected word ends otherwise in, at most.
_PEOPLE = frozenset("n an ian ean es ish i".split())  # inflections folded
_LANDS = frozenset(["", "a", "o", "e", "y", "ey", "ia", "ain", "land"])

# Minus its worth, its rank of equals, a phrase, whether spaces part its words.
_Ranked = tuple[float, int, str, bool]


def keyphrases(
    titles: Sequence[str], leads: Sequence[Sequence[str]], language: str, rarity: Mapping[str, float]
) -> tuple[str, ...]:
    """The phrases of a story, best first, each as its sources most often spell it; none holds another's word.

    titles: of each article; leads: the first sentences of each; language: the bare code of the story; rarity: the
    inverse document frequency of the story's words, inflections folded.
    A phrase is worth its mentions (articles that hold it, and titles), its repetition and the rarity of its words.
    """
    found = Phrases(titles, leads, language)
    recur = recurring([*([title] for title in titles), *leads])
    fold, lists = fold_of(language), words_of(language)
    weak = Weak([*titles, *itertools.chain.from_iterable(leads)], lists)
    name_of = _Naming(found, weak, fold, has_stops=bool(lists.stop))
    is_alike = _is_of_one_land if language == "en" else _is_inflected
    chosen: list[str] = []
    used: set[str] = set()
    beginnings: set[str] = set()  # of the words used

    def is_told(folds: Sequence[str]) -> bool:
        may_be_alike = not beginnings.isdisjoint([word[:_SHARED] for word in folds])
        return may_be_alike and (not used.isdisjoint(folds) or any(is_alike(word, used) for word in folds))

    ranked = _rank(found, _Rarity(rarity, fold), once=bool(lists.weak))
    for *_, phrase, is_spaced in _best_first([*_rank_unspaced(recur, rarity), *ranked]):
        folds = [*map(fold, phrase.split(" ") if is_spaced else pairs_of(phrase))]
        if is_told(folds):
            continue
        best = phrase
        if phrase in found:
            best = found[phrase].best()
            if best in lists.months or name_of.is_weak(phrase):
                continue
            whole = name_of(phrase, used)
            if whole != phrase:
                best, folds = found[whole].best(), [*map(fold, whole.split(" "))]
                if is_told(folds):
                    continue
        used.update(folds)
        beginnings.update(word[:_SHARED] for word in folds)
        chosen.append(best.replace("_", " "))
        if len(chosen) == KEYPHRASES:
            break
    return tuple(chosen)


def _best_first(ranked: list[_Ranked]) -> Iterator[_Ranked]:
    """In order of worth to six digits; few are asked for, and rounded."""
    for _, equals in itertools.groupby(sorted(ranked), lambda one: round(one[0], 6)):
        yield from sorted(equals, key=lambda one: one[1:])


def _rank_unspaced(recur: Mapping[str, tuple[int, int]], rarity: Mapping[str, float]) -> Iterator[_Ranked]:
    for phrase, (groups, often) in recur.items():
        pairs = pairs_of(phrase)
        rare = sum(rarity.get(pair, 0.0) for pair in pairs) / math.sqrt(len(pairs))
        yield -(groups * math.log1p(often) * rare), 0, phrase, False


def _rank(found: Phrases, rare_of: "_Rarity", *, once: bool) -> Iterator[_Ranked]:
    """once: whether the words that name nothing are known, so that several may be told but once, name or not.

    Where they are not, what is told first comes first among equals: most words of one article are.
    """
    first, again = found.first, found.again
    several = [phrase for phrase, told in again.items() if told.mentions > 1]
    for place, phrase in enumerate(several if len(several) >= KEYPHRASES else first):
        if gaps := phrase.count(" "):
            rare = sum(map(rare_of.__getitem__, phrase.split(" "))) / _ROOTS[gaps]
        else:
            rare = rare_of[phrase]
        if not rare:
            continue
        told = again.get(phrase)
        best = told.best() if told else first[phrase][0]
        worth = (told.mentions * math.log1p(told.often) if told else _TOLD_ONCE) * rare
        if best[0].isupper() and (not gaps or all(word[0].isupper() for word in best.split())):
            worth *= _NAME
        elif gaps and not (told or once):
            continue
        yield -worth, 0 if once else place, phrase, True


class _Naming:
    """By which phrase another one is named: "pence" by "mike pence", "tea" by "tea party", most by themselves."""

    def __init__(self, found: Phrases, weak: Weak, fold: Callable[[str], str], *, has_stops: bool) -> None:
        """has_stops: whether the language's function words are known, without which whole sentences are phrases."""
        self._found, self._weak, self._fold = found, weak, fold
        self._full = _full_names(found)
        self._holding: dict[str, list[str]] = {}
        for phrase in found.in_leads() if has_stops else ():
            if " " in phrase:
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
        if not (holding := self._holding.get(part.partition(" ")[0])):
            return part
        told, gaps = self._found[part], part.count(" ") + 1
        best = (0, part)
        for whole in holding:
            if whole.count(" ") == gaps and f" {part} " in f" {whole} ":
                other = self._found[whole]
                # Before a name its bearer's office stands: "wife Anna", once "Mayor Anna Brandt".
                ahead = told.is_name() and not whole.startswith(part)
                fits = (other.mentions > 1) + _is_name(other.spelled) > ahead
                if fits and other.often >= share * told.often:
                    best = max(best, (other.often, whole))
        return best[1]


def _full_names(found: Phrases) -> dict[str, str]:
    """By last name, and by first, a name whose first name mostly stands with it: "pence" is "Mike Pence"."""
    names: dict[str, tuple[int, str]] = {}
    for phrase, told in found.again.items():
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


class _Rarity(dict[str, float]):
    """How rare a word is, by its fold; looked up once, and for those words alone that are asked for."""

    def __init__(self, rarity: Mapping[str, float], fold: Callable[[str], str]) -> None:
        self._rarity, self._fold = rarity, fold

    def __missing__(self, word: str) -> float:
        joined = "_" in word
        rare = max(map(self.__getitem__, word.split("_"))) if joined else self._rarity.get(self._fold(word), 0.0)
        self[word] = rare
        return rare
