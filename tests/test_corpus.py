"""The articles of a run as arrays."""

import pickle
import tracemalloc
from dataclasses import replace

import numpy as np
import pytest
from builders import article, corpus
from hypothesis import given
from hypothesis import strategies as st

from digest.corpus import LazyTexts, build_corpus
from digest.excerpts import excerpt, merged
from digest.records import Article, Kind, Segment
from digest.tokens import Terms, Tokens


def test_a_row_gives_back_its_slice_of_the_text() -> None:
    c = corpus([article("One here.\nTwo there.", title="Title"), article("Three.")])
    assert [c.text_of(r) for r in range(5)] == ["Title", "One here.", "Two there.", "", "Three."]
    assert [c.index_of(r) for r in range(5)] == [-1, 0, 1, -1, 0]
    assert c.owner.tolist() == [0, 0, 0, 1, 1]
    assert (c.title_row(0), c.title_row(1)) == (0, 3)


def test_the_lead_is_the_title_and_the_first_sentences() -> None:
    c = corpus([article("One.\nTwo.\nThree.", title="Title")])
    assert c.lead_text(0, 6) == "Title\nOne.\nTwo."
    tokens = c.lead_tokens(6)
    assert [tokens.vocabulary[i] for i in tokens.ids] == ["Title", "One", ".", "Two", "."]


def test_page_furniture_is_no_part_of_the_lead() -> None:
    a = article("By A. Writer\nOne.", title="Title")
    c = build_corpus([a], [[Segment(0, 12, Kind.FURNITURE), Segment(13, 17, Kind.SENTENCE)]])
    assert c.lead_text(0, 100) == "Title\nOne."


def test_texts_are_made_when_read() -> None:
    c = corpus([article("One.\nTwo."), article("Three.", title="T")])
    rows = LazyTexts(c.text_of, np.array([2, 4]))
    assert list(rows) == ["Two.", "Three."]
    assert list(rows[1:]) == ["Three."]
    assert list(LazyTexts(lambda i: c.lead_text(i, 100), np.array([1, 0]))) == ["T\nThree.", "One.\nTwo."]


def test_no_article_is_a_corpus_too() -> None:
    c = corpus([])
    assert len(c) == 0
    assert c.lead_tokens(100).ptr.tolist() == [0]


@pytest.mark.parametrize(
    "text", ["plain", "It’s “told” " * 40, "日本語の記事。" * 40, "ende\ud800’" * 40, "naïve " * 40]
)
def test_an_article_gives_its_text_back_to_the_letter_however_it_is_held(text: str) -> None:
    article = Article("a", text)

    assert article.text == text
    assert replace(article, language="en").text == text
    assert pickle.loads(pickle.dumps(article)) == article == Article("a", text)


def test_a_curly_quote_does_not_double_what_a_text_takes() -> None:
    texts = ["He said so. " * 500 + "’" + str(n) for n in range(20)]
    tracemalloc.start()
    articles = [Article(str(n), text) for n, text in enumerate(texts)]
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert taken / len(articles) < 1.2 * len(texts[0])


def test_an_excerpt_says_of_its_articles_what_the_whole_says() -> None:
    whole = corpus([article(f"Edition {n} came out.\nIt told of a flood in 日本語 {n}.") for n in range(5)])
    chosen = np.array([1, 4], np.int64)
    part = excerpt(whole, chosen)
    assert [a.id for a in part.articles] == [whole.articles[i].id for i in chosen.tolist()]
    assert len(part.tokens.vocabulary) < len(whole.tokens.vocabulary)
    for n, i in enumerate(chosen.tolist()):
        for row, other in zip(range(*part.rows[n : n + 2]), range(*whole.rows[i : i + 2]), strict=True):
            assert part.text_of(row) == whole.text_of(other)
            assert _words(part.tokens, row) == _words(whole.tokens, other)
            assert _hashes(part.terms, row) == _hashes(whole.terms, other)


@given(st.lists(st.booleans(), min_size=7, max_size=7))
def test_a_corpus_parted_and_merged_is_what_it_was(kept: list[bool]) -> None:
    articles = [article(f"Edition {n} came out.\nIt told of a flood in 日本語 {n % 3}.", id=str(n)) for n in range(7)]
    whole = corpus(articles)
    one, other = (excerpt(whole, np.flatnonzero(np.array(kept) == side)) for side in (True, False))
    found = merged(one, other)
    assert found.articles == whole.articles
    assert found.tokens.vocabulary == whole.tokens.vocabulary
    for name in ("rows", "spans", "kinds"):
        assert getattr(found, name).tolist() == getattr(whole, name).tolist()
        assert getattr(found, name).dtype == getattr(whole, name).dtype
    assert found.tokens.ids.tolist() == whole.tokens.ids.tolist()
    assert found.tokens.ptr.tolist() == whole.tokens.ptr.tolist()


def _words(tokens: Tokens, row: int) -> list[str]:
    return [tokens.vocabulary[i] for i in tokens.ids[tokens.ptr[row] : tokens.ptr[row + 1]]]


def _hashes(terms: Terms, row: int) -> list[int]:
    found: list[int] = terms.hashes[terms.ids[terms.ptr[row] : terms.ptr[row + 1]]].tolist()
    return found
