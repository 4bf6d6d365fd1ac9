"""A digest opens with a sentence that introduces what it tells of, where it has one."""

import numpy as np
import pytest
from builders import article, corpus

from digest.digests import Budget, Reader, candidate_rows, choosing
from digest.digests.choosing import Choice
from digest.digests.known import assumes, surnames_of
from digest.digests.words import words_of

TOLD = [
    "Anna Brandt closed the bridge over the Lune on Friday.",
    "Anna T. Brandt had the bridge closed, and Senate Democrats were glad of it.",
    "The Senate met; in the Senate House the Senate voted.",
    "Then came Old Halven, and Old Halven has a halven of its own.",
]
ASSUMING = [
    "The bill would close the bridge over the Lune for a year.",
    "The two men were arrested on the bridge over the Lune.",
    "The boy's death was the third on the bridge in a year.",
    "These accusations were made by the council of Halven.",
    "Mr. Lind said that the bridge would be closed for a year.",
    "Brandt said that the bridge would be closed for a year.",
    "Brandt's letter closed the bridge over the Lune.",
    "The mayor of Halven also said that the bridge was safe.",
    "The council had previously called the bridge safe.",
]
INTRODUCING = [
    "A bill would close the bridge over the Lune for a year.",
    "The bill on bridges would close the one over the Lune.",
    "The government closed the bridge over the Lune.",
    "The Lune rose by a metre, and the bridge was closed.",
    "The two men who were arrested had crossed the bridge.",
    "Mr. Karl Lind said that the bridge would be closed.",
    "Anna Brandt said that the bridge would be closed.",
    "Democrats said that the bridge would be closed.",
    "Halven closed the bridge over the Lune for a year.",
    '"The bridge also needs paint," the mayor of Halven said.',
]


@pytest.mark.parametrize(("texts", "is_so"), [(ASSUMING, True), (INTRODUCING, False)])
def test_what_was_named_before_is_told_from_what_is_introduced(texts: list[str], is_so: bool) -> None:
    is_surname = surnames_of(TOLD, ["Bridge closed"], words_of("en"))
    assert [text for text in texts if assumes(text, words_of("en"), is_surname) is not is_so] == []


def test_who_is_named_so_in_a_title_is_known() -> None:
    assert not surnames_of(TOLD, ["Brandt closes bridge"], words_of("en"))("Brandt")


def test_a_language_without_lists_assumes_nothing() -> None:
    assert not assumes(ASSUMING[0], words_of("sv"), surnames_of(TOLD, [], words_of("en")))


def test_a_president_is_known() -> None:
    assert not surnames_of([*TOLD, "President Brandt spoke."], [], words_of("en"))("Brandt")


FIRST = "Anna Brandt, who mends bridges, found cracks in the old bridge over the Lune on Friday."
LATER = "Brandt said that the old bridge over the Lune would be closed for a year."
BILL = "The bill would close the old bridge over the Lune for a year."


def choice(words: int) -> tuple[Choice, list[str]]:
    """The choice among the sentences of a story for a digest of so many words, and the sentences."""
    texts = [f"{BILL}\n{FIRST}\n{LATER}", f"Boats pass below it.\n{FIRST.replace('Friday', 'Monday')}"]
    story = corpus([article(text, id=text[:4], title="Bridge to close", language="en") for text in texts])
    rows, reading = candidate_rows(story, [0, 1]), Reader(story).read([0, 1], "en")
    index = np.flatnonzero(np.isin(reading.rows, rows))
    return Choice(story, reading, rows, index, None, Budget(words), None), [story.text_of(int(row)) for row in rows]


def test_a_sentence_that_begins_with_a_last_name_comes_behind_the_one_before_it() -> None:
    for words, leans in ((60, True), (200, False)):
        made, texts = choice(words)
        assert [made.behind(place) for place in range(len(texts))] == [leans and text == LATER for text in texts]


def test_what_takes_a_thing_as_known_opens_half_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    made, texts = choice(60)
    worth = [made.opening(place) for place in range(len(texts))]
    monkeypatch.setattr(choosing, "_ASSUMING", 1.0)
    plain = [made.opening(place) for place in range(len(texts))]
    assert worth == [value * (0.5 if text in (BILL, LATER) else 1) for value, text in zip(plain, texts, strict=True)]
