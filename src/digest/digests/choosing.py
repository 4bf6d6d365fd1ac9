"""Chooses the sentences of a story of several articles: the set that is expected most, and who is accused is heard."""

import functools
from collections.abc import Callable, Sequence

import numpy as np

from digest.corpus import Corpus
from digest.digests.budget import Budget, count_words
from digest.digests.consensus import agree, choose
from digest.digests.known import assumes, begins_with_surname, surnames_of
from digest.digests.ngrams import sentence_worth, sharpened
from digest.digests.opening import opens
from digest.digests.readable import leans, mostly_quotes
from digest.digests.reading import Bool, Float, Reading
from digest.digests.repetition import compare
from digest.digests.selection import promising, reference_length, select
from digest.digests.selection_units import Choosable
from digest.digests.sides import FEWEST, answers
from digest.digests.standing import expect, serves
from digest.digests.word_weights import weigh_words
from digest.digests.words import language_of, words_of
from digest.similarity import Vectors
from digest.tokens import Int64

# What a sentence is worth as an opening, of what it says:
_QUOTING = 0.5  # one that is mostly somebody's words,
_ASSUMING = 0.5  # and one that tells of what was named before it.
_LONG = 150  # Words of a digest that mostly has its people named in full somewhere.


class Choice:
    """The choice among a story's sentences that may be told.

    rows: int64 [C], in the corpus; index: int64 [C], places in the reading; vectors: float32 [C, d], unit rows, or
    None; budget: exact maxima; news: bool [C], sentences of which one at least is told, or None.
    """

    def __init__(
        self,
        corpus: Corpus,
        reading: Reading,
        rows: Int64,
        index: Int64,
        vectors: Vectors | None,
        budget: Budget,
        news: Bool | None,
    ) -> None:
        self._corpus, self._reading, self._index = corpus, reading, index
        self._vectors, self._budget, self._news = vectors, budget, news
        self._served = serves(reading.language)
        self._expectation = expect(reading, budget.expected_words, index) if self._served else agree(reading)
        self._sought = sharpened(self._expectation) if self._served else self._expectation
        self._follows = np.concatenate(([False], np.diff(rows) == 1))
        self._owner, self._texts = corpus.owner[rows].tolist(), corpus.texts_of(rows)
        self._begins = (reading.place[index] == 0).tolist()
        self._known_leaning: dict[int, bool] = {}
        self.words = weigh_words(reading, self._expectation.unigrams)
        self._opens = opens(reading, self._expectation)[index]

    def places(self) -> Int64:
        """The chosen sentences, in the order of choice: int64, places in `rows`."""
        best = promising(self._index, self._leaning, self._follows, self._sought, self._told)
        chosen = self._pick(best)
        if not self._served or self._budget.expected_words < FEWEST:
            return chosen
        for pair in answers(self._reading, self._index, self._texts, chosen.tolist(), self._vectors):
            if not any(map(self._leaning, pair)):
                return self._with(pair, best, chosen)
        return chosen

    def worth(self) -> list[float]:
        """Of each sentence, 0 to 1: the score that a digest shows."""
        return sentence_worth(self._expectation, self._index)

    def opening(self, place: int) -> float:
        """How well a sentence says what happened."""
        text, words = self._texts[place], words_of(self._reading.language)
        worth = float(self._opens[place]) * (_QUOTING if mostly_quotes(text) else 1)
        return worth * (_ASSUMING if assumes(text, words, self._is_surname) else 1)

    def behind(self, place: int) -> bool:
        """Whether a sentence stands right behind the one that it leans on."""
        return bool(self._follows[place]) and self._leaning(place)

    @functools.cached_property
    def _is_surname(self) -> Callable[[str], bool]:
        titles = [self._corpus.articles[i].title for i in dict.fromkeys(self._owner)]
        return surnames_of(self._texts, titles, words_of(self._reading.language))

    def _with(self, pair: tuple[int, int], best: Int64, chosen: Int64) -> Int64:
        """The best set with an accusation and its answer; what was chosen, where there is no room for both."""
        both = self._pick(np.union1d(best, pair), pair)
        return both if len(both) and (self._news is None or self._news[both].any()) else chosen

    def _pick(self, best: Int64, must: Sequence[int] = ()) -> Int64:
        """The best set of some sentences (ascending places); with those that must be, or empty."""
        news = self._news
        texts = [self._texts[c] for c in best.tolist()]
        alike, told = self._compare(best)
        choosable = Choosable(
            index=self._index[best],
            leans=np.fromiter(map(self._leaning, best.tolist()), bool, len(best)),
            follows=self._follows[best] & np.concatenate(([False], np.diff(best) == 1)),
            words=np.asarray([count_words(t) for t in texts], np.int64),
            characters=np.asarray([len(t) for t in texts], np.int64),
            alike=alike,
            told=told,
        )
        if not self._served:
            picked = choose(choosable, self._expectation, self._reading.place[choosable.index], self._budget)
            return best[list(picked)]
        picked = select(
            choosable,
            self._sought,
            self._budget,
            self._length(choosable),
            lambda c: self.opening(int(best[c])),
            self._opens[best],
            None if news is None else news[best],
            np.searchsorted(best, must).tolist(),
        )
        return best[list(picked)]

    def _length(self, choosable: Choosable) -> float:
        """The reference's length in tokens, of which these sentences have so many a word."""
        reading = self._reading
        tokens = np.bincount(reading.sentences.text, minlength=len(reading.rows))[choosable.index]
        words = max(float(choosable.words.sum()), 1.0)
        return reference_length(self._budget.expected_words) * float(tokens.sum()) / words

    def _told(self, places: Int64) -> Float:
        return self._compare(places)[1]

    def _compare(self, places: Int64) -> tuple[Bool, Float]:
        vectors = None if self._vectors is None else self._vectors[places]
        return compare(vectors, self.words.rows(self._index[places]), self._reading.language == "en")

    def _leaning(self, place: int) -> bool:
        """Whether a sentence leans; remembered here, since `functools.cache` would keep this object alive."""
        if place not in self._known_leaning:
            self._known_leaning[place] = self._leans(place)
        return self._known_leaning[place]

    def _leans(self, place: int) -> bool:
        words, text = words_of(language_of(self._corpus.articles[self._owner[place]].language)), self._texts[place]
        if leans(text, words, begins=self._begins[place]):
            return True
        return self._budget.expected_words < _LONG and begins_with_surname(text, words, self._is_surname)
