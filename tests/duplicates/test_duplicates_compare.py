"""Why two articles are copies or not, with the passages that show it."""

import pytest
from builders import article, corpus

from digest.duplicates import Comparison, compare

TEXT = (
    "The bridge over the Vosk was closed on Monday after inspectors found cracks in 14 of its bolts, said the mayor. "
    "Repairs will take until autumn and cost 3 million crowns. Buses will go round by the village of Hald, which adds "
    "twenty minutes to the journey, and pupils of the upper school will have their lessons begin a little later."
)
OTHER = (
    "A choir of retired miners from the north has won the national competition with a song that was never written "
    "down. Its oldest member, who is ninety, said that he had learned it from his aunt, peeling potatoes."
)


def compared(first: str, second: str, titles: tuple[str, str] = ("", "")) -> tuple[Comparison, str, str]:
    articles = [article(first, id="a", title=titles[0]), article(second, id="b", title=titles[1])]
    return compare(corpus(articles), 0, 1), first, second


def test_shared_passages_are_slices_of_both_texts() -> None:
    result, first, second = compared("Now this.\n" + TEXT, TEXT.replace("Repairs", "The repairs"))
    assert result.kind == "near"
    assert len(result.passages) == 2
    for one, other in result.passages:
        assert first[one.start : one.end].lower() == second[other.start : other.end].lower()
    assert result.passages[0][0].article_id == "a"


def test_containment_is_given_both_ways() -> None:
    result, *_ = compared(TEXT + "\n" + OTHER, TEXT)
    assert result.containment[1] == 1.0
    assert 0.4 < result.containment[0] < 0.7
    assert result.overlap == 1.0
    assert compared(TEXT, TEXT + "\n" + OTHER)[0].containment == result.containment[::-1]


def test_the_other_figures_are_named() -> None:
    update = TEXT.replace("14 of", "31 of").replace("3 million", "5 million").replace("Monday", "Friday")
    result, first, second = compared(TEXT, update)
    assert result.kind is None
    assert result.reason == "other figures or names"
    told = [(first[one.start : one.end], second[other.start : other.end]) for one, other in result.differences]
    assert ("14", "31") in told
    assert ("3", "5") in told


def test_another_headline_is_a_reason() -> None:
    titles = ("Bridge at Torvik closed", "Bridge at Hemnes closed")
    notes = " The town of {} has asked the county for help, and engineers were on their way in the afternoon."
    result, *_ = compared(TEXT + notes.format("Torvik"), TEXT + notes.format("Hemnes"), titles)
    assert result.reason == "other headline"


def test_a_notice_is_a_reason() -> None:
    notice = (
        "This page is for members. Please sign in with your name and your number to go on reading, or join us today."
    )
    result, *_ = compared(notice + " It is free.", notice + " It costs nothing.", ("Volcano erupts", "Chess title won"))
    assert (result.kind, result.reason) == (None, "same notice")


@pytest.mark.parametrize(("first", "second"), [(TEXT, OTHER), (TEXT, ""), ("", "")])
def test_articles_with_little_in_common_are_no_copies(first: str, second: str) -> None:
    result, *_ = compared(first, second)
    assert (result.kind, result.reason) == (None, "little shared")
    assert result.explanation


def test_the_same_words_are_exact() -> None:
    assert compared(TEXT, TEXT.upper())[0].kind == "exact"
    assert compared("Short note.", "Short note.")[0].kind == "exact"


def test_a_passage_in_a_script_without_spaces_is_exact_to_the_letter() -> None:
    shared = (
        "新しい橋は来年の春に完成する予定です市長は火曜日に発表しました住民は長い間この日を待っていたと話しています"
    )
    result, first, _ = compared("はじめに。" + shared, shared)
    assert [first[one.start : one.end] for one, _ in result.passages] == [shared]
    assert result.kind == "near"


def test_credits_and_spellings_of_one_name_are_no_differences() -> None:
    here = TEXT.replace(
        "said the mayor.", "reported Reuters on the spot. The mayor of Kalin's town agreed in Sept of that"
    )
    there = TEXT.replace(
        "said the mayor.", "reported DPA on the spot. The mayor of Kalins town agreed in September of that"
    )
    result, *_ = compared(here, there)
    assert result.kind == "near"
    assert result.differences == ()
