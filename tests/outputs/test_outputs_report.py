"""A report is a page that a browser, a feed reader and an eye can trust, whatever the news holds."""

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html  # type: ignore[import-untyped]
from result_builders import TEXTS, lone_story, member, story

from digest.outputs import FORMATS, story_record, write_report
from digest.outputs.report_views import safe_url
from digest.records import DigestSentence, Disagreement, Story, Value

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = '</p><script>alert(1)</script><img src=x onerror="alert(1)">[x](javascript:alert(1)) & "quoted"'


def page(stories: Sequence[Story], form: str = "html") -> str:
    stream = io.BytesIO()
    write_report(stream, [story_record(s) for s in stories], form)
    return stream.getvalue().decode()


def tree(stories: Sequence[Story]) -> Any:
    return html.document_fromstring(page(stories).encode())


def feed(stories: Sequence[Story]) -> ET.Element:
    return ET.fromstring(page(stories, "atom"))


DIFFERING = Disagreement((Value(HOSTILE, ("a",)), Value("15", ("b",))), ())


def hostile() -> Story:
    return story(
        story_id='a"b<c',
        headline=HOSTILE,
        keyphrases=(HOSTILE,),
        articles=(
            member("a", title=HOSTILE, source=HOSTILE, url="javascript:alert(1)", language='en" onclick="x'),
            member("b", title=HOSTILE, source=None, url="https://b.example/?q=<script>&x='\"y"),
        ),
        sentences=(DigestSentence(HOSTILE, "a", 0, 9, 0, 0.5, ("b",)), DigestSentence(HOSTILE, "b", 0, 9, 0, 0.5)),
        summary=HOSTILE,
        disagreements=(DIFFERING,),
        updates=(DIFFERING,),
    )


def test_every_sentence_links_to_the_article_that_it_stands_in() -> None:
    found = tree([story()])
    digest = found.xpath("//article/p[2]")[0]
    assert " ".join(digest.text_content().split()) == (
        f"{TEXTS['a'][:36]} [a.example; also in b.example] {TEXTS['b'][39:65]} [b.example]"
    )
    assert digest.xpath(".//a/@href") == ["https://a.example/1", "https://b.example/1", "https://b.example/1"]


def test_a_sentence_whose_article_has_no_address_links_to_its_place_on_the_page() -> None:
    lonely = story(articles=(member("a", url=None), member("b", url="file:///etc/passwd")))
    found = tree([lonely])
    for target in found.xpath("//article/p[2]//a/@href"):
        assert found.xpath(f'//li[@id="{target.removeprefix("#")}"]')


def test_a_page_has_headings_in_order_and_a_way_to_each_story() -> None:
    found = tree([story(), lone_story("z", headline="")])
    assert [h.tag for h in found.xpath("//h1 | //h2 | //h3")] == ["h1", "h2", "h2"]
    assert found.xpath("//h2")[1].text_content() == "(no headline)"
    assert found.xpath("//h1")[0].text_content() == "Digest, 2026-03-09 to 2026-03-10"
    for target in found.xpath("//nav//a/@href"):
        assert found.xpath(f'//article[@id="{target.removeprefix("#")}"]')
    assert found.xpath("//html/@lang") == ["en"]
    assert found.xpath('//meta[@name="viewport"]')
    assert not tree([story()]).xpath("//nav")


def test_what_sources_give_differently_stands_under_what_to_call_it() -> None:
    page = tree([hostile()])
    assert [h.text_content() for h in page.xpath("//h3")] == [
        "Sources give different figures",
        "Reports of different or unknown days give different figures",
    ]
    told = page.xpath("//h3/following-sibling::ul/li")
    assert ["15 (b.example)" in li.text_content() for li in told] == [True, True]


def test_a_page_asks_nothing_of_the_network() -> None:
    found = tree([story(), hostile()])
    assert found.xpath("//script | //link | //img | //iframe | //@src | //style[contains(., 'url(')]") == []
    (policy,) = found.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')
    assert policy.startswith("default-src 'none'")


def test_hostile_news_are_text_and_nothing_else() -> None:
    found = tree([hostile()])
    assert found.xpath("//h2")[0].text_content() == HOSTILE
    assert [
        name for element in found.iter() if isinstance(element.tag, str) for name in element.attrib if name[:2] == "on"
    ] == []
    assert all(re.match("https?://|#", href) for href in found.xpath("//@href"))
    assert found.xpath("//article/@lang") == ["en"]
    assert "Sources give different figures" in found.text_content()


def test_a_story_told_by_its_title_shows_it() -> None:
    assert "Title of z" in tree([lone_story("z")]).xpath("//article/p[2]")[0].text_content()


def test_a_page_says_what_is_new() -> None:
    assert "· updated" in tree([story(status="updated")]).xpath("//article/p")[0].text_content()


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_of_nothing_and_of_the_undated_can_be_read(form: str) -> None:
    assert "0 stories" in page([], form)
    undated = lone_story("z", first_published=None, last_published=None, articles=(member("z", published=None),))
    assert "no date known" in page([undated], form)


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_result_gives_the_same_report(form: str) -> None:
    assert page([story(), hostile()], form) == page([story(), hostile()], form)


@given(st.text())
def test_whatever_a_headline_holds_it_can_be_parsed(text: str) -> None:
    wild = [story(headline=text, keyphrases=(text,))]
    assert feed(wild).find(f"{ATOM}entry/{ATOM}title") is not None
    assert len(tree(wild).xpath("//article")) == 1
    assert len(re.findall("^## ", page(wild, "markdown"), re.MULTILINE)) == 1


def test_a_feed_has_an_entry_a_story_under_a_lasting_id() -> None:
    found = feed([story(), lone_story("z")])
    assert [e.findtext(f"{ATOM}id") for e in found.iter(f"{ATOM}entry")] == [
        "urn:digest:story:story-1",
        "urn:digest:story:story-z",
    ]
    assert [e.text for e in found.iter(f"{ATOM}updated")] == [
        "2026-03-10T00:00:00Z",
        "2026-03-10T00:00:00Z",
        "2026-03-09T08:00:00Z",
    ]
    grown = story(headline="Bridge to open", last_published="2026-03-12")
    assert feed([grown]).findtext(f"{ATOM}entry/{ATOM}id") == "urn:digest:story:story-1"


def test_a_feed_has_what_its_standard_asks_for() -> None:
    found = feed([story(), hostile()])
    for name in ("id", "title", "updated", "author"):
        assert found.find(f"{ATOM}{name}") is not None
    for entry in found.iter(f"{ATOM}entry"):
        assert all(entry.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated", "content"))
    assert [link.get("href") for link in found.iter(f"{ATOM}link")] == ["https://a.example/1"]


def test_the_content_of_an_entry_is_safe_html() -> None:
    content = html.fragment_fromstring(feed([hostile()]).findtext(f"{ATOM}entry/{ATOM}content") or "", "div")
    assert content.xpath(".//script | .//img") == []
    assert all(href.startswith("https://b.example/") for href in content.xpath(".//@href"))


def test_an_undated_story_takes_the_newest_date_of_its_feed() -> None:
    undated = lone_story("z", first_published=None, last_published=None, articles=(member("z", published=None),))
    entries = list(feed([story(), undated]).iter(f"{ATOM}entry"))
    assert entries[1].findtext(f"{ATOM}updated") == "2026-03-10T00:00:00Z"
    assert entries[1].find(f"{ATOM}published") is None
    assert feed([undated]).findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"


def test_markdown_names_each_source_and_means_nothing_that_the_news_say() -> None:
    text = page([story()], "markdown")
    assert "## [Old bridge closed](<https://a.example/1>)" in text
    assert "closed on Monday. ([a.example](<https://a.example/1>); also in [b.example](<https://b.example/1>))" in text
    assert "- 2026-03-09 [c.example]" not in text
    assert "- 2026-03-09 a.example: [Title of c](<https://c.example/1>) (near copy)" in text
    wild = page([hostile()], "markdown")
    assert "<script" not in wild.replace("\\<script", "")
    assert "](javascript" not in wild.replace("\\](javascript", "")
    assert "Sources give different figures:\n\n- " in wild


@pytest.mark.parametrize(
    ("headline", "written"),
    [
        ("1. Mai", "1\\. Mai"),
        ("- and on", "\\- and on"),
        ("# one", "\\# one"),
        ("1984", "1984"),
        ("a_b*c", "a\\_b\\*c"),
    ],
)
def test_a_headline_does_not_become_a_list(headline: str, written: str) -> None:
    plain = lone_story("z", headline=headline, articles=(member("z", url=None),))
    assert f"## {written}\n" in page([plain], "markdown")


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a.example/b?c=d#e", "https://a.example/b?c=d#e"),
        ("HTTP://A.example/", "HTTP://A.example/"),
        (" https://a.example/a b", "https://a.example/a%20b"),
        ("https://a.example/<b>\"'", "https://a.example/%3Cb%3E%22'"),
        ("javascript:alert(1)", None),
        ("JavaScript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("//a.example/x", None),
        ("/x", None),
        ("https://", None),
        ("https://[", None),
        ("https://a.example:port/", None),
        ("", None),
        (None, None),
    ],
)
def test_only_addresses_of_the_web_become_links(url: str | None, safe: str | None) -> None:
    assert safe_url(url) == safe


def test_thousands_of_stories_make_one_page() -> None:
    many = [lone_story(str(n)) for n in range(3000)]
    assert len(tree(many).xpath("//article")) == 3000
