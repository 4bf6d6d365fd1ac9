"""Stories fed night by night beside the same fed in one go: `python benchmarks/nights.py SET...`.

The second of these, once more with its stories parted where no article came for longer than the window, tells what of
the difference is the window's: a state does not know a story that long.

A set is cut by the days of its articles.  One without a date has no night and is left out: to put it beside its story
would tell the nights what the run in one go must find.  Each article counts for the story that it was last in while it
lived.
"""

import json
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from arguments import parser_of
from record_files import read_records
from story_sets import agreement

import digest

Record = Mapping[str, Any]


def main() -> None:
    parser = parser_of(__doc__)
    parser.add_argument(
        "sets", nargs="+", type=Path, metavar="SET", help="a folder with articles.jsonl.gz and gold.json"
    )
    parser.add_argument("--window", type=int, default=14, help="days that the state remembers")
    parser.add_argument("--limit", type=int, default=None, help="only the first so many nights")
    parser.add_argument("--step", type=int, default=1, help="so many days make a night")
    parser.add_argument("--show", type=int, default=0, help="print so many stories that differ")
    args = parser.parse_args()
    for folder in args.sets:
        measure(folder, args.window, args.limit, args.step, args.show)


def measure(folder: Path, window: int, limit: int | None, step: int, show: int) -> None:
    records = list(read_records(folder / "articles.jsonl.gz"))
    gold: dict[str, str] = json.loads((folder / "gold.json").read_text("utf-8"))["stories"]
    nights = cut(records, step)[:limit]
    articles = [record for _, night in nights for record in night]
    start = time.perf_counter()
    batch = {m.id: story.story_id for story in digest.run(articles) for m in story.articles}
    middle = time.perf_counter()
    found, merged, split = night_by_night(nights, window)
    end = time.perf_counter()
    cut_up = parted(batch, nights, window)
    ids = sorted(batch)
    truth, whole, parts = ([labels[i] for i in ids] for labels in (gold, batch, cut_up))
    print(
        f"{folder.name}: {len(ids)} articles of {len(records)} in {len(nights)} nights; "
        f"B-cubed F1 in one go {f1(truth, batch, ids):.4f}, parted by the window {f1(truth, cut_up, ids):.4f}, "
        f"night by night {f1(truth, found, ids):.4f}; of the last against the first {f1(whole, found, ids):.4f}, "
        f"against the second {f1(parts, found, ids):.4f}; {merged} merged, {split} split; "
        f"{middle - start:.0f} s and {end - middle:.0f} s"
    )
    titles = {r["id"]: r["published"][:10] + " " + r["title"] for r in articles}
    for one, other in list(differences(batch, found))[:show]:
        print("  in one go:", *(f"\n    {found[i][:4]} {gold[i][:5]} {titles[i]}" for i in sorted(one)))
        print("  by night:", *(f"\n    {batch[i][:4]} {gold[i][:5]} {titles[i]}" for i in sorted(other)))


def cut(records: Sequence[Record], step: int) -> list[tuple[str, list[Record]]]:
    """The dated articles of each night, by the night's last day."""
    days = sorted({r["published"][:10] for r in records if r["published"]})
    nights: defaultdict[int, list[Record]] = defaultdict(list)
    for record in records:
        if record["published"]:
            nights[days.index(record["published"][:10]) // step].append(record)
    return [(days[min((n + 1) * step, len(days)) - 1], nights[n]) for n in sorted(nights)]


def parted(stories: Mapping[str, str], nights: Sequence[tuple[str, list[Record]]], window: int) -> dict[str, str]:
    """The same stories, each begun anew where none of its articles came for longer than the window."""
    last: dict[str, date] = {}
    part: Counter[str] = Counter()
    found: dict[str, str] = {}
    for night, records in nights:
        day = date.fromisoformat(night)
        for story in sorted({stories[r["id"]] for r in records if r["id"] in stories}):
            part[story] += story in last and (day - last[story]).days > window
            last[story] = day
        found |= {r["id"]: f"{stories[r['id']]}-{part[stories[r['id']]]}" for r in records if r["id"] in stories}
    return found


def night_by_night(nights: Sequence[tuple[str, list[Record]]], window: int) -> tuple[dict[str, str], int, int]:
    """The story that each article was last in, and how many merged and split."""
    label: dict[str, str] = {}
    became: dict[str, str] = {}
    merged = split = 0
    with tempfile.TemporaryDirectory() as scratch:
        for day, night in nights:
            config = digest.Config(state=f"{scratch}/state.db", window=window, now=day)
            result = digest.run(night, config)
            for story in result:
                became |= dict.fromkeys(story.merged_from, story.story_id)
                label |= {m.id: story.story_id for m in story.articles}
            if result.state:
                merged, split = merged + result.state.merged, split + result.state.split

    def last(story: str) -> str:
        return last(became[story]) if story in became else story

    return {article: last(story) for article, story in label.items()}, merged, split


def f1(truth: Sequence[str], found: Mapping[str, str], ids: Sequence[str]) -> float:
    return agreement(truth, [found[i] for i in ids])[0]


def differences(batch: Mapping[str, str], found: Mapping[str, str]) -> list[tuple[frozenset[str], frozenset[str]]]:
    """The stories of one that are none of the other, each with the other's story of its first article."""
    ours, theirs = grouped(batch), grouped(found)
    other = {i: members for members in theirs.values() for i in members}
    whole = set(theirs.values())
    return [(members, other[min(members)]) for _, members in sorted(ours.items()) if members not in whole]


def grouped(labels: Mapping[str, str]) -> dict[str, frozenset[str]]:
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for article, story in labels.items():
        groups[story].add(article)
    return {story: frozenset(members) for story, members in groups.items()}


if __name__ == "__main__":
    main()
