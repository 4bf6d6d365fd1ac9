"""Sentences in which an article tells who wrote it: "Ann Reed is a columnist for the Corvel Post."

They stand at its very beginning or end, and name somebody of whom the article says nothing else.  English only.
"""

import re
from collections.abc import Sequence

_FIRST, _LAST = 3, 6  # sentences of an article that may tell of its author
_FEWEST = 5  # other sentences: in a shorter text nobody is named twice
# Who reports the news; and who may do so, or not; all others comment on it.
_REPORTERS = "anchor correspondent editor intern journalist producer reporter".split()
_WRITERS = "blogger writer".split()
_COMMENTATORS = """
    adviser advisor analyst attorney author chairman columnist commentator consultant contributor co-author
    co-founder co-host coordinator critic director economist editor-at-large essayist fellow founder historian host
    lawyer lecturer member novelist podcaster pollster president professor researcher scholar
    scientist strategist
""".split()
_NOTE = re.compile(
    rf"""
      (?P<name>[A-Z][\w.'’-]*(?:[ ](?:[A-Z][\w.'’-]*|al|bin|da|de|der|la|van|von)){{1,4}})
      (?:,[ ][^.,]{{4,100}},)?[ ]
      (?: (?:is|was)[ ](?:(?!the[ ](?:first|last|latest|new|next|only|second|third)\b)[^\s,]+[ ]){{0,9}}?
          (?:{"|".join((*_REPORTERS, *_WRITERS, *_COMMENTATORS))})s?\b
        | writes[ ](?:about|for|regularly)\b | covers[ ][^.]{{3,80}}[ ]for[ ](?:the[ ])?[A-Z] )
    """,
    re.VERBOSE,
)
_VERBS = (" is ", " was ", " writes ", " covers ")
_HEAD = 150  # characters that hold such a verb
_REPORTS = re.compile(rf"\b(?:{'|'.join(_REPORTERS)})s?\b(?!-)")
_WRITES = re.compile(rf"\b(?:{'|'.join(_WRITERS)})s?\b| writes | covers ")
_COMMENTS = re.compile(rf"\b(?:{'|'.join(_COMMENTATORS)})s?\b")


def author_notes(text: str, sentences: Sequence[tuple[int, int]], last_from: int) -> list[int]:
    """Which sentences (start and end in the text, in order) tell of its author.

    last_from: the place in the text before which no sentence is among the last.
    """
    last = len(sentences) - _LAST
    names = {
        i: found["name"].rpartition(" ")[2]
        for i, (start, end) in enumerate(sentences)
        if (i < _FIRST or (i >= last and start >= last_from)) and (found := _noted(text[start:end]))
    }
    others = [text[start:end] for i, (start, end) in enumerate(sentences) if i not in names] if names else []
    if len(others) < _FEWEST:
        return []
    return [i for i, name in names.items() if not any(name in other for other in others)]


def is_commentators(note: str) -> bool:
    """Whether a text tells of its author, and that this is somebody who comments on the news and reports none."""
    if _noted(note) is None or _REPORTS.search(note):
        return False
    return _COMMENTS.search(note) is not None or _WRITES.search(note) is None


def _noted(sentence: str) -> re.Match[str] | None:
    head = sentence[:_HEAD]
    return _NOTE.match(sentence) if any(map(head.__contains__, _VERBS)) else None
