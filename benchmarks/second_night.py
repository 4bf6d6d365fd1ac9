"""What a second night costs beside all its articles in one go: `python benchmarks/second_night.py ARTICLES --new 1000`.

ARTICLES is a file of JSON Lines; the last ones by day (or else of the file) are the second night's.  CPU seconds of the
whole process are compared, since wall time on a shared machine says little.
"""

import argparse
import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path, help="a .jsonl or .jsonl.gz file")
    parser.add_argument("--new", type=int, default=1_000, help="articles of the second night")
    parser.add_argument("--limit", type=int, default=None, help="only the first so many articles")
    args = parser.parse_args()
    opener = gzip.open if args.articles.suffix == ".gz" else open
    with opener(args.articles, "rb") as stream:
        lines = [line for line in stream if line.strip()][: args.limit]
    lines.sort(key=lambda line: json.loads(line).get("published") or "")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name, part in (("all", lines), ("first", lines[: -args.new]), ("second", lines[-args.new :])):
            (folder / f"{name}.jsonl").write_bytes(b"".join(part))
        options = ["--state", str(folder / "state.db"), "--window", "100000"]
        first = seconds(folder, "first", options)
        size = (folder / "state.db").stat().st_size
        second = seconds(folder, "second", options)
        known = len(lines) - args.new
        print(
            f"{known} articles with a state: {first[0]:.1f} CPU s ({first[1]:.0f} s); the state has {size / 1e6:.1f} MB"
        )
        print(f"{args.new} more: {second[0]:.1f} CPU s ({second[1]:.0f} s)")
        whole = seconds(folder, "all", [])
        print(f"all {len(lines)} without one: {whole[0]:.1f} CPU s ({whole[1]:.0f} s)")
        print(f"the second night costs {second[0] / whole[0]:.3f} of that")


def seconds(folder: Path, name: str, options: list[str]) -> tuple[float, float]:
    """CPU and wall seconds of a run."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    arguments = ["run", str(folder / f"{name}.jsonl"), "-o", str(folder / f"{name}.out.jsonl"), "-v", *options]
    subprocess.run([sys.executable, "-m", "digest", *arguments], check=True)
    after, end = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, end - start


if __name__ == "__main__":
    main()
