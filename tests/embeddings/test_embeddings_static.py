"""The model inside the package."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from model_builders import count_pieces
from tokenizers import Tokenizer

from digest.embeddings import understood
from digest.embeddings.locating import FOLDER
from digest.embeddings.static import StaticModel, load_static
from digest.errors import ModelError
from digest.tokens import tokenize

LIBRARY = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
TEXTS = [
    "An earthquake of magnitude 6.1 struck the Orlen valley, killing 12 people.",
    "A quake hit the Orlen valley; a dozen people died.",
    "The central bank cut its rate to 2.25 per cent.",
    "Élan vital: naïve café-goers can't read U.S. e-mail… “quoted” €500 a\u200bb",
    "東京の天気は雨です。 Tiếng Việt có dấu. สวัสดีครับ",
    "x" * 150 + " supercalifragilistic",
    "!?",
]


@pytest.fixture(scope="module")
def model() -> StaticModel:
    return load_static(FOLDER, "embedded")


def test_it_knows_that_two_wordings_say_the_same(model: StaticModel) -> None:
    v = model.embed(TEXTS, tokenize(TEXTS))
    assert v.dtype == np.float32
    assert np.allclose(np.linalg.norm(v[:5], axis=1), 1, atol=1e-5)
    assert v[0] @ v[1] > 0.6
    assert v[0] @ v[2] < 0.35


def test_a_text_of_nothing_has_a_vector_of_zeros(model: StaticModel) -> None:
    assert not model.embed(["", "  "], tokenize(["", "  "])).any()
    assert model.embed([], tokenize([])).shape[0] == 0


def test_the_first_words_of_a_lead_count_more(model: StaticModel) -> None:
    start, end = "Floods closed the bridge at Lesna.", "The central bank held its rate."
    texts = [f"{start} {end}", f"{end} {start}"]
    tokens, ends = tokenize(texts), model.embed((), tokenize([start, end]))
    plain, leads = model.embed((), tokens), model.embed((), tokens, leads=True)
    assert np.allclose(plain[0], plain[1], atol=1e-6)
    assert leads[0] @ ends[0] > plain[0] @ ends[0]
    assert leads[1] @ ends[1] > plain[1] @ ends[1]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_a_leads_vector_does_not_depend_on_what_stands_beside_it(model: StaticModel, texts: list[str]) -> None:
    together = model.embed((), tokenize(texts), leads=True)
    alone = [model.embed((), tokenize([text]), leads=True) for text in texts]
    assert np.array_equal(together, np.concatenate(alone))


def test_sentence_transformers_reads_the_same_folder_to_the_same_vectors(model: StaticModel) -> None:
    from sentence_transformers import SentenceTransformer

    other = SentenceTransformer(str(FOLDER), device="cpu").encode(TEXTS, normalize_embeddings=True)
    assert np.allclose(model.embed(TEXTS, tokenize(TEXTS)), other, atol=1e-5)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_a_vector_does_not_depend_on_what_stands_beside_it(model: StaticModel, texts: list[str]) -> None:
    together = model.embed(texts, tokenize(texts))
    assert np.array_equal(together, np.concatenate([model.embed([t], tokenize([t])) for t in texts]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["minister", "The", "NATO", "kyiv"]) | st.text(st.characters(max_codepoint=0x24F))))
def test_words_are_cut_as_the_tokenizers_library_cuts_them(model: StaticModel, texts: list[str]) -> None:
    words = tokenize(texts).vocabulary
    cut = [e.ids for e in LIBRARY.encode_batch(list(words), add_special_tokens=False)]
    known = [ids for ids in cut if ids and 0 not in ids]
    counted = count_pieces(model, [w for w, ids in zip(words, cut, strict=True) if ids and 0 not in ids])
    assert counted == [len(ids) for ids in known]


def test_a_piece_in_capitals_is_the_piece(model: StaticModel) -> None:
    pieces = [piece for piece in LIBRARY.get_vocab() if piece.isascii() and piece.isalnum()]
    upper = [piece.upper() for piece in pieces]
    assert len(pieces) > 10_000
    assert count_pieces(model, upper) == [1] * len(pieces)
    assert [e.ids for e in LIBRARY.encode_batch(upper)] == [[LIBRARY.token_to_id(piece)] for piece in pieces]
    assert np.array_equal(model.embed(upper, tokenize(upper)), model.embed(pieces, tokenize(pieces)))


def test_it_says_which_languages_it_knows(model: StaticModel) -> None:
    texts = [
        "The prime minister said on Monday that the bridge would be closed.",
        "Thủ tướng phát biểu hôm thứ Hai rằng cây cầu sẽ đóng cửa.",
        "Министр заявил в понедельник, что мост будет закрыт.",
        "总理星期一表示大桥将关闭。",
    ]
    assert understood(model, tokenize(texts)).tolist() == [True, False, False, False]


def test_torch_is_not_needed() -> None:
    code = (
        "import sys; from digest.embeddings import load_embedder; from digest.tokens import tokenize;"
        "load_embedder('embedded').embed(['a quake'], tokenize(['a quake'])); sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_broken_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"nothing")
    with pytest.raises(ModelError, match="cannot be read"):
        load_static(tmp_path, "broken")


def test_the_models_origin_stands_beside_it_and_it_stays_small() -> None:
    provenance = json.loads((FOLDER / "provenance.json").read_text("utf-8"))
    assert len(provenance["teacher_sha256"]) == 64
    assert sum(f.stat().st_size for f in FOLDER.rglob("*") if f.is_file()) <= 10_000_000
