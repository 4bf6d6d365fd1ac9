"""The phrases that name a story: runs of up to three words that recur over its sources and are rare elsewhere."""

import functools
import math
import re
from collections.abc import Mapping, Sequence

from digest.digests.keyphrases_unspaced import pairs_of, recurring
from digest.digests.letters import MARKS
from digest.digests.reading import fold_of
from digest.digests.words import words_of

KEYPHRASES = 6
_LONGEST = 3
_NAME = 1.5  # A phrase in capitals is most often a name.
_WORD = re.compile(f"([^\\W_](?:[\\w{MARKS}'’.&-]*(?:[^\\W_]|[{MARKS}]))?)")
_SPACES = (" ", "\u00a0")

_KNOWN = 1 << 16  # words whose mentions are remembered

Mention = tuple[str, str]  # A phrase in lower case, and as it is spelt.


def keyphrases(
    titles: Sequence[str], leads: Sequence[Sequence[str]], language: str, rarity: Mapping[str, float]
) -> tuple[str, ...]:
    """The phrases of a story, best first, each as its sources most often spell it; none holds another's word.

    titles: of each article; leads: the first sentences of each; language: the bare code of the story; rarity: the
    inverse document frequency of the story's words, inflections folded.
    A phrase is worth its mentions (articles that hold it, and titles), its repetition and the rarity of its words.
    """
    spellings, mentions = _find_phrases(titles, leads, language)
    least = 2 if sum(n > 1 for n in mentions.values()) >= KEYPHRASES else 1
    rare_of = _Rarity(rarity, language)
    ranked = []
    for phrase, (groups, often) in recurring([*([title] for title in titles), *leads]).items():
        pairs = pairs_of(phrase)
        rare = sum(rarity.get(pair, 0.0) for pair in pairs) / math.sqrt(len(pairs))
        ranked.append((-round(groups * math.log1p(often) * rare, 6), phrase, phrase, pairs))
    for phrase, spelt in spellings.items():
        if (times := mentions[phrase]) < least:
            continue
        words = phrase.split(" ")
        if rare := sum(map(rare_of.__getitem__, words)):
            # As it is most often spelt; of equals the first in the alphabet.
            best = min(spelt, key=lambda s: (-spelt[s], s)) if len(spelt) > 1 else next(iter(spelt))
            named = best[0].isupper() and all(word[0].isupper() for word in best.split())
            worth = times * math.log1p(sum(spelt.values())) * (rare / math.sqrt(len(words)))
            ranked.append((-round(worth * (_NAME if named else 1.0), 6), phrase, best, words))
    chosen: list[str] = []
    used: set[str] = set()
    for _, _, best, words in sorted(ranked):
        if used.isdisjoint(words):
            used.update(words)
            chosen.append(best)
        if len(chosen) == KEYPHRASES:
            break
    return tuple(chosen)


def _find_phrases(
    titles: Sequence[str], leads: Sequence[Sequence[str]], language: str
) -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    """How often each phrase is spelt in which way, and how many titles and leads mention it."""
    spellings: dict[str, dict[str, int]] = {}
    mentions: dict[str, int] = {}
    known = _known_words(language)
    for title, lead in zip(titles, leads, strict=True):
        for texts in ([title], lead):
            told: set[str] = set()
            for phrase, spelled in _phrases_of(texts, known):
                if phrase in told:
                    spelt = spellings[phrase]
                    spelt[spelled] = spelt.get(spelled, 0) + 1
                    continue
                told.add(phrase)
                if phrase in mentions:
                    mentions[phrase] += 1
                    spelt = spellings[phrase]
                    spelt[spelled] = spelt.get(spelled, 0) + 1
                else:
                    mentions[phrase] = 1
                    spellings[phrase] = {spelled: 1}
    return spellings, mentions


def _phrases_of(texts: Sequence[str], known: "_Known") -> list[Mention]:
    """The runs of up to three words that name something, wherever they stand."""
    found: list[Mention] = []
    for text in texts:
        parts = _WORD.split(text)
        words = list(map(known.__getitem__, parts[1::2]))
        last = len(words) - 1
        for i, first in enumerate(words):
            phrase = first[0]
            if not phrase:
                continue
            found.append(first)
            spelled = ""
            for j in range(i, min(i + _LONGEST - 1, last)):
                after, end = words[j + 1]
                gap = parts[2 * j + 2]
                if not after or gap not in _SPACES:
                    break
                spelled += parts[2 * j + 1] + gap
                phrase = f"{phrase} {after}"
                found.append((phrase, spelled + end))
    return found


class _Rarity(dict[str, float]):
    """How rare a word is, by its fold; looked up once, and for those words alone that are asked for."""

    def __init__(self, rarity: Mapping[str, float], language: str) -> None:
        self._rarity, self._fold = rarity, fold_of(language)

    def __missing__(self, word: str) -> float:
        self[word] = rare = self._rarity.get(self._fold(word), 0.0)
        return rare


class _Known(dict[str, Mention]):
    """Each word without its possessive, in lower case ("" where it names nothing: a function word or a figure)."""

    def __init__(self, language: str) -> None:
        self._stop = words_of(language).stop

    def __missing__(self, word: str) -> Mention:
        if len(self) >= _KNOWN:
            self.clear()
        lower = word.lower().replace("’", "'").removesuffix("'s")
        names = lower not in self._stop and not lower.isdigit() and len(lower) > 1
        self[word] = mention = lower if names else "", word.removesuffix("'s").removesuffix("’s")
        return mention


@functools.cache
def _known_words(language: str) -> _Known:
    return _Known(language)
