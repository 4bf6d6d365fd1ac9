"""What orders a night."""

from hypothesis import given
from hypothesis import strategies as st

from digest.digests import importance


@given(st.integers(1, 100), st.integers(0, 100), st.floats(0, 30))
def test_more_sources_newer_reports_and_preferred_ones_matter_more(sources: int, more: int, days: float) -> None:
    base = importance(sources, sources + more, days)
    assert importance(sources + 1, sources + 1 + more, days) > base
    assert importance(sources, sources + more, days + 1) < base
    assert importance(sources, sources + more, days, 1) > base


def test_an_undated_story_counts_as_a_day_old_and_copies_count_little() -> None:
    assert importance(3, 3, None) == importance(3, 3, 1.0)
    assert importance(2, 20, 0.0) < importance(5, 5, 0.0)
