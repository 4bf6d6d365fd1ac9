"""ROUGE gives the figures of the customary scorer, and works where that one does not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.stem.porter import PorterStemmer
from rouge_score.rouge_scorer import RougeScorer

from digest.evaluation.rouge import rouge
from digest.evaluation.stemming import stem

NAMES = ["rouge1", "rouge2", "rougeL"]
NEWS = """
Officials said on Tuesday that negotiations over the ferries' operation were dying; the company, which had
lied, tied itself to inning after inning of relational feuds. Skies cleared. Flies and ponies agreed,
plastered motoring 1,200 conflated sizes, hopping hissing fizzed failing filings; happily, the archaeology of
geology and digitization vietnamization predications operators feudalism decisiveness hopefully hopefulness
callousness formality sensitivities sensibilities triplicate formative formalize electricity electrical
goodness revival allowance inference airliner gyroscopic adjustable defensible irritant replacement adjustment
dependent adoption homologous communism activate angularity effective bowdlerize probate rate cease controlled
rolling enjoyment spied died tries fulfilled yes-yes syzygy café naïve Đà Nẵng valency hesitancy conformably
radically differently vilely analogously news proceed feed agreed
""".split()
WORDS = st.sampled_from([*NEWS, "the", "of", "a", "Ferry", "ferry's", "(ferry)", "1912", "..."])
TEXTS = st.lists(WORDS, max_size=30).map(" ".join)


class Words:
    """Words of any script."""

    def tokenize(self, text: str) -> list[str]:
        return re.findall(r"\w+", text.lower())


@given(TEXTS, TEXTS)
@pytest.mark.parametrize("language", ["en", "vi"])
def test_figures_are_those_of_rouge_score(language: str, summary: str, reference: str) -> None:
    english = language == "en"
    scorer = RougeScorer(NAMES, use_stemmer=english, tokenizer=None if english else Words())
    theirs = scorer.score(reference, summary)
    ours = rouge(summary, [reference], language)
    assert ours.f1 == pytest.approx([theirs[name].fmeasure for name in NAMES], abs=1e-9)
    assert ours.recall == pytest.approx([theirs[name].recall for name in NAMES], abs=1e-9)


def test_several_references_count_alike() -> None:
    assert rouge("snow fell", ["snow fell", "rain"]).f1[0] == 0.5


SUFFIXES = st.sampled_from(
    """
    s es ies ss sses ed eed ied ing ational tional enci izer bli alli entli eli ousli ization ation ator
    alism iveness fulness aliti iviti biliti fulli logi icate ative alize iciti ical ful ness al ance er ic
    able ement ment ent sion tion ion ou ism ate iti ous ive ize e ll y yy ly
    """.split()
)


@given(st.text("abcdehilnoprstuyz", min_size=1, max_size=7), st.lists(SUFFIXES, max_size=3).map("".join))
def test_stems_are_those_of_the_customary_stemmer(start: str, end: str) -> None:
    assert stem(start + end) == PorterStemmer().stem(start + end)


@pytest.mark.parametrize("word", sorted(set(re.findall("[a-z]+", " ".join(NEWS).lower()))))
def test_stems_of_words_are_those_of_the_customary_stemmer(word: str) -> None:
    assert stem(word) == PorterStemmer().stem(word)


@pytest.mark.parametrize(
    ("language", "summary", "reference"),
    [
        ("zh", "中央银行降息了", "央行周一降息"),
        ("ja", "連絡船が座礁した", "フェリーが座礁"),
        ("th", "เรือเกยตื้น", "เรือข้ามฟากเกยตื้น"),
    ],
)
def test_scripts_without_spaces_are_compared_by_character(language: str, summary: str, reference: str) -> None:
    scores = rouge(summary, [reference], language)
    assert 0 < scores.f1[1] <= scores.f1[0] < 1
    assert rouge(summary, [summary], language).f1 == (1.0, 1.0, 1.0)


def test_nothing_agrees_with_nothing() -> None:
    assert rouge("", ["snow"]).f1 == rouge("snow", [""]).f1 == (0.0, 0.0, 0.0)
