"""Stories, copies and digests on labelled sets, beside other recipes: `python benchmarks/quality.py --bench FOLDER`.

Runs `digest run` on each set as a user would and `digest evaluate` on what it wrote.  One configuration serves all
sets; the summaries' budgets alone are given, since references have their lengths.  `--markdown` prints the table of
docs/quality.md.  Beside it stand figures of stories that the weights never saw (`fit_stories.py --fit`: by
cross-validation, and each set left out in turn; `summaries.py`: digests by cross-validation), of small folders
(`small_folders.py`), of languages that the model does not know (`other_languages.py`) and of copies made in other ways
(`duplicates_kinds.py`, where the bench has corpus/news.jsonl.gz); `--all` runs these too.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from arguments import parser_of
from peer_tables import read_peers
from summary_peers import score_peers

SINGLE = ("stories-allsides", "stories-basil", "stories-ecbplus", "stories-ground", "stories-vietnamese")
BUDGETS = {"night": 42, "summaries-allsides": 42, "summaries-multinews": 240, "summaries-vietnamese": 175}
SETS = ("night", *SINGLE, "duplicates-wire", "duplicates-reuters", *(s for s in BUDGETS if s.startswith("summaries-")))
MEASURES = {"r1": "ROUGE-1 F1", "r2": "ROUGE-2 F1", "rL": "ROUGE-L F1"}
MAIN = ("B-cubed F1", "pairwise F1", "ROUGE-1 F1", "ROUGE-2 F1")

Peers = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of a set: value (with its 95 % interval, where there is one), or words in its place; and the peers'."""

    figure: str
    value: float | str
    interval: Sequence[float] | None = None
    peers: Mapping[str, float] | None = None


def main() -> None:
    parser = parser_of(__doc__, bench=True)
    parser.add_argument("--sets", nargs="*", default=SETS, help="which sets (default: all)")
    parser.add_argument("--model", default="embedded", help="the embedding model")
    parser.add_argument("--vector-cache", type=Path, help="keeps another model's vectors from run to run")
    parser.add_argument("--config", type=Path, help="a config of 'digest tune', for instance")
    parser.add_argument("--markdown", action="store_true", help="the main figures as a table")
    parser.add_argument("--json", type=Path, help="write all figures here")
    parser.add_argument("--keep", type=Path, help="keep the outputs in this folder")
    parser.add_argument("--no-peers", action="store_true", help="leave the others out: LexRank takes minutes")
    parser.add_argument("--all", action="store_true", help="then the figures that other benchmarks print")
    args = parser.parse_args()
    peers = {} if args.no_peers else read_peers(args.bench / "BASELINES.md")
    model = ["--model", args.model, *(["--vector-cache", str(args.vector_cache)] if args.vector_cache else [])]
    figures: dict[str, Any] = {}
    show = _markdown if args.markdown else _plain
    show.begin()
    for name in args.sets:
        folder = args.bench / "sets" / name
        with tempfile.TemporaryDirectory() as scratch:
            figures[name] = run_set(folder, args.keep or Path(scratch), model, args.config)
        if name.startswith("summaries-") and not args.no_peers:
            peers[name] = summary_peers(folder)
        show.rows(name, rows(figures[name], peers.get(name, {})))
    f1 = [figures[name]["stories"]["bcubed"]["f1"] for name in ("night", *SINGLE) if name in figures]
    if len(f1) == len(SINGLE) + 1:
        show.rows("mean of the six", [Row("B-cubed F1", sum(f1) / len(f1), None, mean_of_six(peers))])
    if args.json:
        args.json.write_text(json.dumps({"digest": figures, "peers": peers}, indent=1))
    if args.all:
        run_others(args.bench, model)


def run_set(folder: Path, out: Path, model: Sequence[str], config: Path | None) -> dict[str, Any]:
    """What `digest evaluate --json` says of one set, of stories only where they were found.

    model: the options that name it.
    """
    out.mkdir(parents=True, exist_ok=True)
    result, rejects = out / f"{folder.name}.jsonl", out / f"{folder.name}.rejects.jsonl"
    command = ["run", str(folder / "articles.jsonl.gz"), "-q", "-o", str(result), "--rejects", str(rejects)]
    command += [*model, *(["--config", str(config)] if config else [])]
    command += ["--max-words", str(BUDGETS[folder.name])] if folder.name in BUDGETS else []
    command += ["--group-by", "story"] if folder.name.startswith("summaries-") else []
    _digest(*command)
    found = dict(json.loads(_digest("evaluate", str(result), str(folder), "--rejects", str(rejects), "--json")))
    if folder.name.startswith("summaries-"):
        del found["stories"]  # They were given.
    return found


def _digest(*arguments: str) -> str:
    command = [sys.executable, "-m", "digest", *arguments]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"failed: digest {' '.join(arguments)}")
    return done.stdout


def summary_peers(folder: Path) -> dict[str, dict[str, float]]:
    """F1 of the summaries' peers by figure and method, on all referenced stories at the set's budget."""
    scored = score_peers(folder, BUDGETS[folder.name])
    return {
        figure: {name: values[measure][0] for name, values in scored.items()} for measure, figure in MEASURES.items()
    }


def mean_of_six(peers: Mapping[str, Peers]) -> dict[str, float]:
    by_set = [peers.get(name, {}).get("B-cubed F1", {}) for name in ("night", *SINGLE)]
    return {name: sum(p[name] for p in by_set) / len(by_set) for name in by_set[0] if all(name in p for p in by_set)}


def rows(found: Mapping[str, Any], peers: Peers) -> Iterator[Row]:
    """Every figure of a set."""
    for row in _all_rows(found):
        yield Row(row.figure, row.value, row.interval, peers.get(row.figure))
    lost = found["complete"]
    yield Row("missing, repeated, unknown", f"{lost['missing']}, {lost['repeated']}, {lost['unknown']}")


def _all_rows(found: Mapping[str, Any]) -> Iterator[Row]:
    stories, copies, digests = (found.get(name) for name in ("stories", "duplicates", "summaries"))
    if stories:
        spread = stories["intervals"]
        for key, name in {
            "bcubed": "B-cubed",
            "bcubed_nonsingleton": "B-cubed without singletons",
            "pairs": "pairwise",
        }.items():
            if key in stories:
                yield Row(f"{name} F1", stories[key]["f1"], spread[key]["f1"])
                yield Row(f"{name} P / R", f"{stories[key]['precision']:.3f} / {stories[key]['recall']:.3f}")
        yield Row("adjusted Rand index", stories["pairs"]["ari"], spread["pairs"]["ari"])
        yield Row("V-measure", stories["v"], spread["v"])
        yield Row("stories, and in the gold", f"{stories['stories']}, {stories['gold_stories']}")
    if copies:
        yield Row("pairwise F1", copies["f1"], copies["intervals"]["f1"])
        yield Row("pairwise P / R", f"{copies['precision']:.3f} / {copies['recall']:.3f}")
        yield Row("adjusted Rand index", copies["ari"], copies["intervals"]["ari"])
        yield from (Row(f"found: {kind}", value) for kind, value in copies["found_by_kind"].items())
        yield from (Row(f"merged wrongly: {kind}", value) for kind, value in copies["wrong_by_kind"].items())
    if digests:
        for key, name in MEASURES.items():
            yield Row(name, digests[f"{key}_f1"], digests["intervals"][f"{key}_f1"])
        yield Row("words, mean and most", f"{digests['words_mean']:.0f}, {digests['words_max']}")


class _Plain:
    """Every figure on a line."""

    def begin(self) -> None:
        print(f"{'set':22}{'figure':34}{'digest':>15}  {'95 % interval':16}others")

    def rows(self, name: str, found: Sequence[Row] | Iterator[Row]) -> None:
        for row in found:
            print(f"{name:22}{row.figure:34}{_number(row.value):>15}  {_interval(row):16}{_others(row)}", flush=True)
            name = ""


class _Markdown:
    """The main figures, and for copies the worst kinds."""

    def begin(self) -> None:
        print("| set | figure | digest | 95 % | others |\n|---|---|---|---|---|")

    def rows(self, name: str, found: Sequence[Row] | Iterator[Row]) -> None:
        every = list(found)
        chosen = [row for row in every if row.figure in MAIN]
        for prefix, worst in (("found: ", min), ("merged wrongly: ", max)):
            kinds = [row for row in every if row.figure.startswith(prefix) and isinstance(row.value, float)]
            chosen += [worst(kinds, key=lambda row: float(row.value))] if kinds else []
        for row in chosen:
            figure = row.figure.replace("found: ", "worst kind found: ").replace("wrongly: ", "wrongly, worst kind: ")
            print(f"| {name} | {figure} | **{_number(row.value)}** | {_interval(row)} | {_others(row)} |", flush=True)


_plain, _markdown = _Plain(), _Markdown()


def _number(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.3f}"


def _interval(row: Row) -> str:
    return f"{row.interval[0]:.3f}-{row.interval[1]:.3f}" if row.interval else ""


def _others(row: Row) -> str:
    return ", ".join(f"{name} {value:.3f}" for name, value in (row.peers or {}).items())


def run_others(bench: Path, model: Sequence[str]) -> None:
    """The figures of events that the weights never saw, of small folders, other languages and other kinds of copies."""
    here, news = Path(__file__).parent, bench / "corpus" / "news.jsonl.gz"
    for script, *arguments in (
        ("fit_stories.py", "--bench", str(bench), *model, "--fit"),
        ("small_folders.py", *(str(bench / "sets" / name) for name in SINGLE)),
        ("other_languages.py", "--bench", str(bench)),
        ("summaries.py", "--bench", str(bench)),
        *([("duplicates_kinds.py", str(news), "--half", "judge")] if news.exists() else []),
    ):
        print(f"\n{script}", flush=True)
        subprocess.run([sys.executable, str(here / script), *arguments], check=True)


if __name__ == "__main__":
    main()
