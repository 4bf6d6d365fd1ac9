"""What split_article promises: true offsets, whole sentences, and nothing of the page among them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.records import Kind, Segment
from digest.sentences import split_article
from digest.sentences.furniture import is_furniture_line


def pieces(text: str, kind: Kind, language: str | None = "en", title: str = "") -> list[str]:
    return [text[s.start : s.end] for s in split_article(text, language, title) if s.kind == kind]


def sentences(text: str, language: str | None = "en", title: str = "") -> list[str]:
    return pieces(text, Kind.SENTENCE, language, title)


def furniture(text: str, language: str | None = "en") -> list[str]:
    return pieces(text, Kind.FURNITURE, language)


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


def test_an_empty_text_has_no_segments() -> None:
    assert split_article(" \n ", "en") == []


WHOLE = [
    "Ministers met at a joint press conference. with the visiting governor of the province.",
    "They share intelligence and information. reporting and training go on as well.",
    "A defeat of Rep. Will Harker would change the balance of the chamber.",
    "The bill by Sen. Ana Ruiz, R-S.C., passed late.",
    "The senators, D-N.J. and R-N.Y., spoke for an hour.",
    "Polls close at 8 p.m. ET in most counties.",
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


DATELINES = [
    "KYIV (Reuters) - ",
    "PORT HALVEN, Wash. (AP) — ",
    "(CNN) ",
    "(CNN) -- ",
    "LONDON, July 12 (Reuters) - ",
    "Kyjiw (dpa) - ",
    "Madrid, 3 mar (EFE).- ",
    "NEW YORK — ",
    "GAZA CITY, Gaza Strip — ",
    "HANOI, Vietnam -- ",
    "NEW DELHI: ",
    "BEIJING/MOSCOW (Reuters) - ",
    "Washington (CNN) ",
    "Aug. 21 (UPI) -- ",
    "МОСКВА, 3 марта. /ТАСС/. ",
    "Update at 10:35 a.m. ET: ",
    "Advertisement ",
]


@pytest.mark.parametrize("dateline", DATELINES)
def test_a_dateline_is_furniture_and_the_sentence_begins_after_it(dateline: str) -> None:
    text = dateline + PARAGRAPH
    assert furniture(text) == [dateline.strip()]
    assert sentences(text) == [PARAGRAPH]


NO_DATELINES = [
    "Trump (R) said on Monday that he would not run again.",
    "The U.N. — which met on Friday — called for calm in the north.",
    "Mary Holt (left) and her brother — both teachers — won the prize.",
    "NATO (the alliance of 32 states) meets in June in the Hague.",
    "Colts beat Chiefs 20 - 17 in the last minute of a long match.",
    "GINGRICH: I think that this is not what the voters wanted.",
]


@pytest.mark.parametrize("text", NO_DATELINES)
def test_a_sentence_is_not_taken_for_a_dateline(text: str) -> None:
    assert sentences(f"{PARAGRAPH}\n" * 5 + text)[-1] == text


FURNITURE_LINES = [
    "By Jane Doe",
    "By JANE DOE and JOHN ROE",
    "Jane Doe, Staff Writer | Updated 14:05",
    "Por Ana Ruiz",
    "Von Karl Maier, Berlin",
    "Photo: Jane Doe/Herald",
    "Rescuers at the quay on Monday, in a handout image. (AP Photo/Jane Doe)",
    "Boats leave the harbour of Port Halven, July 3, 2019. REUTERS/Jane Doe",
    "The harbour is seen in Port Halven, Washington, July 3, 2019.",
    "In this May 4, 2018, photo, a boat leaves the harbour.",
    "FILE - A boat leaves the harbour in May. It sank later.",
    "Image caption A boat leaves the harbour",
    "Getty Images",
    "Sign up for our newsletter and never miss a story.",
    "Subscribe now to read on.",
    "Follow us on Facebook for more.",
    "Read more: The bridge that nobody wanted",
    "ALSO READ",
    "Related: The bridge that nobody wanted.",
    "Advertisement",
    "Continue Reading Below",
    "This site uses cookies to improve your experience.",
    "To continue reading, please subscribe.",
    "© 2023 The Port Halven Herald",
    "Copyright 2023 The Herald. All rights reserved. This material may not be published, broadcast or rewritten.",
    "(Reporting by Jane Doe; Editing by John Roe)",
    "Jane Doe contributed to this report.",
    "Jane Doe reported from Port Halven, and John Roe reported from Oslo.",
    "This article originally appeared in the Herald.",
    "Comments",
    "Click here to see the map.",
    "Loading...",
    "newsroom@herald.example",
    "https://herald.example/story/12",
    "Last updated 3 May",
    "July 12, 2023",
    "12 de julio de 2023",
    "12:03 p.m.",
    "Facebook Twitter WhatsApp Email",
    "Home | News | Sport | Weather",
    "***",
    "___",
    "14",
    "Suscríbete a nuestro boletín",
    "Lesen Sie auch: Die Brücke",
    "Lire aussi : Le pont que personne ne voulait",
    "Leia também: A ponte",
    "Leggi anche: Il ponte",
    "Lees ook: De brug",
    "Ảnh: Minh Anh",
    "Читайте также: Мост, который никому не нужен",
    "责任编辑：王伟",
    "【関連記事】橋の話",
    "무단전재 및 재배포 금지",
    "HALVEN 3 - ROCKPORT 1 | HILL 2 - DALE 2",
    "#bridge #halven #news",
]


@pytest.mark.parametrize("line", FURNITURE_LINES)
def test_furniture_is_no_sentence(line: str) -> None:
    text = f"{PARAGRAPH}\n{line}\n{PARAGRAPH} It was a close vote.\n{PARAGRAPH}"
    assert line not in sentences(text)
    assert sentences(text) == [PARAGRAPH, PARAGRAPH, "It was a close vote.", PARAGRAPH]


@pytest.mark.parametrize("line", FURNITURE_LINES)
def test_furniture_at_the_end_is_no_sentence(line: str) -> None:
    assert sentences(f"{PARAGRAPH}\n{line}") == [PARAGRAPH]


REAL = [
    "Photos show the wreck of the ferry on the sea bed.",
    "By Tuesday the water had gone down.",
    "Follow-up talks are planned for June.",
    "Advertising revenue fell by 5% in the third quarter.",
    "Copyright law does not cover the work of monkeys, the judge wrote.",
    "Reporting by the Herald showed that the firm knew of the fault.",
    "Comments by the minister caused a storm in the coalition.",
    "Related cases were found in two other towns.",
    "Subscribers to the service lost access for an hour.",
    "Facebook changed its privacy policy on Monday.",
    "He was banned from the site after he blocked her on Twitter.",
    "Getty Images sued the maker of the program in London.",
    "Share prices fell for a third day.",
    "The U.S., the U.K. and the EU agreed with NATO and the UN.",
    "Loading of the ship took all night.",
    "Anzeige wurde gegen den Minister erstattet.",
    "In this city, nobody trusts the mayor.",
    "The race is seen as a test for the party before the vote of 2028.",
    "Sponsored by Rep. Holt, the bill would ban the sale of such toys.",
    "Yes.",
    "“You can find it in our newsletter,” she said.",
]


@pytest.mark.parametrize("text", REAL)
def test_a_real_sentence_is_not_taken_for_furniture(text: str) -> None:
    assert sentences(f"{PARAGRAPH}\n{text}\n{PARAGRAPH}") == [PARAGRAPH, text, PARAGRAPH]


def test_shouting_is_furniture_unless_the_whole_text_shouts() -> None:
    shout = "BUY THE BOOK THAT EVERYONE TALKS ABOUT NOW!"
    assert sentences(f"{PARAGRAPH} {shout}") == [PARAGRAPH]
    assert sentences(f"{PARAGRAPH.upper()} {shout}") == [PARAGRAPH.upper(), shout]


def test_a_last_line_that_was_cut_off_is_a_sentence_and_a_short_one_is_a_label() -> None:
    cut_off = "The share price rose by six percent after the firm's announcement"
    assert sentences(f"{PARAGRAPH}\n{cut_off}") == [PARAGRAPH, cut_off]
    assert sentences(f"{PARAGRAPH}\nJane Doe in Halven") == [PARAGRAPH]
    assert sentences(f"{PARAGRAPH} — PTI desk") == [PARAGRAPH]


def test_a_label_before_a_list_is_furniture_and_a_long_introduction_is_a_sentence() -> None:
    assert sentences(f"The rules say:\n{PARAGRAPH}") == [PARAGRAPH]
    introduction = "The mayor, who has held the office for eleven years, put it this way on Tuesday:"
    assert sentences(f"{introduction}\n{PARAGRAPH}") == [introduction, PARAGRAPH]


def test_a_short_line_without_final_stop_that_holds_sentences_is_split() -> None:
    assert sentences(f"{PARAGRAPH}\nIt rained. Nobody came to the meeting on Monday night in town") == [
        PARAGRAPH,
        "It rained.",
        "Nobody came to the meeting on Monday night in town",
    ]


def test_a_notice_that_is_too_long_to_be_one_is_kept() -> None:
    text = "Sign up for the course, the ministry tells " + "young people and old people " * 30 + "."
    assert sentences(text) == [text]
    assert not is_furniture_line("word " * 60, is_final=False)
