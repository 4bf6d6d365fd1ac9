"""Whether a sentence tells what the digests before it did not.

It does not where one of theirs says the same, by meaning (vectors) or by words, and where all its figures stood in
what they told about the matter: "15 dead" after "12 dead" is news, however alike the sentences are.
"""

import re
from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp

from digest.background import load_background
from digest.similarity import PLACES, Bool, Vectors, cosines, counts, row_sums, tf_idf
from digest.tokens import Int64, Tokens, to_terms

NEAR = 0.78  # Cosine from which on two sentences say the same.
SAME_WORDS = 0.75  # The share of a sentence's words (by idf) that another holds, from which on it says as much.
RELATED = 0.4  # The same from which on they speak of one matter, and their figures are compared.
_FIGURE = re.compile(r"\d[\d.,:]*")


class Novelty:
    """Sentences of tonight's digests and of earlier ones, ready to be compared."""

    def __init__(self, texts: Sequence[str], tokens: Tokens, vectors: Vectors | None, understood: Bool) -> None:
        """tokens: the same texts, tokenised; vectors: float32 [n, d], unit rows, None where the words decide alone;
        understood: bool [n], whose language the embedding model knows (of others the words decide alone)."""
        terms = to_terms(tokens)
        idf = load_background().idf(terms.hashes, np.full(len(terms.hashes), 2), 0)
        weights = tf_idf(counts(terms), idf)
        total = np.maximum(row_sums(weights), np.float32(1e-6))
        self._texts = texts
        self._figures = [frozenset(f.rstrip(".,:") for f in _FIGURE.findall(text)) for text in texts]
        self._words = sp.csr_array(sp.diags_array(1 / total) @ weights)
        self._holds = weights.astype(bool).astype(np.float32)
        self._vectors, self._understood = vectors, understood

    def tells_new(self, sentences: Int64, told: Int64) -> Bool:
        """Which of some sentences tell what those that were told did not: bool [n sentences].  Both: places."""
        if not len(told) or not len(sentences):
            return np.ones(len(sentences), bool)
        held = np.round((self._words[sentences] @ self._holds[told].T).toarray(), PLACES)
        near = self._near(sentences, told)
        said = near | (held >= SAME_WORDS)
        related = near | (held >= RELATED)
        known = {self._texts[place] for place in told.tolist()}
        return np.array(
            [
                self._texts[place] not in known
                and not (said[n].any() and self._figures[place] <= self._figures_of(told[related[n]]))
                for n, place in enumerate(sentences.tolist())
            ],
            bool,
        )

    def _near(self, sentences: Int64, told: Int64) -> Bool:
        """Which of some sentences mean the same as which that were told: bool [n sentences, n told]."""
        if self._vectors is None:
            return np.zeros((len(sentences), len(told)), bool)
        near = np.round(cosines(self._vectors[sentences], self._vectors[told]), PLACES) >= NEAR
        return np.asarray(near & self._understood[sentences, None] & self._understood[told])

    def _figures_of(self, places: Int64) -> frozenset[str]:
        return frozenset().union(*(self._figures[place] for place in places.tolist()))
