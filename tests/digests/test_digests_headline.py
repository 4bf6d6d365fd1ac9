"""Headlines are members' titles, without what is not of a title."""

import numpy as np
import pytest
from builders import article, corpus

from digest.digests.headline import choose_title, clean_title
from digest.digests.reading import Reader, fold_of

CLEANED = [
    ("UPDATE 2-Bank raises rates to 5 percent", None, "Bank raises rates to 5 percent"),
    ("BREAKING: Bridge closed after storm", None, "Bridge closed after storm"),
    ("Live updates: Bridge closed after storm", None, "Bridge closed after storm"),
    ("Opinion: Close the bridge", None, "Close the bridge"),
    ("Bridge closed after storm - Reuters", None, "Bridge closed after storm"),
    ("Bridge closed after storm | CNN Politics", None, "Bridge closed after storm"),
    ("Bridge closed after storm – BBC News", None, "Bridge closed after storm"),
    ("Bridge closed after storm - World - The Daily Post", None, "Bridge closed after storm - World"),
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
