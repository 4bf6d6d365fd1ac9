"""What each character is to Unicode, asked once, and sets of characters for regular expressions."""

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

_PLANE = 1 << 16  # Code points of the first plane: nearly all that is written.
_SPACES = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85"  # White space that Unicode has among the controls.


def by_category(values: Mapping[str, int], default: int) -> npt.NDArray[np.uint8]:
    """A number for each code point of the first plane by its category ("Lu"), or `default`: uint8 [2 ** 16].

    All white space is of the categories Zs, Zl and Zp.
    """
    numbers = np.full(_PLANE, default, np.uint8)
    for category, value in values.items():
        numbers[int.from_bytes(category.encode(), "little")] = value
    return numbers[_categories()]


@functools.cache
def _categories() -> npt.NDArray[np.uint16]:
    """The two letters of each code point's category, as one number."""
    first = [unicodedata.category(" " if c in _SPACES else c) for c in map(chr, range(0x100))]
    others = map(unicodedata.category, map(chr, range(0x100, _PLANE)))
    return np.frombuffer("".join([*first, *others]).encode(), "<u2")


def in_brackets(codes: Iterable[int]) -> str:
    """Characters as they stand between the brackets of a pattern, neighbours as ranges.  codes: ascending."""
    ranges: list[tuple[int, int]] = []
    for code in codes:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1] = (ranges[-1][0], code)
        else:
            ranges.append((code, code))
    return "".join(f"{_escaped(a)}-{_escaped(b)}" if a < b else _escaped(a) for a, b in ranges)


def _escaped(code: int) -> str:
    return re.escape(chr(code)) if code < 0x80 else chr(code)


# The capitals of the scripts that have them, between the brackets of a pattern.
CAPITALS = "A-Z" + in_brackets(c for c in range(0x80, 0x2000) if chr(c).isupper())
