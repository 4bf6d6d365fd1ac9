"""Whether a sentence can be read in a digest, alone or after the sentence that it leans on.

The rules are those an editor would give: a sentence that ends; quotes and brackets that close; no question; no quote
without its speaker; no first person outside quotes; and no start in the air ("He added that ...", "Meanwhile, ...")
unless the sentence before it is there too.
"""

import re

from digest.digests.words import Words

_END = re.compile("[.!。！।։።](?:[\"'”’»」』)\\]]|\\s)*$")
_OFF = re.compile("(?:\\.\\.|…|[?？؟])[.\"'”’»)\\]\\s]*$")
_MARKS = ("http", "www.", "©", "|", "@", ".com/", "{", "}", "__", "•", "→", "pic.twitter", "[…]", "[...]")
# A photo's caption: its date written out at the end, or who stands where in it.
_CAPTION = re.compile(
    "day,? [A-Z][a-z]{2,8}\\.? \\d{1,2}, \\d{4}\\.$"
    "|\\((?:C|L|R|left|right|center)\\)"
    "|\\b(?:file|handout|undated) (?:photo|picture|image)"
)
_CAPITALS = re.compile("[A-ZÀ-ÖØ-ÞА-ЯĐƠƯ]")
_SYMBOLS = re.compile("[^\\w\\s]")
_QUOTED = re.compile("[\"“„«「『][^\"“”„«»「」『』]*[\"”»“」』]|(?<!\\w)[‘'][^‘’']{12,}[’'](?!\\w)")
_WORD = re.compile("[^\\W\\d_][\\w'’-]*")
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ("«", "»"), ("「", "」"), ("『", "』"))
_THIS_WEEK = re.compile(
    "\\W*th(?:is|ese)\\s+(?:past\\s+|coming\\s+)?"
    "(?:week|month|year|morning|evening|afternoon|spring|summer|fall|autumn|winter|weekend)\\b",
    re.IGNORECASE,
)
# A name is looked for in so many words before a pronoun; past them something else will have been named.
_OPENING_WORDS = 8


def stands(text: str, words: Words, *, ends: bool = True) -> bool:
    """Whether a sentence may be part of a digest at all.  `ends`: it must end with a mark, as most scripts do."""
    tail = text[-8:]
    if ends and (not _END.search(tail) or _OFF.search(tail)):
        return False
    if text[0].islower() or any(mark in text for mark in _MARKS) or not _balanced(text) or _CAPTION.search(text):
        return False
    if len(_CAPITALS.findall(text)) > 0.25 * len(text) or len(_SYMBOLS.findall(text)) > 0.12 * len(text) + 2:
        return False
    outside = _spoken_outside(text)
    plain = [word.lower().replace("’", "'") for word in _WORD.findall(outside)]
    if not words.first.isdisjoint(plain):
        return False
    return (
        outside is text
        or len(plain) >= 5
        or (len(plain) >= 2 and not (words.speech and words.speech.isdisjoint(plain)))
    )


def leans(text: str, words: Words) -> bool:
    """Whether a sentence is in the air without the one before it."""
    if words.lean and words.lean.match(text) and not _THIS_WEEK.match(text):
        return True
    outside = _WORD.findall(_spoken_outside(text))
    at = next((i for i, word in enumerate(outside) if word.lower() in words.subject), None)
    return at is not None and not _named(outside[:at], words)


def _spoken_outside(text: str) -> str:
    """The text without what stands in quotes (the very same object where there are none)."""
    if any(mark in text for mark in '"“„«「『‘') or " '" in text or text[0] == "'":
        return _QUOTED.sub(" ", text)
    return text


def _balanced(text: str) -> bool:
    if text.count('"') % 2 or ("„" not in text and any(text.count(a) != text.count(b) for a, b in _PAIRS)):
        return False
    return "‘" not in text or "’" in text


def _named(before: list[str], words: Words) -> bool:
    """Whether the words before a pronoun hold what it may stand for."""
    if not before:
        return False
    if before[0].lower() not in words.clause or len(before) > _OPENING_WORDS:
        return True
    return any(word[0].isupper() and not word.isupper() and word.lower() not in words.clause for word in before[1:])
