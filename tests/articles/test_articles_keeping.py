"""Which articles a run keeps: every other one is named in the rejects."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.articles import distinct, within_dates
from digest.records import Article, Origin, Reject


def article(
    id_: str, text: str = "It rained.", published: str | None = None, file: str = "a", line: int = 1
) -> Article:
    return Article(id=id_, text=text, published=published, origin=Origin(file, line))


REPEATED = [
    (article("1", published="2023-07-12"), article("1", text="It rained a lot.")),
    (article("1", published="2023-07-13"), article("1", published="2023-07-12", text="It rained a lot.")),
    (article("1", published="2023-07-12T09:00:00Z"), article("1", published="2023-07-12")),
    (article("1", text="It rained a lot."), article("1")),
    (article("1", file="a"), article("1", file="b")),
    (article("1", line=1), article("1", line=2)),
]


@pytest.mark.parametrize(("best", "other"), REPEATED)
def test_of_one_id_the_latest_then_the_longest_then_the_first_place_is_kept(best: Article, other: Article) -> None:
    for items in ([best, other], [other, best]):
        kept, (reject,) = distinct(items)
        assert kept == [best]
        assert (reject.reason, reject.id, reject.file, reject.line) == (
            "repeated",
            "1",
            other.origin.file,
            other.origin.line,
        )
        assert best.origin.file in reject.message


ITEMS = st.lists(
    st.builds(
        article,
        st.sampled_from("abc"),
        st.sampled_from(["It rained.", "It snowed.", "It rained a lot."]),
        st.sampled_from([None, "2023-07-12", "2023-07-13"]),
        st.sampled_from(["x", "y"]),
        st.integers(1, 9),
    )
    | st.builds(
        Reject,
        st.sampled_from("xy"),
        st.none() | st.integers(1, 9),
        st.none() | st.just("a"),
        st.just("empty"),
        st.just("m"),
    ),
    max_size=12,
)


@given(ITEMS, st.randoms(use_true_random=False))
def test_the_order_of_inputs_does_not_matter_and_each_is_accounted_for(
    items: list[Article | Reject], random: object
) -> None:
    shuffled = list(items)
    getattr(random, "shuffle")(shuffled)  # noqa: B009
    kept, rejects = distinct(items)
    assert (kept, rejects) == distinct(shuffled)
    assert len(kept) + len(rejects) == len(items)
    assert [a.id for a in kept] == sorted({i.id for i in items if isinstance(i, Article)})


def test_articles_outside_the_days_are_rejected_and_undated_ones_stay() -> None:
    days = [None, "2023-07-10", "2023-07-11", "2023-07-12T23:59:59Z", "2023-07-13"]
    articles = [article(str(n), published=day) for n, day in enumerate(days)]
    kept, rejects = within_dates(articles, "2023-07-11", "2023-07-12")
    assert [a.id for a in kept] == ["0", "2", "3"]
    assert [(r.id, r.reason) for r in rejects] == [("1", "outside-dates"), ("4", "outside-dates")]
    assert within_dates(articles, None, None) == (articles, [])
    assert len(within_dates(articles, "2023-07-12", None)[0]) == 3
