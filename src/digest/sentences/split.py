"""An article's text as segments: its sentences, its headings, and the furniture of its page."""

import functools
import re

from digest.author_notes import author_notes
from digest.records import Kind, Segment
from digest.sentences.boundaries import UNSTOPPED, pairs_in, sentences_of
from digest.sentences.furniture import (
    glued_end,
    holds_notice,
    is_furniture_line,
    is_furniture_sentence,
    prefix_end,
    triggers_in,
)
from digest.sentences.paragraphs import Span, paragraphs_of
from digest.sentences.run_in import stamped, titled, told_twice
from digest.sentences.shape import DIGIT, LETTER, LOWER, STOP, STOPS, SYMBOL, UPPER, shape_of

SENTENCE, HEADING, FURNITURE = Kind.SENTENCE, Kind.HEADING, Kind.FURNITURE

_CLOSERS = "\"”’»'›)]}」』）】“ "
_CLOSING = frozenset(_CLOSERS)
_HEADING_LENGTH = 120  # characters of a heading at most
_LABEL_LENGTH = 40  # characters of a last line without full stop that is no sentence, at most
_PARAGRAPH_LENGTH = 60  # characters of a line that a heading may stand above, at least
_EARLY = 4  # lines of an article that its dateline may stand in
_TAIL = 1000  # characters at the end of an article, where the last notices stand
_MOST_CAPITALS = 0.4  # share of the letters
_MOST_SYMBOLS = 0.12  # share of the characters


def split_article(text: str, language: str | None, title: str = "") -> list[Segment]:
    """The segments of an article's text, in order; every character that is no white space lies in exactly one.

    Only segments of kind SENTENCE may stand in a digest.  HEADING is the title repeated or a heading of a part;
    FURNITURE is the rest: bylines, captions, calls to subscribe, datelines.  `language` is an ISO 639-1 code
    (None: English rules for Latin script).
    """
    return _Splitter(text, (language or "en").partition("-")[0].lower(), title).segments()


_NO_LETTER = re.compile(r"[\W_]+")


class _Splitter:
    """The facts about one text that each of its lines is judged by."""

    def __init__(self, text: str, language: str, title: str) -> None:
        self.text = text
        self.language = language
        self.whole_title = title.strip()
        self.title = _folded(title)
        self.title_length = 2 * len(self.title)  # of a line that repeats the title, at most
        self.title_is_final = title.rstrip(_CLOSERS).endswith(tuple(STOPS))
        self.shape = shape_of(text)
        self.lines = paragraphs_of(text)
        self.is_final = [self.shape[end - 1] == STOP or self._is_closed(start, end) for start, end in self.lines]
        self.is_stopped = self.language not in UNSTOPPED
        self.is_punctuated = self.is_stopped and any(self.is_final)
        self.notices_from = len(text) - _TAIL
        self.triggers = triggers_in(text[-_TAIL:])
        self.has_symbols = SYMBOL in self.shape
        self.pairs = pairs_in(text)

    def segments(self) -> list[Segment]:
        found: list[Segment] = []
        for i, (start, end) in enumerate(self.lines):
            kind = self._kind_of_line(i, start, end)
            if kind is None:
                found += self._split(i, start, end)
            else:
                found.append(Segment(start, end, kind))
        return self._without_author(found) if self.language == "en" else found

    def _without_author(self, segments: list[Segment]) -> list[Segment]:
        """The segments, those that tell who wrote the article as furniture."""
        places = [i for i, segment in enumerate(segments) if segment.kind is SENTENCE]
        sentences = [segments[i][:2] for i in places]
        for note in author_notes(self.text, sentences, self.notices_from):
            segments[places[note]] = Segment(*sentences[note], FURNITURE)
        return segments

    def _kind_of_line(self, i: int, start: int, end: int) -> Kind | None:
        """The kind of a line that is one segment; None if it holds sentences."""
        line, is_final = self.text[start:end], self.is_final[i]
        if len(line) <= self.title_length and self._is_title(line, is_final):
            return HEADING
        if is_furniture_line(line, is_final):
            return FURNITURE
        if is_final or not self.is_punctuated or end - start > _HEADING_LENGTH:
            return None
        return self._kind_of_unfinished(i, start, end)

    def _kind_of_unfinished(self, i: int, start: int, end: int) -> Kind | None:
        """The kind of a short line without final mark: a label, a heading, or (the last one) a sentence cut off."""
        if self.text[end - 1] in ":：":
            return FURNITURE if end - start <= _PARAGRAPH_LENGTH else None
        if len(self._sentences(start, end)) > 1:
            return None
        if i + 1 < len(self.lines):
            return HEADING if self._is_paragraph(i + 1) else FURNITURE
        return None if end - start > _LABEL_LENGTH else FURNITURE

    def _split(self, i: int, start: int, end: int) -> list[Segment]:
        """The segments of a line that holds sentences."""
        found: list[Segment] = []
        is_early = i < _EARLY
        if is_early:
            start += self._leave(found, start, *self._run_in(self.text[start:end]))
        if start < (prefix := prefix_end(self.text, start, end, is_early)) < end:
            start += self._leave(found, start, 0, prefix - start)
        spans = self._sentences(start, end)
        for s, e in spans:
            begin = glued_end(self.text, s, e)
            if begin > s:
                self._leave(found, s, 0, begin - s)
            if is_early and (stamp := stamped(self.text[begin:e]))[1]:
                begin += self._leave(found, begin, *stamp)
            found.append(Segment(begin, e, self._kind_of_sentence(begin, e)))
        if len(spans) > 1 and not self.is_final[i] and spans[-1][1] - spans[-1][0] <= _LABEL_LENGTH:
            found[-1] = Segment(found[-1].start, found[-1].end, FURNITURE)
        return found

    def _run_in(self, line: str) -> tuple[int, int]:
        """Where the heading ends that is run into a line's first sentence, and where that begins (0: with none)."""
        twice = told_twice(line)
        return twice if twice[1] or self.title_is_final else titled(line, self.whole_title)

    def _leave(self, found: list[Segment], start: int, heading: int, length: int) -> int:
        """Leaves so many characters out of the sentence that goes on behind them, the first ones as a heading."""
        if heading:
            is_furniture = is_furniture_line(self.text[start : start + heading], is_final=False)
            found += self._bare(start, start + heading, FURNITURE if is_furniture else HEADING)
        found += self._bare(start + heading, start + length, FURNITURE)
        return length

    def _bare(self, start: int, end: int, kind: Kind) -> list[Segment]:
        """A segment without white space at its ends, or none where nothing else is there."""
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip())
        return [Segment(start, start + len(piece.strip()), kind)] if piece.strip() else []

    def _sentences(self, start: int, end: int) -> list[Span]:
        if self.is_stopped and self.shape.find(STOP, start, end - 2) < 0:
            return [(start, end)]
        return sentences_of(self.text, start, end, self.language, self.pairs)

    def _kind_of_sentence(self, start: int, end: int) -> Kind:
        sentence = self.text[start:end]
        is_furniture = (
            is_furniture_sentence(sentence)
            or (self.has_symbols and self.shape.count(SYMBOL, start, end) > _MOST_SYMBOLS * (end - start))
            or (2 * self.shape.count(LOWER, start, end) <= end - start and self._is_no_prose(start, end))
            or (start >= self.notices_from and self._holds_notice(sentence))
        )
        return FURNITURE if is_furniture else SENTENCE

    def _holds_notice(self, sentence: str) -> bool:
        return any(map(sentence.lower().__contains__, self.triggers)) and holds_notice(sentence)

    def _is_no_prose(self, start: int, end: int) -> bool:
        """Whether a piece of few small letters holds no words, or mostly capitals."""
        shape = self.shape
        lower, upper = shape.count(LOWER, start, end), shape.count(UPPER, start, end)
        letters = upper + lower + shape.count(LETTER, start, end)
        if shape.count(DIGIT, start, end) >= letters:
            return True
        return letters >= 20 and upper > _MOST_CAPITALS * letters and not self.is_shouting

    @functools.cached_property
    def is_shouting(self) -> bool:
        return self.shape.count(UPPER) > self.shape.count(LOWER)

    def _is_closed(self, start: int, end: int) -> bool:
        """Whether a line ends in a stop and closing marks."""
        while end > start and self.text[end - 1] in _CLOSING:
            end -= 1
        return self.shape[end - 1] == STOP

    def _is_paragraph(self, i: int) -> bool:
        start, end = self.lines[i]
        return end - start > _HEADING_LENGTH or (self.is_final[i] and end - start >= _PARAGRAPH_LENGTH)

    def _is_title(self, line: str, is_final: bool) -> bool:
        if is_final != self.title_is_final or 0.8 * len(self.title) > len(line):
            return False
        begins_alike = line[0].casefold()[0] == self.title[:1] or not line[0].isalnum()
        return begins_alike and _folded(line) == self.title


def _folded(text: str) -> str:
    return _NO_LETTER.sub("", text.casefold())
