"""Which languages a model knows, by the pieces that its tokenizer makes of them."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from model_builders import count_pieces, model_of_pieces
from tokenizers import AddedToken, Tokenizer, models, normalizers, pre_tokenizers

from digest.embeddings import load_embedder, understood
from digest.tokens import tokenize

ENGLISH = "The minister said on Monday that the bridge would be closed for repairs until spring."
RUSSIAN = "Министр сообщил в понедельник, что мост закроют на ремонт до весны, а движение направят в объезд."
QUOTED = "«Мост», — сказал он, — «закрыт»: (1), (2), (3); «что — теперь?» — «ждать!»"
CHINESE = "部长星期一表示,这座大桥将关闭维修,直到春天。"
THAI = "รัฐมนตรีกล่าวเมื่อวันจันทร์ว่าสะพานจะปิดซ่อมแซมจนถึงฤดูใบไม้ผลิ"
GEORGIAN = "მინისტრმა ორშაბათს განაცხადა, რომ ხიდი დაიკეტება."
TEXTS = (ENGLISH, RUSSIAN, QUOTED, CHINESE, THAI, GEORGIAN)
MARKS = ",.«»—:();?!"
MANY = [f"piece{i}" for i in range(60_000)]  # Of the other languages.
LETTERS = [chr(i) for i in range(ord("a"), ord("z") + 1)]
CYRILLIC = [chr(i) for i in range(ord("а"), ord("я") + 1)]


def cut(text: str, length: int) -> list[str]:
    """The pieces of a text's words, of so many letters each."""
    return [w[i : i + length] for w in re.findall(r"[^\s,.«»—:();?!]+", text) for i in range(0, len(w), length)]


def sentence_pieces(rest: Iterable[str]) -> Tokenizer:
    """As SentencePiece cuts: "▁" begins a word, stands before a mark by itself, and pieces have about three letters."""
    english = ["▁" + word for word in re.findall(r"\w+", ENGLISH)]
    russian = cut(RUSSIAN, 3) + cut(QUOTED, 3)
    asian = cut(CHINESE, 2) + cut(THAI, 3)
    scored = dict.fromkeys([*english, *russian, *("▁" + p for p in russian), *asian], -5.0)
    scored |= dict.fromkeys([*rest, "▁", *MARKS], -9.0)
    tokenizer = Tokenizer(models.Unigram([("<unk>", 0.0), *scored.items()], unk_id=0))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.add_special_tokens([AddedToken("<unk>", normalized=False)])
    return tokenizer


def word_pieces(rest: Iterable[str]) -> Tokenizer:
    """As BERT of many languages cuts: Chinese into letters, Russian into pieces of three."""
    starts = [w[:3] for w in re.findall(r"\w+", RUSSIAN + QUOTED)]
    inside = ["##" + p for w in re.findall(r"\w+", RUSSIAN + QUOTED) for p in cut(w[3:], 3)]
    words = ["[UNK]", *re.findall(r"\w+", ENGLISH), *starts, *inside, *CHINESE, *MARKS, *rest]
    vocabulary = {piece: i for i, piece in enumerate(dict.fromkeys(words))}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=False)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


def of_one_language(_: Iterable[str]) -> Tokenizer:
    """As BERT of English cuts: other scripts it knows by their letters, not all of them."""
    known = [*LETTERS, *CYRILLIC, *CHINESE[::2], *THAI[::2]]
    words = ["[UNK]", *re.findall(r"\w+", ENGLISH.lower()), *MARKS, *known, *("##" + letter for letter in known)]
    vocabulary = {piece: i for i, piece in enumerate(dict.fromkeys(words))}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


def of_bytes(_: Iterable[str]) -> Tokenizer:
    """As RoBERTa of English cuts: a word is whole with the space before it, other scripts fall into bytes."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {piece: i for i, piece in enumerate(["<unk>", *alphabet])}
    merges: list[tuple[str, str]] = []
    for word in re.findall(r"\w+", ENGLISH):
        made = "Ġ"
        for letter in word:
            if made + letter not in vocabulary:
                merges.append((made, letter))
                vocabulary[made + letter] = len(vocabulary)
            made += letter
    tokenizer = Tokenizer(models.BPE(vocabulary, merges))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    return tokenizer


@pytest.mark.parametrize(
    ("build", "unknown", "known"),
    [
        (sentence_pieces, "<unk>", [True, True, True, True, True, False]),
        (word_pieces, "[UNK]", [True, True, True, True, False, False]),
        (of_one_language, "[UNK]", [True, False, False, False, False, False]),
        (of_bytes, "<unk>", [True, False, False, False, False, False]),
    ],
)
def test_a_model_is_trusted_with_the_languages_that_its_vocabulary_holds(
    build: Callable[[Iterable[str]], Tokenizer], unknown: str, known: list[bool], tmp_path: Path
) -> None:
    model = load_embedder(str(model_of_pieces(tmp_path, build(MANY), unknown)), "cpu")
    assert understood(model, tokenize(TEXTS)).tolist() == known
    model.embed(TEXTS, tokenize(TEXTS))  # It leaves the tokenizer padding.
    assert understood(model, tokenize(TEXTS)).tolist() == known


def test_the_space_before_a_mark_is_no_piece(tmp_path: Path) -> None:
    model = load_embedder(str(model_of_pieces(tmp_path, sentence_pieces(MANY), "<unk>")), "cpu")
    assert model.vocabulary_size > len(MANY)
    assert count_pieces(model, [",", "bridge", "Министр", "ხიდი", "部长"]) == [1, 1, 3, 4, 1]
