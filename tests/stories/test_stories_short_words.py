"""Languages that write one word as several short ones, and what stands in for meaning that a model cannot tell."""

import numpy as np
import pytest
import scipy.sparse as sp

from digest.background import load_background
from digest.corpus import Corpus, build_corpus
from digest.fingerprint import hash_runs, hash_words
from digest.maps import in_turn
from digest.records import Article
from digest.sentences import split_article
from digest.stories.features import gather_evidence
from digest.stories.short_words import have_short_words, with_neighbours
from digest.stories.weights import load_weights
from digest.stories.words import count_words
from digest.tokens import Terms, to_terms, tokenize

VIETNAMESE = "Lực lượng cứu hỏa đã dập tắt đám cháy tại chợ Tam Bạc vào sáng thứ ba."
SPANISH = "Los bomberos apagaron el martes el incendio en el mercado de la ciudad."


def _terms(*texts: str) -> Terms:
    return to_terms(tokenize(texts))


def _spelled(terms: Terms, row: int) -> list[str]:
    return sorted(terms.words[i] for i in terms.ids[terms.ptr[row] : terms.ptr[row + 1]])


def _counted(terms: Terms) -> sp.csr_array:
    row = np.repeat(np.arange(len(terms)), np.diff(terms.ptr))
    return sp.csr_array((np.ones(len(row), np.float32), (row, terms.ids)), shape=(len(terms), len(terms.hashes)))


@pytest.mark.parametrize(
    ("text", "short"),
    [
        (VIETNAMESE, True),
        (SPANISH, False),
        ("Пожарные потушили огонь на рынке во вторник утром", False),
        ("消防隊在星期二早上撲滅了市場的火", False),  # pairs of characters already
        ("소방관들이 화요일 아침 시장의 불을 껐다", False),
        ("1 22 333 4 55", False),
        ("", False),
    ],
)
def test_syllables_are_short_words_and_pairs_of_characters_or_figures_are_none(text: str, short: bool) -> None:
    terms = _terms(text)
    assert have_short_words(terms, _counted(terms)) is short


def test_pairs_stand_beside_the_words_of_chosen_rows_and_cross_no_row() -> None:
    terms = with_neighbours(_terms("chợ Tam Bạc", "cháy chợ", "Tam Bạc cháy"), np.array([True, True, False]))
    assert [_spelled(terms, row) for row in range(3)] == [
        sorted(["chợ", "tam", "bạc", "chợ tam", "tam bạc"]),
        sorted(["cháy", "chợ", "cháy chợ"]),
        sorted(["tam", "bạc", "cháy"]),
    ]
    assert len(terms.words) == len(terms.hashes) == len(set(terms.hashes.tolist()))


def _corpus(language: str, *texts: str) -> Corpus:
    articles = [Article(id=str(i), title=text[:20], text=text, language=language) for i, text in enumerate(texts)]
    return build_corpus(articles, [split_article(a.text, a.language, a.title) for a in articles])


def test_pairs_are_terms_in_a_language_of_syllables_alone() -> None:
    kept, none = np.arange(2, dtype=np.int32), np.zeros((2, 4), np.float32)
    for language, text in (("vi", VIETNAMESE), ("es", SPANISH), ("en", "The fire is out.")):
        corpus = _corpus(language, text, text)
        words, _ = count_words(corpus, kept, load_background(), None, in_turn)
        assert (words.stems is not None) is (language == "es")
        pairs = _spelled(with_neighbours(_terms(text), np.ones(1, bool)), 0)
        added = hash_runs(*(hash_words([pair.split(" ")[n] for pair in pairs if " " in pair]) for n in (0, 1)))
        assert np.isin(added, words.hashes).all() == np.isin(added, words.hashes).any() == (language == "vi")
        evidence = gather_evidence(corpus, kept, none, load_background())
        assert evidence.marks.names.shape[1] == evidence.holds.shape[1] == evidence.body.shape[1] == len(words.hashes)


def test_likeness_by_words_tells_less_of_meaning_where_few_articles_count_them() -> None:
    none = np.zeros((12, 4), np.float32)
    few, many = (
        gather_evidence(_corpus("es", *[SPANISH] * n), np.arange(n, dtype=np.int32), none[:n], load_background())
        for n in (2, 12)
    )
    ends = np.array([0]), np.array([1])
    assert 0 < few.sureness(*ends) < many.sureness(*ends) < 1
    english = _corpus("en", *["The men said that it was the end of the fire in the market of the town."] * 2)
    assert gather_evidence(english, np.arange(2, dtype=np.int32), none[:2], load_background()).sureness(*ends) == 1


def test_what_is_expected_of_meaning_stands_in_where_it_cannot_be_told() -> None:
    weights = load_weights()
    features = np.array([[0.5, 0.1, 0.2, 0], [0.5, 0.1, 0.2, 0]], np.float32)
    filled = weights.without_meaning(features, np.array([1, 0.5], np.float32))
    intercept, slope = weights.expected["dense"]
    assert filled[:, :3].tolist() == features[:, :3].tolist()
    assert filled[:, 3].tolist() == pytest.approx([intercept + slope / 2, (intercept + slope / 2) / 2])
