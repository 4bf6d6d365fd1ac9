"""ROUGE of the digests of given stories: `python benchmarks/summaries.py --bench FOLDER`.

Whole sentences within the budget, readability rules on.  The weights are crossed over events: each event is digested
with weights that never saw it.  Beside them the lead of the first article, a greedy oracle over the readable sentences,
and what people would use instead (`summary_peers.py`).
"""

import itertools
import re
import statistics
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from unittest import mock

import numpy as np
from arguments import parser_of
from fit_selection import FOLDS, crossed_weights, fold_number
from rouge_score.rouge_scorer import RougeScorer
from summary_peers import score_peers
from summary_sets import SETS, Event, load_events

from digest.corpus import LazyTexts
from digest.digests import Budget, Digest, Reader, candidate_rows, compose, standing
from digest.digests.lead import lead_of
from digest.embeddings import load_embedder

BEGINNING = 35  # Words of a reference that a digest's first sentence is held against.


class _Words:
    """Words of any script, for languages that the scorer's own tokenizer breaks."""

    def tokenize(self, text: str) -> list[str]:
        return re.findall(r"\w+", text.lower())


SCORERS = {
    True: RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=True),
    False: RougeScorer(["rouge1", "rouge2", "rougeL"], tokenizer=_Words()),
}


def rouge(event: Event, summary: str) -> list[float]:
    """F1 of ROUGE-1, 2 and L, means over the references."""
    scorer = SCORERS[event.language == "en"]
    scores = [scorer.score(reference, summary) for reference in event.references]
    return [statistics.fmean(s[name].fmeasure for s in scores) for name in ("rouge1", "rouge2", "rougeL")]


def opening_rouge(event: Event, digest: Digest) -> float:
    """ROUGE-1 F1 of a digest's first sentence against the beginnings of the references."""
    begun = tuple(" ".join(r.split()[:BEGINNING]) for r in event.references)
    return rouge(replace(event, references=begun), digest.sentences[0].text)[0] if digest.sentences else 0.0


def crossed_digests(events: Sequence[Event], any_language: bool = False) -> list[Digest]:
    """The digest of each event by weights learned on the other folds, or by none, as in a language without any."""
    language = events[0].language
    tables = [{}] * FOLDS if any_language else [{language: looks} for looks in crossed_weights(events, language)]
    digests = []
    for event, (rows, vectors) in zip(events, _candidates(events), strict=True):
        with mock.patch.object(standing, "shipped_weights", lambda e=event: tables[fold_number(e)]):
            digests.append(compose(Reader(event.corpus), event.members, rows, vectors, Budget(event.words)))
    return digests


def _candidates(events: Sequence[Event]) -> list[tuple[np.ndarray, np.ndarray]]:
    """The candidate rows of each event and their vectors, embedded corpus by corpus."""
    embedder = load_embedder("embedded")
    rows = [candidate_rows(e.corpus, e.members) for e in events]
    vectors: list[np.ndarray] = [np.empty(0)] * len(events)
    for corpus in {id(e.corpus): e.corpus for e in events}.values():
        mine = [i for i, e in enumerate(events) if e.corpus is corpus]
        every = np.concatenate([rows[i] for i in mine])
        embedded = embedder.embed(LazyTexts(corpus.text_of, every), corpus.tokens.rows(every))
        ends = np.cumsum([len(rows[i]) for i in mine])
        for i, part in zip(mine, np.split(embedded, ends[:-1]), strict=True):
            vectors[i] = part
    return list(zip(rows, vectors, strict=True))


def lead_text(event: Event) -> str:
    rows = candidate_rows(event.corpus, event.members[:1])
    lead = lead_of(event.corpus, event.members[:1], rows, Budget(event.words))
    text = event.corpus.articles[event.members[0]].text
    return lead.title or " ".join(text[s.start : s.end] for s in lead.slices)


def oracle_text(event: Event) -> str:
    """Greedily the readable sentence that raises ROUGE-1 and 2 most, while any does and fits."""
    texts = [event.corpus.text_of(r) for r in candidate_rows(event.corpus, event.members)]
    grams = [_grams(t) for t in texts]
    references = [_grams(r) for r in event.references]
    have, chosen, left, best = (Counter(), Counter()), [], event.words, 0.0
    while True:
        options = [
            (_overlap((have[0] + g[0], have[1] + g[1]), references), i)
            for i, g in enumerate(grams)
            if i not in chosen and len(texts[i].split()) <= left
        ]
        value, i = max(options, default=(0.0, -1))
        if value <= best:
            return " ".join(texts[i] for i in chosen)
        best, have, left = value, (have[0] + grams[i][0], have[1] + grams[i][1]), left - len(texts[i].split())
        chosen.append(i)


def _grams(text: str) -> tuple[Counter, Counter]:
    words = re.findall(r"\w+", text.lower())
    return Counter(words), Counter(itertools.pairwise(words))


def _overlap(have, references) -> float:
    return sum(
        2 * (h & r).total() / max(1, h.total() + r.total())
        for reference in references
        for h, r in zip(have, reference, strict=True)
    )


def main() -> None:
    parser = parser_of(__doc__, bench=True)
    parser.add_argument("--words", type=int, help="one budget for all sets, in place of each set's own")
    parser.add_argument("--any", action="store_true", help="without weights, as in a language that has none")
    parser.add_argument("--plain", action="store_true", help="leave the others out")
    args = parser.parse_args()
    sets = {name: load_events(args.bench, name, args.words) for name in SETS}
    print(f"{'set':22}{'words':>6}  {'method':10}{'R-1':>7}{'R-2':>7}{'R-L':>7}{'length':>8}", end="")
    print(f"{'supported':>11}{'ms':>6}{'opening':>9}")
    pooled = {"en": [e for n in SETS for e in sets[n] if e.language == "en"], "vi": sets["summaries-vietnamese"]}
    made = {}
    for events in pooled.values():
        start = time.perf_counter()
        digests = crossed_digests(events, args.any)
        seconds = (time.perf_counter() - start) / len(events)
        made |= {e.key: (d, seconds) for e, d in zip(events, digests, strict=True)}
    for name, events in sets.items():
        digests = [made[e.key][0] for e in events]
        sentences = [s for d in digests for s in d.sentences]
        supported = sum(bool(s.supported_by) for s in sentences) / len(sentences)
        opening = statistics.fmean(map(opening_rouge, events, digests))
        _row(
            name,
            events,
            "digest",
            [d.summary for d in digests],
            f"{supported:11.2f}{1e3 * made[events[0].key][1]:6.1f}{opening:9.4f}",
        )
        if not args.plain:
            _row(name, events, "lead", [lead_text(e) for e in events])
            _row(name, events, "oracle", [oracle_text(e) for e in events])
            for method, scores in score_peers(args.bench / "sets" / name, events[0].words).items():
                if method not in ("lead", "oracle"):  # Those above are over the sentences that may stand in a digest.
                    figures = "".join(f"{value:7.4f}" for value, *_ in scores.values())
                    print(f"{name:22}{events[0].words:6}  {method:10}{figures}")


def _row(name: str, events: Sequence[Event], method: str, summaries: Sequence[str], more: str = "") -> None:
    scores = np.mean([rouge(e, s) for e, s in zip(events, summaries, strict=True)], axis=0)
    length = statistics.fmean(len(s.split()) for s in summaries)
    print(f"{name:22}{events[0].words:6}  {method:10}" + "".join(f"{x:7.4f}" for x in scores) + f"{length:8.1f}{more}")


if __name__ == "__main__":
    main()
