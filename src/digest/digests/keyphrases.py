"""The phrases that name a story: runs of up to three words that recur over its sources and are rare elsewhere."""

import functools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from digest.digests.reading import Reading, fold_of
from digest.digests.words import words_of

KEYPHRASES = 6
_LONGEST = 3
_NAME = 1.5  # A phrase in capitals is most often a name.
_WORD = re.compile("([^\\W_](?:[\\w'’.&-]*[^\\W_])?)")
_SPACES = (" ", "\u00a0")

Mention = tuple[str, str]  # A phrase in lower case, and as it is spelt.


def keyphrases(titles: Sequence[str], leads: Sequence[Sequence[str]], reading: Reading) -> tuple[str, ...]:
    """The phrases of a story, best first, each as its sources most often spell it; none holds another's word.

    titles: of each article; leads: the first sentences of each; reading: the story, for the rarity of its words.
    A phrase is worth its mentions (articles that hold it, and titles), its repetition and the rarity of its words.
    """
    found: Counter[Mention] = Counter()
    mentions: Counter[str] = Counter()
    for title, lead in zip(titles, leads, strict=True):
        for texts in ([title], lead):
            told = _phrases_of(texts, reading.language)
            found.update(told)
            mentions.update({phrase for phrase, _ in told})
    least = 2 if sum(n > 1 for n in mentions.values()) >= KEYPHRASES else 1
    spellings: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for (phrase, spelled), times in found.items():
        if mentions[phrase] >= least:
            spellings[phrase][spelled] = times
    fold = fold_of(reading.language)
    idf = dict(zip(reading.spelled, reading.idf.tolist(), strict=True))
    rarity = {phrase: idf.get(fold(phrase), 0.0) for phrase in mentions if " " not in phrase}
    ranked = []
    for phrase, spelt in spellings.items():
        words = phrase.split(" ")
        if rare := sum(map(rarity.__getitem__, words)):
            # As it is most often spelt; of equals the first in the alphabet.
            best = min(spelt, key=lambda s: (-spelt[s], s)) if len(spelt) > 1 else next(iter(spelt))
            named = best[0].isupper() and all(word[0].isupper() for word in best.split())
            worth = mentions[phrase] * math.log1p(sum(spelt.values())) * (rare / math.sqrt(len(words)))
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


def _phrases_of(texts: Sequence[str], language: str) -> list[Mention]:
    """The runs of up to three words that name something, wherever they stand."""
    found: list[Mention] = []
    for text in texts:
        parts = _WORD.split(text)
        words = [_known(word, language) for word in parts[1::2]]
        gaps = parts[2::2]
        for i, first in enumerate(words):
            phrase = first[0]
            if not phrase:
                continue
            found.append(first)
            whole = parts[2 * i + 1]
            for j in range(i, min(i + _LONGEST, len(words)) - 1):
                after, last = words[j + 1]
                if not after or gaps[j] not in _SPACES:
                    break
                phrase = f"{phrase} {after}"
                found.append((phrase, whole + gaps[j] + last))
                whole += gaps[j] + parts[2 * j + 3]
    return found


@functools.lru_cache(maxsize=1 << 16)
def _known(word: str, language: str) -> Mention:
    """A word without its possessive, in lower case ("" where it names nothing: a function word or a figure)."""
    lower = word.lower().replace("’", "'").removesuffix("'s")
    names = lower not in words_of(language).stop and not lower.isdigit() and len(lower) > 1
    return lower if names else "", word.removesuffix("'s").removesuffix("’s")
