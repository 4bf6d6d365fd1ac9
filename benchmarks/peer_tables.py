"""What other recipes reach on the same sets with one setting for all, read from a bench's own page of baselines.

They take hours and other libraries, so they are not run again; the summaries' peers are (`summary_peers.py`).
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

# Names of the page's rows, and how they are called here.
STORIES = {
    "minilm community_detection": "MiniLM + community detection",
    "minilm average": "MiniLM + average linkage",
    "tfidf average": "TF-IDF + average linkage",
    "tfidf dated": "TF-IDF with dates",
    "hybrid average": "TF-IDF + MiniLM, dated",
}
COPIES = {
    "minhash 0.5": "MinHash .5",
    "semhash 0.95": "semhash .95",
    "containment 0.4 figures": "containment + figures",
}
COLUMNS = {
    "allsides": "stories-allsides",
    "basil": "stories-basil",
    "ecb+": "stories-ecbplus",
    "ground": "stories-ground",
    "viet": "stories-vietnamese",
    "night": "night",
}
END_TO_END = {"naive": "MiniLM + community detection + LexRank", "tfidf": "TF-IDF + average linkage + LexRank"}
ONE_SETTING = "one/6"

Peers = Mapping[str, Mapping[str, float]]


def read_peers(page: Path) -> dict[str, dict[str, dict[str, float]]]:
    """Figures by set, figure and recipe: B-cubed F1 of stories, pairwise F1 of copies, ROUGE-1 and 2 of a whole run.

    A page without these tables gives none.
    """
    found: dict[str, dict[str, dict[str, float]]] = {}
    if not page.exists():
        return found
    text = page.read_text("utf-8")
    for name, figure, recipe, value in (*_stories(text), *_copies(text), *_end_to_end(text)):
        found.setdefault(name, {}).setdefault(figure, {})[recipe] = value
    return found


def _rows(text: str, first: str) -> Iterator[dict[str, str]]:
    """The rows of the tables whose header begins with the cells `first`, by header."""
    header: list[str] | None = None
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|"):
            header = None
        elif line.startswith(first):
            header = cells
        elif header and not line.startswith("|-"):
            yield dict(zip(header, cells, strict=False))


def _stories(text: str) -> Iterator[tuple[str, str, str, float]]:
    for row in _rows(text, "| method | pick |"):
        if row["method"] in STORIES and row["pick"].startswith(ONE_SETTING):
            for column, name in COLUMNS.items():
                yield name, "B-cubed F1", STORIES[row["method"]], float(row[column])


def _copies(text: str) -> Iterator[tuple[str, str, str, float]]:
    for row in _rows(text, "| set | method | P |"):
        if row["method"] in COPIES:
            yield row["set"], "pairwise F1", COPIES[row["method"]], float(row["F1"])


def _end_to_end(text: str) -> Iterator[tuple[str, str, str, float]]:
    for line in re.findall(r"^(\w+)\s.*ROUGE-1/2/L F1 ([.\d]+)/([.\d]+)/", text, re.MULTILINE):
        if line[0] in END_TO_END:
            for figure, value in zip(("ROUGE-1 F1", "ROUGE-2 F1"), line[1:], strict=True):
                yield "night", figure, END_TO_END[line[0]], float(value)
