"""A story's sentences and titles as numbers: what its sources say, and where."""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digest.background import load_background
from digest.corpus import Corpus
from digest.digests.candidates import SENTENCES, sentence_rows
from digest.digests.words import words_of
from digest.similarity import distinct
from digest.tokens import Int32, Int64

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


class _Folds:
    """The terms of a corpus, inflections folded: numbered as they are first asked for, few of all ever are.

    spelled: each fold; figure: bool [T], which of them are figures.
    """

    def __init__(self, words: Sequence[str], fold: Callable[[str], str]) -> None:
        self._words, self._fold = words, fold
        self._number = np.full(len(words), -1, np.int64)
        self._numbers: dict[str, int] = {}
        self._stop: dict[str, tuple[Bool, int]] = {}
        self.spelled: list[str] = []
        self.figure = np.zeros(len(words), bool)

    def of(self, terms: Int32) -> Int64:
        """The number of each term's fold."""
        found: Int64 = self._number[terms]
        if (found < 0).any():
            new = distinct(terms[found < 0])
            folds = map(self._fold, map(self._words.__getitem__, new.tolist()))
            self._number[new] = [self._number_of(fold) for fold in folds]
            found = self._number[terms]
        return found

    def _number_of(self, fold: str) -> int:
        number = self._numbers.setdefault(fold, len(self.spelled))
        if number == len(self.spelled):
            self.spelled.append(fold)
            if not fold.isalpha() and any(map(str.isdigit, fold)):
                self.figure[number] = True
        return number

    def stop(self, language: str) -> Bool:
        """Which folds are function words of a language: bool [T]."""
        stop, known = self._stop.get(language) or (np.zeros(len(self._words), bool), 0)
        words = words_of(language).stop
        stop[[number for number, fold in enumerate(self.spelled[known:], known) if fold in words]] = True
        self._stop[language] = stop, len(self.spelled)
        return stop


class Reader:
    """Reads the stories of a corpus; what it holds of the corpus's words is made once for all of them."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._folds: dict[Callable[[str], str], _Folds] = {}
        self._place = np.empty(len(corpus.terms.words), np.int64)  # of each term or fold in the story that is read
        hashes = corpus.terms.hashes
        # In news; a fold's is that of its commonest inflection.
        self._idf = load_background().idf(hashes, np.full(len(hashes), 2), 0).astype(np.float64)

    def read(self, members: Sequence[int], language: str, most: int = SENTENCES) -> Reading:
        """The first sentences of a story's kept articles; `language` is the bare code of the story."""
        corpus, known = self.corpus, self._folds_in(language)
        spelled = known.spelled
        rows = [sentence_rows(corpus, article, most) for article in members]
        count = [len(r) for r in rows]
        titles = corpus.rows[np.asarray(members, np.int64)]
        chosen = np.concatenate([*rows, titles])
        sentences = len(chosen) - len(titles)
        terms = corpus.terms.spans(chosen, chosen + 1)
        used = distinct(terms.ids)
        folds, number = self._by_appearance(known.of(used))
        self._place[used] = number
        words = self._place[terms.ids]
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
            stop=known.stop(language)[folds],
            figure=known.figure[folds],
            articles=len(members),
            language=language,
        )

    def rarity(self, rows: Sequence[int], language: str) -> dict[str, float]:
        """The inverse document frequency of the words of some rows (ascending), folded, as `Reading.idf`."""
        terms, known = self.corpus.terms, self._folds_in(language)
        if rows[-1] - rows[0] < len(rows):  # mostly they follow one another
            used = terms.of_rows(rows[0], rows[-1] + 1)
        else:
            used = np.concatenate([terms.of_rows(row, row + 1) for row in rows])
        idf = self._idf[used]
        order = np.argsort(-idf, kind="stable")  # of a fold the lowest comes last, and stays
        folds = map(known.spelled.__getitem__, known.of(used[order]).tolist())
        return dict(zip(folds, idf[order].tolist(), strict=True))

    def _by_appearance(self, numbers: Int64) -> tuple[Int64, Int64]:
        """The distinct numbers in the order of their first appearance, and the place among them of each number."""
        at = np.arange(len(numbers))
        self._place[numbers[::-1]] = at[::-1]  # of equal ones the last assignment stays: that of the first
        distinct = numbers[self._place[numbers] == at]
        self._place[distinct] = np.arange(len(distinct))
        return distinct, self._place[numbers]

    def _folds_in(self, language: str) -> _Folds:
        fold = fold_of(language)
        if fold not in self._folds:
            self._folds[fold] = _Folds(self.corpus.terms.words, fold)
        return self._folds[fold]


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
