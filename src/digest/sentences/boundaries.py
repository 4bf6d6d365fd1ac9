"""Sentences of a paragraph: sentencex's pieces, joined again where it cut too early.

sentencex (Thottingal, Wikimedia) knows the stops and abbreviations of some 300 languages.  On news it still cuts after
titles ("Rep. | Will Hurd"), inside party and state ("R-S. | C."), before time zones ("5 p.m. | ET"), inside names of
sites ("TMZ. | com"), at stray full stops ("information. | reporting"), and through quotations.
"""

from collections.abc import Sequence

import sentencex

from digest.sentences.abbreviations import Abbreviations, abbreviations_of
from digest.sentences.paragraphs import Span

Pairs = tuple[tuple[str, str], ...]

_OPENERS = "“„«‹‘([{「『《（【¿¡"
_CLOSERS = "\"”’»›)]}」』》）】'"
_STOPS = ".!?…。！？।؟۔։።።"
_PLAIN_ENDS = frozenset(".!?…”’»)")  # a piece that ends so, before a space and a capital, needs no second look,
_BEGINS = frozenset(_OPENERS + '"')  # nor before one of these: no name begins so
_SPACED_ONLY = frozenset({"th", "lo"})  # scripts whose sentences are parted by spaces alone
UNSTOPPED = _SPACED_ONLY | {"el"}  # languages whose sentences end otherwise than at one of shape.STOPS

_PAIRS = (('"', '"'), ("(", ")"), ("[", "]"), ("«", "»"), ("「", "」"), ("『", "』"), ("（", "）"), ("《", "》"))

_SPACED_HOURS = frozenset({"a. m.", "p. m.", "A. M.", "P. M."})

MOST_PIECES = 4  # pieces that a quotation or bracket may hold together at most
LONGEST_JOIN = 600  # characters of a sentence that was joined for its quotation at most
SPACED_LENGTH = 80  # characters after which a space may end a sentence of a script without stops


def sentences_of(text: str, start: int, end: int, language: str, pairs: Pairs) -> list[Span]:
    """The sentences of `text[start:end]` (a paragraph without white space at its ends), as offsets into the text.

    `pairs` are the kinds of quotation marks and brackets to keep whole (`pairs_in`).
    """
    if language in _SPACED_ONLY:
        return _at_spaces(text, start, end)
    pieces = sentencex.segment(language, text[start:end])
    if len(pieces) == 1:
        return [(start, end)]
    spans = _spans(text, start, end, pieces, abbreviations_of(language))
    return _quotes_kept_whole(text, spans, pairs) if pairs and len(spans) > 1 else spans


def _spans(text: str, start: int, end: int, pieces: Sequence[str], known: Abbreviations) -> list[Span]:
    """The pieces of `text[start:end]` as spans without white space at their ends, joined where a cut came too early.

    Pieces are found in turn, since sentencex drops white space between some of them.
    """
    spans: list[Span] = []
    begin = at = start
    capitalised: bool | None = None
    for piece in pieces[:-1]:
        if not text.startswith(piece, at):
            at = max(at, text.find(piece, at, end))
        at += len(piece)
        bare = piece.rstrip()
        cut = at - len(piece) + len(bare)
        if (
            bare
            and begin < cut < at  # a closing mark of this piece may already be the last sentence's
            and bare[-1] in _PLAIN_ENDS
            and (text[at].isupper() or text[at] in _BEGINS)
            and (bare[-1] != "." or not known.may_go_on(bare))
        ):
            spans.append((begin, cut))
            begin = at
            continue
        cut = _moved(text, start, at, end)
        if capitalised is None:
            capitalised = not _is_uncapitalised(pieces)
        if cut > begin and not _is_too_early(text, begin, cut, end, known, capitalised=capitalised):
            spans.append(_stripped(text, begin, cut))
            begin = cut
            while text[begin].isspace():
                begin += 1
    spans.append((begin, end))
    return spans


def _moved(text: str, start: int, cut: int, end: int) -> int:
    """The cut after closing marks that were left behind, and before an opening one that was taken along."""
    after = cut
    while after < end and text[after] in "”’»)]」』）":
        after += 1
    if after > cut:
        return after
    head = text[max(start, cut - 8) : cut]
    bare = head.rstrip()
    if bare and (bare[-1] in _OPENERS or (bare[-1] in "\"'" and bare[-2:-1].isspace())):
        return cut - len(head) + len(bare) - 1
    return cut


def _is_too_early(text: str, begin: int, cut: int, end: int, known: Abbreviations, *, capitalised: bool) -> bool:
    bare = text[begin:cut].rstrip()
    after = text[cut : min(cut + 40, end)].lstrip()
    if not bare.strip() or not after:
        return True
    if capitalised and after[0].islower() and not after[1:2].isupper():
        return True
    word = bare[bare.rfind(" ") + 1 :]
    if bare[-5:] in _SPACED_HOURS:
        word = bare[-5:].replace(" ", "")
    if begin + len(bare) == cut and not text[cut].isspace() and _is_glued(word, after):
        return True
    if word[-1] != ".":
        return False
    return known.goes_on(word.lstrip(_OPENERS + "\"'"), after) or known.counts_on(bare, after)


def _is_uncapitalised(pieces: Sequence[str]) -> bool:
    """Whether a third of the pieces begin in lower case: the writer does without capitals, and such a beginning says
    nothing."""
    return 3 * sum(piece[:1].islower() for piece in pieces) > max(len(pieces), 5)


def _is_glued(word: str, after: str) -> bool:
    """Whether a cut without white space is inside a word ("U.S.A", "3.5") and not a full stop with its space lost."""
    if word[-1] in _CLOSERS or not word[-1].isascii():
        return False
    stem = word.rstrip(_STOPS + _CLOSERS)
    return not (len(stem) > 2 and stem[-2:].islower() and (after[0].isupper() or after[0] in _OPENERS + '"'))


def _quotes_kept_whole(text: str, spans: list[Span], pairs: Pairs) -> list[Span]:
    """Pieces of one quotation or bracket joined, where it closes within a few pieces."""
    first, last = spans[0][0], spans[-1][1]
    opened = {pair: at for pair in pairs if (at := text.find(pair[0], first, last)) >= 0}
    if not opened:
        return spans
    pairs, opens = tuple(opened), min(opened.values())
    kept: list[Span] = []
    i = 0
    while i < len(spans):
        start, end = spans[i]
        i += 1
        if end > opens and is_open(text, start, end, pairs):
            for j in range(i, min(i + MOST_PIECES - 1, len(spans))):
                if spans[j][1] - start > LONGEST_JOIN:
                    break
                if not is_open(text, start, spans[j][1], pairs):
                    end, i = spans[j][1], j + 1
                    break
        kept.append((start, end))
    return kept


def pairs_in(text: str) -> Pairs:
    """The kinds of quotation marks and brackets that a text uses, as (opening, closing); closing may be several."""
    curly = ("„", "“”") if "„" in text else ("“", "”")
    return tuple(pair for pair in (curly, *_PAIRS) if pair[0] in text)


def is_open(text: str, start: int, end: int, pairs: Pairs) -> bool:
    """Whether a quotation or bracket is opened in `text[start:end]` and not closed there."""
    for opening, closing in pairs:
        if opened := text.count(opening, start, end):
            if opening == closing:
                if opened % 2:
                    return True
            elif opened > sum(text.count(mark, start, end) for mark in closing):
                return True
    return False


def _at_spaces(text: str, start: int, end: int) -> list[Span]:
    """Runs of words of at least SPACED_LENGTH characters, cut at spaces."""
    spans: list[Span] = []
    begin = start
    while (cut := text.find(" ", begin + SPACED_LENGTH, end)) >= 0:
        spans.append(_stripped(text, begin, cut))
        begin = cut + 1
    tail = _stripped(text, begin, end)
    return [*spans, tail]


def _stripped(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip())
