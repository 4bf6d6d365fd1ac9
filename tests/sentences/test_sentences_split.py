"""What split_article promises: true offsets, whole sentences, and nothing of the page among them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sentence_kinds import pieces, sentences

from digest.records import Kind, Segment
from digest.sentences import split_article


def assert_every_character_lies_in_one_segment(text: str, segments: list[Segment]) -> None:
    at = 0
    for segment in segments:
        assert at <= segment.start < segment.end
        assert not text[at : segment.start].strip()
        assert text[segment.start : segment.end] == text[segment.start : segment.end].strip()
        at = segment.end
    assert not text[at:].strip()


WORDS = (
    'Mr. ;U.S. ;";“;”;(;);. ;! ;? ;    ;The mayor ;said;a.m. ;By Jane Doe;Photo: ;KYIV (Reuters) - ;Advertisement ;3.5;'
    "。;「;」;أين؟ ;है। ;สวัสดี ;information. reporting;ABCD EFGH ;|;#;…;Rep. ;';«;„;no. 5;said it.The ;D-N.J. ;\" "
    ";never.” ;....” ;... "
)
FRAGMENTS = [*WORDS.split(";"), "\n", "\n\n", "\r\n", "\u2028", "\u200b", "\x85"]
NEWS = st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join)


@given(
    st.one_of(st.text(max_size=300), NEWS),
    st.sampled_from(["en", "de", "zh", "th", "el", "xx", None]),
    st.text(max_size=20),
)
def test_every_character_that_is_no_space_lies_in_exactly_one_segment(
    text: str, language: str | None, title: str
) -> None:
    assert_every_character_lies_in_one_segment(text, split_article(text, language, title))


@given(NEWS)
def test_the_same_text_gives_the_same_segments(text: str) -> None:
    assert split_article(text, "en") == split_article(text, "en")


def test_dots_and_a_closing_mark_by_themselves_are_no_sentence_of_their_own() -> None:
    text = "“The bridge,” she said, “stays shut for good.” ....” The council meets on Friday."
    assert_every_character_lies_in_one_segment(text, split_article(text, "en"))


def test_an_empty_text_has_no_segments() -> None:
    assert split_article(" \n ", "en") == []


WHOLE = [
    "Ministers met at a joint press conference. with the visiting governor of the province.",
    "They share intelligence and information. reporting and training go on as well.",
    "A defeat of Rep. Will Harker would change the balance of the chamber.",
    "The bill by Sen. Ana Ruiz, R-S.C., passed late.",
    "The bill by then-Sen. Ana Ruiz and ex-Gov. Tom Berg passed late.",
    "The senators, D-N.J. and R-N.Y., spoke for an hour.",
    "Polls close at 8 p.m. ET in most counties.",
    "The call came at 3: 30 a. m. Tuesday from a man who lives nearby.",
    "The hearing begins at 9 a.m. Wednesday in the old courthouse.",
    "Order No. 4 was signed by the clerk.",
    "He said “It was cold. We waited. Nobody came.” and left.",
    "The minister (who resigned in May. He is 71.) was not there.",
    '"Get out!" he shouted at the crowd.',
    "According to TMZ.com the singer was not hurt.",
    "Gen. Li Wei and Lt. Col. Sara Holt signed for the U.S. Army.",
]


@pytest.mark.parametrize("text", WHOLE)
def test_a_sentence_is_not_cut(text: str) -> None:
    assert sentences(text) == [text]


PARTED = [
    ("She lives in the U.S. The house is old.", ["She lives in the U.S.", "The house is old."]),
    ("The iPhone maker said so. iPhone sales fell.", ["The iPhone maker said so.", "iPhone sales fell."]),
    ("They left at 5 p.m. The rain had stopped.", ["They left at 5 p.m.", "The rain had stopped."]),
    ("He spoke first. “It is over,” she said.", ["He spoke first.", "“It is over,” she said."]),
    (
        "He said, “It is over.” It rained. “We left. It was cold.",
        ["He said, “It is over.”", "It rained.", "“We left.", "It was cold."],
    ),
    ("He said: “We left.” (It rained.) Then he sat.", ["He said: “We left.”", "(It rained.) Then he sat."]),
    ("The works cost 3 million. 12 men were hurt.", ["The works cost 3 million.", "12 men were hurt."]),
    ("Order No. The clerk signed it.", ["Order No.", "The clerk signed it."]),
    ("It was late.Then the lights went out.", ["It was late.", "Then the lights went out."]),
    (
        "the bus was late. we walked home. it rained. nobody minded.",
        ["the bus was late.", "we walked home.", "it rained.", "nobody minded."],
    ),
]


@pytest.mark.parametrize(("text", "expected"), PARTED)
def test_two_sentences_are_parted(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_quotation_inside_a_quotation_is_kept_whole_up_to_a_bound() -> None:
    short = "“Most results on “Harbour News” are false. They hide what is good. This will be looked at!” he added."
    long = short.replace("They hide what is good. ", "They hide what is good. " * 5)
    longest = short.replace("hide", "hide " + "and hide " * 80)
    assert sentences(short) == [short]
    assert len(sentences(long)) == 7
    assert len(sentences(longest)) == 3


def test_a_quotation_that_never_closes_is_left_as_it_is() -> None:
    text = "He said: “We waited. Nobody came. It was cold. We left."
    assert len(sentences(text)) == 4


PARAGRAPH = "The council voted on Tuesday to close the old bridge to cars from the first of October."


def test_a_heading_is_never_glued_to_a_neighbour() -> None:
    text = f"{PARAGRAPH}\nWhat happens next\n{PARAGRAPH} The work takes a year."
    assert pieces(text, Kind.HEADING) == ["What happens next"]
    assert sentences(text) == [PARAGRAPH, PARAGRAPH, "The work takes a year."]


def test_the_title_repeated_is_a_heading_whatever_its_case_and_marks() -> None:
    title = "Council closes “Old Bridge” - for a year"
    text = f"COUNCIL CLOSES 'OLD BRIDGE' – FOR A YEAR\n{PARAGRAPH}"
    assert pieces(text, Kind.HEADING, title=title) == ["COUNCIL CLOSES 'OLD BRIDGE' – FOR A YEAR"]


def test_a_title_that_ends_in_a_question_mark_is_a_heading_too() -> None:
    assert pieces(f"Who owns the bridge?\n{PARAGRAPH}", Kind.HEADING, title="Who owns the bridge?") == [
        "Who owns the bridge?"
    ]


def test_hard_wrapped_lines_are_joined_and_the_offsets_stay_true() -> None:
    text = (
        "Northfield Mining said hourly workers\n"
        "at its two mines in the valley voted at the weekend to accept\n"
        "a new contract and went back to work on Monday after a strike\n"
        "that had lasted for a month.\n"
        "    The union said the men would get 1.21 dollars an hour more\n"
        "over three years. It called the offer fair, and the firm said\n"
        "that output would be back to normal within two weeks.\n"
    )
    assert [s.replace("\n", " ") for s in sentences(text)] == [
        (
            "Northfield Mining said hourly workers at its two mines in the valley voted at the weekend to accept "
            "a new contract and went back to work on Monday after a strike that had lasted for a month."
        ),
        "The union said the men would get 1.21 dollars an hour more over three years.",
        "It called the offer fair, and the firm said that output would be back to normal within two weeks.",
    ]


def test_a_wrapped_line_that_ends_a_sentence_goes_on_only_where_the_next_word_had_no_room() -> None:
    text = (
        "The river rose by two metres in the night and the lower town\n"
        "was under water by six in the morning, the mayor's office said.\n"
        "Schools stayed closed. Buses did not run on the left bank and\n"
        "the old bridge was shut to all but the fire brigade's boats,\n"
        "which had come from three towns.\n"
        "Power was back at noon in most of the houses near the station\n"
    )
    assert "Power was back at noon in most of the houses near the station" in sentences(text)


def test_lines_torn_inside_a_sentence_are_joined() -> None:
    text = "The minister met the\nGovernor\non Monday and spoke to reporters at length afterwards.\n" + PARAGRAPH
    assert PARAGRAPH in sentences(text)
    assert any(s.endswith("on Monday and spoke to reporters at length afterwards.") for s in sentences(text))
