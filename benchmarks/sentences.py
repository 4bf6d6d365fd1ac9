"""Sentence splitting measured beside sentencex alone: `python benchmarks/sentences.py --bench FOLDER`.

Golden rules passed; boundaries found in UD English EWT (sentences of one document joined by spaces); share of sentences
whose quotation marks do not pair in the news of `sets/night`; milliseconds an article of `speed/speed-1k`.
"""

import time
from collections.abc import Callable
from typing import Any

import sentencex
from arguments import parser_of
from record_files import read_records

from digest.records import Kind
from digest.sentences import language_of, split_article

Split = Callable[[str], list[str]]


def main() -> None:
    bench = parser_of(__doc__, bench=True).parse_args().bench
    golden = list(read_records(bench / "sentences/golden-rules-english.jsonl.gz"))
    trees = list(read_records(bench / "sentences/ud-english-ewt-dev.jsonl.gz"))
    night = [row["text"] for row in read_records(bench / "sets/night/articles.jsonl.gz")]
    speed = list(read_records(bench / "speed/speed-1k.jsonl.gz"))
    print(f"{'':24}{'golden':>8}{'EWT P':>8}{'EWT R':>8}{'EWT F1':>8}{'unpaired on night':>20}{'ms/article':>12}")
    for name, split in (("sentencex alone", _alone), ("digest", _joined)):
        passed = sum(split(row["text"]) == row["sentences"] for row in golden)
        precision, recall, f1 = _boundaries(trees, split)
        unpaired = _unpaired(night, _sentences if split is _joined else split)
        took = _milliseconds([row["text"] for row in speed], split)
        print(f"{name:24}{passed:>5}/{len(golden)}{precision:8.3f}{recall:8.3f}{f1:8.3f}{unpaired:20.4f}{took:12.3f}")
    language_of("Hrnek xq zvb qqk wrtp lkjh zzx mmnb vcxq")  # loads the model, so that its load is not in the figure
    took = _milliseconds([row["text"] for row in speed], language_of)
    told = sum(language_of(row["text"]) == row["lang"] for row in speed) / len(speed)
    print(f"language_of: {told:.4f} as labelled, {took:.3f} ms/article")


def _alone(text: str) -> list[str]:
    lines = (line.strip() for line in text.splitlines())
    pieces = (piece.strip() for line in lines if line for piece in sentencex.segment("en", line))
    return [piece for piece in pieces if piece]


def _joined(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split_article(text, "en")]


def _sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split_article(text, "en") if s.kind == Kind.SENTENCE]


def _boundaries(documents: list[dict[str, Any]], split: Split) -> tuple[float, float, float]:
    """Precision, recall and F1 of the sentence ends inside each document, counted in characters that are no space."""
    right = found = wanted = 0
    for document in documents:
        gold, ours = _ends(document["sentences"]), _ends(split(" ".join(document["sentences"])))
        right, found, wanted = right + len(gold & ours), found + len(ours), wanted + len(gold)
    return right / found, right / wanted, 2 * right / (found + wanted)


def _ends(sentences: list[str]) -> set[int]:
    ends, at = set(), 0
    for sentence in sentences[:-1]:
        at += len("".join(sentence.split()))
        ends.add(at)
    return ends


def _unpaired(texts: list[str], split: Split) -> float:
    sentences = [s for text in texts for s in split(text)]
    return sum(s.count('"') % 2 > 0 or s.count("“") != s.count("”") for s in sentences) / len(sentences)


def _milliseconds(texts: list[str], work: Callable[[str], object]) -> float:
    work(texts[0])
    began = time.process_time()
    for text in texts:
        work(text)
    return 1000 * (time.process_time() - began) / len(texts)


if __name__ == "__main__":
    main()
