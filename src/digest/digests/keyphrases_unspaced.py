"""Phrases in scripts without spaces between words: runs of characters that recur.

No dictionary: what several sources write with the same characters in a row is most often a name or a term, and its
ends are where the rows part.
"""

import bisect
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from digest.digests.letters import MARKS
from digest.tokens import UNSPACED

_CHARACTERS = {True: (2, 8), False: (4, 24)}  # of a phrase of Chinese characters, and of one of letters
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
# Hiragana writes Japanese inflections and particles; these characters do as much in Chinese.
_BETWEEN = "\u3040-\u309f的了是和与與在也都就而但被把对對说說他她它们們我你这這那"
_HOLDS = re.compile(f"[{UNSPACED}]")
_RUN = re.compile(f"(?:(?![{_BETWEEN}])[{UNSPACED}])+")
_HANGING = re.compile(
    f"[{MARKS}\u0e30\u0e32\u0e33\u0e45-\u0e46\u0eb0\u0eb2\u0eb3\u30fc]"
)  # belongs to the letter before
_LEADING = re.compile("[\u0e40-\u0e44\u0ec0-\u0ec4]")  # a vowel that belongs to the letter behind


def recurring(texts: Sequence[Sequence[str]]) -> dict[str, tuple[int, int]]:
    """The phrases that two of the groups of texts hold, or one of them twice: how many groups hold each, how often.

    A phrase that a longer one holds is left out where it recurs no oftener.
    """
    if not any(_HOLDS.search(text) for group in texts for text in group if not text.isascii()):
        return {}
    groups: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for group in texts:
        told = Counter(phrase for text in group for phrase in _phrases_of(text))
        times.update(told)
        groups.update(told.keys())
    found = {phrase: (groups[phrase], n) for phrase, n in times.items() if n > 1}
    inner: dict[str, int] = {}
    for phrase, (_, n) in found.items():
        for part in (phrase[:-1], phrase[1:]):
            inner[part] = max(inner.get(part, 0), n)
    return {phrase: counts for phrase, counts in found.items() if counts[1] > inner.get(phrase, 0)}


def pairs_of(phrase: str) -> list[str]:
    """A phrase's overlapping pairs of characters, as which it is indexed."""
    return [phrase[i : i + 2] for i in range(len(phrase) - 1)]


def _phrases_of(text: str) -> Iterator[str]:
    for run in _RUN.findall(text) if not text.isascii() else ():
        starts = [i for i in range(len(run)) if not _HANGING.match(run[i])]
        ends = [i for i in [*starts[1:], len(run)] if not _LEADING.match(run[i - 1])]
        for start in starts:
            shortest, longest = _CHARACTERS[bool(_HAN.match(run[start]))]
            first, last = bisect.bisect_left(ends, start + shortest), bisect.bisect_right(ends, start + longest)
            yield from (run[start:end] for end in ends[first:last])
