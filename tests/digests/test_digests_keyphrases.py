"""Keyphrases name a story's people in full, a country once, and no half of a name."""

import re

import pytest

from digest.digests.keyphrases import keyphrases
from digest.digests.reading import fold_of


def phrases_of(*reports: str, language: str = "en") -> tuple[str, ...]:
    """The keyphrases of reports, the first line of each its title."""
    lines = [report.split("\n") for report in reports]
    words = map(fold_of(language), re.findall("\\w+", " ".join(reports).lower()))
    rarity = {word: 1.0 if word in ("bridge", "closed", "wait") else 3.0 for word in words}
    return keyphrases([line[0] for line in lines], [line[1:] for line in lines], language, rarity)


MAYOR = (
    "Brandt closes bridge\nAnna Brandt closed the bridge. Brandt spoke on Friday.",
    "Bridge closed by Brandt\nMayor Anna Brandt closed the bridge. The city heard Brandt.",
)


def test_a_person_is_named_in_full_and_once() -> None:
    phrases = phrases_of(*MAYOR)
    assert "Anna Brandt" in phrases
    assert not {"Anna", "Brandt"} & set(phrases)


def test_a_word_of_titles_alone_is_no_first_name() -> None:
    phrases = phrases_of(
        "Mayor Accuses Corvel\nThe harbour of Corvel lost its crane.", "Council Accuses Corvel\nCorvel lost a crane."
    )
    assert "Corvel" in phrases
    assert "Accuses Corvel" not in phrases


def test_a_word_that_is_also_written_small_is_no_first_name() -> None:
    phrases = phrases_of(
        "Bridge of Corvel\nFlooded Corvel waits. The flooded Corvel waits.", "Corvel\nA flooded Corvel waits."
    )
    assert "Flooded Corvel" not in phrases


@pytest.mark.parametrize(
    ("land", "people"),
    [("Iran", "Iranian"), ("China", "Chinese"), ("Mexico", "Mexicans"), ("Turkey", "Turkish"), ("Korea", "Korean")],
)
def test_a_country_and_its_people_are_one(land: str, people: str) -> None:
    report = f"{land} and {people} ships\n{land} sent ships. The {people} ships left."
    phrases = " ".join(phrases_of(report, report)).split()
    assert (land in phrases) != (people in phrases)


def test_words_that_only_begin_alike_are_two() -> None:
    report = "Corvel and Corvette\nThe Corvel ferry met a Corvette. Corvel and Corvette waited."
    assert {"Corvel", "Corvette"} <= set(" ".join(phrases_of(report, report)).split())


def test_one_and_several_of_a_thing_are_one() -> None:
    report = "Job lost\nA job was lost. The jobs went, and jobs are few."
    assert len({"job", "jobs", "Job"} & set(phrases_of(report, report))) == 1


def test_a_name_with_a_common_word_in_it_is_whole() -> None:
    report = "New York waits\nNew York waits. In New York, voters of Super Tuesday wait."
    phrases = phrases_of(report, report)
    assert {"New York", "Super Tuesday"} <= set(phrases)
    assert not {"York", "Super"} & set(phrases)


def test_a_number_in_a_row_is_no_keyphrase() -> None:
    titles = ["Museum shows its 100,000th button", "The 100,000th button, on the 3rd floor"]
    leads = [["The museum of Nether Wick has its 100,000th button, on the 3rd floor."]] * 2
    found = keyphrases(titles, leads, "en", dict.fromkeys(["100", "000th", "3rd", "button", "museum", "nether"], 5.0))
    assert "button" in found
    assert not any(word[0].isdigit() for phrase in found for word in phrase.split())


def test_a_month_is_no_keyphrase() -> None:
    phrases = phrases_of(
        "Old bridge to close in June\nThe bridge of Corvel closes in June.",
        "Bridge closes in June\nBy June the bridge is to close.",
    )
    assert "Corvel" in phrases
    assert "June" not in phrases


HARBOUR = (
    "Harbour board delays crane\nThe harbour board delayed the crane of Corvel. Its harbour board met on Friday.",
    "Crane of Corvel waits\nThe harbour board will move the crane of Corvel. Nobody could move it before.",
)


def test_a_word_is_named_by_the_phrase_that_it_mostly_stands_in() -> None:
    phrases = phrases_of(*HARBOUR)
    assert "harbour board" in phrases
    assert not {"harbour", "board"} & {phrase.lower() for phrase in phrases}


def test_a_bearer_of_a_name_is_no_part_of_it() -> None:
    report = (
        "Ferry sinks off Corvel\nThe captain's wife Irmela saw the ferry sink, and wife Irmela of Corvel rowed out."
    )
    phrases = phrases_of(report, report)
    assert "Irmela" in phrases


DEEDS = [
    ("opposes", "Council opposes the mill\nThe council opposes the mill of Corvel."),  # by a list
    ("flooded", "Mill flooded\nThe mill of Corvel was flooded."),  # by its ending
    ("loudly", "Mill of Corvel hums loudly\nThe mill hums loudly."),
    ("dismantle", "Mill of Corvel: council would dismantle it\nThe council will dismantle the mill of Corvel."),
    ("gilding", "Council gilding the mill\nThe council of Corvel is gilding the mill."),
    ("Gov", "Gov. Tamsin Hale opens the mill\nGov. Hale opened the mill of Corvel."),
]


@pytest.mark.parametrize(("deed", "report"), DEEDS)
def test_what_names_no_thing_is_no_keyphrase(deed: str, report: str) -> None:
    phrases = phrases_of(report, report)
    assert "mill" in {word.lower() for phrase in phrases for word in phrase.split(" ")}
    assert deed not in " ".join(phrases).split(" ")


def test_a_name_that_ends_like_a_deed_is_kept() -> None:
    report = "Alfred of Corvel wins\nAlfred won the race of Corvel, and Alfred thanked the town."
    assert "Alfred" in phrases_of(report, report)


def test_what_also_stands_as_a_thing_is_kept() -> None:
    report = (
        "Strike at the mill\nThe strike at the mill of Corvel goes on. The strike may end; none will strike in May."
    )
    assert "strike" in {phrase.lower() for phrase in phrases_of(report, report)}


def test_what_a_sentence_says_once_is_no_phrase_where_verbs_are_not_known() -> None:
    report = "Brücke in Halven gesperrt\nDer Rat hat die alte Brücke am Montag für schwere Autos sperren lassen."
    assert not any(" " in phrase for phrase in phrases_of(report, language="de"))
    assert "Oberer Hafen" in phrases_of(report + " Oberer Hafen bleibt offen.", language="de")


def test_of_equals_what_is_told_first_comes_first() -> None:
    assert phrases_of("\nZoll und Hafen, Brücke und Amt.", language="de") == ("Zoll", "Hafen", "Brücke", "Amt")


JOINED = [
    ("tr", "Halven'in köprüsü\nHalven'de köprü kapandı.", "Halven"),
    ("fr", "L'Alverne inquiète\nLe pont de l'Alverne est fermé.", "Alverne"),
    ("it", "Il ponte dell'Alverna\nIl ponte dell'Alverna è chiuso.", "Alverna"),
]


@pytest.mark.parametrize(("language", "report", "name"), JOINED)
def test_what_an_apostrophe_joins_to_a_name_is_no_part_of_it(language: str, report: str, name: str) -> None:
    assert name in phrases_of(report, language=language)


def test_a_word_and_its_inflection_are_one() -> None:
    report = "Halvens Brücken\nBrücken verbinden. Jede Brücke kostet. Halven zahlt."
    phrases = phrases_of(report, language="de")
    assert len({"Brücken", "Brücke"} & set(phrases)) == 1
    assert len({"Halvens", "Halven"} & set(phrases)) == 1
