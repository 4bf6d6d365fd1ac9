"""What an article tells of its author is no sentence of it."""

import pytest
from sentence_kinds import sentences

from digest.sentences import split_article

REPORT = [f"The council closed bridge number {n} over the Lune on Friday." for n in range(12)]
NOTES = [
    "Ann Reed is a columnist for the Corvel Post.",
    "Ann B. Reed is the author of “The Bridge” and lives in Halven.",
    "Ann van der Reed, a former mayor of Corvel, is a professor of law at Halven University.",
    "Ann Reed was national editor of Corvel Magazine from 2014 to 2016.",
    "Ann Reed writes about bridges for the Corvel Post.",
    "Ann Reed covers the council for the Corvel Post.",
]
NEWS = [
    "Ann Reed is the new editor of the Corvel Post.",
    "Ann Reed is the first professor to cross the bridge.",
    "Ann Reed is closing the bridge.",
    "The author of the report is a professor at Halven University.",
]


@pytest.mark.parametrize("note", NOTES)
def test_a_note_on_the_author_is_no_sentence(note: str) -> None:
    assert sentences("\n".join([note, *REPORT])) == REPORT
    assert sentences("\n".join([*REPORT, note])) == REPORT
    assert sentences(" ".join([note, *REPORT])) == REPORT


@pytest.mark.parametrize("note", NEWS)
def test_news_of_somebody_is_one(note: str) -> None:
    assert sentences("\n".join([note, *REPORT])) == [note, *REPORT]


def test_somebody_of_whom_more_is_told_is_in_the_news() -> None:
    text = [NOTES[0], *REPORT, "Reed told the council that the bridge is safe."]
    assert sentences("\n".join(text)) == text


def test_the_middle_of_an_article_tells_of_no_author() -> None:
    text = [*REPORT[:6], NOTES[0], *REPORT[6:]]
    assert sentences("\n".join(text)) == text


def test_in_a_short_text_nobody_is_taken_for_its_author() -> None:
    text = [NOTES[0], *REPORT[:4]]
    assert sentences("\n".join(text)) == text


def test_other_languages_keep_it() -> None:
    text = "\n".join([NOTES[0], *REPORT])
    assert text[slice(*split_article(text, "de")[0][:2])] == NOTES[0]
