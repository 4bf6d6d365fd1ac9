"""A story's sentences and titles as numbers: what its sources say, and where."""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digest.background import load_background
from digest.corpus import Corpus
from digest.digests.candidates import SENTENCES, sentence_rows
from digest.digests.words import words_of
from digest.tokens import Int64

Float = npt.NDArray[np.float64]
Bool = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Line:
    """Texts as words: word ids one after another, and which text each stands in (ascending)."""

    word: Int64
    text: Int64


@dataclass(frozen=True, slots=True)
class Reading:
    """The first sentences of a story's articles, and its titles, as words of the story's own vocabulary.

    rows: int64 [S], the corpus row of each sentence, by article and then by place; article, place: int64 [S], counted
    from 0; sentences, titles: the words (a title's text is its article); spelled: the vocabulary [V], inflections
    folded; idf: float64 [V]; stop, figure: bool [V]; articles: how many there are;
    language: the bare code of the story.
    """

    rows: Int64
    article: Int64
    place: Int64
    sentences: Line
    titles: Line
    spelled: tuple[str, ...]
    idf: Float
    stop: Bool
    figure: Bool
    articles: int
    language: str


def read_story(corpus: Corpus, members: Sequence[int], language: str, most: int = SENTENCES) -> Reading:
    """Reads the first sentences of a story's kept articles; `language` is the bare code of the story."""
    rows = [sentence_rows(corpus, article, most) for article in members]
    count = [len(r) for r in rows]
    every = np.concatenate(rows) if rows else np.empty(0, np.int64)
    titles = corpus.rows[np.asarray(members, np.int64)]
    chosen = np.concatenate([every, titles])
    terms = corpus.terms.spans(chosen, chosen + 1)
    used, at = np.unique(terms.ids, return_inverse=True)
    fold = fold_of(language)
    known: dict[str, int] = {}
    number = np.asarray([known.setdefault(fold(terms.words[i]), len(known)) for i in used.tolist()], np.int64)
    words = number[at] if len(used) else np.empty(0, np.int64)
    split = int(terms.ptr[len(every)])
    text = np.repeat(np.arange(len(terms)), np.diff(terms.ptr))
    stop = words_of(language).stop
    return Reading(
        rows=every,
        article=np.repeat(np.arange(len(members)), count),
        place=np.concatenate([np.arange(n) for n in count]) if count else np.empty(0, np.int64),
        sentences=Line(words[:split], text[:split]),
        titles=Line(words[split:], text[split:] - len(every)),
        spelled=tuple(known),
        idf=_idf(terms.hashes[used], number, len(known)),
        stop=np.asarray([w in stop for w in known], bool),
        figure=np.asarray([any(map(str.isdigit, w)) for w in known], bool),
        articles=len(members),
        language=language,
    )


def _idf(hashes: npt.NDArray[np.uint64], number: Int64, size: int) -> Float:
    """The inverse document frequency in news of each word: that of its commonest inflection."""
    shipped = load_background()
    two = np.full(len(hashes), 2)
    idf = np.full(size, np.inf)
    np.minimum.at(idf, number, shipped.idf(hashes, two, 0).astype(np.float64))
    return idf


def fold_of(language: str) -> Callable[[str], str]:
    """What makes the inflections of a word alike."""
    return _fold_english if language == "en" else str


@functools.lru_cache(maxsize=1 << 18)
def _fold_english(word: str) -> str:
    """A word without the commonest endings, so that "vote", "votes", "voted" and "voting" agree."""
    if len(word) < 4 or not word.isascii():
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and word[-2] not in "su":
        word = word[:-2] if word.endswith(("sses", "shes", "ches", "xes", "zes")) else word[:-1]
    for ending in ("ing", "ed"):
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) > 2 and any(c in "aeiouy" for c in stem):
            return stem[:-1] if stem[-1] == stem[-2] and stem[-1] not in "lsz" else stem
    return word[:-1] if word.endswith("e") and len(word) > 4 else word
