"""Headings and times that are run into an article's first line."""

import pytest
from sentence_kinds import pieces, sentences

from digest.records import Kind
from digest.sentences import split_article

RUN_IN = [
    ("tr", "Halven köprüsü trafiğe kapandı Halven köprüsü trafiğe kapandı ", "Halven köprüsü trafiğe kapandı"),
    ("de", "Brücke in Halven gesperrt - Brücke in Halven gesperrt ", "Brücke in Halven gesperrt"),
    (
        "tr",
        "Halven köprüsü trafiğe kapandı 02.03.2021 22:22 | Son Güncelleme: 03.03.2021 08:26 ",
        "Halven köprüsü trafiğe kapandı",
    ),
    ("es", "Cierran el puente de Halven miércoles, 03 de marzo de 2021 17:29 ", "Cierran el puente de Halven"),
    ("es", "Publicado el 3 de marzo de 2021 - 06:40 (GMT-4) ", ""),
    ("de", "Brücke in Halven gesperrt 3. März 2021, 18:44 Uhr ", "Brücke in Halven gesperrt"),
    ("en", "Halven bridge is shut Mar 3, 2021 10:45 AM EST ", "Halven bridge is shut"),
]
SENTENCE = {
    "tr": "Belediye eski köprüyü bugün kapattı.",
    "de": "Der Rat hat die alte Brücke gesperrt.",
    "es": "El consejo cerró el viejo puente.",
    "en": "The council shut the old bridge.",
}


@pytest.mark.parametrize(("language", "before", "heading"), RUN_IN)
def test_what_is_run_into_the_first_line_is_no_part_of_its_sentence(language: str, before: str, heading: str) -> None:
    text = before + SENTENCE[language]
    found = [(s.kind, text[s.start : s.end]) for s in split_article(text, language)]
    assert [piece for kind, piece in found if kind is Kind.SENTENCE] == [SENTENCE[language]]
    assert [piece for kind, piece in found if kind is Kind.HEADING] == ([heading] if heading else [])


KEPT = [
    ("en", "The bridge was shut on 3 March 2021 at 10:30 GMT after a crash."),
    ("de", "Am Mittwoch, 3. März 2021, 18:44 Uhr, wurde die Brücke gesperrt."),
    ("de", "Halven gegen Halven gegen Corvel heißt das neue Turnier."),
    ("en", "The bridge is shut, the bridge is shut, said the mayor of Halven."),
]


@pytest.mark.parametrize(("language", "sentence"), KEPT)
def test_a_time_or_words_told_twice_inside_a_sentence_are_of_it(language: str, sentence: str) -> None:
    assert [sentence[s.start : s.end] for s in split_article(sentence, language)] == [sentence]


def test_a_sentence_told_twice_is_no_heading() -> None:
    text = "The bridge is shut. The bridge is shut. Boats may pass."
    assert all(s.kind is Kind.SENTENCE for s in split_article(text, "en"))


TITLE = "Ferry with 40 aboard runs aground off Corvel"


@pytest.mark.parametrize("gap", [" ", " - ", " | "])
def test_the_title_run_into_the_first_sentence_is_a_heading(gap: str) -> None:
    text = f"{TITLE.upper()}{gap}It is the third one this year.\n\nNobody was hurt, the coast guard said."
    assert pieces(text, Kind.HEADING, "en", TITLE) == [TITLE.upper()]
    assert sentences(text, "en", TITLE)[0] == "It is the third one this year."


@pytest.mark.parametrize(
    ("title", "line"),
    [
        (TITLE, f"{TITLE} on Monday, and nobody was hurt."),
        ("The Harbour Union", "The Harbour Union Committee met on Monday."),
        ("Why does every ferry run aground?", "Why does every ferry run aground? Nobody knows."),
    ],
)
def test_a_sentence_that_begins_like_the_title_is_whole(title: str, line: str) -> None:
    text = f"{line}\n\nThe harbour master said more."
    assert sentences(text, "en", title)[0] == sentences(text, "en")[0]
