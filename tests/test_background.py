from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from digest.background import Background, load_background
from digest.errors import ModelError
from digest.fingerprint import hash_words
from digest.similarity import counts
from digest.tokens import to_terms, tokenize


def _table(**frequencies: int) -> Background:
    keys = hash_words(frequencies)
    order = np.argsort(keys)
    df = np.array(list(frequencies.values()), np.uint16)[order]
    return Background(keys[order], df, df // 2, 1_000, np.empty(0, np.float32))


def _idf(table: Background, df: list[int], n: int, *words: str, known: bool = True) -> list[float]:
    return [float(weight) for weight in table.idf(hash_words(words), np.array(df), n, known=known)]


def test_the_shipped_table_knows_common_words_from_rare_ones() -> None:
    the, minister, axolotl = _idf(load_background(), [2, 2, 2], 3, "the", "minister", "axolotl")
    assert the == 0
    assert 1 < minister < axolotl


def test_the_shipped_table_has_a_mean_vector_of_news() -> None:
    mean = load_background().mean
    assert len(mean) > 0
    assert 0 < np.linalg.norm(mean) < 1


def test_a_word_weighs_the_same_however_often_the_run_holds_it() -> None:
    table = _table(quake=10)
    assert _idf(table, [3], 3, "quake") == _idf(table, [3], 30_000, "quake") == [pytest.approx(np.log(100))]


def test_a_word_in_most_articles_weighs_nothing() -> None:
    assert _idf(_table(said=900), [2], 2, "said") == [0]


def test_a_word_that_the_table_lacks_weighs_most_when_two_articles_hold_it() -> None:
    assert _idf(_table(quake=10), [1, 2], 9, "zyx", "zyx") == [0, pytest.approx(np.log(1_000))]


def test_the_lead_has_frequencies_of_its_own() -> None:
    table = _table(quake=10)
    assert table.frequency(hash_words(["quake", "zyx"]), "lead").tolist() == [5, 0]


def test_a_strange_language_is_weighed_by_its_own_counts() -> None:
    rare, common, ubiquitous = _idf(_table(quake=10), [2, 50, 190], 200, "a", "b", "c", known=False)
    assert rare > common > ubiquitous == 0


def test_function_words_tell_a_language_that_the_table_knows() -> None:
    terms = to_terms(
        tokenize(["The minister said that she would go to the court.", "Der Minister sagte, er gehe.", ""])
    )
    assert load_background().knows(terms.hashes, counts(terms)).tolist() == [True, False, False]


def test_an_empty_table_knows_nothing() -> None:
    empty = Background(
        np.empty(0, np.uint64), np.empty(0, np.uint16), np.empty(0, np.uint16), 0, np.empty(0, np.float32)
    )
    assert empty.frequency(hash_words(["quake"])).tolist() == [0]


def test_a_broken_table_says_what_to_do(tmp_path: Path) -> None:
    torn = tmp_path / "torn.safetensors"
    torn.write_bytes(b"nothing")
    strange = tmp_path / "strange.safetensors"
    save_file({"keys": np.zeros(1, np.uint64)}, strange)
    for path in (torn, strange, tmp_path / "none"):
        with pytest.raises(ModelError, match="Reinstall"):
            load_background(path)
