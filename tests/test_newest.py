"""The newest day of some articles, and what a mistaken date may not do."""

from hypothesis import given
from hypothesis import strategies as st

import digest
from digest.newest import newest_day
from digest.records import Article

DAYS = st.dates().map(lambda day: day.isoformat())


@given(st.lists(DAYS | st.none(), max_size=30), st.integers(0, 400))
def test_the_newest_day_is_one_of_the_days_and_no_order_or_hour_changes_it(
    published: list[str | None], window: int
) -> None:
    newest = newest_day(published, window)
    assert newest == newest_day([day and f"{day}T23:10:00Z" for day in reversed(published)], window)
    if any(published):
        assert newest in published
        assert newest is not None
        assert newest <= max(filter(None, published))
    else:
        assert newest is None


def test_a_date_far_ahead_of_all_others_is_none_and_one_within_the_window_is() -> None:
    days = ["2025-03-10"] * 40 + ["2025-03-11"]
    assert newest_day([*days, "2052-03-11"], 14) == "2025-03-11"
    assert newest_day([*days, "2025-03-25"], 14) == "2025-03-25"
    assert newest_day([*days, "2025-03-26"], 14) == "2025-03-11"
    assert newest_day([*days, "9999-12-31"], 10**9) == "9999-12-31"


def test_one_wrong_date_ages_no_other_story() -> None:
    texts = [
        "The ferry to Norholm ran aground at dawn, and all ninety passengers were taken off by boats from the harbour.",
        "The council of Ashby voted eight to five for a new swimming bath beside the old railway station.",
        "Two men were caught on the roof of the museum in Veldt with a ladder and a painting in a blanket.",
        "A late frost has cost the growers of the Lower Valley half of this year's cherries, their union says.",
    ]
    articles = [
        Article(id=str(n), title="", text=text, published=f"2025-03-{10 + n}", language="en")
        for n, text in enumerate(texts)
    ]
    wrong = Article(
        id="w", title="", text="The choir sings on Sunday at the town hall.", published="2052-03-11", language="en"
    )
    found = {s.articles[0].id: s.importance for s in digest.run(articles).stories}
    beside = {s.articles[0].id: s.importance for s in digest.run([*articles, wrong]).stories}
    assert len(set(found.values())) == len(texts)
    assert {i: beside[i] for i in found} == found
