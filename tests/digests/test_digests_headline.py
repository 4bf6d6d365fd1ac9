"""Headlines are members' titles, without what is not of a title."""

import numpy as np
import pytest
from builders import article, corpus

from digest.digests import Budget, candidate_rows, compose
from digest.digests.headline import choose_title, clean_title
from digest.digests.headline_figures import contradicting
from digest.digests.reading import Reader, fold_of

CLEANED = [
    ("UPDATE 2-Bank raises rates to 5 percent", None, "Bank raises rates to 5 percent"),
    ("BREAKING: Bridge closed after storm", None, "Bridge closed after storm"),
    ("Live updates: Bridge closed after storm", None, "Bridge closed after storm"),
    ("Opinion: Close the bridge", None, "Close the bridge"),
    ("Bridge closed after storm - Reuters", None, "Bridge closed after storm"),
    ("Bridge closed after storm | CNN Politics", None, "Bridge closed after storm"),
    ("Bridge closed after storm – BBC News", None, "Bridge closed after storm"),
    ("Bridge closed after storm - World - The Daily Post", None, "Bridge closed after storm"),
    ("Breaking News - Bridge closed after storm", None, "Bridge closed after storm"),
    ("ICYMI: Bridge closed after storm (+video)", None, "Bridge closed after storm"),
    ("12 / 05 / 2013 - Bridge closed after storm [PHOTOS]", None, "Bridge closed after storm"),
    ("Bridge closed after storm : NPR", None, "Bridge closed after storm"),
    ("Bridge closed after storm - The Lune Dispatch", "lunedispatch.co.uk", "Bridge closed after storm"),
    ("Bridge closed after storm - Corvel Harbour Service", "chsnews.org", "Bridge closed after storm"),
    ("Bridge closed - one more time", "time.com", "Bridge closed - one more time"),
    ("Bridge closed - Brandt", "chsnews.org", "Bridge closed - Brandt"),
    ("Harbour : Bridge closed", None, "Harbour : Bridge closed"),
    ("Bridge closed after storm - Examplia", "examplia.com", "Bridge closed after storm"),
    ("Bridge closed - for good", None, "Bridge closed - for good"),
    ("BREAKING: Bridge closed | CNN", None, "Bridge closed"),
    ("BREAKING: ", None, "BREAKING:"),
    ("", None, ""),
]


@pytest.mark.parametrize(("title", "source", "clean"), CLEANED)
def test_a_title_loses_only_what_is_not_of_it(title: str, source: str | None, clean: str) -> None:
    assert clean_title(title, source) == clean
    assert clean in title


BODY = "The old bridge over the Lune was closed after the storm.\nThe council said the bridge will be repaired by June."
CHOICES = [
    (["Will the old bridge ever open again?", "Old bridge closed after storm"], 1),
    (["You won't believe what the storm did to the bridge", "Storm closes old bridge, council says"], 1),
    (["OLD BRIDGE CLOSED AFTER THE STORM", "Old bridge closed after the storm"], 1),
    (["", "Bridge"], 1),
    (["Old bridge: why the council closed it", "Old bridge closed after storm"], 1),
    (["The old bridge of Lune", "Council closes the old bridge over the Lune after the storm"], 1),
    (["Stop blaming the storm for the old bridge", "Storm closes the old bridge, says the council"], 1),
    (["Council closes old bridgeâ€™s lane after the storm", "Council closes the old bridge after the storm"], 1),
    (["Garden show opens in the park", "Old bridge closed after storm, council says"], 1),
    (["", ""], None),
]


@pytest.mark.parametrize(("titles", "best"), CHOICES)
def test_the_plainest_central_title_is_taken(titles: list[str], best: int | None) -> None:
    story = corpus([article(BODY, id=str(i), title=t, language="en") for i, t in enumerate(titles)])
    assert choose_title(titles, Reader(story).read(range(len(titles)), "en")) == best


def test_a_headline_says_what_its_digest_says() -> None:
    titles = ["Council closes old bridge over the Lune", "Old bridge over the Lune repaired by June"]
    story = Reader(corpus([article(BODY, id=t, title=t, language="en") for t in titles])).read([0, 1], "en")
    for best, sentence in enumerate(["closed", "repaired"]):
        word = story.spelled.index(fold_of("en")(sentence))
        assert choose_title(titles, story, np.asarray([word])) == best


def test_a_report_goes_before_comment() -> None:
    titles = ["Old bridge closed after the storm", "Old bridge closed after the storm, council says"]
    story = Reader(corpus([article(BODY, id=t, title=t, language="en") for t in titles])).read([0, 1], "en")
    assert choose_title(titles, story, None, [True, False]) == 1
    assert choose_title(titles, story, None, [False, True]) == 0


FLOOD = ["The flood drove 2,600 people from their homes on Friday.", "About 40 boats were lost."]
OTHERWISE = ["Flood drives 1,100 people from homes", "Flood: 60 boats lost"]
LIKEWISE = [
    "Flood drives 2,600 people from homes",
    "Flood drives more than 1,000 people from homes",
    "Flood drives nearly 2,650 people from homes",
    "Flood closes 12 bridges",
    "Flood drives people from homes",
]


@pytest.mark.parametrize(("titles", "is_so"), [(OTHERWISE, True), (LIKEWISE, False)])
def test_a_title_with_another_number_than_the_digest_is_seen(titles: list[str], is_so: bool) -> None:
    right = LIKEWISE[0]
    assert [title for title in titles if contradicting([title, right], 0, FLOOD) != [is_so, False]] == []


def test_a_number_is_wrong_only_beside_a_title_that_has_the_digest_s() -> None:
    assert contradicting([OTHERWISE[0], *LIKEWISE[3:]], 0, FLOOD) == [False] * 3


def headline(*reports: tuple[str, str]) -> str:
    """The headline of a story of such titles and texts."""
    story = corpus([article(text, id=title, title=title, language="en") for title, text in reports])
    members = list(range(len(reports)))
    return compose(Reader(story), members, candidate_rows(story, members), None, Budget(30)).headline


def test_a_headline_gives_the_number_that_the_digest_gives() -> None:
    told = "The flood of the Lune drove 2,600 people from their homes in Halven on Friday."
    titles = "Flood of the Lune drives 1,100 people from homes in Halven", "Lune flood drives 2,600 people from homes"
    assert headline(*((title, told) for title in titles)) == titles[1]
