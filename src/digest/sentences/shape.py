"""One class letter for each character of a text, so that shares of capitals or symbols are a byte count."""

import functools
import unicodedata

import numpy as np
import numpy.typing as npt

UPPER, LOWER, LETTER, DIGIT, SPACE, STOP, MARK, SYMBOL = b"Ulod .,#"

# Full stops of the scripts in use.  The Greek question mark is left out: it is the semicolon of other languages.
STOPS = ".!?…‼⁇⁈⁉。｡．！？।॥؟۔։۩።፧፨។៕။"
_MARKS = (
    "\"'“”„‟‘’‚‛«»‹›()[]（）「」『』《》〈〉【】-–—―‐‑−,،、，;；؛:：/&%·•$€£¥¿¡°\u200b\u200c\u200d\u200e\u200f\ufeff"
)

_CLASSES = {"Lu": UPPER, "Lt": UPPER, "Ll": LOWER, **dict.fromkeys(("Lo", "Lm", "Mn", "Mc", "Me"), LETTER)}
_CLASSES |= dict.fromkeys(("Nd", "Nl", "No"), DIGIT)


def shape_of(text: str) -> bytes:
    """The class of each character: `len(shape_of(text)) == len(text)`."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    shape: bytes = _classes()[np.minimum(codes, 0xFFFF)].tobytes()
    return shape


@functools.cache
def _classes() -> npt.NDArray[np.uint8]:
    """The class of each code point; those past the first plane count as symbols (most of them are emoji)."""
    return np.fromiter(map(_class_of, map(chr, range(0x10000))), dtype=np.uint8, count=0x10000)


def _class_of(c: str) -> int:
    if c in STOPS:
        return STOP
    if c.isspace():
        return SPACE
    return MARK if c in _MARKS else _CLASSES.get(unicodedata.category(c), SYMBOL)
