"""Records: whatever the keys are called, the fields of an article come out, and nothing is lost."""

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.articles import article_from
from digest.errors import UsageError
from digest.records import Article, Origin, Reject

HERE = Origin("night.jsonl", 3)


def read(**record: Any) -> Article:
    article = article_from({"text": "A storm hit the coast.", **record}, HERE)
    assert isinstance(article, Article)
    return article


ALIASES = [
    ("title", {"headline": "Storm"}, "Storm"),
    ("title", {"title": "  Storm\nhits ", "headline": "Other"}, "Storm hits"),
    ("title", {"title": "", "name": "Storm"}, "Storm"),
    ("title", {"title": 1984}, "1984"),
    ("url", {"link": "https://a.example/x"}, "https://a.example/x"),
    ("url", {"source_url": "https://a.example"}, None),
    ("source", {"source": {"id": None, "name": "Daily"}}, "Daily"),
    ("source", {"publisher": {"@type": "Organization", "name": "Daily"}}, "Daily"),
    ("source", {"source_domain": "www.daily.example"}, "daily.example"),
    ("source", {"source": "https://www.Daily.example/"}, "daily.example"),
    ("source", {"url": "https://www.daily.example/x"}, "daily.example"),
    ("source", {"url": "urn:daily:12"}, None),
    ("source", {"url": "https://[broken"}, None),
    ("author", {"authors": ["Ann Lee", {"name": "Bo Ek"}]}, "Ann Lee, Bo Ek"),
    ("author", {"byline": {"original": "By Ann Lee"}}, "By Ann Lee"),
    ("author", {"author": True}, None),
    ("language", {"lang": "en-GB"}, "en"),
    ("language", {"language": "English"}, "en"),
    ("language", {"language_code": "pt_BR"}, "pt"),
    ("language", {"language": "und"}, None),
    ("language", {"language": "??"}, None),
    ("id", {"id": 7}, "7"),
    ("id", {"id": 7.0}, "7"),
    ("id", {"_id": {"$oid": "5f1"}}, "5f1"),
    ("id", {"id": " a "}, "a"),
    ("published", {"date_publish": "2023-07-12 09:00:00"}, "2023-07-12T09:00:00Z"),
    ("published", {"published": "soon", "pubDate": "Wed, 12 Jul 2023 09:00:00 GMT"}, "2023-07-12T09:00:00Z"),
    ("published", {"created": {"$date": "2023-07-12T09:00:00Z"}}, "2023-07-12T09:00:00Z"),
    ("published", {"timestamp": 1689152400}, "2023-07-12T09:00:00Z"),
    ("published", {"published": "2999-01-01"}, None),
    ("published", {"published": None, "url": "https://a.example/2023/07/12/x"}, "2023-07-12"),
]


@pytest.mark.parametrize(("field", "record", "expected"), ALIASES)
def test_the_names_that_datasets_use_are_understood(field: str, record: dict[str, Any], expected: str | None) -> None:
    assert getattr(read(**record), field) == expected


TEXTS = [
    ({"body": "A storm hit."}, "A storm hit."),
    ({"maintext": "  A storm\n hit. "}, "  A storm\n hit. "),
    ({"text": "", "content": "A storm hit."}, "A storm hit."),
    ({"text": 5, "article_text": "A storm hit."}, "A storm hit."),
    ({"text": ["A storm hit.", "", None, "Roofs flew."]}, "A storm hit.\nRoofs flew."),
    ({"content": {"rendered": "<p>A storm <b>hit</b>.</p><p>Roofs<br>flew &amp; fell.</p>"}},
     "A storm hit.\nRoofs\nflew & fell."),
    ({"text": "<p>A storm hit.</p>"}, "<p>A storm hit.</p>"),
    ({"html": "<div>A storm hit.<script>x()</script></div>"}, "A storm hit."),
    ({"text": "A storm hit.", "html": "<p>Other.</p>"}, "A storm hit."),
    ({"title": "Storm", "description": "A storm hit."}, "A storm hit."),
    ({"document": "A storm hit.", "summary": "Storm."}, "A storm hit."),
]  # fmt: skip


@pytest.mark.parametrize(("record", "expected"), TEXTS)
def test_the_text_is_taken_to_the_letter_from_wherever_it_stands(record: dict[str, Any], expected: str) -> None:
    article = article_from(record, HERE)
    assert isinstance(article, Article)
    assert article.text == expected
    assert "html" not in article.metadata


@pytest.mark.parametrize(
    ("record", "word"),
    [
        ({}, "none"),
        ({"text": " \n", "section": "x"}, "section, text"),
        ({"id": "a", "title": "Storm"}, "'Storm'"),
        ({"html": "<p> </p>"}, "HTML"),
        ({"text": True}, "text"),
    ],
)
def test_a_record_without_text_is_rejected_with_what_it_had(record: dict[str, Any], word: str) -> None:
    reject = article_from(record, HERE)
    assert isinstance(reject, Reject)
    assert (reject.file, reject.line, reject.id, reject.reason) == ("night.jsonl", 3, record.get("id"), "no-text")
    assert word in reject.message


def test_other_keys_and_values_that_lost_are_kept_as_metadata() -> None:
    article = read(title="Storm", headline="Other", story=4, published="soon", lang="", link=None, note=None)
    assert article.metadata == {"headline": "Other", "story": 4, "published": "soon", "note": None}


def test_a_value_that_stands_twice_is_not_kept_twice() -> None:
    assert read(content="A storm hit the coast.", title="Storm", name="Storm").metadata == {}


@pytest.mark.parametrize(
    ("record", "found"),
    [
        ({"published": "2023-07-12", "url": "https://a.example/2020/01/01/x"}, "metadata"),
        ({"published": "03/04/2023", "url": "https://a.example/2020/01/01/x"}, "url"),
        ({"text": "July 12, 2023\nA storm hit."}, "text"),
        ({}, None),
    ],
)
def test_an_article_says_where_its_date_was_found(record: dict[str, Any], found: str | None) -> None:
    assert read(**record).published_from == found


def test_an_article_without_an_id_gets_the_same_one_every_time_and_another_for_another_text() -> None:
    assert read().id == read().id
    assert read().id == article_from({"body": "A storm  hit\nthe coast."}, Origin("other.json")).id
    assert len({read().id, read(text="Other.").id, read(title="Storm").id, read(url="https://a.example/").id}) == 4


def test_a_title_line_at_the_head_of_the_text_does_not_change_the_id() -> None:
    body = "A storm hit the coast."
    plain = read(title="Storm hits", text=body)
    for text in (f"Storm hits\n\n{body}", f"# Storm hits\n\n{body}"):
        assert read(title="Storm hits", text=text).id == plain.id


def test_what_utf_8_or_json_cannot_hold_is_replaced_and_offsets_stay() -> None:
    article = read(text="half \ud800 char", odd={"\udfff": [float("nan"), 1.5, float("inf")]}, views=10**30, n=-5)
    assert article.text == "half \ufffd char"
    assert article.metadata == {"odd": {"\ufffd": [None, 1.5, None]}, "views": "1" + "0" * 30, "n": -5}


def test_python_s_own_dates_and_other_objects_are_understood() -> None:
    moment = datetime(2023, 7, 12, 9, tzinfo=timezone(timedelta(hours=2)))
    assert read(published=moment).published == "2023-07-12T07:00:00Z"
    assert read(published=moment.date()).published == "2023-07-12"
    assert read(folder=Path("night")).metadata == {"folder": "night"}


def test_values_nested_past_what_a_writer_takes_are_malformed() -> None:
    deep: list[Any] = []
    for _ in range(150):
        deep = [deep]
    reject = article_from({"text": "A storm hit.", "deep": deep}, HERE)
    assert isinstance(reject, Reject)
    assert reject.reason == "malformed"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(
    "id title headline text body content html published date url link source author authors lang x".split()
)


@given(st.dictionaries(NAMES, VALUES))
def test_any_record_becomes_an_article_or_a_reject_that_any_output_can_hold(record: dict[str, Any]) -> None:
    made = article_from(record, HERE)
    if isinstance(made, Article):
        assert made.text.strip()
        assert made.id
        json.dumps(dict(made.metadata), allow_nan=False).encode()
        f"{made.id}{made.text}{made.title}{made.url}{made.source}{made.author}".encode()
    else:
        assert made.reason == "no-text"


def test_a_run_does_not_read_its_own_output() -> None:
    reject = article_from(
        {"schema": "digest.story/1", "headline": "Ferry", "summary": "A ferry sank."}, Origin("d.jsonl", 1)
    )
    assert isinstance(reject, Reject)
    assert reject.reason == "own-output"


@pytest.mark.parametrize("record", [5, None, "It rained.", ["It rained."]])
def test_what_is_no_record_is_an_error_of_the_caller(record: Any) -> None:
    with pytest.raises(UsageError, match="Input 3 is of type"):
        article_from(record, Origin("-", 3))


def test_a_number_that_cannot_be_written_costs_itself() -> None:
    article = article_from({"text": "It rained.", "count": 10**5000}, Origin("-"))
    assert isinstance(article, Article)
    assert article.metadata == {"count": "a number too large to write"}
