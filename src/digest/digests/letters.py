"""What belongs to a word in any script: Python's `\\w` leaves out the vowel signs of Indic scripts, Thai and others."""

import unicodedata

_PLANES = (*range(0x300, 0x1D00), *range(0xA620, 0xAC00))


def _marks() -> str:
    """The combining marks of the scripts in use, as ranges of a character class."""
    found = {c for c in _PLANES if unicodedata.category(chr(c))[0] == "M"}
    starts = sorted(c for c in found if c - 1 not in found)
    ends = sorted(c for c in found if c + 1 not in found)
    return "".join(f"{chr(a)}-{chr(b)}" for a, b in zip(starts, ends, strict=True))


MARKS = _marks()
