"""Precision of support on pairs judged by hand: `python support.py --bench PATH`.

`judged/support.jsonl` holds samples of pairs of sentences (one and the nearest of another article) by ids and offsets,
with a judgement: the same, other, or one speaker or one text.  The rules were corrected on all but the last, which was
drawn when they stood and judged once.  Pairs of one outlet are in none: they never count.
"""

import argparse
from collections import Counter
from pathlib import Path

from judged_pairs import load_pairs, wilson

from digest.digests.support import says_the_same

SAMPLES = ("first", "second", "third", "corpus A", "corpus B", "corpus C", "corpus D", "unseen")
BINS = (0.0, 0.75, 0.80, 0.85, 0.90, 1.01)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bench", type=Path, required=True)
    pairs = load_pairs(parser.parse_args().bench, "support")
    told: Counter[tuple[str, str, bool]] = Counter()
    bins: Counter[tuple[int, str, bool]] = Counter()
    for pair in pairs:
        supports = says_the_same(*pair.texts, round(pair.near, 6))
        told[pair.note["sample"], pair.note["label"], supports] += 1
        bins[sum(pair.near >= b for b in BINS), pair.note["label"], supports] += 1
    labels = sorted({label for _, label, _ in told})
    print(f"{'sample':10}{'pairs':>7}{'told':>6}{'right':>7}{'precision':>11}{'95 %':>14}{'of the same':>13}")
    for sample in (*SAMPLES, "all"):
        count: Counter[tuple[str, bool]] = Counter()
        for (name, label, supports), n in told.items():
            count[label, supports] += n if sample in (name, "all") else 0
        said, right = sum(count[label, True] for label in labels), count["same", True]
        same = right + count["same", False]
        total = sum(count.values())
        interval = "{:.2f} to {:.2f}".format(*wilson(right, said))
        shares = f"{right / max(1, said):11.3f}{interval:>14}{right / max(1, same):13.3f}"
        print(f"{sample:10}{total:7}{said:6}{right:7}{shares}")
    print(f"\n{'cosine':16}" + "".join(f"{label:>28}" for label in labels) + "   (told / judged)")
    for n, low in enumerate(BINS[:-1], 1):
        cells = (f"{bins[n, k, True]} / {bins[n, k, True] + bins[n, k, False]}" for k in labels)
        print(f"{low:.2f} to {BINS[n]:.2f}    " + "".join(f"{cell:>28}" for cell in cells))


if __name__ == "__main__":
    main()
