"""Stories in folders of 1 to 12 articles cut at random from labelled sets: `python benchmarks/small_folders.py SET...`.

A SET is a folder with `articles.jsonl.gz` and `gold.json`, whose `stories` gives each article's story.  Prints the
mean B-cubed F1 of each set's folders and of all.
"""

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from arguments import parser_of
from story_sets import agreement

from digest.articles import distinct, read_articles
from digest.corpus import build_corpus
from digest.embeddings import load_embedder, understood
from digest.records import Article
from digest.sentences import language_of, split_article
from digest.stories import assign_stories

FOLDERS = 100
MOST = 12
LEAD = 1_000


def cut_folders(gold: Mapping[str, str], rng: np.random.Generator, folders: int = FOLDERS) -> list[list[str]]:
    """Ids of the articles of each folder: whole stories, the last one cut, up to a random number of articles."""
    stories: dict[str, list[str]] = {}
    for article in sorted(gold):
        stories.setdefault(gold[article], []).append(article)
    names = sorted(stories)
    cut = []
    for _ in range(folders):
        size, folder = int(rng.integers(1, MOST + 1)), list[str]()
        while len(folder) < size:
            members = [a for a in stories[names[int(rng.integers(len(names)))]] if a not in folder]
            folder += [members[i] for i in rng.permutation(len(members))[: size - len(folder)].tolist()]
        cut.append(sorted(folder))
    return cut


def score_folders(articles: Mapping[str, Article], gold: Mapping[str, str], seed: int = 0) -> list[float]:
    """B-cubed F1 of each folder, made into stories by itself."""
    embedder = load_embedder("embedded")
    scores = []
    for ids in cut_folders(gold, np.random.default_rng(seed)):
        chosen = [articles[i] for i in ids]
        corpus = build_corpus(chosen, [split_article(a.text, a.language, a.title) for a in chosen])
        leads = corpus.lead_tokens(LEAD)
        vectors = embedder.embed([f"{a.title}\n{a.text[:LEAD]}" for a in chosen], leads, leads=True)
        kept = np.arange(len(ids), dtype=np.int32)
        found = assign_stories(corpus, kept, vectors, understood=understood(embedder, leads))
        scores.append(agreement([gold[i] for i in ids], found.labels.tolist())[0])
    return scores


def main() -> None:
    parser = parser_of(__doc__)
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET")
    means = []
    for folder in parser.parse_args().sets:
        read, _ = distinct(read_articles([folder / "articles.jsonl.gz"], max_bytes=10_000_000))
        articles = {a.id: dataclasses.replace(a, language=a.language or language_of(a.text)) for a in read}
        gold = json.loads((folder / "gold.json").read_text("utf-8"))["stories"]
        means.append(float(np.mean(score_folders(articles, gold))))
        print(f"{folder.name:24}{means[-1]:.3f}")
    print(f"{'mean':24}{np.mean(means):.3f}")


if __name__ == "__main__":
    main()
