"""Chooses the set of sentences whose n-grams are expected most, under an exact budget.

The objective is the expected F1 of unigrams and bigrams of the whole set (an expected ROUGE), so a sentence that
repeats another adds length and nothing else: its own words, or where it tells in others what is told, little of them.
A sentence that leans on the one before it comes only with that one.  A beam search; a width of one is greedy.
"""

import functools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import or_
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from digest.digests.budget import Budget
from digest.digests.ngrams import BIGRAMS, COPIES, Expectation, sentence_density
from digest.digests.reading import Float
from digest.digests.selection_units import CHAIN, Choosable, Unit, size_of, units_of
from digest.tokens import Int64

BEAM = 8
UNITS = 40  # The most promising ones; the others are not looked at.
OPENS = 0.5  # So much of the best opening's worth makes another good enough.
MOSTLY = 0.5  # So much of a sentence told is most of it.
_LONGER = 1.2, 0.2, 42.0  # The reference that a digest is measured by, in its own lengths: 1.2 * (words / 42) ** 0.2.
_GAIN = 1e-9


@dataclass(frozen=True, slots=True)
class _State:
    """A partial choice: its value, its sentences, what it covers and its size.

    bits: the sentences as the bits of a number; have: int64 [grams], how many copies of each it holds; fresh: float64
    [pairs], 1 for those that it does not hold; new: float64 [units], how much of what each unit says it does not tell
    in other words.
    """

    value: float
    chosen: tuple[int, ...]
    bits: int
    have: Int64
    fresh: Float
    new: Float
    expected: tuple[float, float]
    size: tuple[int, int]
    words: int
    characters: int


class _Step(NamedTuple):
    """A unit added to a state: minus the value reached (rounded), both numbers, and what is expected of the result."""

    worth: float
    state: int
    unit: int
    expected: tuple[float, float]


def select(
    choosable: Choosable,
    expectation: Expectation,
    budget: Budget,
    length: float,
    opening: Float,
    news: npt.NDArray[np.bool_] | None = None,
    must: Sequence[int] = (),
) -> tuple[int, ...]:
    """The chosen sentences (places in `choosable`), in the order of choice; empty if none fits.

    length: the tokens of the reference that the objective has in mind; opening: float64 [C], how well each sentence
    says what happened.  Where the best set has none that opens well, it is the best set with one.  news: bool [C],
    sentences of which one at least is told: where the best set has none, it is the best set with the one that opens
    best.  must: sentences that stand alone and are in the set in any case; empty where no set that opens well has room.
    """
    search = _Search(choosable, expectation, budget, length, must)
    if not search.units:
        return ()
    alone = [u for u, unit in enumerate(search.units) if len(unit.parts) == 1 and unit.after < 0]
    opens = [round(float(opening[search.units[u].parts[0]]), 9) for u in alone]
    highest = max(opens, default=0.0)

    def opens_well(chosen: tuple[int, ...]) -> bool:
        return any(opening[c] >= OPENS * highest for c in chosen if not choosable.leans[c])

    if must:
        wanted = [u for u in alone if search.units[u].parts[0] in must]
        chosen = search.best(*wanted)
        if alone and not opens_well(chosen):
            chosen = search.best(alone[opens.index(highest)], *wanted)
        return chosen if set(must) <= set(chosen) else ()
    chosen = search.best()
    if alone and not opens_well(chosen):
        chosen = search.best(alone[opens.index(highest)])
    if news is None or news[list(chosen)].any():
        return chosen
    told = [(-worth, u) for u, worth in zip(alone, opens, strict=True) if news[search.units[u].parts[0]]]
    return search.best(min(told)[1]) if told else chosen


def reference_length(words: float) -> float:
    """The words of the reference that the objective has in mind, for a digest of so many at most.

    Longer than the digest: a budget is a maximum that is not quite reached, and the longer it is, the more is lost by
    leaving room.
    """
    times, power, short = _LONGER
    return words * times * math.pow(words / short, power)


def promising(
    choosable: Int64,
    leans: Callable[[int], bool],
    follows: npt.NDArray[np.bool_],
    expectation: Expectation,
    told: Callable[[Int64], Float],
) -> Int64:
    """The places of the sentences worth looking at, ascending: the best UNITS by themselves, one further for each of
    these that a better one mostly tells, and what they lean on.

    choosable: int64 [C], places among the story's sentences; leans: asked for these only; follows: as in `Choosable`;
    told: for some places, how much of what each says each other one tells.
    """
    sentences = max(int(choosable.max(initial=0)), int(expectation.unigrams.sentence.max(initial=0))) + 1
    worth = sentence_density(expectation, sentences)[choosable]
    kept = np.zeros(len(choosable), bool)
    best = np.argsort(-np.round(worth, 9), kind="stable")[: 2 * UNITS]
    kept[best[:UNITS]] = True
    if len(worth) > 3 * UNITS:
        again = _again(told(best))
        kept[best[UNITS:][~again[UNITS:]][: int(again[:UNITS].sum())]] = True
    for c in np.flatnonzero(kept).tolist():
        for before in range(c - 1, c - CHAIN, -1):
            if not (follows[before + 1] and leans(before + 1)):
                break
            kept[before] = True
    return np.flatnonzero(kept)


def _again(told: Float) -> npt.NDArray[np.bool_]:
    """Which of some sentences, best first, one before it mostly tells; told: float64 [n, n]."""
    return np.asarray(np.tril(told >= MOSTLY, -1).any(axis=1))


class _Search:
    """The beam search over units."""

    def __init__(
        self, choosable: Choosable, expectation: Expectation, budget: Budget, length: float, must: Sequence[int] = ()
    ) -> None:
        self._budget = budget
        self._length = length
        rows = np.packbits(choosable.alike, axis=1, bitorder="little")
        self._alike = [int.from_bytes(row.tobytes(), "little") for row in rows]
        self._told = choosable.told
        self._pair = expectation.bigram
        self._all_grams, self._levels = len(expectation.unigram), expectation.unigram.shape[1] + 1
        self._cumulated = np.pad(np.cumsum(expectation.unigram, axis=1), ((0, 0), (1, 0))).ravel()
        self.units = [u for u in units_of(choosable, expectation) if budget.allows(u.words, len(u.parts), u.characters)]
        if self.units:
            if len(self.units) > UNITS:
                self._leave_out(must)
            self._lay_out()

    def _leave_out(self, must: Sequence[int]) -> None:
        """Keeps the best units, one further for each that a better one mostly tells, and those that must be."""
        best = np.argsort(-np.round(self._alone(), 9), kind="stable").tolist()
        ends = np.asarray([self.units[i].parts[-1] for i in best[:UNITS]])
        most = UNITS + int(_again(self._told[np.ix_(ends, ends)]).sum())
        further = [i for i in best[most:] if self.units[i].parts[0] in must]
        self.units = [self.units[i] for i in best[:most] + further]

    def _alone(self) -> Float:
        """The value of each unit by itself: float64 [units]."""
        units, place = self.units, np.arange(len(self.units))
        grams, copies = np.concatenate([u.grams for u in units]), np.concatenate([u.copies for u in units])
        worth = self._cumulated[grams * self._levels + np.minimum(COPIES, copies)]
        one = np.bincount(np.repeat(place, [len(u.grams) for u in units]), worth, len(units))
        worth = self._pair[np.concatenate([u.pairs for u in units])]
        two = np.bincount(np.repeat(place, [len(u.pairs) for u in units]), worth, len(units))
        return np.asarray(self._objective(one, two, *np.asarray([size_of(u) for u in units]).T))

    def _lay_out(self) -> None:
        """The units' grams, one unit after another, and what each adds to a state that holds none, one, two ... copies
        of it; what sums them by unit; what sums the worths of each unit's pairs; and which sentences it rules out."""
        units = self.units
        self._grams = np.concatenate([u.grams for u in units])
        copies = np.concatenate([u.copies for u in units])
        level, held = self._grams[:, None] * self._levels, np.arange(self._levels)
        after = np.minimum(COPIES, held + copies[:, None])
        self._gains = (self._cumulated[level + after] - self._cumulated[level + held]).ravel()
        self._gains_of = np.arange(len(copies))[:, None] * self._levels
        entries = np.cumsum([0, *(len(u.grams) for u in units)])
        shape = (len(units), len(copies))
        self._by_unit = sp.csr_array((np.ones(len(copies)), np.arange(len(copies)), entries), shape=shape)
        pairs, ends = np.concatenate([u.pairs for u in units]), np.cumsum([0, *(len(u.pairs) for u in units)])
        self._of_pairs = sp.csr_array((self._pair[pairs], pairs, ends), shape=(len(units), len(self._pair)))
        self._sizes = np.asarray([size_of(u) for u in units]).T
        self._new = 1 - self._told_of(units)
        self._bits = [sum(1 << part for part in u.parts) for u in units]
        self._rules_out = [
            functools.reduce(or_, (self._alike[part] for part in u.parts), self._bits[n]) for n, u in enumerate(units)
        ]

    def _told_of(self, units: Sequence[Unit]) -> Float:
        """How much of what each unit says (a mean over its sentences) each one tells: float64 [telling, told]."""
        part = np.concatenate([u.parts for u in units])
        size = np.asarray([len(u.parts) for u in units])
        share = np.zeros((len(self._told), len(units)))
        share[part, np.repeat(np.arange(len(units)), size)] = np.repeat(1 / size, size)
        return np.asarray(np.maximum.reduceat((self._told @ share)[part], np.cumsum(size) - size))

    def _nothing(self) -> _State:
        have, fresh, new = np.zeros(self._all_grams, np.int64), np.ones(len(self._pair)), np.ones(len(self.units))
        return _State(0.0, (), 0, have, fresh, new, (0.0, 0.0), (0, 0), 0, 0)

    def best(self, *first: int) -> tuple[int, ...]:
        """The best set, or the best with the units `first`, as far as they fit."""
        states = [self._nothing()]
        for unit in first:
            if self._fits(states[0], unit):
                _, one, two = self._values(states)
                states = [self._step(states[0], unit, (float(one[0, unit]), float(two[0, unit])))]
        best, seen = states[0], {0}
        while states:
            following: list[_State] = []
            for _, s, u, expected in sorted(self._steps(states)):
                key = states[s].bits | self._bits[u]
                if key not in seen:
                    seen.add(key)
                    following.append(self._step(states[s], u, expected))
                if len(following) == BEAM:
                    break
            states = following
            best = max([best, *states], key=lambda s: round(s.value, 9))
        return best.chosen

    def _steps(self, states: Sequence[_State]) -> list[_Step]:
        """The best next units of each state that raise its value."""
        values, one, two = self._values(states)
        ranked = np.argsort(-np.round(values, 9), axis=1, kind="stable").tolist()
        out: list[_Step] = []
        for s, state in enumerate(states):
            value, found = values[s].tolist(), 0
            for u in ranked[s]:
                if value[u] <= state.value + _GAIN or found == BEAM:
                    break
                if self._fits(state, u):
                    out.append(_Step(-round(value[u], 9), s, u, (float(one[s, u]), float(two[s, u]))))
                    found += 1
        return out

    def _values(self, states: Sequence[_State]) -> tuple[Float, Float, Float]:
        """The value that each state reaches with each unit, and the unigrams and bigrams expected then: float64
        [states, units]."""
        have = np.stack([state.have for state in states], axis=1)[self._grams]
        fresh = np.stack([state.fresh for state in states], axis=1)
        new = np.stack([state.new for state in states])
        expected = np.asarray([state.expected for state in states])
        sizes = np.asarray([state.size for state in states])
        one = (self._by_unit @ self._gains[self._gains_of + have]).T * new + expected[:, :1]
        two = (self._of_pairs @ fresh).T * new + expected[:, 1:]
        value = self._objective(one, two, sizes[:, :1] + self._sizes[0], sizes[:, 1:] + self._sizes[1])
        return np.asarray(value), one, two

    def _fits(self, state: _State, u: int) -> bool:
        unit = self.units[u]
        if self._rules_out[u] & state.bits or (unit.after >= 0 and not state.bits >> unit.after & 1):
            return False
        words, characters = state.words + unit.words, state.characters + unit.characters + bool(state.bits)
        return self._budget.allows(words, len(state.chosen) + len(unit.parts), characters)

    def _step(self, state: _State, u: int, expected: tuple[float, float]) -> _State:
        unit = self.units[u]
        have, fresh = state.have.copy(), state.fresh.copy()
        have[unit.grams] = np.minimum(COPIES, have[unit.grams] + unit.copies)
        fresh[unit.pairs] = 0
        one, two = size_of(unit)
        size = (state.size[0] + one, state.size[1] + two)
        return _State(
            float(self._objective(*expected, *size)),
            state.chosen + unit.parts,
            state.bits | self._bits[u],
            have,
            fresh,
            np.minimum(state.new, self._new[u]),
            expected,
            size,
            state.words + unit.words,
            state.characters + unit.characters + bool(state.chosen),
        )

    def _objective(self, one: Any, two: Any, unigrams: Any, bigrams: Any) -> Any:
        """The expected F1 of unigrams plus that of bigrams; numbers, or arrays with one a unit."""
        longest = max(self._length - 1, 1.0)
        return 2 * one / (unigrams + self._length) + BIGRAMS * 2 * two / (bigrams + longest)
