"""Lines that an outlet repeats from article to article."""

import numpy as np
import pytest
from builders import article, corpus

from digest.records import Article
from digest.stories.refrains import MANY, find_refrains

SIGN_UP = "Sign up for the Harbour Letter and never miss a tide."
QUAKE = """A quake of magnitude six shook the Orlen valley on Tuesday night.
Twelve people died in the village of Lesna.
Soldiers brought tents."""
VOTE = "Parliament voted for a ban on bottom trawling in coastal waters.\nFishing companies want to go to court."
VOTE += "\nMinister Sigurdsson had opposed the ban, which begins in January and covers the whole western coast."


def _refrains(articles: list[Article]) -> set[str]:
    known = corpus(articles)
    found = find_refrains(known, np.arange(len(articles), dtype=np.int32))
    return {known.text_of(row) for row in np.flatnonzero(found).tolist()}


def test_a_line_in_two_reports_of_an_outlet_on_two_events_is_a_refrain() -> None:
    articles = [
        article(f"{QUAKE}\n{SIGN_UP}", id="a", source="Harbour News"),
        article(f"{VOTE}\n{SIGN_UP}", id="b", source="Harbour News"),
    ]
    assert _refrains(articles) == {SIGN_UP}


@pytest.mark.parametrize("sources", [("Harbour News", "Valley Post"), (None, None)])
def test_two_outlets_with_one_sentence_quote_one_agency(sources: tuple[str | None, str | None]) -> None:
    articles = [article(f"{QUAKE}\n{SIGN_UP}", id="a", source=sources[0]), article(SIGN_UP, id="b", source=sources[1])]
    assert _refrains(articles) == set()


def test_an_update_that_keeps_most_of_its_report_has_no_refrains() -> None:
    articles = [
        article(QUAKE, id="a", source="Harbour News"),
        article(f"{QUAKE}\nThe search for the missing went on.", id="b", source="Harbour News"),
    ]
    assert _refrains(articles) == set()


def test_a_line_in_very_many_articles_of_an_outlet_is_a_refrain_however_short_they_are() -> None:
    articles = [article(f"Note {i}\n{SIGN_UP}", id=f"{i:02}", source="Harbour News") for i in range(MANY + 1)]
    assert _refrains(articles) == {SIGN_UP}


def test_a_line_twice_in_one_article_and_articles_that_are_left_out_make_no_refrain() -> None:
    twice = article(f"{QUAKE}\n{SIGN_UP}\n{SIGN_UP}", id="a", source="Harbour News")
    other = article(f"{VOTE}\n{SIGN_UP}", id="b", source="Harbour News")
    assert _refrains([twice]) == set()
    assert not find_refrains(corpus([twice, other]), np.array([0], np.int32)).any()


def test_no_articles_have_no_refrains() -> None:
    assert _refrains([]) == set()
