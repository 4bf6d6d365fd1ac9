"""What is no sentence of a digest: datelines, captions, calls to subscribe and other furniture."""

import pytest
from sentence_kinds import furniture, sentences

from digest.sentences.furniture import is_furniture_line

PARAGRAPH = "The council voted on Tuesday to close the old bridge to cars from the first of October."

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
    "HALVEN—",
    "PORT HALVEN, Wash.—",
    "Washington — ",
    "Port Halven, June 3 – ",
    "HALVEN and CORVEL (Reuters) - ",
    "BEIJING/MOSCOW (Reuters) - ",
    "Washington (CNN) ",
    "Aug. 21 (UPI) -- ",
    "МОСКВА, 3 марта. /ТАСС/. ",
    "Update at 10:35 a.m. ET: ",
    "Advertisement ",
    "San Corvel, 3 de mayo.- ",
    "Puerto Halven, RD.- ",
    "REKLAMA ",
    "Weiterlesen nach der Anzeige Anzeige ",
    "Escuchar Nota: ",
]


@pytest.mark.parametrize("dateline", DATELINES)
def test_a_dateline_is_furniture_and_the_sentence_begins_after_it(dateline: str) -> None:
    text = dateline + PARAGRAPH
    assert furniture(text) == [dateline.strip()]
    assert sentences(text) == [PARAGRAPH]


NO_DATELINES = [
    "Apple Inc. - The maker of phones and clocks - will open a shop in Halven.",
    "Trump (R) said on Monday that he would not run again.",
    "The U.N. — which met on Friday — called for calm in the north.",
    "Mary Holt (left) and her brother — both teachers — won the prize.",
    "NATO (the alliance of 32 states) meets in June in the Hague.",
    "Colts beat Chiefs 20 - 17 in the last minute of a long match.",
    "NATO—the alliance of 32 states—meets in June in the Hague.",
    "HALVEN—The mayor spoke, but this far down it is no dateline.",
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
    "To read this article subscribe now.",
    "This article is for subscribers only.",
    "You’ve read your last free article this month.",
    "Start your free trial today.",
    "Editing by John Roe.",
    "Our Standards: The Thomson Reuters Trust Principles.",
    "(This story has not been edited by our staff and comes from a feed.)",
    "A version of this article appears in print on June 1.",
    "More to follow.",
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
    "Zobacz też: jak zamknięto most w Halven.",
    "Poniżej dalsza część artykułu",
    "Oprac. Jan Nowak",
    "Ta strona używa plików cookie.",
    "Haberin devamı için tıklayın.",
    "Muhabir: Ayşe Kaya",
    "كتب - أحمد علي",
    "للمزيد من الأخبار تابعونا.",
    "Rückfragehinweis: Stadt Halven, Pressestelle.",
    "Leé también: el puente sigue cerrado.",
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
