"""A model's cosines on the scale that the thresholds were measured on."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from model_builders import MINILM

from digest.embeddings import NoScaleError, fit_scale, load_embedder, sample_pairs, sample_places
from digest.embeddings.calibration import MOST_PAIRS, SHIPPED, reference_hash, shipped_calibration
from digest.embeddings.locating import content_hash, weights_hash
from digest.similarity import pair_cosines

cosines = st.lists(st.floats(-1, 1, width=32), min_size=20, max_size=200)


def spread(n: int = 5_000, seed: int = 0) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Cosines as pairs of news have them: most near 0, a few high."""
    rng = np.random.default_rng(seed)
    return np.concatenate((rng.normal(0.05, 0.1, n - n // 50), rng.uniform(0.5, 0.98, n // 50))).astype(np.float32)


@given(cosines, st.integers(0, 9))
def test_a_scale_is_monotone_and_takes_identical_texts_for_identical(found: list[float], seed: int) -> None:
    reference = spread(len(found), seed)
    try:
        scale = fit_scale(np.asarray(found, np.float32), reference, 2)
    except NoScaleError:
        return
    told = scale(np.linspace(-1, 1, 101, dtype=np.float32))
    assert np.all(np.diff(told) >= 0)
    assert told.dtype == np.float32
    assert told[-1] == 1.0


@pytest.mark.parametrize(
    ("squeeze", "offset"), [(1.0, 0.0), (0.05, 0.95), (0.3, 0.6), (0.5, 0.0)], ids="as-is anisotropic high low".split()
)
def test_a_threshold_lets_as_many_pairs_through_whatever_the_models_own_cosines(squeeze: float, offset: float) -> None:
    reference = spread()
    scale = fit_scale((reference * squeeze + offset).astype(np.float32), reference, 100)
    again = scale((reference * squeeze + offset).astype(np.float32))
    for threshold in (0.3, 0.62, 0.8, 0.9):
        assert np.isclose(np.mean(again >= threshold), np.mean(reference >= threshold), atol=0.001)


def test_too_few_pairs_are_no_scale() -> None:
    with pytest.raises(NoScaleError, match=r"10 pairs of texts .* and there are 9"):
        fit_scale(spread(9), spread(9), 10)


@pytest.mark.parametrize("found", [np.full(5_000, 0.99, np.float32), spread(5_000)[::-1]], ids=["constant", "other"])
def test_a_model_that_sees_other_things_is_put_on_no_scale(
    found: "np.ndarray[tuple[int], np.dtype[np.float32]]",
) -> None:
    with pytest.raises(NoScaleError, match="0 is chance"):
        fit_scale(found, spread(), 10)


@settings(max_examples=20)
@given(st.integers(0, 3_000))
def test_pairs_are_sampled_once_each_and_bounded(items: int) -> None:
    left, right = sample_pairs(items)
    assert np.all(left < right)
    assert len(np.unique(left * 10_000 + right)) == len(left) <= MOST_PAIRS
    assert len(left) == items * (items - 1) // 2 or len(left) > 0.99 * MOST_PAIRS
    assert items < 2 or right.max() == items - 1


def test_places_are_spread_from_end_to_end() -> None:
    assert sample_places(5, 10).tolist() == [0, 1, 2, 3, 4]
    assert sample_places(1_000, 3).tolist() == [0, 499, 999]


def test_cosines_of_many_pairs_are_those_of_each() -> None:
    vectors = np.random.default_rng(0).normal(size=(400, 8)).astype(np.float32)
    left, right = sample_pairs(400)
    assert np.allclose(pair_cosines(vectors, left, right), (vectors @ vectors.T)[left, right], atol=1e-4)


def test_the_shipped_model_stands_on_its_own_scale() -> None:
    given_one = load_embedder("embedded").calibration
    assert given_one is not None
    assert (given_one.mean, given_one.articles, given_one.sentences) == (None, None, None)


def test_what_ships_was_measured_against_the_model_that_ships() -> None:
    known = json.loads(SHIPPED.read_text("utf-8"))
    stale = [entry["name"] for entry in known.values() if entry["reference"] != reference_hash()]
    assert not stale, "the embedded model changed: run benchmarks/calibrate.py for these models"
    found = shipped_calibration(weights_hash(MINILM))
    assert found is not None
    assert found.sentences is not None
    assert 0.7 < found.sentences(np.full(1, 0.8, np.float32))[0] < 0.9


def test_what_was_measured_against_another_model_counts_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digest.embeddings.calibration.reference_hash", lambda: "another")
    assert shipped_calibration(weights_hash(MINILM)) is None
    assert shipped_calibration("never heard of") is None
    assert shipped_calibration(None) is None


def test_a_models_files_name_it_by_what_they_hold(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        (folder / "1_Pooling").mkdir(parents=True)
        (folder / "1_Pooling" / "config.json").write_text("{}")
    assert content_hash(one) == content_hash(other)
    assert weights_hash(one) is None
    (other / "1_Pooling" / "config.json").rename(other / "config.json")
    assert content_hash(one) != content_hash(other)
