"""A story's sentences and titles as numbers: what its sources say, and where."""

import functools
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digest.background import load_background
from digest.corpus import Corpus
from digest.digests.candidates import SENTENCES, sentence_rows
from digest.digests.words import language_of, words_of
from digest.tokens import Int64

Float = npt.NDArray[np.float64]
Bool = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Line:
    """Texts as words: word ids one after another, and which text each stands in (ascending)."""

    word: Int64
    text: Int64


@dataclass(frozen=True, slots=True)
class Reading:
    """The first sentences of a story's articles, and its titles, as words of the story's own vocabulary.

    rows: int64 [S], the corpus row of each sentence, by article and then by place; article, place: int64 [S], counted
    from 0; sentences, titles: the words (a title's text is its article); spelled: the vocabulary [V], inflections
    folded; idf: float64 [V]; stop, figure: bool [V]; articles: how many there are;
    language: the bare code of the story.
    """

    rows: Int64
    article: Int64
    place: Int64
    sentences: Line
    titles: Line
    spelled: tuple[str, ...]
    idf: Float
    stop: Bool
    figure: Bool
    articles: int
    language: str


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The words of a corpus in one language, inflections folded: number: int64 [T], of each term's fold; spelled [V];
    stop, figure: bool [V]."""

    number: Int64
    spelled: Sequence[str]
    stop: Bool
    figure: Bool


class Reader:
    """Reads the stories of a corpus; what it holds of the corpus's words is made once for all of them."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._known: dict[str, _Vocabulary] = {}
        self._folded: dict[Callable[[str], str], tuple[Int64, dict[str, int], Bool]] = {}
        # At once, so that workers who are forked later find it made.
        for language, _ in Counter(language_of(a.language) for a in corpus.articles).most_common(1):
            self._vocabulary(language)
            len(self._idf)

    def read(self, members: Sequence[int], language: str, most: int = SENTENCES) -> Reading:
        """The first sentences of a story's kept articles; `language` is the bare code of the story."""
        corpus, known = self.corpus, self._vocabulary(language)
        spelled = known.spelled
        rows = [sentence_rows(corpus, article, most) for article in members]
        count = [len(r) for r in rows]
        titles = corpus.rows[np.asarray(members, np.int64)]
        chosen = np.concatenate([*rows, titles])
        sentences = len(chosen) - len(titles)
        terms = corpus.terms.spans(chosen, chosen + 1)
        used, at = np.unique(terms.ids, return_inverse=True)
        folds, number = _by_appearance(known.number[used])
        words = number[at]
        split = int(terms.ptr[sentences])
        text = np.repeat(np.arange(len(terms)), np.diff(terms.ptr))
        idf = np.full(len(folds), np.inf)
        np.minimum.at(idf, number, self._idf[used])
        return Reading(
            rows=chosen[:sentences],
            article=np.repeat(np.arange(len(members)), count),
            place=np.arange(sentences) - np.repeat(np.cumsum(count) - count, count),
            sentences=Line(words[:split], text[:split]),
            titles=Line(words[split:], text[split:] - sentences),
            spelled=tuple([spelled[fold] for fold in folds.tolist()]),
            idf=idf,
            stop=known.stop[folds],
            figure=known.figure[folds],
            articles=len(members),
            language=language,
        )

    def rarity(self, rows: Sequence[int], language: str) -> dict[str, float]:
        """The inverse document frequency of the words of some rows, inflections folded (see `Reading.idf`)."""
        terms, known = self.corpus.terms, self._vocabulary(language)
        used = np.concatenate([terms.of_rows(row, row + 1) for row in rows])
        found: dict[str, float] = {}
        for fold, idf in zip(known.number[used].tolist(), self._idf[used].tolist(), strict=True):
            word = known.spelled[fold]
            if idf < found.get(word, math.inf):
                found[word] = idf
        return found

    @functools.cached_property
    def _idf(self) -> Float:
        """The inverse document frequency in news of each term (a fold's is that of its commonest inflection)."""
        hashes = self.corpus.terms.hashes
        return load_background().idf(hashes, np.full(len(hashes), 2), 0).astype(np.float64)

    def _vocabulary(self, language: str) -> _Vocabulary:
        if language not in self._known:
            number, place, figure = self._folds(fold_of(language))
            stop = np.zeros(len(place), bool)
            stop[[place[word] for word in words_of(language).stop if word in place]] = True
            self._known[language] = _Vocabulary(number, tuple(place), stop, figure)
        return self._known[language]

    def _folds(self, fold: Callable[[str], str]) -> tuple[Int64, dict[str, int], Bool]:
        """The number of each term's fold, the number of each fold, and which folds are figures."""
        if fold not in self._folded:
            place: dict[str, int] = {}
            words = self.corpus.terms.words
            number = np.fromiter((place.setdefault(fold(w), len(place)) for w in words), np.int64, len(words))
            figure = (not w.isalpha() and any(map(str.isdigit, w)) for w in place)
            self._folded[fold] = number, place, np.fromiter(figure, bool, len(place))
        return self._folded[fold]


def _by_appearance(numbers: Int64) -> tuple[Int64, Int64]:
    """The distinct numbers in the order of their first appearance, and the place among them of each number given."""
    distinct, first, at = np.unique(numbers, return_index=True, return_inverse=True)
    order = np.argsort(first)
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    return distinct[order], place[at]


def fold_of(language: str) -> Callable[[str], str]:
    """What makes the inflections of a word alike."""
    return _fold_english if language == "en" else str


@functools.lru_cache(maxsize=1 << 14)
def _fold_english(word: str) -> str:
    """A word without the commonest endings, so that "vote", "votes", "voted" and "voting" agree."""
    if len(word) < 4 or not word.isascii():
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and word[-2] not in "su":
        word = word[:-2] if word.endswith(("sses", "shes", "ches", "xes", "zes")) else word[:-1]
    for ending in ("ing", "ed"):
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) > 2 and any(c in "aeiouy" for c in stem):
            return stem[:-1] if stem[-1] == stem[-2] and stem[-1] not in "lsz" else stem
    return word[:-1] if word.endswith("e") and len(word) > 4 else word
