"""Prints how near the model comes to its teacher on graded pairs and on titles to bodies.

Spearman for pairs of sentences, Pearson for English article pairs cut to 1,000 characters, MRR@10 of title to body.
Articles are read as the package reads them: the first words weigh more.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.stats import pearsonr, spearmanr

from training.corpus import LEAD_CHARACTERS, read_rows
from training.model import StaticModel, read_model
from training.peers import Encoder, Vectors, peer_encoders


@dataclass(frozen=True, slots=True)
class Reader:
    """How sentences and titles, and how beginnings of articles become vectors."""

    sentences: Encoder
    leads: Encoder


@dataclass(frozen=True, slots=True)
class Scores:
    """One row of the printed table."""

    sts: float
    headlines: float
    article_pairs: float
    title_to_body: float

    def line(self, name: str) -> str:
        """The row as printed."""
        sentences = f"{self.sts:.3f}  {self.headlines:.3f}"
        return f"{name:34s} {sentences}     {self.article_pairs:.3f}         {self.title_to_body:.3f}"


HEADER = f"{'':34s} STS-b  headlines article pairs title to body"


def pair_similarities(rows: list[dict[str, object]], encode: Encoder, cut: int | None) -> npt.NDArray[np.float64]:
    """Cosines [len(rows)] of the texts `a` and `b`."""
    left, right = (encode([str(row[side])[:cut] for row in rows]) for side in ("a", "b"))
    if isinstance(left, sp.csr_array):
        return np.asarray(left.multiply(right).sum(axis=1), dtype=np.float64).ravel()
    return np.asarray((left * right).sum(axis=1), dtype=np.float64)


def reciprocal_rank(titles: Vectors, bodies: Vectors, depth: int = 10) -> float:
    """Mean reciprocal rank of body i for title i, 0 past `depth`."""
    similar = titles @ bodies.T
    dense = np.asarray(similar.todense() if sp.issparse(similar) else similar)
    ranks = 1 + (dense > dense.diagonal()[:, None]).sum(axis=1)
    return float(np.where(ranks <= depth, 1 / ranks, 0).mean())


def score_reader(folder: Path, reader: Reader) -> Scores:
    """The four figures of one model; `folder` holds the evaluation data."""

    def rows(name: str) -> list[dict[str, object]]:
        return list(read_rows(folder / f"{name}.jsonl.gz"))

    def graded(name: str) -> float:
        found = rows(name)
        gold = np.asarray([row["score"] for row in found], dtype=np.float64)
        return float(spearmanr(pair_similarities(found, reader.sentences, None), gold).statistic)

    articles = [row for row in rows("article-pairs-dev") if row["lang"] == "en-en"]
    similar = pair_similarities(articles, reader.leads, LEAD_CHARACTERS)
    search = rows("title-to-body")
    titles, bodies = [str(row["title"]) for row in search], [str(row["body"]) for row in search]
    return Scores(
        graded("sts-benchmark-dev"),
        graded("headlines-dev"),
        float(pearsonr(similar, np.asarray([row["score"] for row in articles], dtype=np.float64)).statistic),
        reciprocal_rank(reader.sentences(titles), reader.leads(bodies)),
    )


def print_scores(folder: Path, readers: dict[str, Reader]) -> None:
    """Prints the table."""
    print(HEADER)
    for name, reader in readers.items():
        print(score_reader(folder, reader).line(name), flush=True)


def main() -> None:
    """`python -m training.evaluate BENCH/embedding --model FOLDER [--teacher FOLDER] [--news PATH]`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder of the evaluation data")
    parser.add_argument("--model", type=Path, default=Path("src/digest/embeddings/model"))
    parser.add_argument("--teacher", type=Path, help="also score MiniLM and its plain distillation")
    parser.add_argument("--news", type=Path, help="also score TF-IDF with the document frequencies of this news")
    parser.add_argument("--cache", type=Path, default=Path(".cache"), help="keeps the teacher's vectors")
    options = parser.parse_args()
    model: StaticModel = read_model(options.model)
    readers = {
        "this model": Reader(model.encode, model.encode_leads),
        "this model, every word alike": Reader(model.encode, model.encode),
    }
    if options.teacher:
        peers = peer_encoders(options.teacher, options.news, options.cache)
        readers |= {name: Reader(encode, encode) for name, encode in peers.items()}
    print_scores(options.data, readers)


if __name__ == "__main__":
    main()
