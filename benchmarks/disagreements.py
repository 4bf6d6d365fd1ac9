"""Precision and recall of disagreements on pairs judged by hand: `python benchmarks/disagreements.py --bench FOLDER`.

`judged/disagreements.jsonl` holds pairs of figures of two reports of one story by ids and offsets, each judged true, an
update in time, or false, with the reason: candidates that a generous aligner found, and what the rules told.  HALVES
says how far the rules had seen each part when it was judged.
"""

from collections import Counter

from arguments import parser_of
from judged_pairs import Judged, load_pairs, wilson

from digest.digests.disagreements import NEAR
from digest.digests.disagreements_likeness import given_too, objection
from digest.digests.disagreements_pairs import Mention, read_statement

HALVES = {
    "tuned": "the rules were chosen on it",
    "judged": "tightened on it",
    "corpus D": "told later in stories of the first two; tightened on it",
    "corpus A": "other stories of the corpus; tightened on it",
    "corpus B": "other stories; tightened on it",
    "corpus C": "other stories, kept aside: nothing was told there",
    "unseen": "Multi-News, told when the rules stood",
    "fresh": "stories never looked at: all that was told there when undated reports were compared",
    "fresh, near": "the same: dated pairs below the threshold",
    "building": "half of the stories of all sets: the weights and the threshold were learned on it and on all above",
    "kept aside": "the other half: what stands now tells there, and what came near it",
    "told later": "told in a story of the building half, read when the weights stood",
}
ASIDE = {"kept aside", "told later"}  # Weights are never learned on these.


def mentions_of(pair: Judged) -> tuple[Mention, Mention] | None:
    """The two figures as they are read; None where one is not."""
    mentions = []
    for text, (start, end), published in zip(pair.texts, pair.spans, pair.published, strict=True):
        statement = read_statement(text)
        figure = next((f for f in statement.figures if f.start < end and f.end > start), None)
        if figure is None:
            return None
        mentions.append(Mention(statement, figure, published[:10] if published else None))
    return mentions[0], mentions[1]


def verdict(pair: Judged) -> str:
    """The objection against a pair; "told" where there is none, "unread" where a figure was not read."""
    mentions = mentions_of(pair)
    if mentions is None:
        return "unread"
    return objection(*mentions, given_too(*mentions, pair.whole)) or ("told" if pair.near >= NEAR else "far")


def main() -> None:
    parser = parser_of(__doc__, bench=True)
    parser.add_argument(
        "--show", action="store_true", help="each true pair that is missed, each false one that is told"
    )
    args = parser.parse_args()
    judged = [(pair, verdict(pair)) for pair in load_pairs(args.bench, "disagreements")]
    print(f"{'half':12}{'pairs':>7}{'true':>6}{'told':>6}{'right':>7}{'precision':>11}{'95 %':>14}{'recall':>8}")
    for half, how in HALVES.items():
        mine = [(p.note["label"], v) for p, v in judged if p.note["half"] == half]
        true = sum(label == "true" for label, _ in mine)
        told = [label for label, v in mine if v == "told"]
        right = told.count("true")
        precision, recall = right / max(1, len(told)), right / max(1, true)
        interval = "{:.2f} to {:.2f}".format(*wilson(right, len(told)))
        print(
            f"{half:12}{len(mine):7}{true:6}{len(told):6}{right:7}{precision:11.3f}{interval:>14}{recall:8.3f}  {how}"
        )
    likely = [p.note["label"] for p, v in judged if p.note["half"] == "kept aside" and v in ("told", "update")]
    one = len(likely) - likely.count("false")
    print(
        f"\nkept aside, dated or not: {len(likely)} likely enough, {one} of one quantity (true or an update): "
        "{:.2f}, 95 % {:.2f} to {:.2f}".format(one / max(1, len(likely)), *wilson(one, len(likely)))
    )
    for label in ("true", "update", "false"):
        why = Counter(v for p, v in judged if p.note["label"] == label)
        print(f"\n{label}: " + ", ".join(f"{name} {n}" for name, n in sorted(why.items(), key=lambda x: (-x[1], x[0]))))
    if args.show:
        for pair, v in judged:
            if (pair.note["label"] == "true") != (v == "told"):
                texts = (f"{t[:a]}<<{t[a:b]}>>{t[b:]}" for t, (a, b) in zip(pair.texts, pair.spans, strict=True))
                print(f"\n{pair.note['label']} {pair.note['reason'] or ''} [{v}] {pair.near:.3f}", *texts, sep="\n  ")


if __name__ == "__main__":
    main()
