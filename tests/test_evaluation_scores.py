"""Scores are what their definitions say, and every article of the gold is accounted for."""

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score, v_measure_score

from digest.errors import UsageError
from digest.evaluation import Evaluation, Gold, evaluate, evaluation_record
from digest.evaluation.bootstrap import RESAMPLES, intervals
from digest.evaluation.scores import Scores

Record = dict[str, Any]


def told(*groups: str, summaries: Sequence[str] = (), copies: dict[str, str] | None = None) -> list[Record]:
    """A result with a story a group; each letter of a group is an article."""
    return [
        {
            "summary": summary,
            "articles": [{"id": i, "duplicate_of": (copies or {}).get(i), "language": "en"} for i in group],
        }
        for group, summary in itertools.zip_longest(groups, summaries)
    ]


def stories(*groups: str, **more: Any) -> Gold:
    """A gold of the same form."""
    table = {article: group for group in groups for article in group}
    return Gold(stories=table, known=frozenset(table), **more)


def copies(*groups: str, **kinds: str) -> Gold:
    table = {article: group for group in groups for article in group}
    return Gold(copies=table, kinds=kinds, known=frozenset(table))


def story_scores(found: Evaluation) -> Scores:
    assert found.stories is not None
    return found.stories


def test_a_result_like_the_gold_is_perfect() -> None:
    scores = story_scores(evaluate(told("abc", "de", "f"), stories("abc", "de", "f")))
    assert set(scores.figures.values()) == {1.0}
    assert set(scores.intervals.values()) == {(1.0, 1.0)}


def test_the_figures_of_a_worked_example() -> None:
    found = story_scores(evaluate(told("ab", "cde"), stories("abc", "de"))).figures
    assert found["bcubed.precision"] == pytest.approx((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3) / 5)
    assert found["bcubed.recall"] == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5)
    assert (found["pairs.precision"], found["pairs.recall"]) == (0.5, 0.5)
    assert found["pairs.ari"] == pytest.approx((2 - 1.6) / (4 - 1.6))


labels = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=30)


@given(labels)
def test_figures_agree_with_their_definitions(pairs: list[tuple[int, int]]) -> None:
    gold, found = zip(*pairs, strict=True)
    ids = [f"a{n}" for n in range(len(pairs))]
    result = [{"articles": [{"id": ids[n]} for n in range(len(ids)) if found[n] == k]} for k in sorted(set(found))]
    known = Gold(stories={i: str(g) for i, g in zip(ids, gold, strict=True)}, known=frozenset(ids))
    figures = story_scores(evaluate(result, known)).figures
    same_gold, same_found = (np.equal.outer(x, x) for x in (np.array(gold), np.array(found)))
    both = (same_gold & same_found).sum(axis=1)
    precision, recall = both / same_found.sum(axis=1), both / same_gold.sum(axis=1)
    assert figures["bcubed.precision"] == pytest.approx(precision.mean())
    assert figures["bcubed.recall"] == pytest.approx(recall.mean())
    assert figures["pairs.ari"] == pytest.approx(adjusted_rand_score(gold, found))
    assert figures["v"] == pytest.approx(v_measure_score(gold, found))
    grouped = same_gold.sum(axis=1) > 1
    assert ("bcubed_nonsingleton.f1" in figures) == bool(grouped.any())
    if grouped.any():
        assert figures["bcubed_nonsingleton.precision"] == pytest.approx(precision[grouped].mean())
        assert figures["bcubed_nonsingleton.recall"] == pytest.approx(recall[grouped].mean())


def test_missing_repeated_unknown_and_rejected_articles_are_counted() -> None:
    found = evaluate(told("ab", "bx", "c"), stories("ab", "cd", "e"), refused=["e", "c", "y"])
    complete = found.complete
    assert (complete.missing, complete.repeated, complete.unknown) == (1, 1, 1)
    assert (complete.rejected, complete.placed_and_rejected) == (2, 1)


def test_a_missing_article_is_a_story_of_its_own_and_an_unknown_one_changes_nothing() -> None:
    assert story_scores(evaluate(told("ax"), stories("a", "b"))).figures["bcubed.f1"] == 1.0


def test_a_repeated_article_counts_where_it_stands_first() -> None:
    assert story_scores(evaluate(told("ab", "bc"), stories("ab", "c"))).figures["bcubed.f1"] == 1.0


def test_a_gold_for_other_articles_is_refused_with_ids_of_both_sides() -> None:
    with pytest.raises(UsageError, match=r"None of the 2 articles .* like 'a', the result's like 'x'"):
        evaluate(told("xy"), stories("ab"))


def test_copies_are_followed_to_the_kept_one_and_circles_end() -> None:
    result = told("abcdef", copies={"b": "a", "c": "b", "d": "e", "e": "d"})
    scores = evaluate(result, copies("abc", "de", "f")).duplicates
    assert scores is not None
    assert set(scores.figures.values()) == {1.0}


def test_copies_are_counted_by_kind() -> None:
    gold = copies("abc", "d", "e", a="original", b="cut", c="cut", d="update", e="update")
    kinds = {k.kind: k for k in evaluate(told("abcde", copies={"b": "a", "d": "a"}), gold).kinds}
    assert (kinds["cut"].found, kinds["cut"].articles) == (0.5, 2)
    assert kinds["original"].found is None
    assert (kinds["update"].found, kinds["update"].wrong) == (None, 0.5)
    assert evaluation_record(evaluate(told("abcde"), gold), 0)["duplicates"]["wrong_by_kind"] == {}


def test_a_reference_meets_the_story_that_overlaps_its_own_most() -> None:
    gold = stories("abc", "d", references={"abc": ("the ferry sank",), "d": ("snow fell",)})
    result = told("a", "bcx", summaries=["nothing of it", "the ferry sank"])
    scores = evaluate(result, gold).summaries
    assert scores is not None
    assert scores.figures["r1_f1"] == 0.5
    assert scores.counts == {"words_mean": 1.5, "words_max": 3, "clusters": 2, "matched": 1}


def test_a_reference_is_read_in_the_language_of_its_story() -> None:
    gold = stories("a", references={"a": ("Đội bóng",)}, languages={"a": "vi"})
    scores = evaluate(told("a", summaries=["đội bóng"]), gold).summaries
    assert scores is not None
    assert scores.figures["r2_f1"] == 1.0


def groups(count: int) -> tuple[list[Record], Gold]:
    """Stories of three, every second one found without its last article."""
    names = [f"{n}{part}" for n in range(count) for part in "abc"]
    gold = Gold(stories={name: name[:-1] for name in names}, known=frozenset(names))
    found = [[f"{n}{part}" for part in ("ab" if n % 2 else "abc")] for n in range(count)]
    return [{"articles": [{"id": i} for i in ids]} for ids in found], gold


def test_intervals_hold_the_figure_and_narrow_with_more_stories() -> None:
    widths = []
    for count in (20, 200):
        scores = story_scores(evaluate(*groups(count)))
        low, high = scores.intervals["bcubed.f1"]
        assert low < scores.figures["bcubed.f1"] < high
        widths.append(high - low)
    assert widths[1] < widths[0] / 2


def test_intervals_are_the_same_for_the_same_seed() -> None:
    result, gold = groups(50)
    first, again, other = (story_scores(evaluate(result, gold, seed=seed)).intervals for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_intervals_cover_the_truth_as_often_as_they_say() -> None:
    chance = np.random.default_rng(0)
    covered = 0
    for seed in range(100):
        sums = np.column_stack((np.ones(80), chance.random(80) < 0.7)).astype(np.float64)
        low, high = intervals(sums, lambda totals: {"share": totals[..., 1] / totals[..., 0]}, seed)["share"]
        covered += low <= 0.7 <= high
    assert 88 <= covered <= 100
    assert RESAMPLES == 1_000


def test_many_stories_are_drawn_in_parts_of_bounded_memory() -> None:
    sums = np.ones((100_000, 2))
    assert intervals(sums, lambda totals: {"one": totals[..., 1] / totals[..., 0]}, 0) == {"one": (1.0, 1.0)}
