"""Furniture: what stands on a news page and is no sentence of the article (furniture.toml holds the words)."""

import functools
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from digest.characters import CAPITALS
from digest.sentences.words import tables

_BULLETS = " -–—•*·([|>»›‹«#_=~+\"“”'‘’\u200b"
_BULLET = frozenset(_BULLETS)
_LINE_LENGTH = 200  # characters of a label, byline or notice without final stop, at most
_CAPTION_LENGTH = 700  # of a caption that ends in a credit
_NOTICE_LENGTH = 500  # of a sentence that begins like a notice

_KEY = 3  # characters of a phrase that it is looked up by
_HEADS = 4096  # beginnings of sentences whose phrases are remembered
_UNSPACED = "\u3040"  # letters from here on are of scripts without spaces (and Hangul), where words end anywhere
_NAME = r"[^\W\d_][\w.'’-]*"
_UPDATED = r"Updated?:?\s+(?:at\s+)?\d{1,2}(?:[:.]\d\d)?\s*[ap]\.?m\.?(?:\s[A-Z]\w+(?:\s[Tt]ime)?)?\s*[:–—-]\s+"
_LINE = re.compile(
    r"""
      (?:https?://|www\.)\S+                                                    # an address
    | \S+@\S+\.\w+                                                              # an e-mail address
    | @\w+(?:[ ,]+@\w+)*                                                        # accounts
    | [\d\W_]+                                                                  # figures and signs
    | (?:\w+,?[ ])?(?:\w+\.?[ ]\d{1,2}(?:st|nd|rd|th)?|\d{1,2}\.?[ ](?:de[ ])?\w+\.?),?[ ](?:de[ ])?(?:19|20)\d\d
      (?:[ ,|/–—-]+(?:at[ ])?\d{1,2}[:.]\d\d.{0,16})?                           # a date, perhaps with its time
    | .{0,30}\d{1,2}[:.]\d\d[ ]?(?:[ap]\.?m\.?)?[ ]?(?:[A-Z]{2,4})?             # a time
    | —[ ].{0,60}\(@\w+\).{0,40}                                                # the name under a tweet
    | .{0,40}\|.{0,80}                                                          # rows of a menu
    | Slideshow[ ].{0,20} | list[ ]\d+[ ]of[ ]\d+.{0,80}
    """,
    re.VERBOSE | re.DOTALL,
)
_PHOTO = re.compile(
    r"""
      \((?:AP[ ]Photo|Photo|Image|Foto|Picture|Credit|Getty|File|Courtesy|Screenshot|(?:Reuters|REUTERS|AFP|AP)/)
      [^()]*\)\W*$
    | \([^()]{2,60}(?:/|[ ]via[ ])(?:AP|AFP|Reuters|REUTERS|Getty[ ]Images|EPA|Bloomberg|Pool|dpa|TNS|SCNG)
      [^()]{0,20}\)\W*$
    """,
    re.VERBOSE,
)
_CREDIT = re.compile(r"(?:REUTERS|Reuters|AP|AFP|EPA|UPI|Xinhua|dpa|ANSA|EFE|NPR)\s?/\s?[A-Z][\w.'’ -]{2,40}$")
_SEEN = re.compile(r"[A-Z][^.!?]{2,120}\b(?:is|are) (?:seen|pictured|shown) (?!as\b|by\b).{2,160}\b(?:19|20)\d\d\W*")
_IN_THIS_PHOTO = re.compile(
    r"In (?:this\b.{0,60}?|an? [^.]{0,25}\d{4},? )\b(?:file |combination )?"
    r"(?:photo|photograph|image|frame|screenshot|video grab)\b"
)
_REPORTED_FROM = re.compile(
    r"(?:[A-Z][\w.'’-]+,? (?:and )?){1,5}reported from [A-Z][^.;]{2,60}(?:[.;,].*reported from .*)?\W*"
)

_Find = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Furniture:
    starts: _Find
    labels: _Find
    lines: frozenset[str]
    contains: tuple[str, ...]
    triggers: frozenset[str]
    endings: tuple[str, ...]
    captions: tuple[str, ...]
    caption_heads: frozenset[str]
    byline: re.Pattern[str]
    prefix: re.Pattern[str]
    prefix_heads: frozenset[str]
    dateline: re.Pattern[str]
    early_dateline: re.Pattern[str]


def is_furniture_line(line: str, is_final: bool) -> bool:
    """Whether a whole line is furniture; `is_final` says that it ends like a sentence."""
    if len(line) <= _CAPTION_LENGTH and _is_caption(line, is_final):
        return True
    if is_final or len(line) > _LINE_LENGTH:
        return False
    words = _furniture()
    return (
        line.strip(_BULLETS + "0123456789.:…]})/").lower() in words.lines
        or _begins(words.labels, line)
        or _begins(words.starts, line)
        or _LINE.fullmatch(line) is not None
        or _SEEN.fullmatch(line) is not None
        or words.byline.fullmatch(line) is not None
        or holds_notice(line)
    )


def _is_caption(line: str, is_final: bool) -> bool:
    words = _furniture()
    if (line[:2] in words.caption_heads and line.startswith(words.captions)) or (
        line[-1] == ")" and _PHOTO.search(line)
    ):
        return True
    if len(line) <= _LINE_LENGTH and " seen " in line and _SEEN.fullmatch(line):
        return True
    if is_final:
        return False
    return line.rstrip(_BULLETS + ")]").lower().endswith(words.endings) or (
        _CREDIT.search(line, max(0, len(line) - 60)) is not None
    )


def is_furniture_sentence(sentence: str) -> bool:
    """Whether a sentence begins like furniture: a call to subscribe, a caption, a notice."""
    if _begins(_furniture().starts, sentence):
        return len(sentence) <= _NOTICE_LENGTH
    return sentence.startswith("In ") and _IN_THIS_PHOTO.match(sentence) is not None


def holds_notice(sentence: str) -> bool:
    """Whether a sentence holds a phrase of notices anywhere ("All rights reserved"); quoted speech does not."""
    folded = sentence.lower()
    if _furniture().triggers.isdisjoint(_words(folded)) or sentence[0] in '“"«„':
        return False
    return any(phrase in folded for phrase in _furniture().contains) or (_REPORTED_FROM.fullmatch(sentence) is not None)


def triggers_in(text: str) -> frozenset[str]:
    """The words of a text without which no sentence of it holds a notice."""
    return _furniture().triggers.intersection(_words(text.lower()))


def prefix_end(text: str, start: int, end: int, is_early: bool) -> int:
    """Where the first sentence of the line `text[start:end]` begins: after page words glued to it, then a dateline.

    `is_early` says that the line is among an article's first, where "NEW DELHI: " is a place and no speaker.
    """
    words = _furniture()
    at = glued_end(text, start, end)
    head = text[at : min(at + 90, end)]
    if (
        "(" in head
        or "—" in head
        or "–" in head
        or "/" in head
        or ("-" in head and (" -" in head or ".-" in head))
        or (is_early and ": " in head)
    ):
        dateline = words.early_dateline if is_early else words.dateline
        if (match := dateline.match(text, at, end)) and not _begins(words.starts, head):
            return match.end()
    return at


def glued_end(text: str, start: int, end: int) -> int:
    """Where the sentence `text[start:end]` begins after page words that are glued to it."""
    words = _furniture()
    if text[start : start + 2] in words.prefix_heads and (found := words.prefix.match(text, start, end)):
        return found.end()
    return start


def _begins(phrases: _Find, piece: str) -> bool:
    """Whether a piece begins with one of the phrases, as whole words."""
    if piece[0] in _BULLET:
        piece = piece.lstrip(_BULLETS)
    candidates = phrases(piece[:_KEY])
    if not candidates:
        return False
    head = piece[:60].lower()
    return head.startswith(candidates) and (
        any(
            head.startswith(phrase) and not (phrase[-1].isalpha() and head[len(phrase) : len(phrase) + 1].isalnum())
            for phrase in candidates
        )
        or head[:1] >= _UNSPACED
    )


@functools.cache
def _furniture() -> _Furniture:
    contains = _all("contains")
    return _Furniture(
        starts=_by_beginning(_all("starts")),
        labels=_by_beginning((*_all("labels"), *_all("lines"))),
        lines=frozenset(_all("lines")),
        contains=contains,
        triggers=frozenset(max(_words(phrase), key=lambda w: (len(w), w)) for phrase in contains) | {"reported"},
        endings=_all("endings"),
        captions=_all("captions"),
        caption_heads=frozenset(phrase[:2] for phrase in _all("captions")),
        byline=re.compile(
            rf"(?i:{_either(_all('bylines'))})\s+{_NAME}"
            rf"(?:(?:\s*[,&|/•–—]\s*|\s+-\s+|\s+)(?:{_NAME}|\d+)){{0,9}}\W*"
        ),
        prefix=re.compile(rf"(?:(?:{_either(_all('prefixes'))})\s*[:|]?\s+(?=[{CAPITALS}\"“(])|{_UPDATED})+"),
        prefix_heads=frozenset(phrase[:2] for phrase in (*_all("prefixes"), "Updated")),
        dateline=_dateline(_all("agencies"), is_early=False),
        early_dateline=_dateline(_all("agencies"), is_early=True),
    )


def _dateline(agencies: Iterable[str], is_early: bool) -> re.Pattern[str]:
    """Place, day and agency before a report's first sentence, in the forms that agencies use."""
    word = rf"[{CAPITALS}][\w.'’/-]*"
    place = rf"{word}(?:[ ](?:{word}|and|de|del|of|la|am|an|der|do|da|di|sur)){{0,3}}"
    day = r"(?:\w{3,10}\.?[ ]\d{1,2}|\d{1,2}\.?(?:[ ](?:de[ ])?\w{3,10}\.?)?)(?:,?[ ]\d{4})?"
    agency = rf"(?:\((?:{_either(agencies)})(?:[/,][^()]{{1,30}})?\)|/(?:ТАСС|TASS)/|\[[A-Z]{{2,6}}\])"
    capitals = rf"[{CAPITALS}]{{2,}}(?:[ .'’/-]+[{CAPITALS}]+\.?){{0,4}}"
    dash = r"\.?\s*(?:[-–—]{1,2}|&[mn]dash;)"
    colon = rf"| {capitals}(?:,[ ]{place})?(?:,[ ]{day})?:\s+(?=[{CAPITALS}])" if is_early else ""  # NEW DELHI:
    tight = rf"|\s*[–—](?=[\"“]?[{CAPITALS}])" if is_early else ""  # WASHINGTON—The
    town = rf"{word}(?:[ ]{word})?"
    # Washington — The
    mixed = rf"| {town}(?:,[ ]{town})?(?:,[ ]{day})?\s+[–—]\s+(?=[\"“]?[{CAPITALS}])" if is_early else ""
    day_line = rf"{place}(?:,[ ]{place})?(?:,[ ]{day})?"
    stopped = rf"| {day_line}[ ]?\.-\s*(?=[\"“«¿¡]?[{CAPITALS}])" if is_early else ""  # San Corvel, 3 de mayo.- La
    return re.compile(
        rf"""
        (?: # Kyiv, July 12 (Reuters) -
            (?:{place}(?:,[ ]{place}){{0,2}})?[,.]?\s*(?:{day}\s*[,.]?\s*)?{agency}\s*(?:{dash}|:|\.)?\s*
          | # KYIV, Ukraine, July 12 —
            {capitals}(?:,[ ]{place}){{0,2}}(?:,?[ ]{day})?\s*(?:\([^()\n]{{2,40}}\)\s*)?(?:{dash}\s+(?!\d){tight})
            {colon}{mixed}{stopped}
        )(?=[^\W_]|["“„«‘'¿¡(])
        """,
        re.VERBOSE,
    )


def _words(text: str) -> list[str]:
    for mark in ".,;:!?()'’":
        text = text.replace(mark, " ")
    return text.split()


def _all(key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(phrase for table in tables().values() for phrase in table.get(key, ())))


def _either(phrases: Iterable[str]) -> str:
    """An alternation for a verbose pattern or a plain one, longest first."""
    return "|".join(re.escape(p) for p in sorted(phrases, key=lambda p: (-len(p), p)))


def _by_beginning(phrases: Iterable[str]) -> _Find:
    """What finds the phrases that a piece may begin with by its first _KEY characters, or two for the shortest."""
    groups: dict[str, list[str]] = {}
    for phrase in phrases:
        bare = phrase.lstrip(_BULLETS)
        groups.setdefault(bare[:_KEY], []).append(bare)

    @functools.lru_cache(_HEADS)
    def find(head: str) -> tuple[str, ...]:
        folded = head.lower()
        return (*groups.get(folded[:2], ()), *groups.get(folded[:_KEY], ()))

    return find
