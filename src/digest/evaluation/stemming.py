"""English word stems, as the customary ROUGE scorers take them.

Porter's algorithm (1980) with the departures of NLTK's version, which `rouge-score` uses: figures made with other stems
could not be compared with published ones.
"""

import functools
from collections.abc import Callable, Sequence

_IRREGULAR = {
    "skies": "sky", "dying": "die", "lying": "lie", "tying": "tie", "innings": "inning", "outings": "outing",
    "cannings": "canning",
    **{word: word for word in ("sky", "news", "inning", "outing", "canning", "howe", "proceed", "exceed", "succeed")},
}  # fmt: skip
# Suffix and what takes its place; the first that fits is the only one that is tried.
_DOUBLE_SUFFIXES = (
    ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("bli", "ble"),
    ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"),
    ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"),
    ("iviti", "ive"), ("biliti", "ble"), ("fulli", "ful"),
)  # fmt: skip
_MIDDLE_SUFFIXES = (
    ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", ""),
)  # fmt: skip
_LAST_SUFFIXES = tuple(
    (suffix, "") for suffix in "al ance ence er ic able ible ant ement ment ent ion ou ism ate iti ous ive ize".split()
)


@functools.lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The stem of an English word in lower case."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) <= 2:
        return word
    for step in (_plural, _past, _final_y, _double_suffix, _middle_suffix, _last_suffix, _final_e, _final_ll):
        word = step(word)
    return word


def _shape(word: str) -> str:
    """A "c" for each consonant, a "v" for each vowel.  A y behind a consonant is a vowel."""
    out = ""
    for letter in word:
        out += "v" if letter in "aeiou" or (letter == "y" and out.endswith("c")) else "c"
    return out


def _measure(word: str) -> int:
    """How often a vowel is followed by a consonant: roughly, the syllables."""
    return _shape(word).count("vc")


def _is_short(word: str) -> bool:
    """Ends as "hop" does: a stem that takes an e, as in "hope"."""
    shape = _shape(word)
    return (shape.endswith("cvc") and word[-1] not in "wxy") or shape == "vc"


def _replace(word: str, rules: Sequence[tuple[str, str]], allowed: Callable[[str], bool]) -> str:
    """The word with the first of the suffixes that it has replaced, if the rest allows it."""
    for suffix, other in rules:
        if word.endswith(suffix):
            rest = word[: -len(suffix)]
            return rest + other if allowed(rest) else word
    return word


def _plural(word: str) -> str:
    if word.endswith("ies"):
        return word[:-1] if len(word) == 4 else word[:-2]
    return _replace(word, (("sses", "ss"), ("ss", "ss"), ("s", "")), lambda _: True)


def _past(word: str) -> str:
    if word.endswith("ied"):
        return word[:-1] if len(word) == 4 else word[:-2]
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    for suffix in ("ed", "ing"):
        rest = word.removesuffix(suffix)
        if rest != word and "v" in _shape(rest):
            return _mended(rest)
    return word


def _mended(rest: str) -> str:
    """What is left of a word without -ed or -ing, as it stood before: "hop", "size", "fall"."""
    if rest.endswith(("at", "bl", "iz")):
        return rest + "e"
    if rest[-1:] == rest[-2:-1] and _shape(rest).endswith("c"):
        return rest if rest[-1] in "lsz" else rest[:-1]
    return rest + "e" if _measure(rest) == 1 and _is_short(rest) else rest


def _final_y(word: str) -> str:
    return word[:-1] + "i" if len(word) > 2 and word.endswith("y") and _shape(word)[-2] == "c" else word


def _double_suffix(word: str) -> str:
    if word.endswith("alli") and _measure(word[:-4]) > 0:
        return _double_suffix(word[:-2])
    if word.endswith("logi"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    return _replace(word, _DOUBLE_SUFFIXES, lambda rest: _measure(rest) > 0)


def _middle_suffix(word: str) -> str:
    return _replace(word, _MIDDLE_SUFFIXES, lambda rest: _measure(rest) > 0)


def _last_suffix(word: str) -> str:
    ion = word.endswith("ion")
    return _replace(word, _LAST_SUFFIXES, lambda rest: _measure(rest) > 1 and (not ion or rest[-1] in "st"))


def _final_e(word: str) -> str:
    if not word.endswith("e"):
        return word
    measure = _measure(word[:-1])
    return word[:-1] if measure > 1 or (measure == 1 and not _is_short(word[:-1])) else word


def _final_ll(word: str) -> str:
    return word[:-1] if word.endswith("ll") and _measure(word[:-1]) > 1 else word
