"""Which pairs are compared, within a language and across languages."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from story_builders import evidence, unmarked

from digest.similarity import PLACES
from digest.stories import candidates
from digest.stories.assignment import build_forest, score_pairs
from digest.stories.candidates import NEIGHBOURS, candidate_pairs, nearest_foreign, two_languages
from digest.stories.features import Evidence, measure
from digest.stories.linkage import cut_trees
from digest.stories.neighbours import DAYS_ASIDE
from digest.stories.weights import load_weights

EVENTS = [event for event in range(8) for _ in range(4)]


def _in_languages(known: Evidence, languages: list[int]) -> Evidence:
    return replace(known, language=np.array(languages, np.int32))


def _by_hand(known: Evidence) -> set[tuple[int, int]]:
    """The nearest foreign articles of each article, one after another."""
    found = set()
    for i in range(len(known)):
        apart = np.abs(known.day - known.day[i])
        usable = (known.language >= 0) & (known.language != known.language[i]) & ~(apart > DAYS_ASIDE)
        usable &= known.dense.any(axis=1) & (known.language[i] >= 0) & bool(known.dense[i].any())
        likeness = np.round(known.dense @ known.dense[i], 5)
        best = sorted(np.flatnonzero(usable & (likeness > 0)).tolist(), key=lambda j: (-likeness[j], known.day[j], j))
        found |= {(i, j) for j in best[:NEIGHBOURS]}
    return found


@settings(max_examples=25)
@given(
    st.lists(st.integers(-1, 2), min_size=len(EVENTS), max_size=len(EVENTS)), st.integers(0, 99), st.integers(1, 200)
)
def test_the_nearest_foreign_articles_are_found_whatever_the_blocks(
    languages: list[int], seed: int, block: int
) -> None:
    known = _in_languages(evidence(EVENTS, seed), languages)
    known.day[::5] += 3 * DAYS_ASIDE
    known.dense[::7] = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "_BLOCK", block)
        row, other = nearest_foreign(known)
    assert {*zip(row.tolist(), other.tolist(), strict=True)} == _by_hand(known)


def test_a_run_in_one_language_has_no_foreign_neighbours() -> None:
    assert [len(side) for side in nearest_foreign(evidence(EVENTS))] == [0, 0]
    assert [len(side) for side in candidate_pairs(evidence([]))] == [0, 0]


def test_each_pair_is_listed_once_the_lower_article_first() -> None:
    known = _in_languages(evidence(EVENTS), [i % 2 for i in range(len(EVENTS))])
    low, high = candidate_pairs(known)
    assert (low < high).all()
    assert len({*zip(low.tolist(), high.tolist(), strict=True)}) == len(low)


def test_an_unknown_language_is_no_other_language() -> None:
    known = _in_languages(evidence([0, 0, 0]), [0, 1, -1])
    assert two_languages(known, np.array([0, 0, 1]), np.array([1, 2, 2])).tolist() == [True, False, False]


def test_words_that_are_missing_between_languages_are_no_evidence_against() -> None:
    known = evidence(EVENTS)
    stranger = _in_languages(known, list(range(len(EVENTS))))
    left, right = np.triu_indices(len(EVENTS), 1)
    features, closeness = measure(known, left, right)
    two = score_pairs(stranger, load_weights(), left, right)
    assert (two.features >= features).all()
    assert (two.log_odds >= np.round(load_weights().log_odds(features, closeness), PLACES)).all()


def test_reports_without_a_word_in_common_meet_by_their_meaning() -> None:
    known = evidence(EVENTS, noise=0)
    words = known.body.toarray()
    abroad = np.arange(len(EVENTS)) % 2 == 1
    split = np.hstack((words * ~abroad[:, None], words * abroad[:, None])).astype(np.float32)
    body = type(known.body)(split)
    ones = (body > 0).astype(np.float32)
    dense = np.repeat(np.eye(8, 16, dtype=np.float32), 4, axis=0)
    none = type(known.body)(np.zeros(split.shape, dtype=np.float32))
    apart = replace(
        known,
        body=body,
        lead=body,
        holds=ones,
        title_weights=none,
        dense=dense,
        marks=unmarked(*split.shape),
    )
    foreign = _in_languages(apart, abroad.astype(int).tolist())
    forest = build_forest(foreign, load_weights())
    labels = cut_trees(forest.trees, forest.n, load_weights().threshold(0.5))
    assert labels.tolist() == EVENTS


def test_of_very_many_headlines_those_near_in_time_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    known = replace(evidence([0] * 12, noise=0), day=np.arange(12) / 24)
    apart = replace(known, body=known.body * 0)  # no word finds a pair
    monkeypatch.setattr(candidates, "_BESIDE", 2)
    monkeypatch.setattr(candidates, "_BLOCK", 4)
    low, high = candidate_pairs(apart)
    assert len(low) > 0
    assert (high - low).max() <= 2 + 4 // 4
