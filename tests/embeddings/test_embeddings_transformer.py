"""A real sentence-transformers model behind the protocol."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from model_builders import MINILM, count_pieces, small_model

import digest
from digest.embeddings import Embedder, load_embedder, understood
from digest.embeddings.devices import choose_device, choose_dtype
from digest.embeddings.locating import FOLDER
from digest.embeddings.transformer import TransformerModel
from digest.errors import ModelError, UsageError
from digest.similarity import Float32
from digest.tokens import tokenize

TEXTS = [
    "A quake struck the coast.",
    "",
    "The bank cut its rate.",
    "An earthquake hit the shore.",
    "The bank cut its rate.",
]
WORDS = "quake ferry bank court minister storm harbour vote strike 12 the of in to and for with".split()
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=150).map(" ".join)


def embed(model: Embedder, texts: Sequence[str]) -> Float32:
    return model.embed(texts, tokenize(texts))


@pytest.fixture(scope="session")
def minilm() -> Embedder:
    return load_embedder(str(MINILM), "cpu")


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_model(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def of_chance(small: Path) -> Embedder:
    return load_embedder(str(small), "cpu")


def network(model: Embedder) -> Any:
    assert isinstance(model, TransformerModel)
    return model._model  # no public way leads to the calls that the network gets


def test_a_transformer_gives_unit_vectors_that_know_meaning(minilm: Embedder) -> None:
    vectors = embed(minilm, TEXTS)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), [1, 0, 1, 1, 1], atol=1e-5)
    assert vectors[0] @ vectors[3] > 0.7
    assert vectors[0] @ vectors[2] < 0.3
    assert minilm.name == str(MINILM)


def test_vectors_are_those_of_sentence_transformers_whatever_the_precision(minilm: Embedder) -> None:
    from sentence_transformers import SentenceTransformer

    texts = ["A quake struck the coast. " * n for n in (1, 3, 40)]
    theirs = SentenceTransformer(str(MINILM), device="cpu").encode(texts, normalize_embeddings=True)
    assert np.all(np.einsum("ij,ij->i", embed(minilm, texts), theirs) > 0.999)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(sentences, min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_a_vector_does_not_depend_on_what_stands_beside_it(of_chance: Embedder, texts: list[str], random: Any) -> None:
    together = embed(of_chance, texts)
    assert np.array_equal(together, np.concatenate([embed(of_chance, [t]) for t in texts]))
    order = random.sample(range(len(texts)), len(texts))
    assert np.array_equal(together[order], embed(of_chance, [texts[i] for i in order]))


def test_nor_do_those_of_a_model_that_is_in_use(minilm: Embedder) -> None:
    texts = [f"Ferry {n} left the harbour of Skerry" + " in a storm of the night" * (n % 5) for n in range(40)]
    together = embed(minilm, texts)
    assert np.array_equal(together[::-3], embed(minilm, texts[::-3]))
    assert np.array_equal(together[5:6], embed(minilm, texts[5:6]))


def test_no_text_at_all_is_no_fault(minilm: Embedder) -> None:
    assert embed(minilm, []).shape == (0, 384)
    assert not embed(minilm, ["", " "]).any()


def test_progress_counts_tokens_to_the_end(small: Path) -> None:
    told: list[tuple[int, int]] = []
    model = load_embedder(str(small), "cpu", on_progress=lambda done, total: told.append((done, total)))
    embed(model, [f"the ferry number {n}" + " and the bank" * n for n in range(30)])
    done, totals = [d for d, _ in told], {t for _, t in told}
    assert done == sorted(set(done))
    assert totals == {done[-1]}


def count_calls(model: Embedder) -> Callable[[], int]:
    calls: list[int] = []
    network(model)[0].register_forward_hook(lambda *_: calls.append(1))
    return lambda: len(calls)


def test_a_second_run_embeds_nothing_and_gives_the_same_bytes(small: Path, tmp_path: Path) -> None:
    texts = [f"the ferry number {n}" + " and the bank" * n for n in range(30)]
    first = load_embedder(str(small), "cpu", str(tmp_path / "c.db"))
    calls_of_first, made = count_calls(first), embed(first, texts)
    second = load_embedder(str(small), "cpu", str(tmp_path / "c.db"))
    calls_of_second = count_calls(second)
    assert np.array_equal(made, embed(second, texts[::-1])[::-1])
    assert (calls_of_first() > 0, calls_of_second()) == (True, 0)
    assert np.array_equal(made, embed(load_embedder(str(small), "cpu"), texts))
    embed(second, [*texts, "one more"])
    assert calls_of_second() == 1


def test_vectors_of_a_changed_model_are_made_anew(small: Path, tmp_path: Path) -> None:
    embed(load_embedder(str(small), "cpu", str(tmp_path / "c.db")), TEXTS)
    shutil.copytree(small, tmp_path / "copy")
    same = load_embedder(str(tmp_path / "copy"), "cpu", str(tmp_path / "c.db"))
    calls = count_calls(same)
    embed(same, TEXTS)
    assert calls() == 0
    other = small_model(tmp_path / "other", seed=1)
    model = load_embedder(str(other), "cpu", str(tmp_path / "c.db"))
    assert np.array_equal(embed(model, TEXTS), embed(load_embedder(str(other), "cpu"), TEXTS))


def short_of_memory(model: Embedder, most: int) -> Embedder:
    """The model on a device that holds `most` tokens."""

    def refuse(_: Any, given_features: tuple[dict[str, Any], ...]) -> None:
        if given_features[0]["input_ids"].numel() > most:
            raise torch.OutOfMemoryError("out of memory")

    network(model)[0].register_forward_pre_hook(refuse)
    return model


def test_batches_shrink_on_a_device_that_is_out_of_memory(small: Path, tmp_path: Path) -> None:
    texts = [f"the ferry number {n}" + " and the bank" * n for n in range(30)]
    model = short_of_memory(load_embedder(str(small), "cpu", str(tmp_path / "c.db")), 150)
    assert np.allclose(embed(model, texts), embed(load_embedder(str(small), "cpu"), texts), atol=1e-3)


def test_a_device_too_small_for_one_text_is_named(small: Path) -> None:
    with pytest.raises(ModelError, match="too little memory for one text"):
        embed(short_of_memory(load_embedder(str(small), "cpu"), 7), TEXTS)


def test_another_fault_of_the_network_is_not_hidden(small: Path) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("a fault")

    model = load_embedder(str(small), "cpu")
    network(model)[0].register_forward_pre_hook(fail)
    with pytest.raises(RuntimeError, match="a fault"):
        embed(model, TEXTS)


@pytest.mark.parametrize("name", ["no/such/folder/at/all", "./nowhere", "~nobody-here", "no-such-model-anywhere"])
def test_a_missing_model_says_what_works_offline(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError, match="What works offline: --model embedded"):
        load_embedder(name)


def test_a_folder_that_is_no_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_embedder(str(tmp_path))


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is such a device here")
def test_a_device_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(ModelError, match=r"--device cuda: torch .* finds no such device here. What it can use: .*cpu"):
        load_embedder(str(MINILM), "cuda")
    assert choose_device(None) in ("mps", "cpu")
    assert choose_device("cpu") == "cpu"


def test_a_device_that_does_not_exist_is_a_wrong_word() -> None:
    with pytest.raises(UsageError, match=r"device is 'cudda'\. Did you mean 'cuda'\?"):
        digest.Config(device="cudda")


@pytest.mark.parametrize(
    ("device", "capabilities", "gpu", "dtype"),
    [
        ("cpu", {"avx512_bf16": True}, (0, 0), "bfloat16"),
        ("cpu", {"amx_bf16": True}, (0, 0), "bfloat16"),
        ("cpu", {"avx2": True}, (0, 0), "float32"),
        ("mps", {"avx512_bf16": True}, (0, 0), "float32"),
        ("cuda", {}, (9, 0), "bfloat16"),
        ("cuda", {}, (7, 5), "float32"),
    ],
)
def test_half_precision_is_for_processors_that_have_it(
    device: str, capabilities: dict[str, bool], gpu: tuple[int, int], dtype: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: capabilities)
    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda: gpu)
    assert choose_dtype(device) == dtype


def test_a_transformer_says_which_languages_it_knows(minilm: Embedder) -> None:
    texts = ["The bridge was closed on Monday.", "Cây cầu đã đóng cửa hôm thứ Hai.", "总理星期一表示大桥将关闭。"]
    assert understood(minilm, tokenize(texts)).tolist() == [True, False, False]
    assert count_pieces(minilm, []) == []


def test_a_table_of_word_vectors_is_read_like_any_other_model() -> None:
    model, embedded = load_embedder(str(FOLDER), "cpu"), load_embedder("embedded")
    assert np.allclose(embed(model, TEXTS), embed(embedded, TEXTS), atol=1e-3)
    words = ["quake", "Hospitalisation", "总理星"]
    assert count_pieces(model, words) == count_pieces(embedded, words)
