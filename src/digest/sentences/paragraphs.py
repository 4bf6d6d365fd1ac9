"""Lines of a text, and the paragraphs they make: hard-wrapped lines are one paragraph, other lines one each."""

from collections.abc import Sequence

Span = tuple[int, int]

_ENDS = frozenset('.!?…:;"”’»)。！？」』）।؟۔')
_WIDEST = 100  # characters: no one wraps wider than this
_SLACK = 12  # characters that an edited line may fall short of the width it was wrapped to


def paragraphs_of(text: str) -> list[Span]:
    """The paragraphs of a text in order, as offsets without white space at their ends.

    A line that begins in lower case goes on with the line before it where that one has no final mark (links torn out
    of their sentence leave such lines).  In a text that is hard-wrapped, as old wires are, a line goes on with the
    next one where the next one's first word would not have fitted any more.
    """
    lines = _lines(text)
    width = _wrap_width(text, lines)
    joined = lines[:1]
    for line in lines[1:]:
        start, end = joined[-1]
        if _goes_on(text, joined[-1], line) or (width and _is_soft(text, (start, end), line, width)):
            joined[-1] = (start, line[1])
        else:
            joined.append(line)
    return joined


def _lines(text: str) -> list[Span]:
    spans: list[Span] = []
    at = 0
    for line in text.splitlines(keepends=True):
        if bare := line.strip():
            start = at + line.index(bare[0]) if line[0] != bare[0] else at
            spans.append((start, start + len(bare)))
        at += len(line)
    return spans


def _goes_on(text: str, line: Span, following: Span) -> bool:
    """Whether a line begins in lower case and the one before it is unfinished."""
    first = following[0]
    return (
        text[first].islower()
        and text[line[1] - 1] not in _ENDS
        and not text[first + 1 : first + 2].isupper()
        and line[1] - line[0] > 3
    )


def _wrap_width(text: str, lines: Sequence[Span]) -> int:
    """The width that a text is wrapped to, or 0: most of its lines stop in mid-sentence just below one width."""
    if len(lines) < 3 or any(end - start > _WIDEST for start, end in lines):
        return 0
    widths = [_column(text, line) for line in lines]
    width = max(widths)
    if not 40 <= width <= _WIDEST:
        return 0
    full = sum(_would_overflow(text, w, after, width) for w, after in zip(widths, lines[1:], strict=False))
    torn = sum(text[line[1] - 1] not in _ENDS for line in lines[:-1])
    return width if 2 * full >= len(lines) and 2 * torn >= len(lines) else 0


def _is_soft(text: str, before: Span, line: Span, width: int) -> bool:
    """Whether the break before a line was made by wrapping: no blank line, no indent, and it tears a sentence or left
    no room for the line's first word (a first line that lost its dateline is short)."""
    gap = text[before[1] : line[0]]
    if len(gap.splitlines()) > 1:
        return False
    if text[before[1] - 1] not in _ENDS:
        return True
    start = max(text.rfind("\n", 0, before[1]) + 1, before[0])
    return _would_overflow(text, before[1] - start, line, width)


def _column(text: str, line: Span) -> int:
    """The column a line ends in, its indent counted."""
    return line[1] - (text.rfind("\n", 0, line[0]) + 1)


def _would_overflow(text: str, length: int, following: Span, width: int) -> bool:
    word = text[following[0] : following[1]].split(None, 1)[0]
    return length + 1 + len(word) > width - _SLACK
