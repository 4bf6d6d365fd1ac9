"""What a second night costs beside all its articles in one go: `python benchmarks/second_night.py ARTICLES --new 1000`.

ARTICLES is a file of JSON Lines; the last ones by day (or else of the file) are the second night's.  CPU seconds of the
whole process are compared, since wall time on a shared machine says little.
"""

import gzip
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from arguments import parser_of
from watching import Watched, watch


def main() -> None:
    parser = parser_of(__doc__)
    parser.add_argument("articles", type=Path, metavar="ARTICLES", help="a .jsonl or .jsonl.gz file")
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
        first = run(folder, "first", options)
        size = (folder / "state.db").stat().st_size
        second = run(folder, "second", options)
        known = len(lines) - args.new
        print(f"{known} articles with a state of {size / 1e6:.1f} MB: {first.cpu:.1f} CPU s ({first.wall:.0f} s)")
        print(f"{args.new} more: {second.cpu:.1f} CPU s ({second.wall:.0f} s)")
        whole = run(folder, "all", [])
        print(f"all {len(lines)} without one: {whole.cpu:.1f} CPU s ({whole.wall:.0f} s)")
        print(f"the second night costs {second.cpu / whole.cpu:.3f} of that")


def run(folder: Path, name: str, options: Sequence[str]) -> Watched:
    """A run as a whole process."""
    arguments = ["run", str(folder / f"{name}.jsonl"), "-o", str(folder / f"{name}.out.jsonl"), "-v", *options]
    return watch([sys.executable, "-m", "digest", *arguments])


if __name__ == "__main__":
    main()
