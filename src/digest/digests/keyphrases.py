"""The phrases that name a story: runs of up to three words that recur over its sources and are rare elsewhere."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from digest.digests.reading import Reading, fold_of
from digest.digests.words import words_of

KEYPHRASES = 6
_LONGEST = 3
_NAME = 1.5  # A phrase in capitals is most often a name.
_WORD = re.compile("[^\\W_](?:[\\w'’.&-]*[^\\W_])?")
_ONLY_SPACE = re.compile("[ \\u00a0]")


@dataclass(slots=True)
class _Phrase:
    mentions: int = 0
    spellings: Counter[str] = field(default_factory=Counter)

    @property
    def spelling(self) -> str:
        """As it is most often spelt; of equals the first in the alphabet."""
        return min(self.spellings, key=lambda s: (-self.spellings[s], s))


def keyphrases(titles: Sequence[str], leads: Sequence[Sequence[str]], reading: Reading) -> tuple[str, ...]:
    """The phrases of a story, best first, each as its sources most often spell it; none holds another's word.

    titles: of each article; leads: the first sentences of each; reading: the story, for the rarity of its words.
    A phrase is worth its mentions (articles that hold it, and titles), its repetition and the rarity of its words.
    """
    stop, fold = words_of(reading.language).stop, fold_of(reading.language)
    idf = dict(zip(reading.spelled, reading.idf.tolist(), strict=True))
    phrases: defaultdict[tuple[str, ...], _Phrase] = defaultdict(_Phrase)
    for title, lead in zip(titles, leads, strict=True):
        seen: set[tuple[str, ...]] = set()
        for text in lead:
            seen |= _collect(text, stop, phrases)
        for key in [*_collect(title, stop, phrases), *seen]:
            phrases[key].mentions += 1
    least = 2 if sum(p.mentions > 1 for p in phrases.values()) >= KEYPHRASES else 1
    worth = {k: _worth([fold(w) for w in k], p, idf) for k, p in phrases.items() if p.mentions >= least}
    chosen: list[str] = []
    used: set[str] = set()
    for key in sorted(worth, key=lambda k: (-round(worth[k], 6), k)):
        if used.isdisjoint(key) and worth[key] > 0:
            used.update(key)
            chosen.append(phrases[key].spelling)
        if len(chosen) == KEYPHRASES:
            break
    return tuple(chosen)


def _worth(key: Sequence[str], phrase: _Phrase, idf: Mapping[str, float]) -> float:
    rarity = sum(idf.get(word, 0.0) for word in key) / math.sqrt(len(key))
    times = phrase.spellings.total()
    named = all(word[0].isupper() for word in phrase.spelling.split())
    return phrase.mentions * math.log1p(times) * rarity * (_NAME if named else 1.0)


def _collect(text: str, stop: frozenset[str], phrases: Mapping[tuple[str, ...], _Phrase]) -> set[tuple[str, ...]]:
    """Notes the spellings of a text's phrases; returns which there are."""
    found = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    lower = [text[a:b].lower().replace("’", "'").removesuffix("'s") for a, b in found]
    open_ = [w not in stop and not w.isdigit() and len(w) > 1 for w in lower]
    seen = set()
    for i in range(len(found)):
        for j in range(i, min(i + _LONGEST, len(found))):
            if not open_[j] or (j > i and not _ONLY_SPACE.fullmatch(text, found[j - 1][1], found[j][0])):
                break
            key = tuple(lower[i : j + 1])
            spelled = text[found[i][0] : found[j][1]].removesuffix("'s").removesuffix("’s")
            phrases[key].spellings[spelled] += 1
            seen.add(key)
    return seen
