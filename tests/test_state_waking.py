"""Which known stories a night wakes, and that what sleeps counts as in a run of all."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from builders import article, corpus
from hypothesis import given
from hypothesis import strategies as st
from state_builders import BANK, NIGHTS, PRIZE, by_article, run

from digest.embeddings import Embedder, load_embedder
from digest.embeddings.calibration import Calibration
from digest.nights.beyond import Beyond
from digest.nights.foreign import mean_of, nearest_foreign
from digest.records import Article
from digest.similarity import unit_rows
from digest.state import Likeness, Outlines, article_words, sampled_shingles
from digest.stories import Others, centred


def test_a_brief_cut_from_the_end_of_a_long_known_article_is_its_copy(tmp_path: Path) -> None:
    towns = "Alden Brook Corry Dunmore Elswick Farrow Garth Holme Ister Jarrow Kelby Lorne Marden Norby Oxley".split()
    lines = [
        f"In {one} the {what} of {other} were counted by eleven clerks of the county for the first time since "
        "the old bridge over the Wend fell in a storm."
        for one, other in zip(towns, reversed(towns), strict=True)
        for what in ("orchards", "mills")
    ]
    long = {**PRIZE, "id": "long", "title": "The county counts", "text": " ".join(lines) + " " + PRIZE["text"]}
    assert str(long["text"]).index("A bus driver") > 4_000
    brief = {**PRIZE, "id": "brief", "title": "A prize", "source": "mirror.example"}
    first = by_article(run(tmp_path, [long, BANK]))["long"]
    (copy,) = [a for a in by_article(run(tmp_path, [brief]))["brief"]["articles"] if a["duplicate_of"]]
    assert copy["id"] == "brief"
    assert by_article(run(tmp_path, [brief]))["brief"]["story_id"] == first["story_id"]


def test_a_night_that_only_loses_articles_is_looked_at_beside_what_sleeps(tmp_path: Path) -> None:
    run(tmp_path, NIGHTS[0], "--window", "1")
    run(tmp_path, NIGHTS[1], "--window", "1")
    found = by_article(run(tmp_path, NIGHTS[1], "--window", "1", "--now", "2026-03-11", "--all"))
    assert set(found) == {"bridge-later", "prize"}


@given(st.integers(0, 1_000), st.integers(1, 7))
def test_vectors_are_centred_as_in_a_run_of_all(seed: int, asleep: int) -> None:
    chance = np.random.default_rng(seed)
    vectors = unit_rows(chance.normal(size=(8, 4)).astype(np.float32) + 1)
    known, shipped = chance.random(8) < 0.7, np.full(4, 0.1, np.float32)
    sleeping = vectors[:asleep][known[:asleep]]
    others = Others(sleeping.sum(axis=0), len(sleeping))
    apart = centred(vectors[asleep:], shipped, known[asleep:], others)
    assert np.allclose(apart, centred(vectors, shipped, known)[asleep:], atol=1e-5)


def test_only_pairs_that_are_near_among_all_are_near_among_the_few() -> None:
    texts = [f"The bridge over the Lesna was closed after a crack, said witness {'again ' * n}" for n in range(8)]
    known = [article(text, id=f"k{n}") for n, text in enumerate(texts)]
    fresh = [article("The bridge over the Lesna was closed after a crack, said witness", id="new")]
    beyond = Beyond(
        Likeness(article_words(corpus(known)), article_words(corpus(fresh))), [], np.empty((0, 0), np.float32)
    )
    assert [side.tolist() for side in beyond.near(["k0", "k7", "new"], [])] == [[0], [2]]
    everyone_else = [f"k{n}" for n in range(1, 7)]
    assert [side.tolist() for side in beyond.near(["k0", "k7", "new"], everyone_else)] == [[0, 0, 1], [1, 2, 2]]
    assert beyond.others(["new"]).count == 0


def outlined(articles: list[Article]) -> Outlines:
    made = corpus(articles)
    return Outlines(
        article_words(made),
        sampled_shingles(made),
        [a.published for a in articles],
        np.zeros(len(articles), bool),
        [a.language for a in articles],
    )


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, {("neu", "new")}),
        ({"language": "en-GB"}, set()),
        ({"language": None}, set()),
        ({"published": "2026-05-09"}, set()),
        ({"published": None}, {("neu", "new")}),
    ],
    ids=["another language", "the same one", "an unknown one", "months apart", "undated"],
)
def test_a_report_in_another_language_is_found_by_its_meaning(
    changes: dict[str, Any], found: set[tuple[str, str]]
) -> None:
    known = [
        article("The bridge is closed.", id="new", language="en", published="2026-03-09"),
        article("The bank holds its rate.", id="off", language="en", published="2026-03-09"),
    ]
    late = replace(article("Die Brücke ist zu.", id="neu", language="de", published="2026-03-10"), **changes)
    outlines, fresh = outlined(known), corpus([late])
    beyond = Beyond(Likeness(outlines.words, article_words(fresh)), ["new", "off"], np.eye(2, 4, dtype=np.float32))
    vectors, mean = np.array([[0.9, -0.3, 0.1, 0]], np.float32), mean_of(load_embedder("embedded"))
    assert nearest_foreign(fresh, vectors, np.ones(1, bool), outlines, beyond, mean) == found
    assert nearest_foreign(fresh, vectors, np.zeros(1, bool), outlines, beyond, mean) == set()


def test_a_models_own_mean_is_known_where_it_was_measured() -> None:
    @dataclass
    class Model:
        """What a model says of itself."""

        calibration: Calibration | None

    measured = np.ones(4, np.float32)
    assert mean_of(cast("Embedder", Model(Calibration(mean=measured)))) is measured
    assert len(mean_of(cast("Embedder", Model(None)))) == 0
    assert len(mean_of(load_embedder("embedded"))) > 0
