"""A result says why: each member, each copy, each sentence."""

import json

import pytest
from jsonschema import Draft202012Validator
from result_builders import FEATURES, grouping, lone_story, member, neighbour, story

from digest.errors import UsageError
from digest.outputs import describe, explain, load_schema, printable, story_record, to_json
from digest.outputs.wording import counted, dates_between
from digest.records import Story, Tie

NIGHT = [
    story_record(story(grouping=grouping(nearest=neighbour("b", "z")))),
    story_record(lone_story("z", grouping=grouping(weakest=None, nearest=neighbour("z", "b")))),
    story_record(lone_story("zero", summary_from="lead")),
]
BECAUSE = (
    "1 day apart, log-odds +0.00 by words of both texts 0.50 (+1.60), "
    "each title's words in the other's text 0.25 (+0.40)"
)


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
                f'tied in with 0.91 to b.example "Title of b" [b]: {BECAUSE}.',
                'Weakest link: a.example "Title of a" [a] and b.example "Title of b" [b], 0.91.',
                "Nearest other story: story-z: Title of z",
                "Not merged: the bond of the pairs compared is 0.25, and 0.70 is needed.",
                'The closest pair: b.example "Title of b" [b] and z.example "Title of z" [z], 0.75.',
                "One strong pair does not merge two stories",
                "the log-odds of a pair are -2.00 and what each likeness adds",
                'near copy of a.example "Title of a" [a], 97% of the shorter text shared',
                "2 passages in common:\n      characters 0-29 here, 0-29 there",
                'Other figures or names:\n      "Monday" here (29), "Monday" there (29)',
                "Of several copies the kept one is",
                "1. The old bridge was closed on Monday.",
                'from a.example "Title of a" [a], characters 0-36, score 0.83; also in b.example "Title of b" [b]',
            ],
        ),
        (["story-z"], ["tied to no other article", "so the digest is a title", "Nearest other story: story-1"]),
        (
            ["story-zero"],
            ["so the digest is the beginning of an article", "No other story has an article alike enough"],
        ),
        (
            ["a"],
            [
                "In story story-1: Old bridge closed (3 articles).",
                "It is tied in with 0.91",
                "How it is decided",
                "Its mean tie to the story's other articles is 0.9.",
                'Kept in place of its copies:\n  a.example "Title of c" [c]',
                "Sentences that the digest took from it:\n  1. The old bridge",
            ],
        ),
        (["b"], ["Sentences of the digest that it supports:\n  1. The old bridge"]),
        (
            ["c"],
            [
                'It is a near copy of a.example "Title of a" [a], 97%',
                "characters 0-29 here, 0-29 there",
                "A copy follows the article that was kept",
            ],
        ),
        (
            ["a", "b"],
            [
                "Both are in story story-1",
                "+1.60  words of both texts: 0.50 x weight 4.00 x nearness in time 0.80",
                "-2.00  to begin with",
                "+0.00  log-odds",
                "a tie of 0.91, at least the 0.70",
            ],
        ),
        (["c", "b"], ["[c] is a copy, and the kept article [a] speaks for it", "a tie of 0.91"]),
        (["c", "a"], ['a.example "Title of c" [c] is a near copy of a.example']),
        (["a", "c"], ['a.example "Title of c" [c] is a near copy of a.example']),
        (
            ["z", "b"],
            [
                "They are in two stories",
                "story-z: Title of z",
                "a tie of 0.75, at least the 0.70",
                "The bond of their stories, over the pairs compared, is 0.25; 0.70 would merge them.",
            ],
        ),
        (["a", "z"], ["The result holds no tie of this pair.", "over the pairs compared, is 0.25"]),
        (["a", "zero"], ["The result holds no tie of this pair.", "Name the run's sources with --articles SOURCE"]),
    ],
)
def test_what_a_result_knows_is_told(ids: list[str], phrases: list[str]) -> None:
    text = told(*ids)
    assert [phrase for phrase in phrases if phrase not in text] == [], text


def with_members(*members: object, **fields: object) -> list[dict[str, object]]:
    return [story_record(story(articles=members, **fields))]


def test_what_the_features_add_makes_up_the_log_odds() -> None:
    tie = explain(NIGHT, "a")["tie"]
    assert tie["adds"] == {"body": 1.6, "title_in_other": 0.4}
    assert tie["log_odds"] == pytest.approx(-2.0 + sum(tie["adds"].values()))
    assert tie["days"] == 1


def test_two_copies_of_one_article_are_told_as_such() -> None:
    copy = {"duplicate_of": "a", "duplicate_kind": "exact", "duplicate_score": 1.0}
    night = with_members(member("a"), member("c", **copy), member("d", **copy))
    assert "Both are copies of a.example" in describe(explain(night, "c", "d"))
    assert "It is an exact copy of a.example" in describe(explain(night, "c"))
    assert "the same text" in describe(explain(night, "c"))


@pytest.mark.parametrize(
    ("passages", "phrase"),
    [(None, "The passages are not known"), ((), "No passage in common.\n  No figure or name was changed")],
)
def test_a_copy_without_passages_says_so(passages: object, phrase: str) -> None:
    copy = {"duplicate_of": "a", "duplicate_kind": "near", "duplicate_score": 0.5}
    night = with_members(member("a"), member("c", **copy, duplicate_passages=passages))
    assert phrase in describe(explain(night, "c"))


def test_links_lead_from_one_article_to_another() -> None:
    night = with_members(
        member("a", tie=Tie("b", 0.9, FEATURES)),
        member("b", tie=Tie("a", 0.9, FEATURES)),
        member("d", tie=Tie("b", 0.6, {**FEATURES, "new_one": 1})),
        member("e", published=None),
        grouping=grouping(weakest=None),
    )
    found = explain(night, "d", "a")
    assert [(step["from"]["id"], step["to"]["id"], step["score"]) for step in found["path"]] == [
        ("d", "b", 0.6),
        ("b", "a", 0.9),
    ]
    assert "these links lead from the one to the other" in describe(found)
    assert explain(night, "d", "e")["path"] == []


@pytest.mark.parametrize(
    ("nearest", "threshold", "phrase"),
    [
        (neighbour("a", "gone"), 0.7, "Nearest other story: one that this result does not print"),
        (neighbour("a", "gone", 0.9), 0.7, "but most pairs of the two have too little in common"),
        (neighbour("a", "gone"), None, "but the stories were given"),
        (neighbour("a", "gone", look_alike=True), 0.7, "(other figures, names or occasion), so likeness is overruled"),
    ],
)
def test_a_story_says_why_its_neighbour_is_apart(nearest: object, threshold: float | None, phrase: str) -> None:
    night = [story_record(story(grouping=grouping(nearest=nearest, threshold=threshold)))]
    assert phrase in describe(explain(night, "story-1"))


def test_given_stories_and_look_alikes_are_told_in_the_decision_on_a_pair() -> None:
    tie = {"tie": Tie("b", 0.0, FEATURES, look_alike=True)}
    night = with_members(
        member("a", **tie), member("b", published=None), grouping=grouping(threshold=None, weakest=None)
    )
    text = describe(explain(night, "a", "b"))
    assert "But they tell two events in the same words" in text
    assert "which decides nothing here: the stories were given" in text
    assert "a date unknown" in text
    assert "The stories were given by a field" in describe(explain(night, "story-1"))


def test_a_result_without_its_decision_is_explained_as_far_as_it_goes() -> None:
    night = with_members(member("a", tie=Tie("b", 0.9, {"new_one": 1.0, "body": 0.5})), member("b"), grouping=None)
    assert "tied in with 0.90 to b.example" in describe(explain(night, "a"))
    assert "words of both texts 0.50, new one 1.00" in describe(explain(night, "a", "b"))
    assert explain(night, "story-1")["weakest_link"] is None


def test_a_result_that_breaks_its_promises_is_explained_all_the_same() -> None:
    night = with_members(
        member("a", source=None, title="", duplicate_of="gone", duplicate_kind="near", duplicate_score=1)
    )
    assert "near copy of unknown source [gone]" in describe(explain(night, "a"))


def test_an_explanation_keeps_to_the_width_of_a_terminal() -> None:
    narrow = describe(explain(NIGHT, "story-1"), 60)
    assert max(map(len, narrow.split("\n"))) <= 60
    assert narrow.split() == told("story-1").split()


def test_an_explanation_keeps_to_the_order_of_the_ids() -> None:
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


@pytest.mark.parametrize(
    "ids", [["story-1"], ["story-z"], ["story-zero"], ["a"], ["c"], ["a", "b"], ["a", "c"], ["z", "b"]]
)
def test_an_explanation_keeps_to_its_schema(ids: list[str]) -> None:
    Draft202012Validator(load_schema("explanation")).validate(json.loads(to_json(explain(NIGHT, *ids))))
