"""A count that a later day's report has raised is not told any more, in a sentence or in a headline."""

import numpy as np
import pytest
from builders import article, corpus

from digest.corpus import Corpus
from digest.digests import Budget, Reader, candidate_rows, compose
from digest.digests.superseded import is_current, outdated

OLD = "The quake in the Orlen valley killed 12 people on Monday, the fire service said."
NEW = "The quake in the Orlen valley killed 21 people on Monday, the fire service said."
BESIDE = "Rescuers searched the ruins of the village of Lesna for two more nights."


def told(
    old: str = OLD, new: str = NEW, days: tuple[str, str] = ("2026-03-09", "2026-03-11"), language: str = "en"
) -> Corpus:
    texts = [f"{old}\n{BESIDE}", f"{new}\nThe government sent tents to the valley."]
    return corpus(
        [
            article(text, id=i, title=title, language=language, published=f"{day}T09:00:00Z" if day else None)
            for text, i, title, day in zip(
                texts, "ab", ["Quake kills 12 in Orlen valley", "Quake toll at 21 in Orlen valley"], days, strict=True
            )
        ]
    )


def current(story: Corpus, near: float = 0.8, language: str = "en") -> list[bool]:
    rows = candidate_rows(story, [0, 1])
    reading = Reader(story).read([0, 1], language)
    vectors = np.full((len(rows), 1), 1.0, np.float32)
    vectors = np.concatenate([vectors * near**0.5, np.eye(len(rows), dtype=np.float32) * (1 - near) ** 0.5], axis=1)
    return [bool(kept) for kept in is_current(story, reading, np.arange(len(rows)), rows, vectors)]


def test_only_the_latest_count_may_be_told() -> None:
    assert current(told()) == [False, True, True, True]
    assert current(told(OLD.replace("12", "at least 12"))) == [False, True, True, True]


TOLL = (
    "The search was called off after the last of the missing were found, bringing the toll to 21, the government said."
)


def test_a_count_that_is_called_the_toll_raises_what_is_worded_otherwise() -> None:
    old = "Twelve people are known to have died when the ground shook at dawn, and that number is expected to rise."
    assert current(told(old, TOLL), near=0.5) == [False, True, True, True]
    assert all(current(told(old, TOLL.replace("the toll", "the bill")), near=0.5))


@pytest.mark.parametrize(
    ("older", "later", "is_outdated"),
    [
        ("Ferry hits breakwater, one dead", "Second passenger dies after ferry crash", True),
        ("At least six dead in quake off Sotara", "Sotara quake: seventh victim found", True),
        ("Two dead in ferry crash", "Second passenger dies after ferry crash", False),
        ("Ferry hits breakwater, one dead", "Second ferry to sail this summer", False),
    ],
)
def test_an_ordinal_raises_the_number_of_a_title(older: str, later: str, is_outdated: bool) -> None:
    story = corpus(
        [
            article("One.", id="a", title=older, language="en", published="2026-03-09T09:00:00Z"),
            article("Two.", id="b", title=later, language="en", published="2026-03-10T09:00:00Z"),
        ]
    )
    assert outdated(story, [0, 1], "en") == [is_outdated, False]


KEPT = [
    ("one day", told(days=("2026-03-11", "2026-03-11"))),
    ("no date", told(days=("", "2026-03-11"))),
    ("a lower count later", told(OLD.replace("12", "25"))),
    ("another year's", told(OLD.replace("on Monday", "in 1978"))),
    ("a part", told(OLD.replace("killed 12", "killed another 12"))),
    ("another thing", told(OLD.replace("killed 12 people", "hurt 12 people"))),
    ("another size", told(NEW.replace("21", "4"))),
    ("another language", told(language="es")),
]


@pytest.mark.parametrize(("why", "story"), KEPT)
def test_what_is_no_older_count_of_the_same_stays(why: str, story: Corpus) -> None:
    language = story.articles[0].language or ""
    assert all(current(story, language=language)), why


def test_sentences_that_are_not_alike_are_not_compared() -> None:
    assert all(current(told(), near=0.2))


def test_without_vectors_every_sentence_stays() -> None:
    story = told()
    rows = candidate_rows(story, [0, 1])
    assert is_current(story, Reader(story).read([0, 1], "en"), np.arange(len(rows)), rows, None).all()


def test_an_old_count_stands_over_no_digest() -> None:
    story = told()
    assert outdated(story, [0, 1], "en") == [True, False]
    assert outdated(story, [0, 1], "de") == [False, False]
    rows = candidate_rows(story, [0, 1])
    made = np.ones((len(rows), 1), np.float32)
    digest = compose(Reader(story), [0, 1], rows, made, Budget(40))
    assert digest.headline == "Quake toll at 21 in Orlen valley"
    assert "12 people" not in digest.summary
