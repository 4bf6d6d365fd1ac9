"""Precision of support on pairs judged by hand: `python benchmarks/support.py --bench FOLDER`.

`judged/support.jsonl` holds samples of pairs of a sentence (article, start, end) and another article, by ids and
offsets, with a judgement by the rubric of `docs/digests.md`: right, other, or one source.  "told" is what the rules
of the day said of a pair when it was drawn; SAMPLES says how far the rules had seen each sample when it was judged.
Each pair is asked of today's rules as a story of its two articles.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from arguments import parser_of
from judged_pairs import JUDGED, load_articles, row_of, wilson

from digest.corpus import Corpus, LazyTexts, build_corpus
from digest.digests import Reader, candidate_rows
from digest.digests.ngrams import unigrams
from digest.digests.support import supporters
from digest.digests.word_weights import weigh_words
from digest.embeddings import load_embedder
from digest.sentences import split_article

SAMPLES = {
    "building": "over the whole range of likeness: rules were made on it",
    "building again": "the same, of likely pairs",
    "first held": "told by rules frozen before; corrected on it",
    "second held": "the same",
    "first fresh": "the same, of another corpus",
    "second fresh": "the same",
    "third fresh": "the same, told by a looser rule",
    "fourth fresh": "told by rules frozen before but for runs of words far from the aligned sentence",
    "fifth building": "of any sentence, told by those rules: the rules of today were made on it",
    "sixth building": "of any sentence, told by a first form of today's rules, and corrected on it",
    "fifth fresh": "of any sentence in stories kept aside, told by rules frozen before; corrected on it",
    "near misses": "of any sentence, kept back by one rule alone: few neighbours, or what is to come",
    "last fresh": "of any sentence not read before, told by today's rules, frozen before",
    "longer digests": "of digests of 100, 300 and 800 words, not read before, told by the rules before those of today",
    "every sentence": "of digests of 3,000 words, not read before, told by today's rules, frozen before",
    "in digests": "all that the rules before told of digests of 100 words and no other sample held",
}


def main() -> None:
    judged = list(verdicts(parser_of(__doc__, bench=True).parse_args().bench))
    print(f"{'':16}{'told when drawn':>32}{'told today':>34}")
    print(f"{'sample':16}{'pairs':>6}{'right':>7}{'precision':>11}{'95 %':>14}" + f"{'pairs':>8}{'right':>7}", end="")
    print(f"{'precision':>11}{'one source':>12}{'found':>7}")
    for sample, how in {**SAMPLES, "all": ""}.items():
        mine = [(note, told) for note, told in judged if sample in (note["sample"], "all")]
        then = Counter(note["label"] for note, _ in mine if note.get("told"))
        today = Counter(note["label"] for note, told in mine if told)
        right = sum(note["label"] == "right" for note, _ in mine)
        share, interval = then["right"] / max(1, then.total()), wilson(then["right"], then.total())
        line = f"{sample:16}{then.total():6}{then['right']:7}{share:11.3f}{'{:.2f} to {:.2f}'.format(*interval):>14}"
        line += f"{today.total():8}{today['right']:7}{today['right'] / max(1, today.total()):11.3f}"
        print(f"{line}{today['one source']:12}{today['right'] / max(1, right):7.2f}  {how}")


def verdicts(bench: Path) -> Iterator[tuple[Mapping[str, Any], bool]]:
    """Each pair with whether today's rules tell it; a sentence that is cut otherwise today is told by none.

    A pair's "set" is the file of both articles, or two files parted by a space.
    """
    notes = [json.loads(line) for line in (JUDGED / "support.jsonl").read_text("utf-8").splitlines()]
    sets: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for note in notes:
        sets[note["set"]].append(note)
    for file, pairs in sorted(sets.items()):
        wanted = {i for note in pairs for i in (note["a"][0], note["b"])}
        found = {a.id: a for path in file.split() for a in load_articles(bench / path, wanted)}
        articles = sorted(found.values(), key=lambda a: a.id)
        corpus = build_corpus(articles, [split_article(a.text, a.language, a.title) for a in articles])
        place = {a.id: i for i, a in enumerate(articles)}
        for note in pairs:
            yield note, is_told(corpus, place, note)


def is_told(corpus: Corpus, place: Mapping[str, int], note: Mapping[str, Any]) -> bool:
    """Whether the article "b" of a pair is told to support its sentence "a"."""
    members = [place[note["a"][0]], place[note["b"]]]
    rows, ours = candidate_rows(corpus, members), row_of(corpus, place, note["a"])
    if ours not in rows:
        return False
    reading = Reader(corpus).read(members, "en")
    index = places(reading.rows, rows)
    vectors = load_embedder("embedded").embed(LazyTexts(corpus.text_of, rows), corpus.tokens.rows(rows))
    words = weigh_words(reading, unigrams(reading.sentences))
    return bool(supporters(corpus, reading, index, [int(np.flatnonzero(rows == ours)[0])], vectors, words)[0])


def places(rows: np.ndarray, wanted: Sequence[int] | np.ndarray) -> np.ndarray:
    """Where each row stands among others."""
    order = np.argsort(rows, kind="stable")
    return np.asarray(order[np.searchsorted(rows, wanted, sorter=order)])


if __name__ == "__main__":
    main()
