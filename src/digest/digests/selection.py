"""Chooses the set of sentences whose n-grams are expected most, under an exact budget.

The objective is the expected F1 of unigrams and bigrams of the whole set (an expected ROUGE), so a sentence that
repeats another adds length and nothing else: its own words, or where it tells in others what is told, little of them.
A sentence that leans on the one before it comes only with that one.  A beam search; a width of one is greedy.
"""

import functools
import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import or_
from typing import NamedTuple

import numpy as np

from digest.digests.budget import Budget
from digest.digests.ngrams import BIGRAMS, Expectation, sentence_density
from digest.digests.reading import Bool, Float
from digest.digests.selection_gains import Contents, Gains, contents_of, cumulated
from digest.digests.selection_units import CHAIN, Choosable, parts_of, units_of
from digest.tokens import Int64

BEAM = 8
UNITS = 40  # The most promising ones; the others are not looked at.
OPENS = 0.5  # So much of the best opening's worth makes another good enough.
MOSTLY = 0.5  # So much of a sentence told is most of it.
_LONGER = 1.2, 0.2, 42.0  # The reference that a digest is measured by, in its own lengths: 1.2 * (words / 42) ** 0.2.
_GAIN = 1e-9
_PLACES = 9


class _State(NamedTuple):
    """A partial choice: its value, its sentences (also as the bits of a number), and its size."""

    value: float
    chosen: tuple[int, ...]
    bits: int
    words: int
    characters: int


@dataclass(frozen=True, slots=True)
class _Beam:
    """Partial choices, and arrays of a row for each.

    unigrams, bigrams: int64, what they hold (see `Gains`); new: float64 [states, units], how much of what each unit
    says they do not tell in other words; expected, sizes: float64 [states, 2], the unigrams and bigrams that are
    expected of them, and all that they have.
    """

    states: Sequence[_State]
    unigrams: Int64
    bigrams: Int64
    new: Float
    expected: Float
    sizes: Float


def select(
    choosable: Choosable,
    expectation: Expectation,
    budget: Budget,
    length: float,
    opening: Callable[[int], float],
    most: Float,
    news: Bool | None = None,
    must: Sequence[int] = (),
) -> tuple[int, ...]:
    """The chosen sentences (places in `choosable`), in the order of choice; empty if none fits.

    length: the tokens of the reference that the objective has in mind; opening: how well a sentence says what happened;
    most: float64 [C], how well at most, so that few are asked.  Where the best set has none that opens well, it is the
    best set with one.  news: bool [C], sentences of which one at least is told: where the best set has none, it is the
    best set with the one that opens best.  must: sentences that stand alone and are in the set in any case; empty where
    no set that opens well has room.
    """
    search = _Search(choosable, expectation, budget, length, must)
    if not search.units:
        return ()
    alone = {unit.parts[0]: u for u, unit in enumerate(search.units) if len(unit.parts) == 1 and unit.after < 0}
    highest, best = _opens_best(list(alone), opening, most) if alone else (0.0, -1)

    def opens_well(chosen: tuple[int, ...]) -> bool:
        return not alone or any(opening(c) >= OPENS * highest for c in chosen if not choosable.leans[c])

    wanted = [u for c, u in alone.items() if c in must]
    chosen = search.best(*wanted)
    if not opens_well(chosen):
        chosen = search.best(alone[best], *wanted)
    if must:
        return chosen if set(must) <= set(chosen) else ()
    if news is None or news[list(chosen)].any():
        return chosen
    told = [c for c in alone if news[c]]
    return search.best(alone[_opens_best(told, opening, most)[1]]) if told else chosen


def _opens_best(places: Sequence[int], opening: Callable[[int], float], most: Float) -> tuple[float, int]:
    """How well the best of some sentences opens, and which one it is: the first of equals."""
    found: list[tuple[float, int]] = []
    for c in sorted(places, key=lambda c: -most[c]):
        if found and round(float(most[c]), _PLACES) < -min(found)[0]:
            break
        found.append((-round(opening(c), _PLACES), c))
    worth, best = min(found)
    return -worth, best


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
    follows: Bool,
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
    best = np.argsort(-np.round(worth, _PLACES), kind="stable")[: 2 * UNITS]
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


def _again(told: Float) -> Bool:
    """Which of some sentences, best first, one before it mostly tells; told: float64 [n, n]."""
    mostly = told >= MOSTLY
    np.fill_diagonal(mostly, True)
    return np.asarray(mostly.argmax(axis=1) < np.arange(len(mostly)))


class _Search:
    """The beam search over units."""

    def __init__(
        self, choosable: Choosable, expectation: Expectation, budget: Budget, length: float, must: Sequence[int] = ()
    ) -> None:
        self._budget = budget
        self._length = length
        self.units = [u for u in units_of(choosable) if budget.allows(u.words, len(u.parts), u.characters)]
        if self.units:
            self._lay_out(choosable, expectation, must)

    def _lay_out(self, choosable: Choosable, expectation: Expectation, must: Sequence[int]) -> None:
        """The units worth looking at, what they hold, and which sentences each rules out."""
        unigrams, bigrams = cumulated(expectation.unigram), cumulated(expectation.bigram[:, None])
        parts, unit = parts_of(self.units)
        one, two = (contents_of(choosable.index[parts], unit, g) for g in (expectation.unigrams, expectation.bigrams))
        self._sizes = self._sizes_of(one)
        if len(self.units) > UNITS:
            alone = one.worth(unigrams, len(self.units)), two.worth(bigrams, len(self.units))
            kept = self._most_promising(self._objective(*alone, *self._sizes), choosable.told, must)
            self.units = list(itertools.compress(self.units, kept.tolist()))
            self._sizes, one, two = self._sizes[:, kept], one.of(kept), two.of(kept)
        self._unigrams, self._bigrams = Gains(one, unigrams, len(self.units)), Gains(two, bigrams, len(self.units))
        self._new = 1 - self._told_of(choosable.told)
        self._fewest = min(u.words for u in self.units)
        self._bits = [sum(1 << part for part in u.parts) for u in self.units]
        alike = [0] * len(choosable.index)
        for a, b in np.argwhere(choosable.alike).tolist():
            alike[a] |= 1 << b
        self._rules_out = [
            functools.reduce(or_, map(alike.__getitem__, u.parts), bits)
            for u, bits in zip(self.units, self._bits, strict=True)
        ]

    def _sizes_of(self, unigrams: Contents) -> Float:
        """Unigrams and bigrams of each unit, repeats counted: float64 [2, units]."""
        tokens = np.bincount(unigrams.unit, unigrams.copies, len(self.units))
        return np.stack((tokens, np.maximum(tokens - [len(u.parts) for u in self.units], 0)))

    def _most_promising(self, worth: Float, told: Float, must: Sequence[int]) -> Bool:
        """The best units, one further for each that a better one mostly tells, and those that must be: bool [units]."""
        best = np.argsort(-np.round(worth, _PLACES), kind="stable").tolist()
        ends = np.asarray([self.units[i].parts[-1] for i in best[:UNITS]])
        most = UNITS + int(_again(told[np.ix_(ends, ends)]).sum())
        kept = np.zeros(len(worth), bool)
        kept[best[:most]] = True
        kept[[i for i in best[most:] if self.units[i].parts[0] in must]] = True
        return kept

    def _told_of(self, told: Float) -> Float:
        """How much of what each unit says (a mean over its sentences) each one tells: float64 [telling, told]."""
        part, unit = parts_of(self.units)
        size = np.bincount(unit)
        begins = np.cumsum(size) - size
        of_each = np.add.reduceat(told[:, part], begins, axis=1) / size
        return np.asarray(np.maximum.reduceat(of_each[part], begins))

    def _nothing(self) -> _Beam:
        none = np.zeros((1, 2))
        new = np.ones((1, len(self.units)))
        return _Beam([_State(0.0, (), 0, 0, 0)], self._unigrams.nothing(), self._bigrams.nothing(), new, none, none)

    def best(self, *first: int) -> tuple[int, ...]:
        """The best set, or the best with the units `first`, as far as they fit."""
        beam = self._nothing()
        for unit in first:
            if self._fits(beam.states[0], unit):
                beam = self._grown(beam, [(0, unit)], *self._values(beam))
        best, seen = beam.states[0], {0}
        while min(state.words for state in beam.states) + self._fewest <= self._budget.words:
            values, one, two = self._values(beam)
            steps = self._steps(beam.states, values, seen)
            if not steps:
                break
            beam = self._grown(beam, steps, values, one, two)
            best = max([best, *beam.states], key=lambda s: round(s.value, _PLACES))
        return best.chosen

    def _steps(self, states: Sequence[_State], values: Float, seen: set[int]) -> list[tuple[int, int]]:
        """The best steps to sets not seen yet that raise a state's value: the state and the unit, at most BEAM."""
        raised = np.flatnonzero(values > np.asarray([[state.value + _GAIN] for state in states]))
        order = raised[np.argsort(-np.round(values.take(raised), _PLACES), kind="stable")].tolist()
        steps: list[tuple[int, int]] = []
        tried = [0] * len(states)
        for at in order:
            s, u = divmod(at, len(self.units))
            if tried[s] < BEAM and self._fits(states[s], u):
                tried[s] += 1
                key = states[s].bits | self._bits[u]
                if key not in seen:
                    seen.add(key)
                    steps.append((s, u))
                    if len(steps) == BEAM:
                        break
        return steps

    def _values(self, beam: _Beam) -> tuple[Float, Float, Float]:
        """The value that each state reaches with each unit, and the unigrams and bigrams expected then: float64
        [states, units]."""
        one = self._unigrams.of(beam.unigrams) * beam.new + beam.expected[:, :1]
        two = self._bigrams.of(beam.bigrams) * beam.new + beam.expected[:, 1:]
        value = self._objective(one, two, beam.sizes[:, :1] + self._sizes[0], beam.sizes[:, 1:] + self._sizes[1])
        return np.asarray(value), one, two

    def _fits(self, state: _State, u: int) -> bool:
        unit = self.units[u]
        if self._rules_out[u] & state.bits or (unit.after >= 0 and not state.bits >> unit.after & 1):
            return False
        words, characters = state.words + unit.words, state.characters + unit.characters + bool(state.bits)
        return self._budget.allows(words, len(state.chosen) + len(unit.parts), characters)

    def _grown(self, beam: _Beam, steps: Sequence[tuple[int, int]], values: Float, one: Float, two: Float) -> _Beam:
        """The states that steps lead to; values, one, two: what `_values` gave."""
        old, added = map(list, zip(*steps, strict=True))
        return _Beam(
            [self._state(beam.states[s], u, float(values[s, u])) for s, u in steps],
            self._unigrams.grown(beam.unigrams[old], added),
            self._bigrams.grown(beam.bigrams[old], added),
            np.minimum(beam.new[old], self._new[added]),
            np.stack((one[old, added], two[old, added]), axis=1),
            beam.sizes[old] + self._sizes[:, added].T,
        )

    def _state(self, state: _State, u: int, value: float) -> _State:
        unit = self.units[u]
        return _State(
            value,
            state.chosen + unit.parts,
            state.bits | self._bits[u],
            state.words + unit.words,
            state.characters + unit.characters + bool(state.chosen),
        )

    def _objective(self, one: Float, two: Float, unigrams: Float, bigrams: Float) -> Float:
        """The expected F1 of unigrams plus that of bigrams."""
        longest = max(self._length - 1, 1.0)
        return np.asarray(2 * one / (unigrams + self._length) + BIGRAMS * 2 * two / (bigrams + longest))
