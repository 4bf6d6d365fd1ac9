"""Languages that inflect their words, in which a word is its first letters."""

import dataclasses

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

from digest.background import load_background
from digest.corpus import build_corpus
from digest.records import Article
from digest.sentences import split_article
from digest.stories.stems import LETTERS, find_stems
from digest.tokens import Terms, to_terms, tokenize


def _counted(terms: Terms) -> sp.csr_array:
    row = np.repeat(np.arange(len(terms)), np.diff(terms.ptr))
    counted = sp.csr_array((np.ones(len(row), np.float32), (row, terms.ids)), shape=(len(terms), len(terms.hashes)))
    counted.sum_duplicates()
    return counted


@given(st.lists(st.text("abcdefgh 7", max_size=40), min_size=1, max_size=6), st.data())
def test_stems_count_what_the_words_counted_and_other_articles_stay_as_they_are(
    texts: list[str], data: st.DataObject
) -> None:
    terms = to_terms(tokenize(texts))
    counted = _counted(terms)
    inflected = np.array(data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts))), bool)
    stems = find_stems(terms, counted, inflected)
    found = stems.of(counted)
    assert len(stems.hashes) == len(set(stems.hashes.tolist()))
    assert (stems.hashes[: len(terms.hashes)] == terms.hashes).all()
    dense, before = found.toarray(), counted.toarray()
    assert (dense.sum(axis=1) == before.sum(axis=1)).all()
    assert (dense[~inflected][:, : before.shape[1]] == before[~inflected]).all()
    long = np.array([len(word) > LETTERS and word.isalpha() for word in terms.words], bool)
    assert not dense[inflected][:, : before.shape[1]][:, long].any()


def test_a_stem_that_is_a_word_counts_with_it() -> None:
    terms = to_terms(tokenize(["Ein Rekord", "viele Rekorde", "Rekordwerte"]))
    stems = find_stems(terms, _counted(terms), np.ones(3, bool))
    found = stems.of(_counted(terms))
    assert len(stems.hashes) == len(terms.hashes)
    assert (found @ found.T).toarray().tolist() == [[2, 1, 1], [1, 2, 1], [1, 1, 1]]


GERMAN = (
    "Der Damm der Talsperre Ellersbach ist am Montag gebrochen, drei Dörfer stehen unter Wasser.",
    "Nach dem Dammbruch an der Ellersbacher Talsperre sind drei Dörfer überflutet; zwei Menschen werden vermisst.",
    "Das Stadttheater Wiesenau bekommt ein neues Dach, der Umbau beginnt nach Ostern.",
    "Wiesenaus Stadttheaters Dach wird erneuert: Nach Ostern kommen die Bauarbeiter.",
    "Die Straßenbahnen in Hohenfeld fahren von Sonntag an jede halbe Stunde.",
)


def test_reports_in_inflected_words_have_more_in_common_than_their_words() -> None:
    articles = [Article(id=str(i), title="", text=text, language="de") for i, text in enumerate(GERMAN)]
    corpus = build_corpus(articles, [split_article(a.text, a.language, a.title) for a in articles])
    terms = corpus.terms.joined(np.ones(len(corpus.kinds), bool), corpus.rows)
    counted = _counted(dataclasses.replace(terms, held=terms.ids))
    stems = find_stems(terms, counted, np.ones(len(articles), bool)).of(counted)
    more = ((stems > 0).astype(int) @ (stems > 0).astype(int).T).toarray()
    fewer = ((counted > 0).astype(int) @ (counted > 0).astype(int).T).toarray()
    assert more[0, 1] > fewer[0, 1]
    assert more[2, 3] > fewer[2, 3]


def test_a_word_of_one_article_alone_weighs_half_in_a_language_that_the_table_lacks() -> None:
    hashes, held = np.array([1, 2], np.uint64), np.array([1, 2])  # of no word
    table = load_background()
    assert table.idf(hashes, held, 100, known=False)[0] == pytest.approx(
        table.idf(hashes, held, 100, known=False)[1] / 2
    )
    assert table.idf(hashes, held, 100)[0] == 0  # in English, a misspelling
