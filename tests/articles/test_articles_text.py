"""Text and Markdown files: their titles, their encodings, their offsets."""

import codecs
from pathlib import Path

import pytest

from digest.articles import read_articles
from digest.articles.decoding import decode
from digest.articles.text_files import split_front_matter, title_line
from digest.records import Article, Reject

PARAGRAPH = "The old bridge over the river opened again on Monday after four months of repairs, the mayor said at noon."
TITLES = [
    (f"Bridge reopens\n\n{PARAGRAPH}", "Bridge reopens"),
    (f"Bridge reopens\n{PARAGRAPH}", "Bridge reopens"),
    (f"\n\n  Bridge reopens  \r\n\r\n{PARAGRAPH}", "Bridge reopens"),
    (f"Will the bridge reopen?\n\n{PARAGRAPH}", "Will the bridge reopen?"),
    (f"At last!\n\n{PARAGRAPH}", "At last!"),
    (f"Storm heads for the U.S.\n\n{PARAGRAPH}", "Storm heads for the U.S."),
    (f"The bridge opened again.\n\n{PARAGRAPH}", None),
    (f"“It is open,” she said. “At last.”\n\n{PARAGRAPH}", None),
    (f"In other news:\n\n{PARAGRAPH}", None),
    (f"By Ann Lee\n\n{PARAGRAPH}", None),
    (f"July 12, 2023\n\n{PARAGRAPH}", None),
    (f"{'word ' * 21}\n\n{PARAGRAPH}", None),
    (f"{'x' * 161}\n\n{PARAGRAPH}", None),
    ("The mayor said on Monday that she would\nnot open the bridge before the spring.", None),
    ("Bridge reopens", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_the_first_line_is_a_title_only_if_it_is_one(text: str, title: str | None) -> None:
    assert title_line(text) == title


def read(tmp_path: Path, name: str, content: bytes) -> Article:
    (tmp_path / name).write_bytes(content)
    (article,) = read_articles([tmp_path / name], max_bytes=10_000)
    assert isinstance(article, Article)
    return article


def test_the_text_of_a_file_is_its_content_to_the_letter_with_the_title_line(tmp_path: Path) -> None:
    text = f"Bridge reopens\r\n\r\n{PARAGRAPH}\r\n"
    article = read(tmp_path, "a.txt", codecs.BOM_UTF8 + text.encode())
    assert (article.text, article.title, article.origin.file) == (text, "Bridge reopens", str(tmp_path / "a.txt"))
    assert article.origin.line is None


FRENCH = "Le président a déclaré lundi que l’été serait très chaud. « Nous sommes prêts », a-t-il ajouté à Orléans."
RUSSIAN = "Президент заявил в понедельник, что мост останется закрытым до весны. Стоимость работ выросла вдвое."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "utf-8"),
        (FRENCH, "utf-8-sig"),
        (FRENCH, "utf-16"),
        (FRENCH, "utf-32"),
        (FRENCH, "cp1252"),
        (RUSSIAN, "cp1251"),
    ],
)
def test_the_encoding_of_a_file_is_found(tmp_path: Path, text: str, encoding: str) -> None:
    assert read(tmp_path, "a.txt", text.encode(encoding)).text == text


def test_one_spoilt_byte_does_not_cost_the_other_letters() -> None:
    assert decode(f"{RUSSIAN} ".encode() + b"\xff.") == f"{RUSSIAN} \ufffd."


def test_bytes_that_nothing_explains_still_become_text() -> None:
    assert decode(b"\x81\x8d\x8f\x90\x9d" * 3)


MARKDOWN = [
    ("# Bridge reopens\n\nIt opened.\n", "Bridge reopens"),
    ("# Bridge reopens #\n\nIt opened.\n", "Bridge reopens"),
    ("Bridge reopens\n===\n\nIt opened.\n", "Bridge reopens"),
    ("Bridge reopens\n\nIt opened on Monday.\n", "Bridge reopens"),
    ("It opened on Monday.\n\nThe mayor was there.\n", ""),
]


@pytest.mark.parametrize(("text", "title"), MARKDOWN)
def test_a_markdown_heading_is_the_title_and_the_text_stays_whole(tmp_path: Path, text: str, title: str) -> None:
    article = read(tmp_path, "a.md", text.encode())
    assert (article.title, article.text) == (title, text)


def test_front_matter_gives_the_fields_and_the_text_begins_after_it(tmp_path: Path) -> None:
    front = """---
title: "Bridge reopens"
date: 2023-07-12
author: [Ann Lee, 'Bo Ek']
url: https://a.example/x
lang: en
tags:
- bridge
- river
---
"""
    article = read(tmp_path, "a.md", f"{front}# Another heading\n\nIt opened.\n".encode())
    assert article.text == "# Another heading\n\nIt opened.\n"
    assert (article.title, article.published, article.author) == ("Bridge reopens", "2023-07-12", "Ann Lee, Bo Ek")
    assert (article.url, article.language, article.metadata) == (
        "https://a.example/x",
        "en",
        {"tags": ["bridge", "river"]},
    )


@pytest.mark.parametrize("text", ["---\nno end of it: here\n", "No matter.\n---\na: b\n---\n"])
def test_what_is_no_front_matter_stays_text(text: str) -> None:
    assert split_front_matter(text) == ({}, text)


def test_lines_of_front_matter_that_are_no_fields_are_passed_over() -> None:
    assert split_front_matter("---\n- stray\n\n  deep: er\na:\n---\nText.") == ({"a": ""}, "Text.")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.md", b"\xef\xbb\xbf \r\n", "empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
        ("a.html", b"\x01\x02\x03\x04 few words", "binary"),
        ("a.md", b"x" * 10_001, "too-large"),
        ("a.md", b"---\ntitle: Bridge\n---\n", "no-text"),
    ],
)
def test_a_file_without_readable_text_costs_one_reject(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    (reject,) = read_articles([tmp_path], max_bytes=10_000)
    assert isinstance(reject, Reject)
    assert (reject.reason, reject.file) == (reason, str(tmp_path / name))
    assert reject.message.endswith(".")


def test_a_heading_of_many_spaces_costs_no_time(tmp_path: Path) -> None:
    text = "# Bridge" + " #" * 300_000 + " reopens ##\n\nIt opened.\n"
    (tmp_path / "a.md").write_text(text)
    (article,) = read_articles([tmp_path], max_bytes=1_000_000)
    assert isinstance(article, Article)
    assert article.title.endswith("# reopens")


@pytest.mark.parametrize("second", ["By Neil Oakes", "Tuesday 10 March 2026"])
def test_a_line_above_a_byline_or_a_date_is_a_title(second: str) -> None:
    assert title_line(f"Girl draws with a grandmaster on the ferry\n{second}\n\nBea was asleep.\n") is not None
