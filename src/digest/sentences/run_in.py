"""What is run into an article's first lines before its first sentence: its title, told twice, or with a time.

Pages that were taken as one string have "Ferry aground off Corvel A ferry ...", where that is the title, "Ferry aground
Ferry aground A ferry ..." and "Ferry aground 03.05.2020 14:20 | Updated: 03.05.2020 15:10 A ferry ...".
"""

import re

from digest.characters import CAPITALS

_BEGINS = rf"(?=[\"“„«¿¡(]?[{CAPITALS}])"
_FEWEST = 3  # words of a heading that is told twice
_FEWEST_TITLED = 5  # of a title: a shorter one may be a sentence's subject ("The Green Party")
_SHORTEST = 15  # characters of one at least
_FARTHEST = 160  # characters that may stand before a time, or be told twice
_DATE = r"""
    (?: (?:[^\W\d]{4,12},[ ])? (?: \d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d
      | \d{1,2}\.?[ ](?:de[ ])?[^\W\d]{3,10}\.?,?[ ](?:de[ ])?(?:19|20)\d\d
      | [^\W\d]{3,10}\.?[ ]\d{1,2},?[ ](?:19|20)\d\d | (?:19|20)\d\d-\d\d-\d\d ) )"""
_TIME = rf"""
    [ ,|–-]{{1,4}} (?:[{CAPITALS}][^\W\d]{{3,12}}[ ,]+)? \d{{1,2}} (?: :[ ]?\d\d(?::\d\d)? | \.\d\d(?=[ ]Uhr) )
    (?: [ ]?(?:Uhr|hs?\.?|[ap]\.?m\.?|[AP]M)(?!\w) )?+
    (?: [ ]?\(?(?:GMT|UTC|E[SD]?T|P[SD]?T|CES?T|IST|BST)(?:[+-]\d{{1,2}})?\)?(?!\w) )?+"""
_CLOCK = re.compile(r"\d[ ,|–-]{1,4}(?:\w+[ ,]+)?\d{1,2}[:.]")  # is in all that the next one finds
_STAMPED = re.compile(
    rf"{_DATE}{_TIME} (?: [ ]*[|•/–-]?[ ]* [^\W\d][\w ]{{3,24}}:?[ ]* {_DATE}{_TIME} )? [ |•–-]* {_BEGINS}", re.VERBOSE
)
_BEGINNING = re.compile(rf"[ .|–-]+{_BEGINS}")
_TWICE = re.compile(rf"(\S.{{{_SHORTEST - 1},{_FARTHEST}}}?(?<![.\s]))(?:[ |–-]+\1)+[ .|–-]+{_BEGINS}")


def told_twice(line: str) -> tuple[int, int]:
    """Where the heading ends that a line begins with twice, and where its first sentence begins (0: with no such)."""
    found = _TWICE.match(line) if line.find(line[:_SHORTEST], _SHORTEST, 2 * _FARTHEST) > 0 else None
    return (found.end(1), found.end()) if found and len(found[1].split()) >= _FEWEST else (0, 0)


def titled(line: str, title: str) -> tuple[int, int]:
    """Where the title ends that a line begins with, and where its first sentence begins (0: with no such)."""
    at = len(title)
    if not line[at : at + 1].isspace() or line[:at].casefold() != title.casefold():
        return 0, 0
    begins = _BEGINNING.match(line, at)
    return (at, begins.end()) if begins and len(title.split()) >= _FEWEST_TITLED else (0, 0)


def stamped(sentence: str) -> tuple[int, int]:
    """Where the heading ends that stands before a date and time, and where the sentence behind them begins."""
    head = sentence[: 2 * _FARTHEST]
    found = _STAMPED.search(head) if (":" in head or " Uhr" in head) and _CLOCK.search(head) else None
    if not found or found.start() > _FARTHEST or found.end() == len(sentence):
        return 0, 0
    before = head[: found.start()].rstrip(" |•–-")
    return len(before) if len(before.split()) >= _FEWEST else 0, found.end()
