"""How many of the pairs that decide are found: `python benchmarks/candidates.py FILE...`.

An article is compared with those that are nearest by their words; a search in an inverted index finds them, with
parts left out that would cost the square of the articles.  Here all pairs are multiplied, and of the nearest ones by
that truth those are counted that the search finds: all of them, and those that decide, which are near enough to
connect two articles.
"""

from pathlib import Path

import numpy as np
from arguments import parser_of
from story_sets import evidence_of

from digest.articles import distinct, read_articles
from digest.config import Config
from digest.duplicates import find_copies
from digest.embeddings import load_embedder
from digest.engine import SerialEngine
from digest.similarity import PLACES
from digest.splitting import split
from digest.stories.assignment import CUT, score_pairs
from digest.stories.candidates import NEIGHBOURS, pairs_by_words
from digest.stories.features import Evidence
from digest.stories.neighbours import DAYS_ASIDE
from digest.stories.weights import load_weights
from digest.tokens import Int64

_BLOCK = 500  # articles compared with all others at once
_MOST = 20_000  # articles that are compared with all others; of more, so many at even distances
_LEAST = 0.03  # as the search: what is less like is no neighbour


def main() -> None:
    parser = parser_of(__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="articles, as a run reads them")
    args = parser.parse_args()
    for file in args.files:
        config = Config()
        articles, _ = distinct(list(read_articles([file], max_bytes=config.max_bytes)))
        corpus, _ = split(articles, config, SerialEngine())
        evidence = evidence_of(corpus, find_copies(corpus), load_embedder(config.model))
        true, found = keyed(*exact_neighbours(evidence)), keyed(*pairs_by_words(evidence))
        low, high = np.divmod(true, 1 << 32)
        deciding = true[score_pairs(evidence, load_weights(), low, high).log_odds >= CUT]
        print(
            f"{file.parent.name}/{file.name}: {len(evidence)} articles, {len(true)} nearest pairs, "
            f"{share(true, found):.4f} found; {len(deciding)} that decide, {share(deciding, found):.4f} found",
            flush=True,
        )


def exact_neighbours(evidence: Evidence) -> tuple[Int64, Int64]:
    """The nearest articles of each by the words of both texts, from all pairs that their days allow, as pairs (article,
    neighbour)."""
    body, day = evidence.body, np.where(evidence.loose, np.nan, evidence.day)
    columns = body.T.tocsr()
    rows, others = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    asked = np.arange(0, len(evidence), -(-len(evidence) // _MOST))
    for first in range(0, len(asked), _BLOCK):
        block = asked[first : first + _BLOCK]
        product = np.round((body[block] @ columns).toarray(), PLACES)
        product[np.arange(len(block)), block] = 0
        product[np.abs(day[block][:, None] - day) > DAYS_ASIDE] = 0
        best = np.argsort(-product, axis=1, kind="stable")[:, :NEIGHBOURS]  # of equal ones the earlier comes first
        near = np.take_along_axis(product, best, axis=1) >= _LEAST
        rows.append(np.repeat(block, best.shape[1])[near.ravel()])
        others.append(best[near])
    return np.concatenate(rows), np.concatenate(others)


def keyed(row: Int64, other: Int64) -> Int64:
    """Each pair once, as one number: the lower article above, the higher one below."""
    return np.unique((np.minimum(row, other) << 32) | np.maximum(row, other))


def share(wanted: Int64, found: Int64) -> float:
    return float(np.isin(wanted, found).mean()) if len(wanted) else 1.0


if __name__ == "__main__":
    main()
