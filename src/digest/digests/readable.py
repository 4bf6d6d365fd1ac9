"""Whether a sentence can be read in a digest, alone or after the sentence that it leans on.

The rules are those an editor would give: a sentence that ends; quotes and brackets that close; no question; no quote
without its speaker; no cry; no first person outside quotes; no word to the reader; nothing about a comment not had; and
no start in the air ("He added that ...", "Meanwhile, ...") unless the sentence before it is there too.
"""

import re

from digest.digests.captions import is_caption
from digest.digests.letters import MARKS
from digest.digests.verbless import is_verbless
from digest.digests.words import Words

_END = re.compile("(?:[.。।։።]|[!！](?=[\"'”’»」』]))(?:[\"'”’»」』)\\]]|\\s)*$")
_OFF = re.compile("(?:\\.\\.|…|[?？؟])[.\"'”’»)\\]\\s]*$")
# What most sentences hold none of: what opens or closes something, and the signs of addresses and lists.
_UNPLAIN = re.compile('["“”„«»「」『』‘()\\[\\]{}©|@/_•→]')
_MARKS = re.compile("[©|@{}•→]|__|\\.com/|\\[(?:…|\\.\\.\\.)\\]")
_MARKED = frozenset("©|@{}•→_/[")  # one of these is in all that it finds
# An end that is a title before a name, cut off from it; a quotation whose beginning was changed.
_TITLES = "Mr Mrs Ms Dr Sen Rep Gov Sgt Lt Col Gen Capt Det Insp Prof Rev Hon".split()
_CUT = re.compile(f"\\b(?:{'|'.join(_TITLES)})\\.$")
_CUT_ENDS = frozenset(title[-2:] for title in _TITLES)
_CHANGED = re.compile("[\"“'‘]?\\[")
# A name, its page's name and the titles that it links to, run into one: "Ann Reed Ann Marie ReedBridge closed".
_LINKED = re.compile("\\b([A-Z][a-zé]+)(?: [A-Z][\\w.'’-]+){1,3} \\1(?: [A-Z][\\w.'’-]+)* ?[A-Z][a-z]+[A-Z][a-z]+")
_GLUED = re.compile("[a-z][A-Z]")
# Where such titles end: "ReedTown votes on bridge MORE (R-Corvel)".
_MORE = re.compile("[a-z][A-Z0-9].* MORE\\b| MORE \\(")
_SPEAKER = re.compile("[A-ZÀ-Þ][A-ZÀ-Þ .'’-]+:\\s")  # of a transcript
_SMALL = frozenset(
    "a an and as at but by for from in nor of on or the to via vs with".split()
)  # in a title of capitals
_CAPITALS = re.compile("[A-ZÀ-ÖØ-ÞА-ЯĐƠƯ]")
_SYMBOLS = re.compile(f"[^\\w\\s{MARKS}]")
# Of ASCII: "A" for a capital, "a" for another letter, "." for a symbol.
_SHAPES = bytes(
    ord("A" if c.isupper() else "a" if c.isalpha() else "." if _SYMBOLS.match(c) else " ") for c in map(chr, range(128))
).ljust(256)
_OPENING = re.compile('["“„«「『‘]')
_QUOTED = re.compile("[\"“„«「『][^\"“”„«»「」『』]*[\"”»“」』]|(?<!\\w)[‘'][^‘’']{12,}[’'](?!\\w)")
_INITIALS = re.compile("(?:\\b[^\\W\\d_]\\.){2,}")
_IN_A_NAME = re.compile("(?<=[^\\W\\d_] )[A-Z][a-z]+\\b")  # "March for Our Lives"
_WORD = re.compile(f"[^\\W\\d_][\\w{MARKS}'’-]*")
_ASCII_WORD = re.compile("[A-Za-z][\\w'-]*", re.ASCII)  # the same for such a text, in half the time
_PAIRS = (("(", ")"), ("[", "]"), ("«", "»"), ("「", "」"), ("『", "』"))
_THIS_WEEK = re.compile(
    "\\W*th(?:is|ese)\\s+(?:past\\s+|coming\\s+)?"
    "(?:week|month|year|morning|evening|afternoon|spring|summer|fall|autumn|winter|weekend)\\b",
    re.IGNORECASE,
)
_DOUBLE = frozenset('"“”')
_SINGLE = re.compile("(?<!\\w)‘(?!\\d)")  # an opening quote, no apostrophe
_FIRST_WORD = re.compile("[\\W_]*([^\\W_]+)")
_LETTERS = bytes(ord(chr(c).lower()) if c < 128 and chr(c).isalpha() else ord(" ") for c in range(256))
# Marks of printed text as those of ASCII that stand for them, so that nearly all English is ASCII.
_TYPEWRITTEN = (("’", "'"), ("“", '"'), ("”", '"'), ("—", "-"), ("–", "-"))
_HEADING = 4  # Words of a heading at least.
_LINKS = 5  # Capitals of a name, the name again and a headline behind it.
_ADDRESS = 10  # Words outside quotes at a sentence's start, where "you" speaks to the reader.
# A name is looked for in so many words before a pronoun; past them something else will have been named.
_OPENING_WORDS = 8
_NAME = 40  # Letters that hold a name's first word.


def stands(text: str, words: Words, *, ends: bool = True) -> bool:
    """Whether a sentence may be part of a digest at all.  `ends`: it must end with a mark, as most scripts do."""
    if text[0].islower() or (ends and not _ends(text[-8:])) or _is_cut(text) or _calls(text, words):
        return False
    marks = _UNPLAIN.findall(text)
    if (
        "http" in text
        or "??" in text
        or "www." in text
        or "pic.twitter" in text
        or is_caption(text)
        or _is_empty(text, words)
        or is_verbless(text, words)
    ):
        return False
    if marks and ((not _MARKED.isdisjoint(marks) and _MARKS.search(text)) or not _balanced(text, marks)):
        return False
    typed = _typewritten(text)
    capitals, symbols, glued = _count_signs(text, typed)
    if (
        capitals > 0.25 * len(text)
        or symbols > 0.12 * len(text) + 2
        or (capitals >= _HEADING and _is_heading(text))
        or (glued and capitals >= _LINKS and _holds_links(text))
        or (" MORE" in text and _MORE.search(text))
    ):
        return False
    outside = outside_quotes(text) if marks or "'" in text else text
    plain: list[str] = []
    if outside is not text or _may_hold(typed, words.first_parts):
        plain = [word.lower() for word in _words_in(outside.replace("’", "'"))]
        if _addresses(plain, words) and _addresses(_plainly(outside), words):
            return False
    return (
        outside is text
        or len(plain) >= 5
        or (len(plain) >= 2 and not (words.speech and words.speech.isdisjoint(plain)))
    )


def _addresses(plain: list[str], words: Words) -> bool:
    """Whether the words outside quotes are somebody's about himself, or to the reader."""
    return not words.first.isdisjoint(plain) or not words.reader.isdisjoint(plain[:_ADDRESS])


def _plainly(text: str) -> list[str]:
    """The words of a text in lower case, without those that are names: "US", "F.B.I.", "March for Our Lives"."""
    text = _IN_A_NAME.sub("_", _INITIALS.sub("_", text.replace("’", "'")))
    return [word.lower() for word in _words_in(text) if not _is_abbreviation(word)]


def _is_abbreviation(word: str) -> bool:
    return len(word) > 1 and word.isupper() and word.isalpha()


def leans(text: str, words: Words, *, begins: bool = False) -> bool:
    """Whether a sentence is in the air without the one before it.  `begins`: it is the first of its article, where a
    second victim is news."""
    news = begins and words.again is not None and words.again.match(text) is not None
    if not news and _points_back(text, words):
        return True
    if not words.subject:
        return False
    spoken = text if text[0].isalpha() else outside_quotes(text)  # to its first word, as nearly all end here
    first = (_ASCII_WORD if spoken.isascii() else _WORD).search(spoken)
    if not first or ((opening := first[0].lower()) not in words.clause and opening not in words.subject):
        return False  # such a word names what a pronoun behind it stands for
    spoken = outside_quotes(text)
    outside = _words_in(spoken)
    if words.timed is not None and words.timed.match(spoken):
        return True
    at = next((i for i, word in enumerate(outside) if word.lower() in words.subject), None)
    return at is not None and not _named(outside[:at], words) and not _names_next(spoken, outside[at], words)


def mostly_quotes(text: str) -> bool:
    """Whether half of a sentence or more stands in quotes."""
    return _OPENING.search(text) is not None and 2 * len(outside_quotes(text)) <= len(text)


def _points_back(text: str, words: Words) -> bool:
    """Whether a sentence begins with what leans on another one."""
    if words.lean is None or not _may_begin(text, words.lean_words):
        return False
    if words.lean.match(text) is None or _THIS_WEEK.match(text):
        return False
    first = _FIRST_WORD.match(text)
    if first and _is_abbreviation(first[1]):
        return False
    onto = words.onto.match(text) if words.onto else None  # it names what it leans on, or points back again
    return onto is None or words.lean.match(text, onto.end()) is not None


def _ends(tail: str) -> bool:
    """Whether a sentence ends in a full stop or a cry in quotes, with nothing left out or asked before it."""
    if tail[-1] == "." and tail[-2:-1].isalnum():
        return True
    return _END.search(tail) is not None and not _OFF.search(tail)


def _is_cut(text: str) -> bool:
    """Whether a title stands without its name, a quotation without its beginning, an aside, or a transcript's turn."""
    if _is_aside(text) or (text[-3:-1] in _CUT_ENDS and _CUT.search(text, max(0, len(text) - 8))):
        return True
    return ("[" in text[:2] and _CHANGED.match(text) is not None) or (":" in text and _SPEAKER.match(text) is not None)


def _is_heading(text: str) -> bool:
    """Whether Every Word Begins With a Capital."""
    for plain in text.split(None, 6)[:6]:  # what stands between spaces and is letters alone is a word: mostly enough
        if plain.isalpha() and plain.isascii() and plain[0] >= "a" and plain not in _SMALL:
            return False
    words = _words_in(text)
    return len(words) >= _HEADING and all(word[0].isupper() or word in _SMALL for word in words)


def _holds_links(text: str) -> bool:
    """Whether the headlines that a name's page links to are run into it; few texts have two words grown together."""
    return _GLUED.search(text) is not None and _LINKED.search(text) is not None


def _is_aside(text: str) -> bool:
    """Whether all of it stands in one pair of brackets: it speaks to what stands before it."""
    return text[0] == "(" and text.rstrip(".")[-1:] == ")" and text.find(")") >= len(text) - 2


def _calls(text: str, words: Words) -> bool:
    return words.calls is not None and _may_begin(text, words.call_words) and words.calls.match(text) is not None


def _is_empty(text: str, words: Words) -> bool:
    return any(mark in text and any(phrase in text for phrase in phrases) for mark, phrases in words.empty)


def _may_begin(text: str, first_words: frozenset[str]) -> bool:
    """Whether a text may begin with a phrase of one of these first words; a quick look spares most texts the search."""
    found = _FIRST_WORD.match(text)
    return found is None or not found[1].isascii() or found[1].lower() in first_words


def _may_hold(typed: str, words: frozenset[bytes]) -> bool:
    """Whether one of these words (letters only) may stand in a text; likewise."""
    return not typed.isascii() or not words.isdisjoint(typed.encode().translate(_LETTERS).split())


def _typewritten(text: str) -> str:
    """A text with the commonest marks of print as ASCII has them, character for character."""
    if not text.isascii():
        for printed, typed in _TYPEWRITTEN:
            text = text.replace(printed, typed)
    return text


def _count_signs(text: str, typed: str) -> tuple[int, int, bool]:
    """The capitals and the symbols of a text, and whether two words may stand in one in it ("ReedBridge")."""
    if typed.isascii():
        shapes = typed.encode().translate(_SHAPES)
        capitals = shapes.count(b"A")
        return capitals, shapes.count(b"."), capitals >= _LINKS and b"aA" in shapes
    return len(_CAPITALS.findall(text)), len(_SYMBOLS.findall(text)), True


def _words_in(text: str) -> list[str]:
    return (_ASCII_WORD if text.isascii() else _WORD).findall(text)


def outside_quotes(text: str) -> str:
    """The text without what stands in quotes (the very same object where there are none)."""
    if _OPENING.search(text) or " '" in text or text[0] == "'":
        return _QUOTED.sub(" ", text)
    return text


def _balanced(text: str, marks: list[str]) -> bool:
    """Whether quotes and brackets close; marks: what `_UNPLAIN` finds in the text."""
    quotes = [mark for mark in marks if mark in _DOUBLE]
    low = "„" in marks  # then “ closes
    if quotes and not (_close_by_kind(quotes, low) or (not low and _close_in_turn(quotes))):
        return False
    if not low and any(marks.count(a) != marks.count(b) for a, b in _PAIRS):
        return False
    return "‘" not in marks or "’" in text or not _SINGLE.search(text)


def _close_by_kind(quotes: list[str], low: bool) -> bool:
    """Whether each quote that opens is closed by a mark of its kind."""
    closed = low or (quotes.count("“") == quotes.count("”") and quotes[0] != "”")
    return closed and quotes.count('"') % 2 == 0


def _close_in_turn(quotes: list[str]) -> bool:
    """Whether each is closed by the next, be it a mark of another kind, as some outlets have it."""
    return len(quotes) % 2 == 0 and "”" not in quotes[::2] and "“" not in quotes[1::2]


def _named(before: list[str], words: Words) -> bool:
    """Whether the words before a pronoun hold what it may stand for."""
    if not before:
        return False
    if before[0].lower() not in words.clause or len(before) > _OPENING_WORDS:
        return True
    return any(
        word[0].isupper() and not word.isupper() and word.lower() not in words.clause and word not in words.months
        for word in before[1:]
    )


def _names_next(spoken: str, pronoun: str, words: Words) -> bool:
    """Whether a pronoun of the opening clause stands for the name that follows it: "In his speech, Mr. Smith said"."""
    opening, comma, rest = spoken.partition(", ")
    before = _words_in(opening)
    if not comma or not before or before[0].lower() not in words.clause or len(before) > _OPENING_WORDS:
        return False
    if pronoun not in words.ahead or pronoun not in before:
        return False
    first = _words_in(rest[:_NAME])
    return bool(first) and first[0][0].isupper() and first[0].lower() not in words.clause | words.subject
