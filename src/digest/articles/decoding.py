"""From bytes to text: the encodings that files of news come in."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
_SAMPLE = 50_000
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def byte_order_mark(data: bytes) -> tuple[bytes, str] | None:
    """The mark at the head of the data and the encoding that it stands for."""
    return next(((mark, encoding) for mark, encoding in _MARKS if data.startswith(mark)), None)


def looks_binary(data: bytes) -> bool:
    """True for pictures, archives and the like: NUL bytes, or more than a few control characters at the head."""
    if byte_order_mark(data):
        return False
    head = data[:8192]
    return b"\x00" in head or len(_CONTROLS.findall(head)) > len(head) // 100


def decode(data: bytes, *, markup: bool = False) -> str:
    """The text of a file, line ends kept, the byte order mark gone.

    Tried in turn: the byte order mark, UTF-8, another one that an HTML page declares (with `markup`),
    charset-normalizer's guess.
    Never fails: a byte that no reading explains becomes U+FFFD.
    """
    if marked := byte_order_mark(data):
        return data[len(marked[0]) :].decode(marked[1], "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if markup and (declared := _CHARSET.search(data[:4096])):
        try:
            encoding = codecs.lookup(declared[1].decode("ascii")).name
            if encoding != "utf-8":  # which it is not
                return data.decode(encoding, "replace")
        except (LookupError, UnicodeError):  # A page that names an encoding which is none.
            pass
    return data.decode(_guess(data), "replace")


def _guess(data: bytes) -> str:
    """UTF-8 where it is nearly that (a character cut or spoilt), else the detector's guess, else Western European."""
    from charset_normalizer import from_bytes

    sample = data[:_SAMPLE]
    if sample.decode("utf-8", "replace").count("\ufffd") * 20 < sum(byte > 0x7F for byte in sample):
        return "utf-8"
    best = from_bytes(sample).best()
    return best.encoding if best else "cp1252"
