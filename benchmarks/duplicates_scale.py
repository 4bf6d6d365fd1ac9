"""How the cost of finding copies grows: `python benchmarks/duplicates_scale.py --bench FOLDER [SIZE ...]`.

Recombines the paragraphs of FOLDER/speed/speed-20k.jsonl.gz into as many articles as asked for, of which one in ten is
a cut copy and one in ten a changed copy of another, and prints seconds of CPU time, peak memory above the articles'
own, copies found, and the exponent of growth between neighbouring sizes (1 is linear).  Each size runs in a process of
its own.

A paragraph that is used again has every third word replaced, so that articles share no more in a large set than in a
small one; with --as-they-are paragraphs come back unchanged, and of 100,000 articles each shares one with some fifty.
"""

import ctypes
import gc
import math
import multiprocessing
import re
import time
from pathlib import Path

from arguments import parser_of
from recombining import Paragraphs
from record_files import read_records

from digest.corpus import Corpus, build_corpus
from digest.duplicates import find_copies
from digest.records import Article, Kind, Segment


def make_corpus(bench: Path, size: int, as_they_are: bool) -> Corpus:
    """Articles of paragraphs drawn at random, seeded."""
    texts = [record["text"] for record in read_records(bench / "speed" / "speed-20k.jsonl.gz")]
    paragraphs = Paragraphs(texts, size, as_they_are=as_they_are)
    bodies: list[str] = []
    for n in range(size):
        if n % 10 == 8:
            cut = bodies[n - 8].split(" ")
            bodies.append(" ".join(cut[: len(cut) // 2]))
        elif n % 10 == 9:
            bodies.append(" ".join(w for w in bodies[n - 9].split(" ") if paragraphs.chance.random() > 0.1))
        else:
            bodies.append("\n".join(paragraphs.draw()[0] for _ in range(paragraphs.several)))
    articles = [Article(id=f"{n:08}", text=text) for n, text in enumerate(bodies)]
    return build_corpus(
        articles, ([Segment(*m.span(), Kind.SENTENCE) for m in re.finditer(r"\S[^\n]*", t)] for t in bodies)
    )


def measure(bench: Path, size: int, as_they_are: bool) -> tuple[float, float, int]:
    """Seconds of CPU, peak MB above what the corpus takes, and copies found."""
    corpus = make_corpus(bench, size, as_they_are)
    len(corpus.terms)
    gc.collect()
    ctypes.CDLL("libc.so.6").malloc_trim(0)  # Linux, as below: hands back what making the articles has left
    Path("/proc/self/clear_refs").write_text("5")  # forgets the peak of making the articles
    before = _memory("VmRSS")
    start = time.process_time()
    copies = find_copies(corpus)
    seconds = time.process_time() - start
    return seconds, _memory("VmHWM") - before, sum(kind is not None for kind in copies.kinds)


def _memory(name: str) -> float:
    """A line of this process's status, in MB."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(status[name].split()[0]) / 1024


def main() -> None:
    parser = parser_of(__doc__, bench=True)
    parser.add_argument("--as-they-are", action="store_true", help="leave paragraphs that are used again unchanged")
    parser.add_argument("sizes", type=int, nargs="*", metavar="SIZE", default=[5_000, 20_000, 100_000], help="articles")
    args = parser.parse_args()
    print(f"{'articles':>9} {'seconds':>8} {'MB more':>8} {'copies':>7} {'exponent':>8}")
    last: tuple[int, float] | None = None
    for size in args.sizes:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            seconds, megabytes, found = pool.apply(measure, (args.bench, size, args.as_they_are))
        grown = f"{math.log(seconds / last[1]) / math.log(size / last[0]):8.2f}" if last else ""
        print(f"{size:>9} {seconds:8.1f} {megabytes:8.0f} {found:>7} {grown}", flush=True)
        last = size, seconds


if __name__ == "__main__":
    main()
