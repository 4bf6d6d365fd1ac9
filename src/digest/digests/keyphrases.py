"""The phrases that name a story: runs of up to three words that recur over its sources and are rare elsewhere."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from digest.digests.reading import Reading, fold_of
from digest.digests.words import words_of

KEYPHRASES = 6
_LONGEST = 3
_IN_TITLE = 1.0  # a title's mention, beside 1 for an article's
_WORD = re.compile("[^\\W_](?:[\\w'’.&-]*[^\\W_])?")
_ONLY_SPACE = re.compile("[ \\u00a0]")


@dataclass(slots=True)
class _Phrase:
    mentions: float = 0.0
    spellings: Counter[str] = field(default_factory=Counter)


def keyphrases(titles: Sequence[str], leads: Sequence[Sequence[str]], reading: Reading) -> tuple[str, ...]:
    """The phrases of a story, best first, each as its sources most often spell it; none holds another's word.

    titles: of each article; leads: the first sentences of each; reading: the story, for the rarity of its words.
    A phrase is worth its mentions (articles that hold it, and titles) times the rarity of its words.
    """
    stop, fold = words_of(reading.language).stop, fold_of(reading.language)
    idf = dict(zip(reading.spelled, reading.idf.tolist(), strict=True))
    phrases: defaultdict[tuple[str, ...], _Phrase] = defaultdict(_Phrase)
    for title, lead in zip(titles, leads, strict=True):
        seen: set[tuple[str, ...]] = set()
        for text in lead:
            seen |= _collect(text, stop, phrases)
        for key in _collect(title, stop, phrases):
            phrases[key].mentions += _IN_TITLE
        for key in seen:
            phrases[key].mentions += 1
    least = 2.0 if len(phrases) > KEYPHRASES and len(titles) > 1 else 1.0
    worth = {k: _worth([fold(w) for w in k], p.mentions, idf) for k, p in phrases.items() if p.mentions >= least}
    chosen: list[str] = []
    used: set[str] = set()
    for key in sorted(worth, key=lambda k: (-round(worth[k], 6), k)):
        if used.isdisjoint(key) and worth[key] > 0:
            used.update(key)
            spellings = phrases[key].spellings
            chosen.append(min(spellings, key=lambda s: (-spellings[s], s)))
        if len(chosen) == KEYPHRASES:
            break
    return tuple(chosen)


def _worth(key: Sequence[str], mentions: float, idf: Mapping[str, float]) -> float:
    rarity = sum(idf.get(word, 0.0) for word in key) / len(key) ** 0.5
    return mentions * rarity


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
