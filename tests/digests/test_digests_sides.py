"""Who is accused in a digest is heard in it, where a source has the answer and the budget bears it."""

import numpy as np
import pytest
from builders import article, corpus

from digest.digests import Budget, Reader, candidate_rows, compose, sides

ACCUSED = """The harbour union accused Corvel Steel of dumping acid into the river for three years.
The union said on Monday that it had filed a complaint against Corvel Steel over the acid in the river.
Some 400 fishermen have lost their catch since the acid was found in the river in May.
Regional inspectors took samples of the river water below the steel mill on Tuesday."""
OTHER = """Corvel Steel was accused on Monday of dumping acid into the river by the harbour union.
The harbour union filed a complaint over acid that it says comes from the steel mill.
Fishermen found acid in the river in May, and the catch of 400 of them is lost.
{}
The mill employs 900 people and is the largest in the valley."""
DENIAL = "Corvel Steel has repeatedly denied the allegations and invited inspectors to the mill."
BUDGET = Budget(60)


def summary_of(sentence: str, budget: Budget = BUDGET, language: str = "en", near: float = 0.4) -> str:
    """The digest of two reports, the second with a sentence; each two sentences have the cosine `near`."""
    texts = ACCUSED, OTHER.format(sentence)
    story = corpus([article(t, id=f"a{n}", language=language, source=f"s{n}") for n, t in enumerate(texts)])
    rows = candidate_rows(story, [0, 1])
    vectors = np.sqrt(1 - near) * np.eye(len(rows), len(rows) + 1) + np.sqrt(near) * np.eye(len(rows) + 1)[-1]
    return compose(Reader(story), [0, 1], rows, vectors.astype(np.float32), budget).summary


@pytest.mark.parametrize(
    "answer",
    [
        DENIAL,
        "Corvel Steel, which made a loss last year, rejected the claims of its neighbours in a letter.",
        "Corvel Steel's lawyers denied that its mill had ever used the pipe under the old bridge.",
        "Corvel Steel called the accusations baseless in a letter to its shareholders.",
    ],
)
def test_the_answer_of_the_accused_is_in_the_digest_with_what_it_answers(answer: str) -> None:
    summary = summary_of(answer)
    assert answer in summary
    assert "accused" in summary.replace(answer, "")


@pytest.mark.parametrize(
    ("why", "sentence"),
    [
        ("another's answer", "Norland Cement has repeatedly denied allegations of its own from last year."),
        ("no denial", "Corvel Steel hit back in a letter to its shareholders late in the evening."),
        ("a defence of anything", "Corvel Steel defended its steel mill and its managers in a letter on Monday."),
        ("no answer", "Corvel Steel has repeatedly raised the pay of workers at the mill."),
        ("a refusal", "Corvel Steel denied a pay rise to workers of the night shift at the mill."),
        ("without a name", "It has repeatedly denied the allegations and invited inspectors to the mill."),
    ],
)
def test_what_answers_no_accusation_of_the_digest_has_no_claim_to_room(why: str, sentence: str) -> None:
    assert sentence not in summary_of(sentence), why


def test_an_answer_on_another_topic_has_no_claim_to_room() -> None:
    assert DENIAL not in summary_of(DENIAL, near=0.2)


def test_a_digest_too_short_for_both_keeps_what_happened() -> None:
    assert DENIAL not in summary_of(DENIAL, Budget(40))
    assert DENIAL not in summary_of(DENIAL, Budget(60, sentences=1))


def test_a_language_without_lists_is_left_as_it_is() -> None:
    assert DENIAL not in summary_of(DENIAL, language="nl")


@pytest.mark.parametrize(
    ("accusation", "sentence", "answered"),
    [
        ("Police charged Steel with theft from the river union.", "Steel denied any wrongdoing.", True),
        (
            "Police charged the Steel campaign manager Ann Corvel with theft from the river union.",
            "Steel denied any wrongdoing.",
            False,
        ),
        (
            "Police charged Ann Steel with the theft of a boat from the river union.",
            "Tom Steel denied that he had left his boat.",
            False,
        ),
    ],
)
def test_an_answer_is_of_the_accused_not_of_one_named_beside_him(
    accusation: str, sentence: str, answered: bool
) -> None:
    story = corpus([article(text, id=text[:5], language="en") for text in (accusation, sentence)])
    reading = Reader(story).read([0, 1], "en")
    texts = [story.text_of(row) for row in reading.rows.tolist()]
    accusing, answer = texts.index(accusation), texts.index(sentence)
    vectors = (0.6 * np.eye(len(texts), len(texts) + 1) + 0.8 * np.eye(len(texts) + 1)[-1]).astype(np.float32)
    found = sides.answers(reading, np.arange(len(texts)), texts, [accusing], vectors)
    assert found == ([(accusing, answer)] if answered else [])
