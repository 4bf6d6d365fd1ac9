"""Which articles are copies, and which one of a group is kept."""

import random

import numpy as np
import pytest
from builders import article, corpus, lines
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.corpus import build_corpus
from digest.duplicates import find_copies
from digest.records import KEPT_RULE, Article, Kind, Segment

WORDS = [a + b for a in ("bor", "cal", "den", "fim", "gar", "hol", "kes", "lum", "mar", "nov") for b in "aeiouy"]


def prose(seed: int, words: int) -> str:
    """Sentences of made-up words, different for each seed."""
    r = random.Random(seed)
    return ". ".join(" ".join(r.choices(WORDS, k=10)).capitalize() for _ in range(words // 10)) + "."


def changed(text: str, every: int, seed: int = 0) -> str:
    """The text with one word in `every` replaced."""
    r = random.Random(seed)
    return " ".join(r.choice(WORDS) if r.random() < 1 / every else w for w in text.split())


def kept_ids(*articles: Article, prefer_source: tuple[str, ...] = ()) -> dict[str, str]:
    ordered = sorted(articles, key=lambda a: a.id)
    copies = find_copies(corpus(ordered), prefer_source)
    return {a.id: ordered[k].id for a, k in zip(ordered, copies.kept.tolist(), strict=True)}


def test_the_same_words_are_an_exact_copy() -> None:
    text = prose(1, 60)
    copies = find_copies(corpus([article(text, id="a"), article(text.upper().replace(".", " !"), id="b")]))
    assert copies.kept.tolist() == [0, 0]
    assert copies.kinds == (None, "exact")
    assert copies.scores.tolist() == [1.0, 1.0]


def test_a_changed_copy_is_near_and_its_score_is_its_overlap() -> None:
    text = prose(2, 200)
    copies = find_copies(corpus([article(text, id="a"), article(changed(text, 10), id="b")]))
    assert copies.kinds.count("near") == 1
    assert 0.6 < copies.scores.min() < 1


def test_an_exact_copy_of_a_near_copy_is_near() -> None:
    text = prose(3, 200)
    cut = text[: len(text) // 2]
    copies = find_copies(corpus([article(text, id="a"), article(cut, id="b"), article(cut, id="c")]))
    assert copies.kept.tolist() == [0, 0, 0]
    assert copies.kinds == (None, "near", "near")


def test_no_articles_are_no_copies() -> None:
    assert find_copies(corpus([])).kept.tolist() == []


def test_articles_without_a_body_are_never_copies() -> None:
    assert kept_ids(article("", id="a", title="Same"), article("", id="b", title="Same")) == {"a": "a", "b": "b"}


@pytest.mark.parametrize(
    ("first", "second", "prefer", "expected"),
    [
        pytest.param({"source": "x"}, {"source": "Y"}, ("y",), "b", id="preferred source"),
        pytest.param({"source": "x"}, {"source": "y"}, ("y", "x"), "b", id="the first of the preferred"),
        pytest.param({}, {"more": " " + prose(9, 20)}, (), "b", id="longest"),
        pytest.param({"published": "2024-05-02"}, {"published": "2024-05-01"}, (), "b", id="earliest"),
        pytest.param({}, {"published": "2024-05-01"}, (), "b", id="dated before undated"),
        pytest.param({"url": "https://b"}, {"url": "https://a"}, (), "b", id="smallest url"),
        pytest.param({}, {}, (), "a", id="smallest id"),
    ],
)
def test_the_kept_copy_follows_the_rule(
    first: dict[str, str], second: dict[str, str], prefer: tuple[str, ...], expected: str
) -> None:
    text = prose(4, 100)
    pair = [
        article(text + fields.pop("more", ""), id=i, **fields)
        for i, fields in (("a", dict(first)), ("b", dict(second)))
    ]
    assert set(kept_ids(*pair, prefer_source=prefer).values()) == {expected}
    assert "preferred source" in KEPT_RULE


def test_a_round_up_is_not_kept_in_the_place_of_two_articles() -> None:
    one, two = prose(5, 150), prose(6, 120)
    kept = kept_ids(article(one, id="one"), article(two, id="two"), article(one + "\n" + two, id="round-up"))
    assert kept == {"one": "one", "two": "two", "round-up": "one"}


def test_a_paragraph_in_common_is_no_copy() -> None:
    shared = prose(7, 40)
    kept = kept_ids(article(prose(8, 150) + "\n" + shared, id="a"), article(shared + "\n" + prose(9, 150), id="b"))
    assert kept == {"a": "a", "b": "b"}


def test_an_article_inside_a_much_longer_one_is_found() -> None:
    short = prose(10, 60)
    kept = kept_ids(article(short, id="a"), article(prose(11, 900) + "\n" + short + "\n" + prose(12, 900), id="b"))
    assert kept == {"a": "b", "b": "b"}


def test_bylines_are_ignored() -> None:
    text = prose(13, 60)
    signed = "By Ada Lund\n" + text
    both = build_corpus(
        [article(text, id="a"), article(signed, id="b")],
        [lines(text), [Segment(0, 11, Kind.FURNITURE), Segment(12, len(signed), Kind.SENTENCE)]],
    )
    assert find_copies(both).kinds == (None, "exact")


def test_an_article_of_furniture_alone_is_compared_by_it() -> None:
    text = prose(14, 60)
    both = build_corpus(
        [article(text, id=i) for i in "ab"], [[Segment(0, len(text), Kind.FURNITURE)] for _ in range(2)]
    )
    assert find_copies(both).kinds == (None, "exact")


def test_short_texts_need_the_same_title() -> None:
    same = kept_ids(
        article("Click for photos.", id="a", title="Storm"), article("Click for photos.", id="b", title="Storm")
    )
    assert same == {"a": "a", "b": "a"}
    other = kept_ids(
        article("Click for photos.", id="a", title="Storm"), article("Click for photos.", id="b", title="Sun")
    )
    assert other == {"a": "a", "b": "b"}


def test_copies_in_a_script_without_spaces_are_found() -> None:
    r = random.Random(1)
    signs = [chr(0x4E00 + i) for i in range(400)]
    text = "。".join("".join(r.choices(signs, k=30)) for _ in range(10))
    cut = text[: len(text) // 2]
    other = "。".join("".join(r.choices(signs, k=30)) for _ in range(10))
    assert kept_ids(article(text, id="a"), article(cut, id="b"), article(other, id="c")) == {
        "a": "a",
        "b": "a",
        "c": "c",
    }


def test_forty_changed_copies_are_one_group() -> None:
    text = prose(15, 120)
    copies = [article(changed(text, 15, seed), id=f"{seed:02}") for seed in range(40)]
    assert len(set(kept_ids(article(text + " " + prose(16, 20), id="all"), *copies).values())) == 1


def test_many_fillings_of_one_template_stay_apart() -> None:
    def filled(seed: int) -> str:
        r = random.Random(seed)
        n = [r.randrange(10, 100) for _ in range(12)]
        return (
            f"The index of the exchange closed at {n[0]}{n[1]} points, up {n[2]} points, the bank said in its evening "
            f"report. Turnover was {n[3]}{n[4]} million, against an average of {n[5]}{n[6]} million in the last month. "
            f"The yield of the ten-year bond fell to {n[7]} basis points, and the price of oil was {n[8]}.{n[9]} "
            f"dollars a barrel. Gold was traded at {n[10]}{n[11]} dollars an ounce in the late afternoon."
        )

    reports = [article(filled(seed), id=f"{seed:02}") for seed in range(30)]
    kept = kept_ids(*reports, article("Summary.\n" + filled(3), id="99"))
    assert {i for i in kept if kept[i] != i} <= {"03", "99"}
    assert kept["03"] == kept["99"]


def test_a_poor_copy_does_not_split_its_group() -> None:
    text = prose(17, 400)
    worst = changed(text, 5, 1) + " " + prose(18, 10)
    others = [article(changed(text, 5, seed), id=f"{seed}") for seed in (2, 3, 4)]
    kept = kept_ids(article(text, id="clean"), article(worst, id="worst"), *others)
    assert set(kept.values()) == {"clean"}


def test_a_look_alike_is_not_hidden_by_a_poor_copy() -> None:
    r = random.Random(5)
    stems = [w.capitalize() + "dale" for w in WORDS]
    words = prose(19, 400).split()
    first, second = list(words), list(words)
    for i in range(3, len(words), 14):
        first[i] = second[i] = r.choice(stems)
        if i % 70 == 3:
            second[i] = r.choice(stems)
    poor = changed(" ".join(first), 6, 3) + " " + prose(20, 10)
    kept = kept_ids(article(" ".join(first), id="a"), article(" ".join(second), id="b"), article(poor, id="c"))
    assert kept["a"] != kept["b"]
    assert kept["a"] == kept["c"]


def test_a_copy_is_compared_with_the_kept_one_not_along_a_chain() -> None:
    parts = [prose(seed, 100) for seed in range(30, 36)]
    chain = [article(" ".join(parts[i : i + 3]), id=str(i)) for i in range(4)]
    kept = kept_ids(*chain)
    assert kept["0"] != kept["3"]


@settings(max_examples=15)
@given(st.data())
def test_the_order_of_articles_does_not_matter(data: st.DataObject) -> None:
    base = [prose(seed, 80) for seed in range(40, 43)]
    texts = [*base, *(changed(t, 12, 1) for t in base), *(t[: len(t) // 2] for t in base), base[0] + "\n" + base[1]]
    articles = [article(t, id=f"{n:02}") for n, t in enumerate(texts)]
    expected = kept_ids(*articles)
    shuffled = data.draw(st.permutations(articles))
    copies = find_copies(corpus(shuffled))
    assert {a.id: shuffled[k].id for a, k in zip(shuffled, copies.kept.tolist(), strict=True)} == expected


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(4, 20), st.integers(20, 200)), max_size=12))
def test_every_group_keeps_exactly_one(drawn: list[tuple[int, int, int]]) -> None:
    texts = [changed(prose(seed, 150), every, every)[: 3 * length] for seed, every, length in drawn]
    copies = find_copies(corpus([article(t, id=f"{n:02}") for n, t in enumerate(texts)]))
    kept = copies.kept
    assert np.array_equal(kept[kept], kept)
    assert [k is None for k in copies.kinds] == (kept == np.arange(len(kept))).tolist()
    assert ((copies.scores > 0) & (copies.scores <= 1)).all()


def test_other_articles_do_not_change_a_group() -> None:
    text = prose(50, 150)
    pair = [article(text, id="a"), article(changed(text, 12), id="b")]
    alone = kept_ids(*pair)
    among = kept_ids(*pair, *(article(prose(seed, 150), id=f"z{seed}") for seed in range(60, 90)))
    assert {i: among[i] for i in alone} == alone


def test_left_over_entities_make_a_copy_no_longer() -> None:
    text = (
        "The dam above Corvel burst on Monday night and flooded about 300 homes in the lower town, said the mayor. "
        "Rescue teams in boats brought some 900 people to safety before dawn, and nobody is missing any more."
    )
    spoiled = text.replace("safety before", "safety&nbsp;before").replace("town, said", "town&#44;&nbsp;said")
    corpus_of_two = corpus([article(text, id="a"), article(spoiled, id="b")])
    assert find_copies(corpus_of_two).kept.tolist() == [0, 0]


def test_a_title_line_in_the_text_does_not_make_a_copy_another() -> None:
    text = "The dam above Corvel burst on Monday night and flooded about 300 homes in the lower town, said the mayor."
    title = "Dam bursts above Corvel"
    plain, filed = article(text, id="a", title=title), article(f"{title}\n{text}", id="b", title=title)
    segments = [
        [Segment(0, len(text), Kind.SENTENCE)],
        [Segment(0, len(title), Kind.HEADING), Segment(len(title) + 1, len(filed.text), Kind.SENTENCE)],
    ]
    copies = find_copies(build_corpus([plain, filed], segments))
    assert copies.kinds == (None, "exact")
