"""Precision of support on pairs judged by hand: `python support.py --bench PATH`.

`judged/support.jsonl` holds samples of pairs of sentences (one and one of another article) by ids and offsets, with a
judgement: the same, other, or one speaker or one text.  SAMPLES says how far the rules had seen each when it was
judged.  Pairs of one outlet are in none: they never count.  `precision` is of second witnesses, `said` the share of
what is told that says the same, whoever it has it from, `found` the share of the second witnesses that are told.
"""

import argparse
from collections import Counter
from pathlib import Path

from judged_pairs import load_pairs, wilson

from digest.digests.support import says_the_same

SAMPLES = {
    "first": "rules before these corrected on it",
    "second": "the same",
    "third": "the same",
    "corpus A": "the same",
    "corpus B": "the same",
    "corpus C": "the same",
    "corpus D": "the same",
    "unseen": "the same: drawn when they stood, judged once",
    "building": "these rules were made on it",
    "first half": "told by the first of them in stories kept aside; corrected on it",
    "second sample": "told by the second, never looked at; corrected on it",
    "third sample": "told by the third, never looked at; corrected on it",
    "building again": "the weights of these rules were fitted to it",
    "fourth sample": "told by the weights, never looked at; the demands of names and neighbours came after",
    "told before": "the rest of what the rules before told in the same stories",
}
BINS = (0.0, 0.75, 0.80, 0.85, 0.90, 1.01)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bench", type=Path, required=True)
    pairs = load_pairs(parser.parse_args().bench, "support")
    judged = [(p.note["sample"], p.note["label"], p.near, says_the_same(*p.texts, round(p.near, 6))) for p in pairs]
    print(f"{'sample':15}{'pairs':>6}{'told':>6}{'right':>7}{'precision':>11}{'95 %':>14}{'said':>7}{'found':>7}")
    for sample, how in {**SAMPLES, "all": ""}.items():
        mine = [(label, told) for name, label, _, told in judged if sample in (name, "all")]
        told = Counter(label for label, is_told in mine if is_told)
        said, right, same = told.total(), told["same"], sum(label == "same" for label, _ in mine)
        interval = "{:.2f} to {:.2f}".format(*wilson(right, said))
        shares = f"{right / max(1, said):11.3f}{interval:>14}{1 - told['other'] / max(1, said):7.2f}"
        print(f"{sample:15}{len(mine):6}{said:6}{right:7}{shares}{right / max(1, same):7.2f}  {how}")
    labels = sorted({label for _, label, _, _ in judged})
    bins = Counter((sum(near >= b for b in BINS), label, told) for _, label, near, told in judged)
    print(f"\n{'cosine':16}" + "".join(f"{label:>28}" for label in labels) + "   (told / judged)")
    for n, low in enumerate(BINS[:-1], 1):
        cells = (f"{bins[n, k, True]} / {bins[n, k, True] + bins[n, k, False]}" for k in labels)
        print(f"{low:.2f} to {BINS[n]:.2f}    " + "".join(f"{cell:>28}" for cell in cells))


if __name__ == "__main__":
    main()
