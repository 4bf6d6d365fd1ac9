"""The figures of an English sentence: how many or how much, of what, and in which words around.

"At least two dozen homes" is 24 homes, at least; "$1.2 to $2 million" a range; "a 34-year-old" an age.  Years, times,
dates, ordinals and numbers inside names ("B-52", "COVID-19") are no figures.  A shallow reading by a window of words,
cut at other figures and clause marks: there is no tagger in the package, and what the window cannot tell is left out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digest.digests.disagreements_words import Hedge, Words, figure_words
from digest.digests.reading import fold_of
from digest.digests.words import words_of

PERSON = "PERSON"  # What every word for people counts as.

_TOKEN = re.compile("\\d+(?:,\\d+)*(?:\\.\\d+)?|[^\\W\\d_]+(?:['’][^\\W\\d_]+)*|[^\\w\\s]")
_GROUPED = re.compile("\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?")
_CUTS = frozenset(";:—–()") | {"and", "while", "but", "or", "including", "plus"}
_RIGHT_CUTS = _CUTS | {",", ".", "as", "after", "when", "with", "because", "since", "who", "which", "where"}
_LEFT_CUTS = _CUTS | {","}
_WINDOW = 8  # Words looked at on either side.
_NEXT = 3  # Words on either side that are kept in their order.
_HEADS = 4  # What is counted stands among so many words behind the number.
_OLDEST = 115


@dataclass(frozen=True, slots=True)
class Figure:
    """low, high: the value (a range's ends); unit: "usd", "acre", "age" ..., or "" where things are counted.

    heads: what is counted, folded, its noun last; about: the content words around, folded, those of one meaning alike;
    names: the capitalised words among them; marks: all words of the window in lower case; before, after: the three
    words or signs on either side, in lower case, the nearest first; start, end: offsets in the sentence of number and
    unit, stop: of what is counted too.
    """

    low: float
    high: float
    unit: str
    hedge: Hedge
    heads: tuple[str, ...]
    about: frozenset[str]
    names: frozenset[str]
    marks: frozenset[str]
    before: tuple[str, ...]
    after: tuple[str, ...]
    start: int
    end: int
    stop: int


@dataclass(frozen=True, slots=True)
class _Number:
    """A number at the tokens first:last."""

    first: int
    last: int
    low: float
    high: float


class _Sentence:
    """A sentence as tokens with their offsets."""

    def __init__(self, text: str) -> None:
        found = [(m.group(), *m.span()) for m in _TOKEN.finditer(text)]
        self.tokens = [t for t, _, _ in found]
        self.low = [t.lower().replace("’", "'") for t in self.tokens]
        self.starts = [s for _, s, _ in found]
        self.ends = [e for _, _, e in found]

    def __len__(self) -> int:
        return len(self.tokens)

    def at(self, i: int) -> str:
        """The token in lower case, or "" outside the sentence."""
        return self.low[i] if 0 <= i < len(self.low) else ""

    def joined(self, i: int) -> bool:
        """Whether token i stands right behind the one before it."""
        return 0 < i < len(self.tokens) and self.starts[i] == self.ends[i - 1]


def figures_of(text: str) -> tuple[Figure, ...]:
    """The figures of an English sentence, in order."""
    sentence, words = _Sentence(text), figure_words()
    numbers = _ranges(sentence, _numbers(sentence, words), words)
    bounds = [0, *(n.last for n in numbers)], [*(n.first for n in numbers[1:]), len(sentence)]
    found = (_figure(sentence, n, a, b, words) for n, a, b in zip(numbers, *bounds, strict=False))
    return tuple(f for f in found if f)


def _numbers(s: _Sentence, words: Words) -> list[_Number]:
    found, i = [], 0
    while i < len(s):
        last = i + 1
        value = _digits(s, i) if s.tokens[i][0].isdigit() else words.numbers.get(s.low[i])
        if value is not None and s.at(i + 1) == "-" and 20 <= value < 100 and not s.tokens[i][0].isdigit():
            ones = words.numbers.get(s.at(i + 2), 0)
            value, last = (value + ones, i + 3) if 0 < ones < 10 else (value, last)
        if s.low[i] in ("a", "an") and s.at(i + 1) in words.scales:
            value = 0.5 if s.at(i - 1) == "half" else 1.0
        if s.low[i] == "one" and (s.at(i + 1) in words.vetoes["one"] or not s.at(i + 1).isalpha()):
            value = None
        while value is not None and _scales(s, last, words):
            value *= words.scales[s.low[last]]
            last += 1
        if value is not None:
            found.append(_Number(i, last, value, value))
        i = last
    return found


def _scales(s: _Sentence, i: int, words: Words) -> bool:
    """Whether the token is "million", or the "m" of "3m"."""
    return s.at(i) in words.scales and (len(s.low[i]) > 2 or s.joined(i))


def _digits(s: _Sentence, i: int) -> float | None:
    """The value of digits; None for a part of a name, an ordinal, a time or a decade."""
    token, words = s.tokens[i], figure_words()
    if "," in token and not _GROUPED.fullmatch(token):
        return None
    if s.joined(i) and (s.tokens[i - 1][-1].isalpha() or s.tokens[i - 1] in ("#", "/", ".", ":", "'", "’")):
        return None
    if s.joined(i) and s.tokens[i - 1] in "-–" and s.joined(i - 1) and s.tokens[i - 2][0].isalpha():
        return None
    if s.joined(i + 1) and (s.low[i + 1] in (":", "/") or s.tokens[i + 1][0].isalpha()):
        return float(token.replace(",", "")) if s.low[i + 1] in words.scales or s.low[i + 1] in words.units else None
    return float(token.replace(",", ""))


def _ranges(s: _Sentence, numbers: Sequence[_Number], words: Words) -> list[_Number]:
    """The same, with "15 to 20" and "between 15 and 20" as one."""
    out: list[_Number] = []
    for number in numbers:
        before = out[-1] if out else None
        if before and before.low == before.high and before.high < number.low:
            between = [t for t in s.low[before.last : number.first] if t not in "$€£"]
            spoken = between == ["and"] and s.at(before.first - 1) == "between"
            if spoken or (len(between) == 1 and between[0] in ("to", "-", "–") and s.at(before.first - 1) != "from"):
                scale = words.scales.get(s.at(number.last - 1), 1.0)
                low = before.low * scale if before.last - before.first == 1 and before.low * scale <= number.low else 0
                out[-1] = _Number(before.first, number.last, low or before.low, number.high)
                continue
        out.append(number)
    return out


def _figure(s: _Sentence, n: _Number, left: int, right: int, words: Words) -> Figure | None:
    """The figure of a number; None where it is a date, a year, a time or has nothing around it."""
    first, last, unit = n.first, n.last, ""
    if s.at(first - 1) in words.units and not s.tokens[first - 1].isalpha():
        first, unit = first - 1, words.units[s.at(first - 1)]
    behind = last + 1 if s.at(last) == "-" and s.joined(last) and s.joined(last + 1) else last
    if not unit and s.at(behind) == "per" and s.at(behind + 1) == "cent":
        unit, last = "%", behind + 2
    elif not unit and s.at(behind) in words.units:
        unit, last = words.units[s.at(behind)], behind + 1
    if behind > n.last and unit != "year" and s.at(n.first - 1) not in words.units:
        return None  # "a 60-vote hurdle", "a 15-mile radius": it says of what kind, not how many
    if unit == "year" and (step := 2 if s.at(last) == "-" else 1) and s.at(last + step - 1) == "old":
        unit, last = "age", last + step
    if not unit and (_is_age(s, n) or s.at(first - 1) in ("aged", "age")):
        unit = "age"
    if _is_no_figure(s, n, unit, behind, words):
        return None
    after = _until(s, range(max(behind, last), min(right, last + _WINDOW)), _RIGHT_CUTS)
    before = _until(s, range(first - 1, max(left, first - 1 - _WINDOW) - 1, -1), _LEFT_CUTS)
    heads = _heads(s, after)
    around = [*before, *after]
    if unit == "age" and s.at(first - 1) == ",":
        around = [first - 2, *around]
    about = {_meaning(s.low[i], words) for i in around if _tells(s.low[i])}
    people = any(_is_people(s.low[i]) for i in heads)
    marks = {s.low[i] for i in around if s.at(i + 1) != "than"} | {s.at(first - 1)}
    return Figure(
        n.low,
        n.high,
        unit,
        _hedge(s, first, words),
        tuple(PERSON if _is_people(s.low[i]) else _meaning(s.low[i], words) for i in heads),
        frozenset(about | {PERSON} if people else about),
        frozenset(s.low[i].removesuffix("'s") for i in around if i and _is_name(s, i, words)),
        frozenset(marks),
        tuple(s.low[max(0, first - _NEXT) : first][::-1]),
        tuple(s.low[last : last + _NEXT]),
        s.starts[first],
        s.ends[last - 1],
        s.ends[_counted(s, heads)] if heads else s.ends[last - 1],
    )


def _is_age(s: _Sentence, n: _Number) -> bool:
    """Whether a number is the one of "Anna Reed, 34,"."""
    name = n.first >= 2 and s.at(n.first - 1) == "," and s.tokens[n.first - 2][0].isupper()
    return name and s.at(n.last) in (",", ".", ";") and s.tokens[n.first].isdigit() and 1 < n.low <= _OLDEST


def _is_no_figure(s: _Sentence, n: _Number, unit: str, behind: int, words: Words) -> bool:
    if unit:
        return False
    day = n.low == n.high <= 31 and (s.at(n.first - 1).rstrip(".") in words.months or s.at(behind) in words.months)
    if s.at(n.first - 1) == "." and s.at(n.first - 2) in words.months:
        day = n.high <= 31
    plain = n.last - n.first == 1 and s.tokens[n.first].isdigit() and len(s.tokens[n.first]) == 4
    year = plain and 1700 <= n.low <= 2099 and s.at(behind) not in words.people
    clock = s.at(behind) in ("am", "pm", "o'clock") or (s.at(behind) in ("a", "p") and s.at(behind + 2) == "m")
    return day or year or clock


def _until(s: _Sentence, places: range, cuts: frozenset[str]) -> list[int]:
    """The places up to the first that cuts, in the order of the sentence."""
    found: list[int] = []
    for i in places:
        if s.low[i] in cuts:
            break
        found.append(i)
    return sorted(found)


def _heads(s: _Sentence, after: Sequence[int]) -> list[int]:
    """Where what is counted stands: the words behind the number up to a function word."""
    found: list[int] = []
    for i in after[:_HEADS]:
        if s.low[i] in "'’\"“”" or (s.low[i] == "-" and s.joined(i)):
            continue
        if not s.low[i][0].isalpha() or s.low[i] in _stop():
            break
        found.append(i)
        if _is_plural(s.low[i]):
            break
    return found


def _counted(s: _Sentence, heads: Sequence[int]) -> int:
    """Where the noun of what is counted stands: "12 old barns", the first word in "a 6.1 earthquake struck Perm"."""
    return heads[-1] if _is_plural(s.low[heads[-1]]) else heads[0]


def _is_people(word: str) -> bool:
    people = figure_words().people
    return word in people or f"{word}s" in people


def _is_plural(word: str) -> bool:
    return word in figure_words().people or (word.endswith("s") and not word.endswith(("ss", "us", "is")))


def _hedge(s: _Sentence, first: int, words: Words) -> Hedge:
    """What the three words before a number say of it; "as many as" and "up to" are the most."""
    if (s.at(first - 2), s.at(first - 1)) in (("many", "as"), ("up", "to"), ("much", "as")):
        return "most"
    for i in range(first - 1, first - 4, -1):
        if s.at(i) == "than" and s.at(i - 1) in ("less", "fewer"):
            return "most"
        if s.at(i) in words.hedges:
            return words.hedges[s.at(i)]
    return ""


def _is_name(s: _Sentence, i: int, words: Words) -> bool:
    day = s.low[i].removesuffix("'s")
    return s.tokens[i][0].isupper() and _tells(s.low[i]) and day not in words.vetoes["days"] | words.months


def _tells(word: str) -> bool:
    return word[0].isalpha() and len(word) > 2 and word not in _stop()


def _stop() -> frozenset[str]:
    return words_of("en").stop


def _meaning(word: str, words: Words) -> str:
    return words.same.get(word) or fold_of("en")(word.removesuffix("'s"))
