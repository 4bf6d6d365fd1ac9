"""Dates: what is read, what is left alone, and where they are looked for."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.articles.date_places import date_in_head, date_in_url, read_date_line
from digest.articles.dates import find_stamp, parse_date

READ = [
    ("2023-07-12", "2023-07-12"),
    ("2023-07-12T09:00:00Z", "2023-07-12T09:00:00Z"),
    ("2023-07-12T09:00:00.123+02:00", "2023-07-12T07:00:00Z"),
    ("2023-07-12T23:30:00-0500", "2023-07-13T04:30:00Z"),
    ("2023-07-12 09:00:00", "2023-07-12T09:00:00Z"),
    ("2023-07-12 00:00:00", "2023-07-12"),
    ("2023-07-12T00:00:00Z", "2023-07-12T00:00:00Z"),
    ("20230712T090000Z", "2023-07-12T09:00:00Z"),
    ("20230712", "2023-07-12"),
    ("20230712090000", "2023-07-12T09:00:00Z"),
    (20230712090000, "2023-07-12T09:00:00Z"),
    (20230712, "2023-07-12"),
    ("2023/7/2", "2023-07-02"),
    ("Wed, 12 Jul 2023 09:00:00 +0200", "2023-07-12T07:00:00Z"),
    ("Wed, 12 Jul 2023 09:00:00 GMT", "2023-07-12T09:00:00Z"),
    ("July 12, 2023", "2023-07-12"),
    ("12 July 2023 09:00 BST", "2023-07-12T08:00:00Z"),
    ("July 12th, 2023 at 12:05 a.m. EDT", "2023-07-12T04:05:00Z"),
    ("July 12, 2023 12:05 pm", "2023-07-12T12:05:00Z"),
    ("12-Jul-2023 9pm", "2023-07-12T21:00:00Z"),
    ("12 de julio de 2023", "2023-07-12"),
    ("12. Juli 2023", "2023-07-12"),
    ("1052 GMT, 12 July 2023", "2023-07-12T10:52:00Z"),
    ("13/04/2023", "2023-04-13"),
    ("04/13/2023", "2023-04-13"),
    ("05.05.2023", "2023-05-05"),
    ("04/13/23", "2023-04-13"),
    ("04/13/87", "1987-04-13"),
    ("03/04/2023 5:00 PM EST", "2023-03-04T22:00:00Z"),
    ("2023-07-12 09:00 IST", "2023-07-12"),
    ("2023-07-12 09:00:00+02", "2023-07-12T07:00:00Z"),
    ("12 July 2023, 09:00 (GMT+7)", "2023-07-12T02:00:00Z"),
    ("12 July 2023, 09:00 (GMT-03: 30)", "2023-07-12T12:30:00Z"),
    ("2023-07-12 09:00 +99:00", "2023-07-12"),
    ("2023-07-12T25:00:00Z", "2023-07-12"),
    ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
    (1689152400, "2023-07-12T09:00:00Z"),
    (1689152400.7, "2023-07-12T09:00:00Z"),
    ("1689152400000", "2023-07-12T09:00:00Z"),
    (1689152400000000, "2023-07-12T09:00:00Z"),
]
NOT_READ = [
    "03/04/2023", "05/12/23", "25.12.23", "2023-02-30", "0001-01-01T00:00:00Z", "9999-12-31", "2023", "2023-07",
    "yesterday", "2 hours ago", "July 12", "", "n/a", 0, 12, 99999999999, True, None, {}, ["2023-07-12"], float("nan"),
    "20231312090000", "20230712250000000",
]  # fmt: skip


@pytest.mark.parametrize(("given_value", "expected"), READ)
def test_a_date_is_normalised_to_utc_or_to_a_bare_day(given_value: object, expected: str) -> None:
    assert parse_date(given_value) == expected


@pytest.mark.parametrize("given_value", NOT_READ)
def test_what_is_ambiguous_impossible_or_no_date_is_left_alone(given_value: object) -> None:
    assert parse_date(given_value) is None


@given(st.one_of(st.text(max_size=60), st.integers(), st.floats(), st.datetimes().map(str)))
def test_any_value_gives_a_date_or_none_and_a_date_stays_what_it_is(value: object) -> None:
    date = parse_date(value)
    assert date is None or re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?", date)
    assert date is None or date == parse_date(date)


URLS = [
    ("https://a.example/news/2017/09/17/storm-hits/", "2017-09-17"),
    ("https://a.example/news/2017/9/7/storm", "2017-09-07"),
    ("https://a.example/world/2014/sep/7/storm", "2014-09-07"),
    ("https://a.example/2017-09-17-storm.html", "2017-09-17"),
    ("https://a.example/storm_20170917.html", "2017-09-17"),
    ("https://a.example/USA/2015/0904/storm", "2015-09-04"),
    ("https://a.example/articles/storm-hits-coast-1505655000", "2017-09-17"),
    ("https://a.example/articles/storm-hits-coast-11585655000/", "2020-03-31"),
    ("https://a.example/2017/09/16/storm-1505655000", "2017-09-16"),
    ("https://a.example/articles/storm-2505655000", None),
    ("https://a.example/articles/storm-150565500012", None),
    ("https://a.example/world/1505655000", None),
    ("https://www.gizmodo.com/storm-hits-coast-1844052925", None),
    ("https://vitals.lifehacker.com/storm-hits-coast-1844052925", None),
    ("https://notgizmodo.com/storm-hits-coast-1505655000", "2017-09-17"),
    ("https://a.example/2017/09/storm-170917163219702.html", "2017-09-17"),
    ("https://a.example/2017/09/storm-171317163219702.html", None),
    ("https://a.example/2017/09/storm-170917993219702.html", None),
    ("https://a.example/storm/2017/13/45/", None),
    ("https://a.example/1066/10/14/hastings", None),
    ("https://a.example/storm-120170917", None),
    ("https://a.example/storm?day=2017/09/17", None),
    ("https://a.example/storm", None),
    ("https://[broken", None),
]


@pytest.mark.parametrize(("url", "expected"), URLS)
def test_a_day_is_read_from_the_path_of_a_url(url: str, expected: str | None) -> None:
    assert date_in_url(url) == expected


DATE_LINES = [
    ("Published: 12 July 2023", "2023-07-12"),
    ("Updated 10:14 a.m. EDT, Wed Mar 4, 2026", "2026-03-04T14:14:00Z"),
    ("WEDNESDAY, MARCH 4, 2026, 9:53 PM", "2026-03-04"),
    ("First posted 11/30/2009 | Updated 9:28 AM EDT", "2009-11-30"),
    ("posted at 10:01 pm on March 2, 2016 by John Sexton", "2016-03-02"),
    ("18 September 2013 Last updated at 13:59 GMT", "2013-09-18"),
    ("Published on Friday, 27 September 2013 / Updated 28 September 2013", "2013-09-27"),
    ("Associated Press//August 24, 2025//", "2025-08-24"),
    ("By John Sexton", None),
    ("He died on Friday (July 24, 2004).", None),
    ("Zurana was born on April 22, 1923", None),
    ("x" * 200 + " July 12, 2023", None),
    ("May 5", None),
]


_PARTS = st.tuples(*(st.integers(0, most) for most in (9999, 13, 32, 24, 60, 60)))


@given(_PARTS, st.booleans())
def test_a_date_as_it_is_written_here_is_read_as_the_grammar_reads_it(parts: tuple[int, ...], whole: bool) -> None:
    text = "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*parts)[: None if whole else 10]
    stamp = find_stamp(text)
    assert parse_date(text) == (stamp.iso(assume_utc=True) if stamp else None)


@pytest.mark.parametrize(("line", "expected"), DATE_LINES)
def test_a_line_that_holds_only_a_date_is_a_date_line(line: str, expected: str | None) -> None:
    stamp = read_date_line(line)
    assert (stamp and stamp.iso(assume_utc=False)) == expected


HEADS = [
    ("Storm hits coast\nJuly 12, 2023\nA storm hit the coast.", "2023-07-12"),
    ("Storm hits coast\nUpdated July 13, 2023\nPublished July 12, 2023\nA storm hit.", "2023-07-12"),
    ("Storm hits coast\nUpdated July 13, 2023\nA storm hit.", "2023-07-13"),
    ("WASHINGTON, July 12, 2023 (Reuters) - The president said so.", "2023-07-12"),
    ("GENEVA, 12 July 2023 — The president said so.", "2023-07-12"),
    ("Storm\n\nParis, France, July 12, 2023 / 02:00 pm (ANP) The president said so.", "2023-07-12"),
    ("WASHINGTON, July 12 (Reuters) - The president said so.", None),
    ("In Paris, July 12, 2023 - a day to remember - went by.", None),
    ("The storm of July 12, 2023 was strong.\nNobody was hurt.", None),
    ("Title\n" + "A long paragraph. " * 40 + "\nJuly 12, 2023\n", None),
    ("one\ntwo\nthree\nfour\nfive\nJuly 12, 2023", None),
    ("one\ntwo\nthree\nfour\nfive\nPublished July 12, 2023", "2023-07-12"),
    ("1\n2\n3\n4\n5\n6\n7\n8\nPublished July 12, 2023", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "expected"), HEADS)
def test_only_a_date_line_at_the_head_dates_a_text(text: str, expected: str | None) -> None:
    assert date_in_head(text) == expected


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("*Monday, 9 March 2026 · Edwina Cole*", "2026-03-09"),
        ("*Oberlinden, 9. März 2026 · Annegret Fuhs*", "2026-03-09"),
        ("By Jane Doe | 9 March 2026", "2026-03-09"),
        ("Sport · News · The 9 March 2026 vote", None),
        ("The lead | 9 March 2026 was a day", None),
    ],
)
def test_a_line_of_credits_gives_its_day(line: str, day: str | None) -> None:
    assert date_in_head(f"{line}\n\n{'word ' * 100}") == day
