"""Quality on labelled sets, beside the peers' figures: `python benchmarks/quality.py --bench FOLDER`.

Runs the command `digest run` on each set as a user would, and scores its output with the bench's own scorer.
One set of settings serves all sets; the summaries' budgets alone are given, since the references have their lengths.
"""

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

# Best published recipes on the same sets with one setting for all, as the bench's BASELINES.md gives them.
PEERS = {
    "night": {"MiniLM + community detection": 0.798, "TF-IDF + average linkage": 0.831, "hand-made hybrid": 0.885},
    "stories-allsides": {"MiniLM + community detection": 0.746, "TF-IDF + average linkage": 0.827},
    "stories-basil": {"MiniLM + community detection": 0.939, "TF-IDF + average linkage": 0.983},
    "stories-ecbplus": {"MiniLM + community detection": 0.813, "TF-IDF + average linkage": 0.878},
    "stories-ground": {"MiniLM + community detection": 0.794, "TF-IDF + average linkage": 0.671},
    "stories-vietnamese": {"MiniLM + community detection": 0.075, "TF-IDF + average linkage": 0.888},
    "duplicates-wire": {"MinHash 0.5": 0.914, "semhash 0.95": 0.720},
    "duplicates-reuters": {"MinHash 0.5": 0.819, "semhash 0.90": 0.266},
    "summaries-allsides": {"lead": 0.109, "LexRank": 0.101, "consensus": 0.141, "oracle": 0.256},
    "summaries-multinews": {"lead": 0.144, "LexRank": 0.140, "consensus": 0.153, "oracle": 0.314},
    "summaries-vietnamese": {"lead": 0.319, "LexRank": 0.291, "consensus": 0.408, "oracle": 0.634},
}
SETTINGS = {
    "summaries-allsides": ["--group-by", "story", "--max-words", "42"],
    "summaries-multinews": ["--group-by", "story", "--max-words", "240"],
    "summaries-vietnamese": ["--group-by", "story", "--max-words", "175"],
    "night": ["--max-words", "42"],
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bench", type=Path, required=True, help="the bench folder")
    parser.add_argument("--sets", nargs="*", default=list(PEERS), help="which sets (default: all)")
    parser.add_argument("--model", default="embedded", help="the embedding model")
    parser.add_argument("--json", type=Path, help="write all figures here")
    parser.add_argument("--keep", type=Path, help="keep the outputs in this folder")
    args = parser.parse_args()
    scorer = load_scorer(args.bench)
    figures = {}
    print(f"{'set':22}{'figure':30}{'digest':>8}   peers")
    for name in args.sets:
        with tempfile.TemporaryDirectory() as scratch:
            figures[name] = run_set(scorer, args.bench / "sets" / name, args.keep or Path(scratch), args.model)
        for line in table(name, figures[name]):
            print(line, flush=True)
    means = [f["stories"]["bcubed"]["f1"] for n, f in figures.items() if n == "night" or n.startswith("stories-")]
    if len(means) == 6:
        print(f"{'mean of the six':22}{'B-cubed F1':30}{sum(means) / 6:8.3f}")
    if args.json:
        args.json.write_text(json.dumps(figures, indent=1))


def load_scorer(bench: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", bench / "score.py")
    if spec is None or spec.loader is None:
        sys.exit(f"{bench} has no score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run_set(scorer: ModuleType, folder: Path, out: Path, model: str) -> dict[str, Any]:
    """The scorer's figures for one set."""
    result, rejects = out / f"{folder.name}.jsonl", out / f"{folder.name}.rejects.jsonl"
    command = [sys.executable, "-m", "digest", "run", str(folder / "articles.jsonl.gz"), "-o", str(result), "-q"]
    command += ["--rejects", str(rejects), "--model", model, *SETTINGS.get(folder.name, [])]
    subprocess.run(command, check=True)
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    read = scorer.read_jsonl
    return dict(scorer.score(read(result), read(folder / "articles.jsonl.gz"), gold, read(rejects)))


def table(name: str, figures: dict[str, Any]) -> list[str]:
    """Lines for people: the main figure with the peers' beside it, then the others."""
    rows: list[tuple[str, str]] = []
    if "references" in name or name.startswith("summaries-"):
        s = figures["summaries"]
        rows = [("ROUGE-2 F1", f"{s['r2_f1']:.3f}"), ("ROUGE-1 F1", f"{s['r1_f1']:.3f}")]
        rows += [("words, mean and most", f"{s['words_mean']:.0f}, {s['words_max']}")]
    elif "duplicates" in figures:
        d = figures["duplicates"]
        rows = [("pairwise F1", f"{d['f1']:.3f}"), ("P / R", f"{d['precision']:.3f}/{d['recall']:.3f}")]
        rows += [(f"found: {k}", f"{v:.3f}") for k, v in d["found_by_kind"].items()]
        rows += [(f"wrong: {k}", f"{v:.3f}") for k, v in d["wrong_by_kind"].items()]
    else:
        s = figures["stories"]
        rows = [("B-cubed F1", f"{s['bcubed']['f1']:.3f}")]
        rows += [("B-cubed P / R", f"{s['bcubed']['precision']:.3f}/{s['bcubed']['recall']:.3f}")]
        rows += [("pairwise F1", f"{s['pairs']['f1']:.3f}")]
        rows += [("stories, and in the gold", f"{s['stories']}, {s['gold_stories']}")]
        if "summaries" in figures:
            rows += [("ROUGE-2 F1 end to end", f"{figures['summaries']['r2_f1']:.3f}")]
    peers = ", ".join(f"{k} {v:.3f}" for k, v in PEERS[name].items())
    lost = figures["complete"]
    rows += [("missing, repeated, unknown", f"{lost['missing']}, {lost['repeated']}, {lost['unknown']}")]
    first, *others = rows
    return [f"{name:22}{first[0]:30}{first[1]:>8}   {peers}", *(f"{'':22}{k:30}{v:>8}" for k, v in others)]


if __name__ == "__main__":
    main()
