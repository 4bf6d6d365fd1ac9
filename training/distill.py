"""One command from the teacher and a folder of news to the model's folder.

python -m training.distill --teacher FOLDER --news PATH --out src/digest/embeddings/model --cache FOLDER
"""

from __future__ import annotations

import argparse
import subprocess
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from threadpoolctl import threadpool_limits
from tokenizers import Tokenizer

from training.background import BODY_CHARACTERS, write_background
from training.bags import make_bags
from training.corpus import Article, read_articles
from training.evaluate import Reader, print_scores, score_reader
from training.finish import DIGITS, FLATTENING, finish_table
from training.initial import initial_table, principal_axes, row_vectors
from training.model import StaticModel, write_json, write_model
from training.targets import Targets, make_targets
from training.teacher import Teacher, file_hash
from training.train import SHARES, Floats, News, Regression, Settings, nearest, train_table
from training.vocabulary import build_tokenizer

Counts = npt.NDArray[np.int64]

RECIPE = 3
"""The version of the recipe; any change of what comes out adds one."""

ROWS = 27_700
ADDED_WORDS = 5_000
DIMENSIONS = 320
NEIGHBOURS = 24
THREADS = 2


@dataclass(frozen=True, slots=True)
class Options:
    """The command line."""

    teacher: Path
    news: Path
    out: Path
    cache: Path
    evaluate: Path | None
    scale: float


def parse_options() -> Options:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--teacher", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--news", type=Path, required=True, help="JSONL of articles: a file, or a folder of them")
    parser.add_argument("--out", type=Path, required=True, help="the model's folder")
    parser.add_argument("--cache", type=Path, required=True, help="keeps the teacher's vectors between runs")
    parser.add_argument("--evaluate", type=Path, help="folder of graded pairs; prints the scores")
    parser.add_argument("--scale", type=float, default=1.0, help="a share of rows, texts and steps, for a trial run")
    return Options(**vars(parser.parse_args()))


def regressions(targets: dict[str, Targets], axes: Floats, tokenizer: Tokenizer) -> list[Regression]:
    """The targets on the kept axes, unit length again."""
    found = []
    for kind, target in targets.items():
        turned = target.vectors @ axes
        turned /= np.linalg.norm(turned, axis=1, keepdims=True)
        found.append(Regression(make_bags(target.texts, tokenizer), turned, SHARES[kind]))
    return found


def training_news(articles: list[Article], tokenizer: Tokenizer, title_vectors: dict[str, Floats]) -> News:
    """Titles, texts, and each article's neighbours by the teacher's vectors of the titles."""
    vectors = np.stack([title_vectors[article.title] for article in articles])
    return News(
        make_bags([article.title for article in articles], tokenizer),
        make_bags([article.text[:BODY_CHARACTERS] for article in articles], tokenizer),
        vectors,
        nearest(vectors, min(NEIGHBOURS, len(vectors) - 1)),
    )


def train_model(
    articles: list[Article], tokenizer: Tokenizer, counts: Counts, teacher: Teacher, scale: float
) -> Floats:
    """The trained table [rows, dimensions]."""
    targets = make_targets(articles, teacher, scale)
    axes = principal_axes(np.concatenate([target.vectors for target in targets.values()]), DIMENSIONS)
    initial = initial_table(row_vectors(tokenizer, teacher), axes, counts)
    data = regressions(targets, axes, tokenizer)
    titles = next(part for part, kind in zip(data, targets, strict=True) if kind == "titles")
    title_vectors = dict(zip(targets["titles"].texts, titles.vectors, strict=True))
    settings = replace(Settings(), steps=max(1, round(Settings().steps * scale)))
    table = train_table(initial, data, training_news(articles, tokenizer, title_vectors), settings)
    openings = [part.bags for part, kind in zip(data, targets, strict=True) if kind in {"titles", "passages"}]
    return finish_table(table, tokenizer, openings)


def recipe_commit() -> str | None:
    """The last commit that changed the recipe; None outside a checkout.  The files must be as committed."""
    folder = Path(__file__).parent
    asked = ["git", "-C", str(folder), "log", "-1", "--format=%H", "--", "."]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    return answer.stdout.strip() or None


def write_provenance(options: Options, articles: int, trained: int, words: int, model: StaticModel) -> None:
    """Writes what the model was made of, and how good it is; no clock and no paths."""
    value: dict[str, object] = {
        "recipe": RECIPE,
        "recipe_commit": recipe_commit(),
        "teacher": "sentence-transformers/all-MiniLM-L6-v2",
        "teacher_sha256": file_hash(options.teacher / "model.safetensors"),
        "articles": articles,
        "articles_trained_on": trained,
        "rows": len(model.embeddings),
        "dimensions": DIMENSIONS,
        "background_words": words,
        "settings": asdict(Settings())
        | {"added_words": ADDED_WORDS, "shares": SHARES, "digits": DIGITS, "flattening": FLATTENING},
    }
    if options.evaluate:
        scores = asdict(score_reader(options.evaluate, Reader(model.encode, model.encode_leads)))
        value["metrics"] = {name: round(score, 4) for name, score in scores.items()}
    write_json(options.out / "provenance.json", value)


def main() -> None:
    """Runs the recipe."""
    options = parse_options()
    torch.manual_seed(0)
    torch.use_deterministic_algorithms(mode=True)
    # Sums depend on how they are shared out.
    torch.set_num_threads(THREADS)
    with threadpool_limits(THREADS):
        distill(options)


def distill(options: Options) -> None:
    """From the teacher and the news to the model's folder."""
    articles = read_articles(options.news)
    trained = [article for article in articles if not article.held_out]
    teacher = Teacher(options.teacher, options.cache)
    tokenizer, counts = build_tokenizer(trained, teacher.tokenizer, round(ROWS * options.scale), ADDED_WORDS)
    model = write_model(options.out, tokenizer, train_model(trained, tokenizer, counts, teacher, options.scale))
    leads = model.encode_leads([f"{article.title} {article.lead}" for article in articles])
    words = write_background(options.out / "background.safetensors", articles, leads.mean(axis=0))
    write_provenance(options, len(articles), len(trained), words, model)
    if options.evaluate:
        print_scores(options.evaluate, {"this model": Reader(model.encode, model.encode_leads)})


if __name__ == "__main__":
    main()
