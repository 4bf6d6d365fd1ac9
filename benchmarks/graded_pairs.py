"""Which pairs of reports one story holds, by language: `python benchmarks/graded_pairs.py --bench FOLDER`.

`embedding/article-pairs-dev.jsonl.gz` holds pairs of related reports in eight languages, graded from 1 (other events)
to 4 (the same).  All articles go through one run, undated and without titles, as they are; printed is how many of the
pairs graded 3 and more share a story (they should), and of those graded below 2 (they should not).
"""

from collections import defaultdict

import numpy as np
from arguments import parser_of
from record_files import read_records

from digest.articles import article_from
from digest.corpus import build_corpus
from digest.embeddings import load_embedder
from digest.records import Origin, in_language
from digest.sentences import language_of, split_article
from digest.stages import embed_leads
from digest.stories import assign_stories

SAME, OTHER = 3, 2


def main() -> None:
    bench = parser_of(__doc__, bench=True).parse_args().bench
    pairs = list(read_records(bench / "embedding" / "article-pairs-dev.jsonl.gz"))
    texts = sorted({pair[side] for pair in pairs for side in ("a", "b")})
    story = dict(zip(texts, stories_of(texts), strict=True))
    same, other = defaultdict(list), defaultdict(list)
    for pair in pairs:
        graded = same if pair["score"] >= SAME else other if pair["score"] < OTHER else defaultdict(list)
        graded[pair["lang"]].append(story[pair["a"]] == story[pair["b"]])
    print(f"{'':8}{'same':>6}{'joined':>8}{'other':>7}{'joined':>8}")
    for language in sorted({*same, *other}):
        one, two = same[language], other[language]
        print(f"{language:8}{len(one):6}{np.mean(one or [0]):8.2f}{len(two):7}{np.mean(two or [0]):8.2f}")


def stories_of(texts: list[str]) -> list[int]:
    """The number of the story of each text."""
    read = [article_from({"id": f"{n:05}", "text": text}, Origin("-", n)) for n, text in enumerate(texts)]
    articles = [in_language(article, language_of(article.text)) for article in read]
    corpus = build_corpus(articles, [split_article(a.text, a.language, a.title) for a in articles])
    kept = np.arange(len(articles), dtype=np.int32)
    vectors, understood = embed_leads(corpus, kept, load_embedder("embedded"))
    return assign_stories(corpus, kept, vectors, understood=understood).labels.tolist()


if __name__ == "__main__":
    main()
