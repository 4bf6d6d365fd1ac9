"""Copies made in many ways and look-alikes: `python benchmarks/duplicates_kinds.py NEWS`.

Takes articles of NEWS (JSON Lines with `title`, `text`, `published`), makes copies of them as scanners, editors, pages
and other outlets do, and sets beside them articles that share text and are no copies.  Prints for each kind how many
copies are found (in a group with their original or with another copy of it) and how many look-alikes are merged.

The halves share no article and no template: one to look at while rules are made, one to judge them by.  Kinds that
are made of real articles share their makers.
"""

import collections
import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from arguments import parser_of
from copy_makers import MAKERS, paragraphs
from look_alike_makers import borrowing, days_later, fill, live_blog, read_templates, refilled, updated
from record_files import read_records

from digest.corpus import Corpus, build_corpus
from digest.duplicates import find_copies
from digest.duplicates.alignment import RUN
from digest.duplicates.candidates import find_candidates
from digest.duplicates.comparer import Comparer
from digest.duplicates.texts import Texts
from digest.fingerprint import shingles
from digest.records import Article
from digest.sentences import split_article

_WINDOW = 13  # words; two originals that share such a run are not independent
_LEAST_WORDS = 40
Drawn = tuple[str, str, str, str | None]  # kind, title, text, published
_HEADLINES = ("What you need to know today", "More on the news of the day", "Full story", "Latest")


@dataclass(frozen=True, slots=True)
class Made:
    """An article, the group of copies that it belongs to, and how it was made."""

    article: Article
    group: str
    kind: str


def read_originals(news: Path, half: str, count: int, briefs: int, chance: random.Random) -> list[Article]:
    """Articles of one half that share no run of words; every third of the first `briefs` is cut to a brief."""
    look = half == "look"
    mine = [r for r in read_records(news) if (hashlib.sha256(r["title"].encode()).digest()[0] % 2 == 0) == look]
    chance.shuffle(mine)
    seen: set[int] = set()
    out: list[Article] = []
    for record in mine:
        words = record["text"].split()
        runs = {hash(tuple(words[i : i + _WINDOW])) for i in range(len(words) - _WINDOW)}
        if len(words) < 60 or len(words) > 3000 or runs & seen or len(paragraphs(record["text"])) < 3:
            continue
        seen |= runs
        text = _brief(record["text"]) if len(out) % 3 == 0 and len(out) < briefs else record["text"]
        dated = (record.get("published") or None) if len(out) % 2 else None
        out.append(Article(id=f"{len(out):05}", title=record["title"], text=text, published=dated))
        if len(out) == count:
            break
    return out


def _brief(text: str) -> str:
    parts, words = [], 0
    for part in paragraphs(text):
        parts.append(part)
        words += len(part.split())
        if words > 70:
            break
    return "\n\n".join(parts)


def make_set(news: Path, half: str, size: int, seed: int) -> list[Made]:
    """`size` originals with two to four copies of each, and the look-alikes."""
    chance = random.Random(f"{half} {seed}")
    articles = read_originals(news, half, 4 * size, size, chance)
    originals, spare = articles[:size], articles[size:]
    out = [Made(a, a.id, "original") for a in originals]
    kinds = list(MAKERS)
    for n, original in enumerate(originals):
        for k in range(3):
            kind = kinds[(3 * n + k) % len(kinds)]
            text = MAKERS[kind](original.text, chance)
            if len(text.split()) >= _LEAST_WORDS:
                out.append(_copy(original, kind, text, k, chance))
    for n, original in enumerate(originals[: size // 3]):
        out.append(_copy(original, "inside a round-up", _round_up(original, spare[3 * n : 3 * n + 3]), 9, chance))
    return out + _look_alikes(spare[size:], half, chance)


def _copy(original: Article, kind: str, text: str, number: int, chance: random.Random) -> Made:
    title = chance.choice((original.title, original.title, chance.choice(_HEADLINES), "", original.title.upper()))
    published = days_later(original.published, chance.randint(0, 2))
    return Made(Article(id=f"{original.id}-{number}", title=title, text=text, published=published), original.id, kind)


def _round_up(original: Article, others: list[Article]) -> str:
    """Three briefs, of which the whole original is one."""
    parts = [_brief(a.text) for a in others[:2]]
    return "\n\n".join([parts[0], original.text, *parts[1:]])


def _look_alikes(spare: list[Article], half: str, chance: random.Random) -> list[Made]:
    drawn = [*_filled_templates(half, chance), *_of_real_articles(spare, chance)]
    return [
        Made(Article(id=f"look-{n:05}", title=title, text=text, published=published), f"look-{n:05}", kind)
        for n, (kind, title, text, published) in enumerate(drawn)
    ]


def _filled_templates(half: str, chance: random.Random) -> Iterator[Drawn]:
    """Eight series of four fillings of each template, with one, two or three days between or no dates."""
    for template in read_templates(half):
        for series in range(8):
            start = chance.choice((None, "2024-03-01", "2024-05-02"))
            for day, (title, text) in enumerate(fill(template, 4, chance)):
                yield str(template["kind"]), title, text, days_later(start, day * (1 + series % 3))


def _of_real_articles(spare: list[Article], chance: random.Random) -> Iterator[Drawn]:
    live, others = [a.text for a in spare[::4]], [a for n, a in enumerate(spare) if n % 4]
    while len(live) >= 12:
        for text in live_blog([live.pop() for _ in range(12)], chance):
            yield "live blog", "Live: the day as it happens", text, None
    for n, a in enumerate(others[:-1]):
        later = days_later(a.published, 1)
        if n % 4 == 0:
            yield "real article refilled", a.title, a.text, a.published
            yield "real article refilled", *refilled(a.title, a.text, chance), later
        elif n % 4 == 1 and len(paragraphs(a.text)) > 7:
            yield "real article updated", a.title, a.text, a.published
            yield "real article updated", *updated(a.title, a.text, chance), later
        elif n % 4 == 2 and len(a.text.split()) > 250:
            yield "paragraph shared", a.title, a.text, a.published
            yield "paragraph shared", others[n + 1].title, borrowing(a.text, others[n + 1].text, chance), later


def split(made: list[Made]) -> Corpus:
    articles = sorted((m.article for m in made), key=lambda a: a.id)
    return build_corpus(articles, (split_article(a.text, "en", a.title) for a in articles))


def judge(made: list[Made], kept: dict[str, str]) -> dict[str, tuple[int, int, int]]:
    """For each kind: how many there are, how many are found with a mate, and how many stand with a stranger."""
    of = {m.article.id: m for m in made}
    groups = collections.defaultdict(list)
    for i, k in kept.items():
        groups[k].append(i)
    out: dict[str, tuple[int, int, int]] = {}
    for m in made:
        mates = [of[i] for i in groups[kept[m.article.id]] if i != m.article.id]
        count, found, strange = out.get(m.kind, (0, 0, 0))
        right = any(o.group == m.group for o in mates)
        wrong = any(o.group != m.group for o in mates)
        out[m.kind] = (count + 1, found + right, strange + wrong)
    return out


def pair_score(made: list[Made], kept: dict[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of pairs."""
    both, here, there = collections.Counter[tuple[str, str]](), collections.Counter[str](), collections.Counter[str]()
    for m in made:
        both[kept[m.article.id], m.group] += 1
        here[kept[m.article.id]] += 1
        there[m.group] += 1
    shared, found, wanted = (sum(n * (n - 1) for n in c.values()) for c in (both, here, there))
    return shared / max(1, found), shared / max(1, wanted), 2 * shared / max(1, found + wanted)


def candidate_recall(corpus: Corpus) -> tuple[int, int]:
    """How many pairs of all are copies, and how many of those are candidates.

    A pair that shares fewer than one in ten of the shorter article's shingles of three words cannot be a copy.
    """
    texts = Texts(corpus)
    order = [i for i in range(len(texts)) if texts.lengths[i]]
    rows = [np.unique(shingles(texts.terms.hashes[texts.body(i).ids], RUN)) for i in range(len(texts))]
    _, columns = np.unique(np.concatenate(rows), return_inverse=True)
    bounds = np.concatenate(([0], np.cumsum([len(row) for row in rows])))
    holds = sp.csr_array((np.ones(len(columns), np.int32), columns, bounds))
    shared = sp.coo_array(sp.triu(holds @ holds.T, 1))
    sizes = np.diff(bounds)
    enough = shared.data * 10 >= np.minimum(sizes[shared.row], sizes[shared.col])
    comparer = Comparer(texts)
    pairs = zip(shared.row[enough].tolist(), shared.col[enough].tolist(), strict=True)
    copies = {pair for pair in pairs if comparer.are_copies(*pair)}
    found = find_candidates(texts, order)
    candidates = {
        tuple(sorted((order[i], order[j]))) for i, j in zip(found.first.tolist(), found.second.tolist(), strict=True)
    }
    return len(copies), len(copies & candidates)


def main() -> None:
    parser = parser_of(__doc__)
    parser.add_argument("news", type=Path, metavar="NEWS")
    parser.add_argument("--half", choices=("look", "judge"), default="judge", help="which half of the articles")
    parser.add_argument("--size", type=int, default=400, help="originals")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    made = make_set(args.news, args.half, args.size, args.seed)
    corpus = split(made)
    ids = [a.id for a in corpus.articles]
    kept = {i: ids[k] for i, k in zip(ids, find_copies(corpus).kept.tolist(), strict=True)}
    copies = {*MAKERS, "inside a round-up", "original"}
    print(f"{'kind':28}{'articles':>9}{'found':>8}{'with strangers':>16}")
    for kind, (count, found, strange) in sorted(judge(made, kept).items(), key=lambda kv: (kv[0] not in copies, kv[0])):
        shown = f"{found / count:8.3f}" if kind in copies else " " * 8
        print(f"{kind:28}{count:9}{shown}{strange / count:16.3f}")
    wanted, candidates = candidate_recall(corpus)
    print(f"candidates: {candidates} of the {wanted} copies among all pairs ({candidates / wanted:.4f})")
    print("pairs: precision {:.4f}, recall {:.4f}, F1 {:.4f}".format(*pair_score(made, kept)))


if __name__ == "__main__":
    main()
