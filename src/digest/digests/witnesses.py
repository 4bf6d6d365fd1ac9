"""Whether two texts are one witness: one outlet, one text, one speaker, or both from whom one of them credits."""

import difflib
import functools
import re
from collections.abc import Sequence

_TAKEN_OVER = 0.45  # So large a share of runs of two words is one text, not two,
_IN_ORDER = 0.45  # as is so large a share of the longer one's words in one order.
_REWORDED = 0.85  # So large a share of a sentence's words in one order in another is that one, reworded here and there.
_COPIED = 7  # One shared run of so many words is one text,
_JOINED = 0.65  # as is so large a share of the pairs of neighbours of a sentence.
_FOURS = 0.25  # Of English, which is read closer, so large a share of the runs of four words is one text, too.
_CREDITED = re.compile(
    "\\b(?:AP|AFP|UPI|Agence France-Presse|Reuters|Xinhua|Bloomberg|ABC|BBC|CBS|CNBC|CNN|MSNBC|NBC|NPR|PBS|Fox News"
    "|Al Jazeera|Axios|Breitbart|BuzzFeed|CBC|Insider|Newsweek|New Yorker|Politico|POLITICO|ProPublica|The Atlantic"
    "|Vanity Fair|(?:Associated|Free|Daily) [A-Z]\\w+"
    "|Times(?! Square)|Post|Journal|Tribune|Herald|Globe|Guardian|Telegraph|Gazette|Chronicle|Examiner|Magazine"
    "|news agency|(?:media|news|press|local) (?:outlet|report)s?"
    "|told (?:the )?(?!Mr|Ms|Mrs|Dr)[A-Z]\\w*|told the [a-z ]{0,20}(?:newspaper|paper|station)|Hollywood Reporter"
    "|(?:[Aa]ccording to|[Cc]iting) (?:(?:the|a|an|several|multiple) )?(?:report|newspaper|outlet)s?"
    "|a report says|first reported|reportedly)\\b"
)  # An agency or an outlet: who is credited is the witness.
_QUOTED = re.compile("[\"“„«「]([^\"“”„«»「」]+)[\"”»“」]|(?<!\\w)['‘]([^'‘’]+)['’](?!\\w)")
_QUOTE_WORDS = 2  # A quotation is at least so long; less is a term in quotes.
_RETOLD = 3  # So many words in a row that the other quotes are the speaker's; of one's own quotation, as few as that.
_MOSTLY = 0.3  # Of a sentence whose words so largely stand in quotes, the quotation is what it says.
_NAME = 5  # Letters of an outlet's name that are looked for: "algemeiner.com" in "The Algemeiner reported".
_WORD = re.compile("\\w+")


def one_outlet(ours: str | None, theirs: str | None) -> bool:
    """Whether two sources are one, or one's host lies in the other's ("blogs.cnn.com", "cnn.com")."""
    return bool(ours and theirs) and f".{ours}".endswith(f".{theirs}") | f".{theirs}".endswith(f".{ours}")


@functools.lru_cache(maxsize=1 << 12)  # of one story: a sentence is asked about again and again
def credits_another(text: str) -> bool:
    """Whether a sentence says that it has its news from an agency or an outlet."""
    return _CREDITED.search(text) is not None


def quotes(text: str) -> bool:
    """Whether a text quotes anything, be it one word."""
    return _QUOTED.search(text) is not None


def names_outlet(text: str, source: str | None) -> bool:
    """Whether a text names an outlet by the longest part of its host."""
    label = max(("".join(_WORD.findall(part)) for part in (source or "").lower().split(".")), key=len)
    return len(label) >= _NAME and label in "".join(_WORD.findall(text.lower()))


def one_source(ours: str, theirs: Sequence[str]) -> bool:
    """Whether sentences of another article have what a sentence says from the same text or the same quotation."""
    words, quoted = _words(ours), _quoted(ours)
    if sum(map(len, quoted)) >= _MOSTLY * max(1, len(words)):
        return True
    if _overlap(words, theirs, 2) > _JOINED or copied(ours, theirs):
        return True
    said = (quotation for text in theirs for quotation in _quoted(text))
    return any(_share(words, q, _RETOLD) for q in said) or any(
        _share(q, _words(text), _QUOTE_WORDS) for q in quoted for text in theirs
    )


def _overlap(words: Sequence[str], theirs: Sequence[str], length: int) -> float:
    """The share of a sentence's runs of so many words that stand in sentences of another article."""
    runs = _runs(words, length)
    shared = runs & frozenset[tuple[str, ...]]().union(*(_runs(_words(text), length) for text in theirs))
    return len(shared) / max(1, len(runs))


def copied(ours: str, theirs: Sequence[str]) -> bool:
    """Whether one long run of words stands in a sentence and in one of others."""
    return any(_share(_words(ours), _words(text), _COPIED) for text in theirs)


def one_text(ours: str, theirs: str) -> bool:
    """Whether one of two sentences is the other, reworded here and there."""
    a, b = _words(ours), _words(theirs)
    if _share(a, b, _COPIED) or shared_runs(ours, theirs, 2) > _TAKEN_OVER:
        return True
    return _in_order(a, b) > _IN_ORDER * max(len(a), len(b))


def reworded(ours: str, theirs: Sequence[str]) -> bool:
    """Whether a sentence is made of those of another article: of runs of four, or of most words of the first in order.

    theirs: the sentence most like it first.
    """
    a = _words(ours)
    return _overlap(a, theirs, 4) > _FOURS or _in_order(a, _words(theirs[0])) > _REWORDED * len(a)


def _in_order(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """How many words stand in both in one order."""
    blocks = difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)


def shared_runs(ours: str, theirs: str, words: int) -> float:
    """The share of runs of so many words of the sentence that has fewer of them that stand in both."""
    a, b = _runs(_words(ours), words), _runs(_words(theirs), words)
    return len(a & b) / max(1, min(len(a), len(b)))


def _share(ours: Sequence[str], theirs: Sequence[str], words: int) -> bool:
    """Whether so many words in a row stand in both."""
    return not _runs(ours, words).isdisjoint(_runs(theirs, words))


def _runs(words: Sequence[str], length: int) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(words[i : i + length]) for i in range(len(words) - length + 1))


@functools.lru_cache(maxsize=1 << 12)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.lower()))


@functools.lru_cache(maxsize=1 << 12)
def _quoted(text: str) -> tuple[tuple[str, ...], ...]:
    """The words of each of a text's quotations; terms in quotes left out."""
    found = (_WORD.findall((double or single).lower()) for double, single in _QUOTED.findall(text))
    return tuple(tuple(words) for words in found if len(words) >= _QUOTE_WORDS)
