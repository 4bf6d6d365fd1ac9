"""One tokenisation for everything: texts become rows of word ids, once.

Words are cut where BERT's pre-tokenizer cuts (white space, and each punctuation mark by itself), so that the
embedded model can look a word's pieces up without seeing the text again.  The lexical stages see the same rows as
`Terms`: case-folded words without punctuation, as 64-bit hashes that are the same in every run and process.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digest.fingerprint import hash_words
from digest.growing import Growing
from digest.word_places import by_appearance, hash_slices, word_pattern, word_places

Int32 = npt.NDArray[np.int32]
Int64 = npt.NDArray[np.int64]

# Scripts written without spaces: a run of these becomes overlapping pairs of characters.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_UNSPACED = re.compile(f"[{UNSPACED}]+")
_BLOCK = 1 << 20  # Words at once: bounds the memory of what is made of them.
_CHARACTERS = 1 << 16  # Characters that are cut into words at once: so many stay in the processor's cache.
_AT_ONCE = 1 << 16  # Words spelled at once: what is made of them on the way takes ten times as much.
_NONE, _SEVERAL = -1, -2  # in the place of a word's one term


@dataclass(frozen=True, slots=True)
class Tokens:
    """Rows of words: row i is `vocabulary[ids[ptr[i]:ptr[i + 1]]]`.

    vocabulary: distinct words as they stand in the texts; ids: int32 [n words]; ptr: int64 [n rows + 1].
    """

    vocabulary: tuple[str, ...]
    ids: Int32
    ptr: Int64

    def __len__(self) -> int:
        return len(self.ptr) - 1

    def spans(self, first: npt.ArrayLike, last: npt.ArrayLike) -> "Tokens":
        """Rows that each join the neighbouring rows `first[i]:last[i]` (arrays of one length)."""
        return Tokens(self.vocabulary, *_gather(self.ids, self.ptr[np.asarray(first)], self.ptr[np.asarray(last)]))

    def rows(self, chosen: Int64) -> "Tokens":
        """Some of the rows, in the order given."""
        return self.spans(chosen, chosen + 1)

    def joined(self, chosen: npt.NDArray[np.bool_], bounds: Int64) -> "Tokens":
        """Rows that each join the chosen ones (bool [n rows]) among the rows `bounds[i]:bounds[i + 1]`."""
        width = np.diff(self.ptr)
        return Tokens(self.vocabulary, self.ids[np.repeat(chosen, width)], _ends(width * chosen)[bounds])


@dataclass(frozen=True, eq=False, slots=True)
class Spelling:
    """The terms of each word of a vocabulary, as numbers: those of the first word, of the second, ...: `terms`, int32.

    width: int32 [n words], how many each has; begin: int64 [n words], where they begin; single: int32 [n words], the
    term of a word that has one, `_NONE` for none, `_SEVERAL` for several.
    """

    terms: Int32
    width: Int32
    begin: Int64
    single: Int32

    def of(self, words: Int32) -> Int32:
        """The terms of some words, one after another."""
        if len(words) > _AT_ONCE:
            return np.concatenate([self.of(words[at : at + _AT_ONCE]) for at in range(0, len(words), _AT_ONCE)])
        found = self.single[words]
        if found.min(initial=0) != _SEVERAL:  # in scripts that write spaces
            return found[found >= 0]
        begin = self.begin[words]
        return _gather(self.terms, begin, begin + self.width[words])[0]


@dataclass(frozen=True, eq=False, slots=True)
class Terms:
    """Rows of lexical terms: row i is `hashes[ids[ptr[i]:ptr[i + 1]]]`, in reading order.

    hashes: uint64 [n terms], ascending; words: a spelling of each term; ptr: int64 [n rows + 1]; held: the ids, int32,
    or the words that they are spelled from each time that they are read: those of a whole run take much memory.
    """

    hashes: npt.NDArray[np.uint64]
    words: tuple[str, ...]
    held: "Int32 | tuple[Tokens, Spelling]"
    ptr: Int64

    def __len__(self) -> int:
        return len(self.ptr) - 1

    @property
    def ids(self) -> Int32:
        """The terms of all rows, as numbers: int32."""
        return self.of_rows(0, len(self))

    def of_rows(self, first: int, last: int) -> Int32:
        """The ids of the rows `first:last`, one after another: `ids[ptr[first]:ptr[last]]`."""
        if not isinstance(self.held, tuple):
            return self.held[self.ptr[first] : self.ptr[last]]
        tokens, spelling = self.held
        return spelling.of(tokens.ids[tokens.ptr[first] : tokens.ptr[last]])

    def spans(self, first: npt.ArrayLike, last: npt.ArrayLike) -> "Terms":
        """Rows that each join the neighbouring rows `first[i]:last[i]` (arrays of one length)."""
        first, last = np.asarray(first), np.asarray(last)
        if not isinstance(self.held, tuple):
            return Terms(self.hashes, self.words, *_gather(self.held, self.ptr[first], self.ptr[last]))
        tokens, spelling = self.held
        ids = spelling.of(_gather(tokens.ids, tokens.ptr[first], tokens.ptr[last])[0])
        return Terms(self.hashes, self.words, ids, _ends(self.ptr[last] - self.ptr[first]))

    def joined(self, chosen: npt.NDArray[np.bool_], bounds: Int64) -> "Terms":
        """Rows that each join the chosen ones (bool [n rows]) among the rows `bounds[i]:bounds[i + 1]`."""
        width = np.diff(self.ptr)
        ends = _ends(width * chosen)
        ids = np.empty(ends[-1], np.int32)
        for a, b in row_blocks(self.ptr):
            ids[ends[a] : ends[b]] = self.of_rows(a, b)[np.repeat(chosen[a:b], width[a:b])]
        return Terms(self.hashes, self.words, ids, ends[bounds])


def tokenize(texts: Iterable[str]) -> Tokens:
    """The words and punctuation marks of each text.  Ids follow the order of first appearance.

    Words are told apart by hashes of 64 bits, so that only one of each is ever made a string.
    """
    joined: list[str] = []
    starts, ends, hashes = Growing(np.int64), Growing(np.int64), Growing(np.uint64)
    ptr = [np.zeros(1, np.int64)]
    size = 0
    for block in _text_blocks(texts):
        joined.append("".join(f"{text}\n" for text in block))
        codes = np.frombuffer(joined[-1].encode("utf-32-le", "surrogatepass"), "<u4")
        start, end = word_places(codes)
        of_texts = np.cumsum(np.fromiter(map(len, block), np.int64, len(block)) + 1)
        ptr.append(np.searchsorted(start, of_texts) + len(hashes))
        hashes.add(hash_slices(codes, start, end))
        starts.add(start + size)
        ends.add(end + size)
        size += len(codes)
    ids, first = by_appearance(hashes.grown())
    whole = "".join(joined)
    places = zip(starts.grown()[first].tolist(), ends.grown()[first].tolist(), strict=True)
    return Tokens(tuple([whole[a:b] for a, b in places]), ids, np.concatenate(ptr))


def _text_blocks(texts: Iterable[str]) -> Iterator[list[str]]:
    """Neighbouring texts of about `_CHARACTERS` together."""
    block: list[str] = []
    size = 0
    for text in texts:
        block.append(text)
        size += len(text)
        if size >= _CHARACTERS:
            yield block
            block, size = [], 0
    if block:
        yield block


def to_terms(tokens: Tokens) -> Terms:
    """The same rows as case-folded words; punctuation vanishes, unspaced scripts become pairs of characters."""
    spelled = [_terms_of(word) for word in tokens.vocabulary]
    width = np.fromiter(map(len, spelled), dtype=np.int32, count=len(spelled))
    number: dict[str, int] = {}
    flat = [number.setdefault(term, len(number)) for terms in spelled for term in terms]
    words = list(number)
    hashes, first, place = np.unique(hash_words(words), return_index=True, return_inverse=True)
    terms = place.astype(np.int32)[np.asarray(flat, np.int64)]
    begin = np.cumsum(width, dtype=np.int64) - width
    single = np.where(width == 1, np.append(terms, 0)[begin], np.where(width, _SEVERAL, _NONE)).astype(np.int32)
    spelling = Spelling(terms, width, begin, single)
    return Terms(hashes, tuple(words[i] for i in first), (tokens, spelling), _term_ptr(tokens, width))


def _term_ptr(tokens: Tokens, width: Int32) -> Int64:
    """Where the terms of each row begin: int64 [n rows + 1].  width: int32 [n words], how many each word has."""
    ptr = np.zeros(len(tokens) + 1, np.int64)
    for first, last in row_blocks(tokens.ptr):
        ends = _ends(width[tokens.ids[tokens.ptr[first] : tokens.ptr[last]]])
        ptr[first + 1 : last + 1] = ptr[first] + ends[tokens.ptr[first + 1 : last + 1] - tokens.ptr[first]]
    return ptr


def row_blocks(ptr: Int64) -> Iterator[tuple[int, int]]:
    """Ranges of neighbouring rows of about `_BLOCK` words each, one row at least."""
    first, rows = 0, len(ptr) - 1
    while first < rows:
        last = max(first + 1, int(np.searchsorted(ptr, ptr[first] + _BLOCK, "right")) - 1)
        yield first, last
        first = last


def row_hashes(terms: Terms) -> npt.NDArray[np.uint64]:
    """The sum of each row's hashes, which wraps around: rows of the same words have the same one.  uint64 [n rows]."""
    numbers, ids, ptr = terms.hashes, terms.held, terms.ptr
    if isinstance(ids, tuple):  # then of whole words, whose terms need not be spelled
        tokens, spelling = ids
        sums = np.append(np.zeros(1, np.uint64), np.cumsum(terms.hashes[spelling.terms]))
        numbers, ids, ptr = sums[spelling.begin + spelling.width] - sums[spelling.begin], tokens.ids, tokens.ptr
    found = np.zeros(len(terms), np.uint64)
    for first, last in row_blocks(ptr):
        sums = np.append(np.zeros(1, np.uint64), np.cumsum(numbers[ids[ptr[first] : ptr[last]]]))
        ends = sums[ptr[first : last + 1] - ptr[first]]
        found[first:last] = ends[1:] - ends[:-1]
    return found


def word_spans(text: str) -> list[tuple[int, int]]:
    """The offsets of the words and punctuation marks that `tokenize` finds in a text, in order."""
    return [match.span() for match in word_pattern().finditer(text)]


def _gather(ids: Int32, starts: Int64, ends: Int64) -> tuple[Int32, Int64]:
    """The slices `ids[starts[i]:ends[i]]` one after another, and where each begins.  Blocks bound the memory."""
    ptr = _ends(ends - starts)
    out = np.empty(ptr[-1], ids.dtype)
    for first, last in row_blocks(ptr):
        begin, end = ptr[first], ptr[last]
        moves = np.repeat(starts[first:last] - ptr[first:last], np.diff(ptr[first : last + 1]))
        out[begin:end] = ids[np.arange(begin, end) + moves]
    return out, ptr


def _ends(widths: npt.NDArray[np.integer]) -> Int64:
    """Where each of some neighbours begins, and the last one ends: int64 [n + 1]."""
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(widths, dtype=np.int64)))


def _terms_of(word: str) -> Sequence[str]:
    """The lexical terms of one word: none for punctuation, several for a run of an unspaced script."""
    folded = word.lower() if word.isascii() else unicodedata.normalize("NFC", word).lower()
    if not folded.isalnum():
        folded = "".join(c for c in folded if c.isalnum() or unicodedata.category(c)[0] == "M")
    if not folded or folded.isascii() or not _UNSPACED.search(folded):
        return (folded,) if folded else ()
    return tuple(itertools.chain.from_iterable(_pairs(run) for run in _runs(folded)))


def _runs(word: str) -> list[str]:
    cuts = [0, *itertools.chain.from_iterable(m.span() for m in _UNSPACED.finditer(word)), len(word)]
    return [word[a:b] for a, b in itertools.pairwise(cuts) if a < b]


def _pairs(run: str) -> list[str]:
    if len(run) == 1 or not _UNSPACED.match(run):
        return [run]
    return [run[i : i + 2] for i in range(len(run) - 1)]
