"""A result says why: each member, each copy, each sentence."""

import pytest
from result_builders import lone_story, member, story

from digest.errors import UsageError
from digest.outputs import describe, explain, printable, story_record
from digest.outputs.wording import counted, dates_between
from digest.records import Story, Tie

NIGHT = [
    story_record(story()),
    story_record(lone_story("z")),
    story_record(lone_story("zero", summary_from="lead")),
]


def told(*ids: str) -> str:
    return describe(explain(NIGHT, *ids))


@pytest.mark.parametrize(
    ("ids", "phrases"),
    [
        (
            ["story-1"],
            [
                "Story story-1: Old bridge closed",
                "3 articles from 2 sources, 2026-03-09 to 2026-03-10; cohesion 0.91, importance 3.25.",
                'a.example "Title of a" [a]',
                'tied in with 0.910 to b.example "Title of b" [b]: words of both texts 0.50, words of both titles 0.25',
                'Weakest link: b.example "Title of b" [b], 0.910 to a.example',
                'near copy of a.example "Title of a" [a], 97% of the text shared',
                "1. The old bridge was closed on Monday.",
                'from a.example "Title of a" [a], score 0.83; also in b.example "Title of b" [b]',
            ],
        ),
        (["story-z"], ["tied to no other article", "so the digest is a title"]),
        (["story-zero"], ["so the digest is the beginning of an article"]),
        (
            ["a"],
            [
                "In story story-1: Old bridge closed (3 articles).",
                "It is tied in with 0.91",
                "Its mean similarity to the story's other articles is 0.9.",
                'Kept in place of its copies:\n  a.example "Title of c" [c]',
                "Sentences that the digest took from it:\n  1. The old bridge",
            ],
        ),
        (["b"], ["Sentences of the digest that it supports:\n  1. The old bridge"]),
        (["c"], ['It is a near copy of a.example "Title of a" [a], 97%', "A copy follows the article that was kept"]),
        (["a", "b"], ["Both are in story story-1", 'a.example "Title of a" [a] is tied in with 0.910 to b.example']),
        (["c", "a"], ['a.example "Title of c" [c] is a near copy of a.example']),
        (["a", "c"], ['a.example "Title of c" [c] is a near copy of a.example']),
        (["b", "c"], ["Neither is the other's strongest link"]),
        (["a", "z"], ["They are in two stories", "story-z: Title of z", "no score for this pair"]),
    ],
)
def test_what_a_result_knows_is_told(ids: list[str], phrases: list[str]) -> None:
    text = told(*ids)
    assert [phrase for phrase in phrases if phrase not in text] == [], text


def with_members(*members: object) -> list[dict[str, object]]:
    return [story_record(story(articles=members))]


def test_two_copies_of_one_article_are_told_as_such() -> None:
    copy = {"duplicate_of": "a", "duplicate_kind": "exact", "duplicate_score": 1.0}
    night = with_members(member("a"), member("c", **copy), member("d", **copy))
    assert "Both are copies of a.example" in describe(explain(night, "c", "d"))
    assert "exact copy of a.example" in describe(explain(night, "c"))
    assert "the same text" in describe(explain(night, "c"))


def test_the_weakest_link_is_that_of_the_least_score() -> None:
    night = with_members(
        member("a", tie=Tie("b", 0.9, {})),
        member("b", tie=Tie("a", 0.9, {})),
        member("d", tie=Tie("b", 0.6, {"new_one": 1})),
    )
    found = explain(night, "story-1")
    assert found["weakest_link"]["id"] == "d"
    assert "new one 1.00" in describe(found)


def test_a_result_that_breaks_its_promises_is_explained_all_the_same() -> None:
    night = with_members(
        member("a", source=None, title="", duplicate_of="gone", duplicate_kind="near", duplicate_score=1)
    )
    assert "near copy of unknown source [gone]" in describe(explain(night, "a"))


def test_an_explanation_keeps_to_the_width_of_a_terminal() -> None:
    narrow = describe(explain(NIGHT, "story-1"), 60)
    assert max(map(len, narrow.split("\n"))) <= 60
    assert narrow.split() == told("story-1").split()


def test_a_story_keeps_to_the_ids_that_it_has() -> None:
    found = explain(NIGHT, "a", "b")
    assert found["kind"] == "pair"
    assert [article["id"] for article in found["articles"]] == ["a", "b"]


@pytest.mark.parametrize(
    ("ids", "message"),
    [
        (["story-2"], "no story or article 'story-2'. Did you mean 'story-"),
        (["qqqqqqqq"], "List the stories with 'digest show RESULT'"),
        (["a", "zerp"], "no article 'zerp'. Did you mean 'zero'"),
        (["a", "story-z"], "no article 'story-z'"),
    ],
)
def test_an_unknown_id_names_the_closest(ids: list[str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        explain(NIGHT, *ids)


def test_news_cannot_command_a_terminal() -> None:
    wild: Story = story(headline="Flood\x1b[2J\nwarning\u202e now")
    assert "Flood [2J warning  now" in describe(explain([story_record(wild)], "story-1"))
    assert printable("\ta\r\nb\x00") == "a b"


def test_numbers_and_dates_read_as_people_write_them() -> None:
    assert [counted(n, "copy", "copies") for n in (0, 1, 2)] == ["0 copies", "1 copy", "2 copies"]
    assert dates_between("2026-03-09", "2026-03-09T10:00:00Z") == "2026-03-09"
    assert dates_between(None, None) == "no date known"
