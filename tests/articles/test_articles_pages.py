"""HTML pages: the article's text, and what the page says about itself."""

import logging
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.articles import read_articles
from digest.articles.pages import fragment_text, read_page
from digest.records import Article, Reject

BODY = """<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Quake hits harbour town</h1>
<p>A quake shook the harbour town of Vale early on Tuesday, the mayor said at a news conference.</p>
<p>Nobody was hurt, but twelve houses in the old centre lost their roofs and the school stays shut.</p>
<p>Engineers will look at the two bridges over the river before buses may cross them again.</p></article>
<footer>Copyright 2023 The Post. All rights reserved. Subscribe to our newsletter.</footer>"""


def page(head: str, body: str = BODY, attributes: str = 'lang="en-GB"') -> str:
    title = "<title>Quake hits harbour town</title>"
    return f"<!doctype html><html {attributes}><head>{title}{head}</head><body>{body}</body></html>"


def test_the_text_of_a_page_is_its_article_one_paragraph_a_line(tmp_path: Path) -> None:
    head = """<meta property="article:published_time" content="2023-07-12T09:00:00+01:00">
    <link rel="canonical" href="https://post.example.com/quake"><meta property="og:site_name" content="The Post">
    <meta name="author" content="Ann Lee">"""
    (tmp_path / "a.html").write_text(page(head))
    (article,) = read_articles([tmp_path], max_bytes=100_000)
    assert isinstance(article, Article)
    lines = article.text.split("\n")
    assert lines[-1].startswith("Engineers will look")
    assert any(one.startswith("Nobody was hurt") and one.endswith("stays shut.") for one in lines)
    assert "newsletter" not in article.text
    assert "Sport" not in article.text
    assert (article.title, article.author, article.source) == ("Quake hits harbour town", "Ann Lee", "The Post")
    assert (article.url, article.language) == ("https://post.example.com/quake", "en")
    assert (article.published, article.published_from) == ("2023-07-12T08:00:00Z", "metadata")
    assert article.metadata == {}


def linked(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


DATED = [
    (linked('{"@graph": [{"@type": "WebPage"}, {"datePublished": "2023-07-12T09:00Z"}]}'), "2023-07-12T09:00Z"),
    (linked("{broken") + '<meta name="pubdate" content="2023-07-12">', "2023-07-12"),
    (linked('{"datePublished": "soon"}') + '<meta itemprop="datePublished" content="July 12, 2023">', "July 12, 2023"),
    (linked("") + '<meta name="date" content="03/04/2023">', None),
    ("", None),
]


@pytest.mark.parametrize(("head", "expected"), DATED)
def test_the_date_of_a_page_comes_from_its_metadata(head: str, expected: str | None) -> None:
    assert read_page(page(head)).get("published") == expected


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ('<time datetime="2023-07-12">some day</time>', "2023-07-12"),
        ("<time pubdate>12 July 2023</time>", "12 July 2023"),
        ("<time datetime='yesterday'>yesterday</time>", None),
    ],
)
def test_else_from_its_time_element(element: str, expected: str | None) -> None:
    assert read_page(page("", element + BODY)).get("published") == expected


def test_a_date_in_the_future_of_the_clock_is_a_date_all_the_same() -> None:
    assert read_page(page('<meta name="pubdate" content="2099-07-12">'))["published"] == "2099-07-12"


@pytest.mark.parametrize("markup", ["<html><body></body></html>", "<!doctype html>", "<html></html>"])
def test_a_page_without_an_article_is_rejected_in_silence(
    tmp_path: Path, markup: str, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "a.html").write_text(markup)
    with caplog.at_level(logging.DEBUG):
        (reject,) = read_articles([tmp_path], max_bytes=100_000)
    assert isinstance(reject, Reject)
    assert reject.reason == "no-text"
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


@pytest.mark.parametrize("declared", ["windows-1251", "no-such-encoding", "utf-8"])
def test_the_encoding_that_a_page_declares_is_used_where_it_can_be(tmp_path: Path, declared: str) -> None:
    words = "Президент заявил в понедельник, что мост останется закрытым до весны и что работы подорожали вдвое."
    markup = page(f'<meta charset="{declared}">', f"<article><p>{words}</p><p>{words}</p></article>", "")
    (tmp_path / "a.html").write_bytes(markup.encode("cp1251"))
    (article,) = read_articles([tmp_path], max_bytes=100_000)
    assert isinstance(article, Article)
    assert words in article.text


TAGS = """<p> </p> <div > <br> <!-- --> <! <?x <a_href=" <script> <svg> <table> &amp; &#0; word.""".split()
PIECES = st.sampled_from([*TAGS, "\x00", "\x1b", "\ufffe", "\n", " "])


@settings(max_examples=60)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_broken_markup_is_read_as_far_as_it_goes(markup: str) -> None:
    for whole in (markup, f"<html><body>{markup}", page(markup, markup)):
        assert isinstance(read_page(whole).get("text", ""), str)


def test_a_fragment_is_taken_whole() -> None:
    markup = "<p>One  and\n<i>two</i>.</p><style>p {}</style><ul><li>Three<li>Four</ul>Five<br/>Six"
    assert fragment_text(markup) == "One and two.\nThree\nFour\nFive\nSix"


def test_fields_of_a_record_go_before_those_of_its_page(tmp_path: Path) -> None:
    from digest.articles import article_from
    from digest.records import Origin

    article = article_from({"headline": "Given", "html": page('<meta name="author" content="Ann Lee">')}, Origin("-"))
    assert isinstance(article, Article)
    assert (article.title, article.author, article.metadata) == ("Given", "Ann Lee", {})


def test_a_control_character_written_as_a_reference_is_a_space() -> None:
    assert (
        read_page("&#1;One&#1;two &#x1F; three&#xfffe;, &#49;&#x31; and &#310;.")["text"] == "One two three , 11 and Ķ."
    )


def test_linked_data_nested_out_of_all_reason_cost_nothing() -> None:
    deep = "[" * 1000 + '{"datePublished": "2023-07-12"}' + "]" * 1000
    assert read_page(page(linked(deep)))["published"] == "2023-07-12"
