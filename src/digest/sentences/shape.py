"""One class letter for each character of a text, so that shares of capitals or symbols are a byte count."""

import functools

import numpy as np
import numpy.typing as npt

from digest.characters import by_category

UPPER, LOWER, LETTER, DIGIT, SPACE, STOP, MARK, SYMBOL = b"Ulod .,#"

# Full stops of the scripts in use.  The Greek question mark is left out: it is the semicolon of other languages.
STOPS = ".!?…‼⁇⁈⁉。｡．！？।॥؟۔։۩።፧፨។៕။"
_MARKS = (
    "\"'“”„‟‘’‚‛«»‹›()[]（）「」『』《》〈〉【】-–—―‐‑−,،、，;；؛:：/&%·•$€£¥¿¡°\u200b\u200c\u200d\u200e\u200f\ufeff"
)

_CLASSES = {"Lu": UPPER, "Lt": UPPER, "Ll": LOWER, **dict.fromkeys(("Lo", "Lm", "Mn", "Mc", "Me"), LETTER)}
_CLASSES |= dict.fromkeys(("Nd", "Nl", "No"), DIGIT) | dict.fromkeys(("Zs", "Zl", "Zp"), SPACE)


def shape_of(text: str) -> bytes:
    """The class of each character: `len(shape_of(text)) == len(text)`."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    return _classes().take(codes, mode="clip").tobytes()


@functools.cache
def _classes() -> npt.NDArray[np.uint8]:
    """The class of each code point; those past the first plane count as symbols (most of them are emoji), as its last
    one does."""
    classes = by_category(_CLASSES, SYMBOL)
    classes[[ord(c) for c in _MARKS]] = MARK
    classes[[ord(c) for c in STOPS]] = STOP
    return classes
