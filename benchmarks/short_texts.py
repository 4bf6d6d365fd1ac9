"""Stories of articles cut short, as feeds give them: `python benchmarks/short_texts.py SET...`.

A SET is a folder with `articles.jsonl.gz` and `gold.json`, whose `stories` gives each article's story.  Its articles
are cut to their titles, or to the first characters of their texts; without titles and without dates they are run too.
Prints B-cubed F1, precision and recall, and pairwise F1, of whole runs.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from arguments import parser_of

import digest
from digest.articles import distinct, read_articles
from digest.evaluation import evaluate, read_gold
from digest.outputs import story_record
from digest.records import Article

CUTS: dict[str, Callable[[Article], Article]] = {
    "as they are": lambda a: a,
    "titles alone": lambda a: replace(a, text=a.title or a.text[:100], title=""),
    "200 characters": lambda a: replace(a, text=a.text[:200]),
    "500 characters": lambda a: replace(a, text=a.text[:500]),
    "without titles": lambda a: replace(a, title=""),
    "without dates": lambda a: replace(a, published=None, published_from=None),
}


def main() -> None:
    parser = parser_of(__doc__)
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET")
    sets = parser.parse_args().sets
    print(f"{'set':22}{'articles':16}{'F1':>6}{'P':>7}{'R':>7}{'pairs':>7}")
    for folder in sets:
        articles, _ = distinct(read_articles([folder / "articles.jsonl.gz"], max_bytes=10_000_000))
        gold = read_gold(folder / "gold.json")
        for name, cut in CUTS.items():
            result = digest.run(map(cut, articles))
            scored = evaluate(map(story_record, result), gold, [r.id for r in result.rejects if r.id]).stories
            assert scored
            figures = [scored.figures[f"bcubed.{figure}"] for figure in ("f1", "precision", "recall")]
            line = "".join(f"{figure:7.3f}" for figure in (*figures, scored.figures["pairs.f1"]))
            print(f"{folder.name:22}{name:15}{line}", flush=True)


if __name__ == "__main__":
    main()
