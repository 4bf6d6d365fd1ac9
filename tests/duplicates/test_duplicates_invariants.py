"""What holds for any articles: the order of input changes nothing, a group keeps one, a copy is one of the kept one."""

import itertools
import random

import numpy as np
from builders import article, corpus
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digest.duplicates import compare, find_copies
from digest.records import Article

WORDS = [a + b for a in ("bor", "cal", "den", "fim", "gar", "hol", "kes", "lum", "mar", "nov") for b in "aeiouy"]
NAMES = [w.capitalize() + "dal" for w in WORDS[:20]]
# An article made of a report: which one, what happened to it, a seed, its day if it has one, whether it is titled.
Made = tuple[int, int, int, int | None, bool]


def report(seed: int, sentences: int = 9) -> list[str]:
    """Sentences of made-up words, with a name and a figure in most of them."""
    r = random.Random(seed)
    return [
        f"{' '.join(r.choices(WORDS, k=4)).capitalize()} {r.choice(NAMES)} {' '.join(r.choices(WORDS, k=5))} "
        f"{r.randrange(2, 9000)} {r.choice(WORDS)}."
        for _ in range(sentences)
    ]


def edited(sentences: list[str], how: int, seed: int) -> list[str]:
    """One of the things that happen to a text on its way."""
    r = random.Random(seed)
    return [
        lambda: sentences,
        lambda: sentences[: len(sentences) // 2 + 1],
        lambda: [" ".join(w for w in s.split(" ") if r.random() > 0.1) for s in sentences],
        lambda: [*sentences, *report(seed + 100, 4)],
        lambda: [*report(seed + 200, 3), *sentences[2:]],
        lambda: [s.replace("m", "rn") if r.random() < 0.3 else s for s in sentences],
        lambda: [" ".join(str(r.randrange(9000)) if w.isdigit() else w for w in s.split(" ")) for s in sentences],
        lambda: r.sample(sentences, len(sentences)),
        lambda: [s.upper() for s in sentences],
    ][how]()


@st.composite
def nights(draw: st.DrawFn) -> list[Article]:
    """Up to fourteen articles made of three reports, with headlines and dates or without."""
    made = draw(
        st.lists(
            st.tuples(
                st.integers(0, 2), st.integers(0, 8), st.integers(0, 3), st.sampled_from([None, 1, 2, 9]), st.booleans()
            ),
            max_size=14,
        )
    )
    return night_of(made)


def night_of(made: list[Made]) -> list[Article]:
    """Up to a hundred articles."""
    return [
        article(
            "\n".join(edited(report(base), how, seed)),
            id=f"{n:02}",
            title=f"News of {NAMES[base + seed]}" if titled else "",
            published=f"2024-05-{day:02}" if day else None,
        )
        for n, (base, how, seed, day, titled) in enumerate(made)
    ]


# Articles of one length, and groups that are chosen from anew: in both the order in which they came once decided.
OF_ONE_LENGTH: list[Made] = [(0, 6, 2, 2, False), (0, 2, 3, 1, True), (0, 4, 2, 9, True), (0, 7, 3, 9, True)]
OF_ONE_LENGTH += [(0, 8, 3, 2, False), (2, 4, 3, 2, True), (0, 6, 1, 1, False), (0, 0, 3, 1, False)]
OF_ONE_LENGTH += [(0, 5, 1, None, False)]
CHOSEN_ANEW: list[Made] = [(0, 5, 1, 2, False), (0, 7, 0, None, False), (1, 1, 2, 9, True), (2, 7, 0, 9, True)]
CHOSEN_ANEW += [(2, 2, 3, None, True), (0, 2, 1, 9, True), (0, 4, 2, None, False), (0, 3, 2, 1, True)]
CHOSEN_ANEW += [(0, 1, 0, 1, False), (1, 7, 3, 1, False), (0, 8, 2, 9, False)]


@settings(max_examples=40)
@given(nights(), st.randoms(use_true_random=False))
@example(night_of(OF_ONE_LENGTH), random.Random(0))
@example(night_of(CHOSEN_ANEW), random.Random(1))
def test_the_order_of_input_changes_nothing(night: list[Article], chance: random.Random) -> None:
    shuffled = chance.sample(night, len(night))
    found, again = find_copies(corpus(night)), find_copies(corpus(shuffled))
    here = {a.id: (night[k].id, kind) for a, k, kind in zip(night, found.kept.tolist(), found.kinds, strict=True)}
    there = {
        a.id: (shuffled[k].id, kind) for a, k, kind in zip(shuffled, again.kept.tolist(), again.kinds, strict=True)
    }
    assert here == there


@settings(max_examples=40)
@given(nights())
def test_every_group_keeps_exactly_one(night: list[Article]) -> None:
    found = find_copies(corpus(night))
    assert np.array_equal(found.kept[found.kept], found.kept)
    is_kept = found.kept == np.arange(len(night))
    assert [kind is None for kind in found.kinds] == is_kept.tolist()
    assert np.all((found.scores > 0) & (found.scores <= 1))
    assert np.all(found.scores[is_kept] == 1)


@settings(max_examples=40)
@given(nights())
def test_every_copy_is_one_of_the_kept_article_itself(night: list[Article]) -> None:
    articles = corpus(night)
    found = find_copies(articles)
    for i, kept in enumerate(found.kept.tolist()):
        if kept != i:
            pair = compare(articles, i, kept)
            assert pair.kind is not None, pair.explanation
            assert np.float32(pair.overlap) == found.scores[i]


@settings(max_examples=25)
@given(nights())
def test_a_verdict_does_not_depend_on_who_comes_first(night: list[Article]) -> None:
    articles = corpus(night)
    for i, j in itertools.islice(itertools.combinations(range(len(night)), 2), 12):
        one, other = compare(articles, i, j), compare(articles, j, i)
        assert (one.kind, one.reason, one.overlap) == (other.kind, other.reason, other.overlap)
        assert one.containment == other.containment[::-1]
        assert len(one.differences) == len(other.differences)
