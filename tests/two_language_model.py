"""A small multilingual transformer, made on the spot: words of two languages with one meaning have one vector.

The second language is English spelt backwards, names and figures aside ("erif" is fire), so that every English text
has a translation in which hardly a word is the same.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

WIDTH = 96
WORD = re.compile(r"[a-z]+|[A-Z][a-z]*|\d+|[^\w\s]")
FUNCTION_WORDS = frozenset(
    "a an and are as at be been but by for from had has have he her his in into is it its no not of on or out said "
    "she that the their them they this to up was were which who will with would".split()
)


def translated(text: str, names: frozenset[str] = frozenset()) -> str:
    """The text in the second language: each word but the names spelt backwards, capitals at their places."""

    def turned(match: re.Match[str]) -> str:
        word = match[0]
        backwards = word.lower()[::-1]
        return word if word in names else backwards.capitalize() if word[0].isupper() else backwards

    return re.sub(r"[A-Za-z]+", turned, text)


def build_model(folder: Path, texts: Iterable[str]) -> Path:
    """Saves a sentence-transformers model that knows the words of some English texts in both languages."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    words = sorted({w.lower() for text in texts for w in WORD.findall(text)})
    meaning = {w: w for w in words} | {w[::-1]: w for w in words if w.isalpha() and w[::-1] not in words}
    vocabulary = ["[PAD]", "[UNK]", *sorted(meaning)]
    tokenizer = Tokenizer(models.WordPiece({w: i for i, w in enumerate(vocabulary)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=WIDTH,
        intermediate_size=WIDTH,
        num_hidden_layers=1,
        num_attention_heads=2,
    )
    model = BertModel(config)
    rng = np.random.default_rng(0)
    vectors = {w: rng.normal(size=WIDTH) for w in ("", *words)}
    rows = [vectors["" if (m := meaning.get(w, "")) in FUNCTION_WORDS or not m.isalnum() else m] for w in vocabulary]
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.zero_()
        for name, parameter in model.named_parameters():
            if name.endswith("LayerNorm.weight"):
                parameter.fill_(1)
        model.embeddings.word_embeddings.weight.copy_(torch.tensor(np.array(rows), dtype=torch.float32))
    model.save_pretrained(folder / "bert")
    named = {"unk_token": "[UNK]", "pad_token": "[PAD]", "model_max_length": 256}
    fast: Any = PreTrainedTokenizerFast
    fast(tokenizer_object=tokenizer, **named).save_pretrained(folder / "bert")
    modules = [Transformer(str(folder / "bert")), Pooling(WIDTH, "mean")]
    SentenceTransformer(modules=modules, device="cpu").save(str(folder / "model"))
    return folder / "model"
