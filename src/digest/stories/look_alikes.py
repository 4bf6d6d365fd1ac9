"""Pairs that tell two events in the same words: yesterday's forecast and today's, two quarters, two primaries.

Likeness says one story, and a few marks say two.  They count only where likeness is strong, since two reports of one
event may well choose other figures and names, but hardly while they share their sentences.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from digest.corpus import Corpus
from digest.excerpts import unspelled
from digest.fingerprint import hash_runs
from digest.maps import Map, in_turn
from digest.records import Kind
from digest.similarity import Bool, Float32, distinct, pair_products
from digest.tokens import Int32, Int64, Terms, Tokens

LIKE = 0.3  # Likeness of the texts (body) from which on a pair is looked at.
TEMPLATE = 0.2  # Runs of three words that the shorter opening shares: reports in an outlet's own words have fewer.
REFILLED = 0.3  # The same where names alone differ: reports of one event that quote one agency choose other names too.
SERIES = 0.1  # The same where both number an occasion.
FEW_FIGURES = 6  # Fewer figures than this say nothing.
FEW_ABROAD = 4  # The same in two languages, which share no runs of words that could tell more.
SAME_FIGURES = 0.15  # A share of common figures up to which two texts tell of other figures.
OPENING = 1_500  # Characters that are compared.
TOP = 600  # Characters in which an article says which of several occasions it tells of.
_BLOCK = 2_000  # Articles at once: bounds the memory.
_READ = 500  # Articles read at once: a twentieth of a second's work.

_FIGURE = re.compile(r"\d[\d.,:/]*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_TAILS = "an|eb|ar|pr|ay|un|ul|ug|ep|ct|ov|ec"
# In lower case.  The set of first characters in front is what makes the search fast.
_DAY_OF_MONTH = re.compile(rf"[jfmasond\d](?<!\w.)(?:(?:{_TAILS})(?<={_MONTHS})[a-z]*\.? \d+|(?<=\d)\d* (?:{_MONTHS}))")
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_CARDINALS = "one two three four five six seven eight nine ten".split()
_NUMBERS = {word: str(n) for words in (_ORDINALS, _CARDINALS) for n, word in enumerate(words, 1)}
_OCCASION = "day|week|quarter|round|game|stage|leg|phase|heat|race|night|part|chapter|episode|edition"
_KINDS = (*_OCCASION.split("|"), "q")
_NUMBERED = tuple(space + word for space in ("", " ") for word in _CARDINALS)
_ORDERED = tuple(ending + mark for ending in ("st", "nd", "rd", "th") for mark in " -")
_NONE: Mapping[str, frozenset[str]] = {}
_BEFORE = re.compile(rf"\b({'|'.join(_ORDINALS)}|\d+(?=st|nd|rd|th))(?:st|nd|rd|th)?[ -]({_OCCASION})\b")  # lower case
_AFTER = re.compile(rf"\b({_OCCASION}|q) ?(\d+|{'|'.join(_CARDINALS)})\b")


@dataclass(frozen=True, eq=False, slots=True)
class Openings:
    """The first words of n articles, read where they stand: those of the rows `rows[ends[i]:ends[i + 1]]` of `terms`.

    rows: int64 [m]; ends: int64 [n + 1].
    """

    terms: Terms
    rows: Int64
    ends: Int64

    def of(self, articles: Int64) -> Terms:
        """Those of some articles (int64 [k]), a row each."""
        first, count = self.ends[articles], np.diff(self.ends)[articles]
        ends = np.append(0, np.cumsum(count))
        rows = self.rows[np.arange(ends[-1]) + np.repeat(first - ends[:-1], count)]
        found = self.terms.spans(rows, rows + 1)
        return Terms(found.hashes, found.words, found.held, found.ptr[ends])

    def __reduce__(self) -> tuple[type["Openings"], tuple[Terms, Int64, Int64]]:
        """Sent elsewhere, they are these words alone, not the run's."""
        every = np.arange(len(self.ends), dtype=np.int64)
        return Openings, (self.of(every[:-1]), every[:-1], every)


@dataclass(frozen=True, eq=False, slots=True)
class Marks:
    """What tells the events of n articles apart: openings: their first words; figures: float32 [n, F], 1 for each
    figure in the opening; names: float32 [n, T], 1 for each name in the title; occasions: by kind of occasion
    ("quarter") the numbers that its top gives."""

    openings: Openings
    figures: sp.csr_array
    names: sp.csr_array
    occasions: tuple[Mapping[str, frozenset[str]], ...]


def read_marks(corpus: Corpus, kept: Int32, spread: Map = in_turn) -> Marks:
    """The marks of the articles `kept`: int32 [n], indices into the corpus.  spread: reads them by blocks."""
    is_kept = np.zeros(len(corpus), bool)
    is_kept[kept] = True
    rows = np.flatnonzero((corpus.kinds == Kind.SENTENCE) & (corpus.spans[:, 0] < OPENING) & is_kept[corpus.owner])
    ends = np.append(np.searchsorted(rows, corpus.rows[kept]), len(rows))
    number: dict[str, int] = {}
    figures: list[list[int]] = []
    occasions: list[Mapping[str, frozenset[str]]] = []
    blocks = (kept[at : at + _READ].tolist() for at in range(0, len(kept), _READ))
    sent = ([(corpus.articles[i].title, corpus.articles[i].text[:OPENING]) for i in block] for block in blocks)
    for given, numbered in itertools.chain.from_iterable(spread(_read_block, sent, None)):
        figures.append(sorted([number.setdefault(f, len(number)) for f in given]))
        occasions.append(numbered)
    names = _title_names(corpus, spread)[kept]
    return Marks(Openings(corpus.terms, rows, ends), _rows_of(figures), names, tuple(occasions))


def _read_block(_: None, block: Sequence[tuple[str, str]]) -> list[tuple[set[str], Mapping[str, frozenset[str]]]]:
    """The figures and the occasions of some articles, of which title and opening are given."""
    return [
        (_figures_of(f"{title} {opening}"), _occasions(f"{title}\n{opening[:TOP]}".lower())) for title, opening in block
    ]


def find_look_alikes(
    marks: Marks, holds: sp.csr_array, likeness: Float32, abroad: Bool, left: Int64, right: Int64
) -> Bool:
    """Which pairs tell two events in the same words: bool [n pairs].

    holds: int8 [n, T], 1 for each word of an article; likeness: float32 [n pairs], of their texts; abroad: bool [n
    pairs], which are in two languages: their figures alone can be compared.
    """
    found = np.zeros(len(left), bool)
    found[abroad] = _other_figures(marks.figures, left[abroad], right[abroad], FEW_ABROAD)
    like = np.flatnonzero((np.round(likeness, 4) >= LIKE) & ~abroad)
    one, other = left[like], right[like]
    shared = _shared_runs(marks.openings, one, other)
    found[like] = (
        ((shared >= TEMPLATE) & _other_figures(marks.figures, one, other, FEW_FIGURES))
        | ((shared >= REFILLED) & _other_names(marks.names, holds, one, other))
        | _other_occasion(marks.occasions, one, other, shared >= SERIES)
    )
    return found


def _shared_runs(openings: Openings, left: Int64, right: Int64) -> Float32:
    """The share of three-word runs of the shorter opening that the longer one holds: float32 [n pairs]."""
    used, place = np.unique(np.concatenate((left, right)), return_inverse=True)
    terms = openings.of(used)
    owner = np.repeat(np.arange(len(terms)), np.diff(terms.ptr))
    hashes = terms.hashes[terms.ids]
    whole = np.flatnonzero(owner[2:] == owner[:-2]) if len(owner) > 2 else np.empty(0, np.int64)
    runs = hash_runs(hashes[whole], hashes[whole + 1], hashes[whole + 2])
    matrix = _indicator(owner[whole], np.unique(runs, return_inverse=True)[1], len(terms))
    count = np.diff(matrix.indptr)
    one, other = place[: len(left)], place[len(left) :]
    least = np.maximum(np.minimum(count[one], count[other]), 1)
    return np.round(pair_products(matrix, matrix, one, other) / least, 4).astype(np.float32)


def _other_figures(figures: sp.csr_array, left: Int64, right: Int64, few: int) -> Bool:
    """Whether both give `few` figures or more, and hardly one in common."""
    count = np.diff(figures.indptr)
    least = np.minimum(count[left], count[right])
    share = pair_products(figures, figures, left, right) / np.maximum(least, 1)
    return np.asarray((least >= few) & (np.round(share, 4) <= SAME_FIGURES))


def _other_names(names: sp.csr_array, holds: sp.csr_array, left: Int64, right: Int64) -> Bool:
    """Whether either title has a name that the other article never gives."""
    count = np.diff(names.indptr)
    missing_right = count[left] - pair_products(names, holds, left, right)
    missing_left = count[right] - pair_products(holds, names, left, right)
    return np.asarray((missing_left >= 1) & (missing_right >= 1))


def _other_occasion(occasions: Sequence[Mapping[str, frozenset[str]]], left: Int64, right: Int64, series: Bool) -> Bool:
    """Whether both number one kind of occasion, and differently: third quarter and fourth, Day 2 and Day 21.

    Quarters of a year tell by themselves; others only within a series of like reports (`series`: bool [n pairs]).
    """
    found = np.zeros(len(left), bool)
    for pair, (a, b) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
        one, other = occasions[a], occasions[b]
        if one and other:
            kinds = one.keys() & other.keys() if series[pair] else {"quarter"} & one.keys() & other.keys()
            found[pair] = any(one[kind].isdisjoint(other[kind]) for kind in kinds)
    return found


def _occasions(top: str) -> Mapping[str, frozenset[str]]:
    """The numbers of each kind of occasion in the top of an article, which is in lower case."""
    if not _may_number(top):
        return _NONE
    numbers: defaultdict[str, set[str]] = defaultdict(set)
    pairs = [(m[2], m[1]) for m in _BEFORE.finditer(top)] + [(m[1], m[2]) for m in _AFTER.finditer(top)]
    for kind, number in pairs:
        numbers["quarter" if kind == "q" else kind].add(_NUMBERS.get(number, number))
    return {kind: frozenset(found) for kind, found in numbers.items()}


def _may_number(top: str) -> bool:
    """Whether an occasion stands beside what may number it; that few texts have one, plain searches tell fastest."""
    for kind in _KINDS:
        at = top.find(kind)
        while at >= 0:
            end = at + len(kind)
            after = top[end : end + 2].lstrip(" ")[:1]
            if after.isdigit() or top.startswith(_NUMBERED, end) or top.startswith(_ORDERED, max(at - 3, 0)):
                return True
            at = top.find(kind, end)
    return False


def _rows_of(rows: Sequence[Sequence[int]]) -> sp.csr_array:
    """1 at the numbers of each row: float32 [n, F]."""
    owner = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    columns = np.fromiter(itertools.chain.from_iterable(rows), np.int64, len(owner))
    return _indicator(owner, columns, len(rows))


def _figures_of(text: str) -> set[str]:
    """The figures of a text, but for years, days of the month and single digits, without their points and commas, which
    languages use the other way round."""
    found = (match.rstrip(".,:/") for match in _FIGURE.findall(_DAY_OF_MONTH.sub(" ", text.lower())))
    return {f.replace(",", "").replace(".", "") for f in found if len(f) > 1 and not _YEAR.fullmatch(f)}


@dataclass(frozen=True, eq=False, slots=True)
class _Written:
    """How a corpus writes its words, without texts and spellings.  widths: int32 [n words], the terms of each; capital:
    bool [n words], which begin with one; the rest as in `Corpus`."""

    rows: Int64
    kinds: npt.NDArray[np.uint8]
    tokens: Tokens
    terms: Terms
    widths: Int32
    capital: Bool


def _title_names(corpus: Corpus, spread: Map) -> sp.csr_array:
    """The names in each title: words that its own sentences write with a capital only, first words aside.

    float32 [n articles, T].  Headlines in capitals say nothing of names; the text does.
    """
    size, vocabulary, n = len(corpus.terms.hashes), corpus.tokens.vocabulary, len(corpus)
    capital = np.fromiter((word[0].isupper() for word in vocabulary), bool, len(vocabulary))
    tokens = replace(corpus.tokens, vocabulary=())
    written = _Written(corpus.rows, corpus.kinds, tokens, unspelled(corpus.terms), corpus.widths, capital)
    blocks = [(first, min(first + _BLOCK, n)) for first in range(0, n, _BLOCK)]
    keys = np.concatenate([np.empty(0, np.int64), *spread(_names_in, blocks, written)])
    owner, term = np.divmod(keys, max(size, 1))
    return _indicator(owner, term, n, size)


def _names_in(written: _Written, block: tuple[int, int]) -> Int64:
    """The names in the titles of a range of articles, as `article * T + term`: int64, ascending."""
    tokens, terms, size = written.tokens, written.terms, len(written.terms.hashes)
    bounds = written.rows[block[0] : block[1] + 1]
    low, high = int(bounds[0]), int(bounds[-1])
    ends = terms.ptr[low : high + 1]
    ids, width = terms.of_rows(low, high), np.diff(ends)
    article = np.repeat(np.repeat(np.arange(*block, dtype=np.int32), np.diff(bounds)), width)
    in_title = np.repeat(written.kinds[low:high] == Kind.TITLE, width)
    words = tokens.ids[tokens.ptr[low] : tokens.ptr[high]]
    large = np.repeat(written.capital[words], written.widths[words])
    inner = np.repeat(written.kinds[low:high] == Kind.SENTENCE, width)
    inner[(ends[:-1] - ends[0])[width > 0]] = False

    def keys(chosen: Bool) -> Int64:
        at = np.flatnonzero(chosen)
        return distinct(article[at].astype(np.int64) * size + ids[at])

    # From the rarest to the commonest, so that hardly a word of the texts is ever sorted.
    titles = keys(in_title)
    named = np.intersect1d(titles, keys(inner & large & _among(ids, titles % size, size)), assume_unique=True)
    return np.setdiff1d(named, keys(inner & ~large & _among(ids, named % size, size)), assume_unique=True)


def _among(ids: Int32, chosen: Int64, size: int) -> Bool:
    """Which ids are among the chosen ones, of `size` that there are."""
    is_chosen = np.zeros(size, bool)
    is_chosen[chosen] = True
    return is_chosen[ids]


def _indicator(rows: Int64, columns: Int64, height: int, width: int | None = None) -> sp.csr_array:
    """1 at each of some places: float32 [height, width], canonical."""
    if width is None:
        width = int(columns.max(initial=-1)) + 1
    matrix = sp.csr_array((np.ones(len(rows), np.float32), (rows, columns)), shape=(height, max(width, 1)))
    matrix.sum_duplicates()
    matrix.data[:] = 1
    return matrix
