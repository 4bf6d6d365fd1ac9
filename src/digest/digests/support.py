"""Which articles of a story support a chosen sentence.

An article of another outlet supports a sentence in English when one of its sentences is near and, with what stands
around it, says what the chosen one claims (`claims`; it may say more), and when the two are two witnesses
(`witnesses`): not one text, not one speaker's words, not what an agency or an outlet is credited with.  In other
languages, whose words that needs, vectors of two sentences must be very near and words agree.
`benchmarks/support.py` measures it on pairs judged by hand.
"""

import functools
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from digest.corpus import Corpus
from digest.digests.claims import RAREST, STEM, says, stands_alone
from digest.digests.disagreements_pairs import figures_part, read_statement
from digest.digests.reading import Reading
from digest.digests.witnesses import (
    copied,
    credits_another,
    names_outlet,
    one_outlet,
    one_source,
    one_text,
    quotes,
    reworded,
    shared_runs,
)
from digest.digests.word_weights import WordWeights
from digest.similarity import Float32, Vectors, cosines
from digest.tokens import Int64

NEAR = 0.60  # Cosine of vectors from which on an English sentence may say what another claims.
_EARLY = 10  # Sentences of an article that may have a witness: what it tells later is mostly its own.
NEARER = 0.87  # From here on sentences of other languages that share some runs of words say the same,
NEAREST = 0.90  # and from here on two that share none.
WORDS = 0.5  # TF-IDF cosine that must be there too.
_HELD = 0.5  # So large a share of a claim's words is in the sentence that carries it: a look before the reading.
_BEST = 3  # So many sentences of an article are read for a claim, beside the neighbours of the best.
_PLACES = 6
_COMMON = 0.12  # So large a share of runs of three words is some in common.


def supporters(
    corpus: Corpus,
    reading: Reading,
    index: Int64,
    chosen: Sequence[int],
    vectors: Vectors | None,
    words: WordWeights,
) -> list[tuple[str, ...]]:
    """The ids of the articles that support each chosen sentence, sorted.

    index: int64 [C], places in the reading of sentences of independent articles, article by article; chosen: places in
    `index`; vectors: float32 [C, d], unit rows, or None; words: of all the story's sentences.
    """
    if not len(index) or not chosen:
        return [() for _ in chosen]
    at, article, english = np.asarray(chosen, np.int64), reading.article[index], reading.language == "en"

    def agree() -> Float32:
        return np.round(words.products(words.rows(index[at]))[:, index], _PLACES)

    near = agree() if vectors is None else np.round(cosines(vectors[at], vectors), _PLACES)
    if english:
        fit = (near >= NEAR) & (reading.place[index][at] < _EARLY)[:, None]
        if not (fit & (article[None, :] != article[at][:, None])).any():
            return [() for _ in chosen]
        worth = np.round(words.held(words.rows(index[at]))[:, index], _PLACES)
        fit &= worth >= _HELD
    else:
        fit, worth = (near >= NEARER) & (agree() >= WORDS), near
        if vectors is None:
            fit = near >= WORDS
    starts = np.flatnonzero(np.diff(article, prepend=-1))
    ends = np.append(starts[1:], len(article))
    may = np.logical_or.reduceat(fit, starts, axis=1) & (article[starts][None, :] != article[at][:, None])
    found: list[list[str]] = [[] for _ in chosen]
    for n, other in np.argwhere(may).tolist():
        part = np.arange(starts[other], ends[other])
        ours, theirs = (corpus.articles[corpus.owner[reading.rows[index[c]]]] for c in (at[n], part[0]))
        if one_outlet(ours.source, theirs.source):
            continue
        if english:
            best = part[np.argsort(-(worth[n, part] + near[n, part]), kind="stable")[:_BEST]]
            supported = bool(fit[n, best[0]]) and _stated(corpus, reading, index, int(at[n]), best)
        else:
            texts = [corpus.text_of(int(reading.rows[index[c]])) for c in (at[n], *part[fit[n, part]])]
            nears = [None if vectors is None else float(x) for x in near[n, part[fit[n, part]]]]
            supported = any(says_the_same(texts[0], t, x) for t, x in zip(texts[1:], nears, strict=True))
        if supported:
            found[n].append(theirs.id)
    return [tuple(sorted(ids)) for ids in found]


@functools.lru_cache(maxsize=1 << 12)  # of one story: a sentence is asked about again and again
def _may_be_told(claim: str) -> bool:
    """Whether a sentence may have a second witness at all."""
    return stands_alone(claim) and not quotes(claim) and not credits_another(claim)


def _stated(corpus: Corpus, reading: Reading, index: Int64, ours: int, best: Int64) -> bool:
    """Whether an article states a claim as a second witness.

    ours: the place of the claim; best: int64 [k], the article's sentences that are most like it, the best first.
    """
    claim = corpus.text_of(int(reading.rows[index[ours]]))
    if not _may_be_told(claim):
        return False
    main = int(index[best[0]])
    beside = [i for i in (main - 1, main + 1) if 0 <= i < len(reading.rows)]
    places = [i for i in beside if reading.article[i] == reading.article[main]]
    places += [i for i in index[best[1:]].tolist() if i not in places]
    aligned, *others = (corpus.text_of(int(reading.rows[i])) for i in (main, *places))
    a, b = (corpus.articles[corpus.owner[reading.rows[i]]] for i in (int(index[ours]), main))
    others.append(b.title)
    return (
        _of_one_time(a.published, b.published)
        and says(claim, aligned, others, _rarity(reading, int(index[ours])), a.title)
        and not figures_part(read_statement(claim).figures, read_statement(aligned).figures)
        and _apart(claim, aligned, others)
        and not copied(claim, _sentences(corpus, reading, main))
        and not (names_outlet(a.text, b.source) or names_outlet(b.text, a.source))
    )


def _apart(claim: str, aligned: str, others: Sequence[str]) -> bool:
    """Whether a claim and the sentences of another article that say it are of two witnesses."""
    theirs = [aligned, *others]
    return not (credits_another(aligned) or one_source(claim, theirs) or reworded(claim, theirs))


def _sentences(corpus: Corpus, reading: Reading, sentence: int) -> list[str]:
    """All sentences of the article of one."""
    whole = np.flatnonzero(reading.article == reading.article[sentence])
    return [corpus.text_of(int(reading.rows[i])) for i in whole.tolist()]


def _of_one_time(ours: str | None, theirs: str | None) -> bool:
    """Whether two dates lie a day apart at most; one that is not known parts nothing."""
    if not ours or not theirs:
        return True
    return abs((date.fromisoformat(ours[:10]) - date.fromisoformat(theirs[:10])).days) <= 1


def _rarity(reading: Reading, sentence: int) -> Mapping[str, float]:
    """The inverse document frequency of the words of a sentence, folded and cut short."""
    first, last = np.searchsorted(reading.sentences.text, (sentence, sentence + 1))
    found: dict[str, float] = {}
    for word in reading.sentences.word[first:last].tolist():
        stem = reading.spelled[word][:STEM]
        found[stem] = min(found.get(stem, RAREST), float(reading.idf[word]))
    return found


def says_the_same(ours: str, theirs: str, near: float | None = None) -> bool:
    """Whether a sentence of a language other than English says what another does, as a second witness of it.

    near: the cosine of their vectors, rounded, or None where only words were compared.
    """
    if credits_another(ours) or credits_another(theirs):
        return False
    if near is not None and near < (NEARER if shared_runs(ours, theirs, 3) >= _COMMON else NEAREST):
        return False
    return not one_text(ours, theirs) and not one_source(ours, [theirs])
