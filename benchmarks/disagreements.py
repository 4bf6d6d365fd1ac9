"""Precision and recall of disagreements on pairs judged by hand: `python benchmarks/disagreements.py --bench FOLDER`.

`judged/disagreements.jsonl` holds pairs of figures of two reports of one story by ids and offsets, each judged true, an
update in time, or false, with the reason: candidates that a generous aligner found, and what the rules told.  HALVES
says how far the rules had seen each part when it was judged.  Among the disagreements a pair is right that is true;
among the updates, of different or unknown days, one of one quantity: true, or an update in time.
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
    "of other days": "all told when updates were first told, not read before; the rules were mended on it",
    "looser groups": "told in groups looser than stories (granularity .9), read when all stood",
}
ASIDE = {"kept aside", "told later", "of other days", "looser groups"}  # Weights are never learned on these.


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


def _share(right: int, of: int) -> str:
    """ "3 of 4 (.75, .30 to .95)"."""
    if not of:
        return "–"
    low, high = wilson(right, of)
    return f"{right} of {of} ({right / of:.2f}, {low:.2f} to {high:.2f})"


def main() -> None:
    parser = parser_of(__doc__, bench=True)
    parser.add_argument(
        "--show", action="store_true", help="each true pair that is missed, each false one that is told"
    )
    args = parser.parse_args()
    judged = [(pair, verdict(pair)) for pair in load_pairs(args.bench, "disagreements")]
    print(f"{'':13}{'pairs':>6}{'true':>5}{'updates':>8}{'disagreements':>31}{'updates':>31}{'recall':>8}")
    for half, how in {**HALVES, "all": ""}.items():
        mine = [(p.note["label"], v) for p, v in judged if half in (p.note["half"], "all")]
        of_one = [(label, v) for label, v in mine if label != "false"]
        told = [label for label, v in mine if v == "told"]
        updates = [label for label, v in mine if v == "update"]
        right, of_updates = told.count("true"), len(updates) - updates.count("false")
        true = sum(label == "true" for label, _ in mine)
        print(
            f"{half:13}{len(mine):6}{true:5}{len(of_one) - true:8}{_share(right, len(told)):>31}"
            f"{_share(of_updates, len(updates)):>31}{(right + of_updates) / max(1, len(of_one)):8.2f}  {how}"
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
