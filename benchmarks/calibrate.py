"""Measures a model's calibration, to ship it: `python benchmarks/calibrate.py MODEL --name NAME --news NEWS`.

MODEL is a sentence-transformers folder, NEWS a file or folder of English news articles.  The model's mean vector of
news leads and its two scales against the embedded model go into src/digest/embeddings/calibrations.json, under the
SHA-256 of its weights and with that of the embedded model: what was measured against another embedded model counts
for nothing, so this is run again whenever that one changes.
"""

import json
from pathlib import Path

import numpy as np
from arguments import parser_of

from digest.articles import distinct, read_articles
from digest.background import load_background
from digest.config import Config
from digest.digests import candidate_rows
from digest.duplicates import find_copies
from digest.embeddings import (
    EMBEDDED,
    LEAST_ARTICLE_PAIRS,
    LEAST_SENTENCE_PAIRS,
    Scale,
    fit_scale,
    load_embedder,
    sample_pairs,
    understood,
)
from digest.embeddings.calibration import SHIPPED, reference_hash
from digest.embeddings.locating import weights_hash
from digest.engine import SerialEngine
from digest.scaling import pairs_within
from digest.similarity import pair_cosines
from digest.splitting import split
from digest.stages import LEAD, assign, embed_leads, members_of
from digest.stories import centred


def main() -> None:
    parser = parser_of(__doc__)
    parser.add_argument("model", type=Path, help="a sentence-transformers folder")
    parser.add_argument("--news", type=Path, required=True, help="a file or folder of English news articles")
    parser.add_argument("--articles", type=int, default=1_500, help="how many of them, evenly spread over their ids")
    parser.add_argument("--name", required=True, help="what the model is called, for people")
    parser.add_argument("--vector-cache", help="a file that keeps the model's vectors for the next time")
    args = parser.parse_args()
    model, shipped = load_embedder(str(args.model), vector_cache=args.vector_cache), load_embedder(EMBEDDED)
    articles, _ = distinct(read_articles([args.news], max_bytes=Config().max_bytes))
    ordered = sorted(articles, key=lambda a: a.id)
    chosen = [ordered[i] for i in np.linspace(0, len(ordered) - 1, min(args.articles, len(ordered))).astype(int)]
    corpus, _ = split(sorted(chosen, key=lambda a: a.id), Config(language="en"), SerialEngine())
    copies = find_copies(corpus)
    kept = np.flatnonzero(copies.kept == np.arange(len(corpus))).astype(np.int32)

    tokens = corpus.lead_tokens(LEAD).rows(kept.astype(np.int64))
    texts = [corpus.lead_text(i, LEAD) for i in kept.tolist()]
    vectors, known = model.embed(texts, tokens, leads=True), understood(shipped, tokens)
    mean = vectors[known].mean(axis=0).round(4)
    at = np.flatnonzero(known)
    left, right = sample_pairs(len(at))
    cosines = [
        pair_cosines(centred(v, m, known)[at], left, right)
        for v, m in ((vectors, mean), (shipped.embed(texts, tokens, leads=True), load_background().mean))
    ]
    articles_scale = fit_scale(*cosines, LEAST_ARTICLE_PAIRS)

    assignment = assign(corpus, kept, None, embed_leads(corpus, kept, shipped), Config())
    independent = [m[copies.kept[m] == m] for m in members_of(corpus, copies, kept, assignment.labels)]
    rows = [candidate_rows(corpus, m) for m in independent if len(m) > 1]
    wanted = np.concatenate(rows)
    left, right = pairs_within([len(r) for r in rows], corpus.owner[wanted])
    tokens = corpus.tokens.rows(wanted)
    texts = [corpus.text_of(row) for row in wanted.tolist()]
    cosines = [pair_cosines(m.embed(texts, tokens), left, right) for m in (model, shipped)]
    sentences_scale = fit_scale(*cosines, LEAST_SENTENCE_PAIRS)

    shipped_ones = json.loads(SHIPPED.read_text("utf-8"))
    shipped_ones[weights_hash(args.model)] = {
        "name": args.name,
        "reference": reference_hash(),
        "articles": as_json(articles_scale),
        "sentences": as_json(sentences_scale),
        "mean": [round(float(v), 4) for v in mean],
    }
    SHIPPED.write_text(json.dumps(shipped_ones, sort_keys=True) + "\n", "utf-8")
    print(f"{len(at)} leads, {len(wanted)} sentences of {len(rows)} stories, {len(left)} pairs of sentences")
    for name, scale in (("articles", articles_scale), ("sentences", sentences_scale)):
        print(name + ": " + ", ".join(f"{x:.2f} → {y:.2f}" for x, y in zip(scale.found, scale.reference, strict=True)))


def as_json(scale: Scale) -> dict[str, list[float]]:
    return {side: [round(float(v), 4) for v in getattr(scale, side)] for side in ("found", "reference")}


if __name__ == "__main__":
    main()
