"""How the cost of finding copies grows: `python benchmarks/duplicates_scale.py BENCH [SIZE ...]`.

Recombines the paragraphs of BENCH/speed/speed-20k.jsonl.gz into as many articles as asked for, of which one in ten is
a cut copy and one in ten a changed copy of another, and prints seconds, peak memory above the articles' own, copies
found, and the exponent of growth between neighbouring sizes (1 is linear).  Each size runs in a process of its own.
"""

import argparse
import gzip
import json
import math
import multiprocessing
import random
import re
import resource
import time
from pathlib import Path

from digest.corpus import Corpus, build_corpus
from digest.duplicates import find_copies
from digest.records import Article, Kind, Segment


def make_corpus(bench: Path, size: int) -> Corpus:
    """Articles of six paragraphs drawn at random, seeded; a paragraph stands in few of them."""
    with gzip.open(bench / "speed" / "speed-20k.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    chance = random.Random(size)
    paragraphs = [p for text in texts for p in re.split(r"\n+", text) if len(p) > 40]
    mean = sum(map(len, texts)) / len(texts)
    several = max(1, round(mean / (sum(map(len, paragraphs)) / len(paragraphs))))
    bodies: list[str] = []
    for n in range(size):
        if n % 10 == 8:
            words = bodies[n - 8].split(" ")
            bodies.append(" ".join(words[: len(words) // 2]))
        elif n % 10 == 9:
            bodies.append(" ".join(w for w in bodies[n - 9].split(" ") if chance.random() > 0.1))
        else:
            bodies.append("\n".join(chance.choices(paragraphs, k=several)))
    articles = [Article(id=f"{n:08}", text=text) for n, text in enumerate(bodies)]
    return build_corpus(
        articles, ([Segment(*m.span(), Kind.SENTENCE) for m in re.finditer(r"\S[^\n]*", t)] for t in bodies)
    )


def measure(bench: Path, size: int) -> tuple[float, float, int]:
    """Seconds, peak MB above what the corpus takes, and copies found."""
    corpus = make_corpus(bench, size)
    len(corpus.terms)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    copies = find_copies(corpus)
    seconds = time.perf_counter() - start
    peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return seconds, peak, sum(kind is not None for kind in copies.kinds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bench", type=Path)
    parser.add_argument("sizes", type=int, nargs="*", default=[5_000, 20_000, 100_000])
    args = parser.parse_args()
    print(f"{'articles':>9} {'seconds':>8} {'MB more':>8} {'copies':>7} {'exponent':>8}")
    last: tuple[int, float] | None = None
    for size in args.sizes:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            seconds, megabytes, found = pool.apply(measure, (args.bench, size))
        grown = f"{math.log(seconds / last[1]) / math.log(size / last[0]):8.2f}" if last else ""
        print(f"{size:>9} {seconds:8.1f} {megabytes:8.0f} {found:>7} {grown}", flush=True)
        last = size, seconds


if __name__ == "__main__":
    main()
