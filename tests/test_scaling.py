"""A run with any model stands on the scale that the thresholds were measured on, or says that it cannot."""

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from model_builders import MINILM, small_model

import digest
from digest.embeddings import load_embedder
from digest.result import Result
from digest.scaling import pairs_within, scale_leads, scale_sentences
from digest.similarity import ScaledVectors, cosines, plain
from digest.tokens import tokenize

EVENTS = {
    "quake": "An earthquake of magnitude 6.1 struck the northern coast, killing 12 people and cutting the power",
    "bank": "The central bank cut its key interest rate by a quarter of a point to help the weak economy",
    "ferry": "A ferry with 90 passengers ran aground in thick fog near the harbour of Skerry, and all were saved",
    "mayor": "A jury found the former mayor of Brenford guilty of bribery over the new stadium contract",
    "rocket": "A rocket carried a satellite that measures the sea ice into orbit from the island launch site",
}
SECOND = (
    "Officials said that the work would go on until the end of the week.",
    "The government promised to look into the matter as soon as it could.",
    "People who live nearby said that they had never seen anything like it.",
    "A report with more details is expected before the end of the month.",
)


def night() -> list[dict[str, str]]:
    return [
        {
            "title": " ".join(words.split()[:8]),
            "text": f"{words} on {day}.\n{SECOND[n % 4]}\n{words.replace(' and ', ' while ')}, the agency reported.",
            "source": f"{event}{n}.example",
        }
        for event, words in EVENTS.items()
        for n, day in enumerate(("Monday", "Monday evening, local reports said"))
    ]


def stories(result: Result) -> list[set[str]]:
    return sorted(({str(m.source)[:4] for m in story.articles} for story in result), key=sorted)


def run(model: Path | str, articles: Sequence[Mapping[str, str]] | None = None) -> Result:
    return digest.run(articles or night(), digest.Config(model=str(model), device="cpu"))


@pytest.fixture(scope="module")
def chance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_model(tmp_path_factory.mktemp("chance"))


@pytest.fixture(scope="module")
def one_sided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same model, with all vectors within a few degrees of each other."""
    return small_model(tmp_path_factory.mktemp("one-sided"), offset=3.0)


@pytest.fixture(scope="module")
def blind(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model to which all texts are alike."""
    return small_model(tmp_path_factory.mktemp("blind"), scale=0.0, offset=1.0)


TEXTS = [f"{words} on {day}." for words in EVENTS.values() for day in ("Monday", "Tuesday", "the last day of May")]


def test_a_model_with_all_vectors_one_way_is_put_on_the_shipped_models_scale(one_sided: Path) -> None:
    model, tokens = load_embedder(str(one_sided), "cpu"), tokenize(TEXTS)
    vectors = model.embed(TEXTS, tokens)
    assert (vectors @ vectors.T).min() > 0.9
    scaled, known = scale_leads(model, vectors, np.ones(len(TEXTS), bool), tokens)
    assert isinstance(scaled, ScaledVectors)
    assert known.all()
    # A story each three texts: what the shipped model holds apart is apart.
    owner, sizes = np.arange(len(TEXTS), dtype=np.int32), [len(TEXTS)]
    sentences = scale_sentences(model, vectors, tokens, owner, sizes)
    assert sentences is not None
    shipped = load_embedder("embedded").embed((), tokens)
    same = np.kron(np.eye(5), np.ones((3, 3))).astype(bool)
    assert np.median(cosines(sentences, sentences)[~same]) < 0.3
    assert np.mean(cosines(sentences, sentences) > 0.8) == pytest.approx(np.mean(shipped @ shipped.T > 0.8), abs=0.05)


def test_which_way_a_models_vectors_lie_does_not_change_the_stories(chance: Path, one_sided: Path) -> None:
    wanted = sorted(({event[:4]} for event in EVENTS), key=sorted)
    assert stories(run(chance)) == stories(run(one_sided)) == stories(run("embedded")) == wanted


def test_a_model_in_use_finds_the_same_stories_in_silence(capfd: pytest.CaptureFixture[str]) -> None:
    assert stories(run(MINILM)) == stories(run("embedded"))
    assert capfd.readouterr() == ("", "")


def test_a_model_that_tells_nothing_apart_is_told_and_words_decide(
    blind: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert stories(run(blind)) == stories(run("embedded"))
    assert [record.levelno for record in caplog.records] == [logging.WARNING] * 2
    assert f"The model {blind} cannot be put on the scale of the embedded one" in caplog.messages[0]
    assert "so stories are found by words alone" in caplog.messages[0]
    assert "so sentences are compared by words alone" in caplog.messages[1]


def test_too_few_articles_for_a_scale_are_told(chance: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert len(run(chance, night()[:3])) == 2
    assert "10 pairs of texts in a language that both know are needed, and there are 3" in caplog.messages[0]


def test_a_language_that_the_shipped_model_does_not_know_gives_no_scale(
    chance: Path, caplog: pytest.LogCaptureFixture
) -> None:
    spanish = "El ministro dijo el lunes que el puente nuevo de la ciudad quedará cerrado durante {} semanas."
    run(
        chance,
        [{"text": spanish.format(n), "language": "es"} for n in ("dos", "tres", "cuatro", "cinco", "seis", "ocho")],
    )
    assert "so stories are found by words alone" in caplog.text


def test_the_shipped_model_needs_no_scale() -> None:
    model, tokens = load_embedder("embedded"), tokenize(TEXTS)
    vectors, known = model.embed((), tokens), np.ones(len(TEXTS), bool)
    assert scale_leads(model, vectors, known, tokens) == (vectors, known)
    assert scale_sentences(model, vectors, tokens, np.zeros(len(TEXTS), np.int32), [len(TEXTS)]) is vectors


def test_a_night_without_two_articles_of_one_story_has_no_sentences_to_compare(chance: Path) -> None:
    none = np.empty((0, 32), np.float32)
    found = scale_sentences(load_embedder(str(chance), "cpu"), none, tokenize([]), np.empty(0, np.int32), [])
    assert found is not None
    assert len(plain(found)) == 0


def test_sentences_are_paired_within_a_story_and_across_its_articles() -> None:
    left, right = pairs_within([3, 0, 2], np.array([0, 0, 1, 2, 3], np.int32))
    assert list(zip(left.tolist(), right.tolist(), strict=True)) == [(0, 2), (1, 2), (3, 4)]
