"""Comment is told from reports by what its outlet says of it, and leaves the digest to the reports."""

import pytest
from builders import article, corpus

from digest.digests import candidate_rows
from digest.digests.comment import is_comment

COMMENT = [
    ("Opinion: Close the bridge", None),
    ("OP-ED | Close the bridge", None),
    ("Kommentar: Schließt die Brücke", None),
    ("Close the bridge", "https://www.example.com/opinion/close-the-bridge"),
    ("Close the bridge", "https://opinion.example.com/2026/close-the-bridge"),
    ("Close the bridge", "https://example.com/2026/03/commentisfree/close.html"),
]
REPORTS = [
    ("Public opinion: most want the bridge closed", None),
    ("Column of smoke over the bridge", None),
    ("Bridge closed", "https://example.com/news/opinion-poll-bridge"),
    ("Bridge closed", "https://example.com/blogs/live/bridge"),
    ("", None),
]


@pytest.mark.parametrize(("title", "url"), COMMENT)
def test_an_outlet_says_that_an_article_is_comment(title: str, url: str | None) -> None:
    assert is_comment(title, url)


@pytest.mark.parametrize(("title", "url"), REPORTS)
def test_a_report_is_no_comment(title: str, url: str | None) -> None:
    assert not is_comment(title, url)


def lines(word: str, count: int) -> str:
    return "\n".join(f"The {word} number {n} stands by the old bridge over the Lune." for n in range(count))


@pytest.mark.parametrize(("sentences", "heard"), [(12, {0}), (3, {0, 1})])
def test_comment_is_heard_only_where_the_reports_have_little_to_tell(sentences: int, heard: set[int]) -> None:
    story = corpus(
        [
            article(lines("house", sentences), id="a", title="Old bridge closed", language="en"),
            article(lines("tower", 12), id="b", title="Opinion: Close the bridge", language="en"),
        ]
    )
    assert set(story.owner[candidate_rows(story, [0, 1])].tolist()) == heard
    assert set(story.owner[candidate_rows(story, [1])].tolist()) == {1}
