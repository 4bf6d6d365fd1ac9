"""Comment is told from reports by what its outlet says of it, and leaves the digest to the reports."""

import pytest
from builders import article, corpus

from digest.corpus import build_corpus
from digest.digests import candidate_rows
from digest.digests.comment import is_comment, is_labelled
from digest.sentences import split_article

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
    assert is_labelled(title, url)


@pytest.mark.parametrize(("title", "url"), REPORTS)
def test_a_report_is_no_comment(title: str, url: str | None) -> None:
    assert not is_labelled(title, url)


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


@pytest.mark.parametrize(
    ("note", "is_heard"),
    [
        ("Ann Reed is a columnist for the Corvel Post.", False),
        ("Ann Reed, a former mayor, is president of the Bridge League.", False),
        ("Ann Reed is a writer and the author of a book on bridges.", False),
        ("Ann Reed is a senior staff writer for the Corvel Post.", True),
        ("Ann Reed is a reporter and the author of a book on bridges.", True),
        ("Ann Reed covers bridges for the Corvel Post.", True),
    ],
)
@pytest.mark.parametrize("at_the_end", [True, False])
def test_an_article_whose_author_reports_no_news_is_comment(note: str, is_heard: bool, at_the_end: bool) -> None:
    text = lines("tower", 12)
    text = f"{text}\n{note}" if at_the_end else f"{note}\n{text}"
    articles = [
        article(lines("house", 12), id="a", title="Old bridge closed", language="en"),
        article(text, id="b", title="Close the bridge", language="en"),
    ]
    story = build_corpus(articles, [split_article(a.text, "en") for a in articles])
    assert is_comment(story, 1) is not is_heard
    assert not is_comment(story, 0)
    assert (1 in story.owner[candidate_rows(story, [0, 1])]) is is_heard
