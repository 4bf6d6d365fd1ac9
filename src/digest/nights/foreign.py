"""Known articles in other languages than tonight's that may tell of the same: their words find none of them."""

import numpy as np
import numpy.typing as npt

from digest.background import load_background
from digest.corpus import Corpus
from digest.embeddings import Embedder
from digest.languages import base_language
from digest.nights.beyond import Beyond
from digest.similarity import PLACES, Float32
from digest.state import Outlines
from digest.stories import DAYS_ASIDE, NEIGHBOURS, centred, days_of

_BLOCK = 500  # New articles at a time: bounds the memory.


def mean_of(embedder: Embedder) -> Float32:
    """The mean of a model's vectors in news: float32 [d], empty where it is not known."""
    given = embedder.calibration
    if given is None:
        return np.empty(0, np.float32)
    return load_background().mean if given.mean is None else given.mean


def nearest_foreign(
    corpus: Corpus,
    vectors: Float32,
    understood: npt.NDArray[np.bool_],
    outlines: Outlines,
    beyond: Beyond,
    mean: Float32,
) -> set[tuple[str, str]]:
    """The nearest known articles in other languages of each new one, by meaning: pairs of ids (new, known).

    vectors: float32 [n, d], of the new articles; understood: bool [n], whose language the model knows; mean: of such
    vectors in news, see `mean_of`.  A model of one language costs nothing here.
    """
    place = {article: n for n, article in enumerate(outlines.words.ids)}
    theirs = [n for n, i in enumerate(beyond.ids) if i in place and outlines.languages[place[i]]]
    mine = [n for n, article in enumerate(corpus.articles) if understood[n] and article.language]
    known, new = [place[beyond.ids[n]] for n in theirs], [corpus.articles[n] for n in mine]
    language = np.array(
        [base_language(i) for i in (*(outlines.languages[n] for n in known), *(a.language for a in new))]
    )
    if not new or not known or len(np.unique(language)) == 1:
        return set()
    rows = np.concatenate((beyond.vectors[theirs], vectors[mine]))
    unit = centred(rows, mean, np.ones(len(rows), bool))
    day = days_of([*(outlines.published[n] for n in known), *(a.published for a in new)])
    found = set()
    for start in range(len(known), len(rows), _BLOCK):
        block = slice(start, start + _BLOCK)
        likeness = np.round(unit[block] @ unit[: len(known)].T, PLACES)
        apart = np.abs(day[block, None] - day[None, : len(known)]) > DAYS_ASIDE
        likeness[apart | (language[block, None] == language[None, : len(known)])] = -2
        nearest = np.argsort(-likeness, axis=1, kind="stable")[:, :NEIGHBOURS]
        near = np.take_along_axis(likeness, nearest, axis=1) > 0
        for n, m in zip(*(at.tolist() for at in np.nonzero(near)), strict=True):
            found.add((new[start - len(known) + n].id, outlines.words.ids[known[nearest[n, m]]]))
    return found
