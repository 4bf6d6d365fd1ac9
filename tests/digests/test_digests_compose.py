"""A digest is whole sentences of its articles, within the budget, readable, and never empty."""

import numpy as np
import pytest
from builders import article, corpus
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.corpus import Corpus, build_corpus
from digest.digests import Budget, Digest, Reader, candidate_rows, compose
from digest.digests.budget import count_words
from digest.digests.headline import at_a_glance
from digest.digests.readable import leans
from digest.digests.words import words_of
from digest.records import Article, Kind, Segment
from digest.sentences import split_article

A = """The dam above Corvel burst on Monday night, flooding about 300 homes in the lower town.
The fire brigade brought some 900 people to safety in boats before dawn.
He said that the water had risen faster than anyone expected.
The regional government opened an inquiry into the age of the dam on Tuesday.
Farmers upstream had warned for years about cracks in the old concrete wall."""
B = """A dam burst above the town of Corvel late on Monday and flooded hundreds of homes.
By dawn boats had brought about 900 people to safety, said the fire brigade of the town.
Governor Anna Reed promised an inquiry into the state of the dam.
She added that every family would be housed by the weekend.
Will the town ever be the same again after such a night?"""
C = """Boats carried 900 people out of Corvel after the dam above the town burst on Monday night.
Governor Anna Reed said the dam was 80 years old and had last been checked in 2011.
The railway through the valley will stay closed until the end of the month."""
FLOOD = corpus(
    [
        article(A, id="a", title="Dam bursts above Corvel, 300 homes flooded", language="en", source="Herald"),
        article(B, id="b", title="UPDATE 1-Dam burst floods Corvel", language="en", source="Post"),
        article(C, id="c", title="Why did the Corvel dam burst?", language="en", source="Times"),
    ]
)
ALL = [0, 1, 2]


def digest_of(story: Corpus, members: list[int], budget: Budget, vectors: bool = False) -> Digest:
    rows = candidate_rows(story, members)
    made = np.eye(max(len(rows), 1), dtype=np.float32)[: len(rows)] if vectors else None
    return compose(Reader(story), members, rows, made, budget)


def check(story: Corpus, digest: Digest, budget: Budget) -> None:
    """What holds for any digest."""
    texts = {a.id: a.text for a in story.articles}
    for sentence in digest.sentences:
        assert texts[sentence.article_id][sentence.start : sentence.end] == sentence.text
        assert sentence.article_id not in sentence.supported_by
    if digest.sentences:
        assert digest.summary == " ".join(s.text for s in digest.sentences)
    assert budget.allows(count_words(digest.summary), len(digest.sentences), len(digest.summary))
    assert digest.summary
    assert digest.headline


@given(
    st.permutations(ALL).flatmap(lambda p: st.integers(1, 3).map(lambda n: p[:n])),
    st.integers(3, 120),
    st.none() | st.integers(1, 4),
    st.none() | st.integers(10, 400),
    st.booleans(),
)
@settings(max_examples=60)
def test_budgets_are_maxima_and_sentences_are_slices(
    members: list[int], words: int, sentences: int | None, characters: int | None, vectors: bool
) -> None:
    budget = Budget(words, sentences, characters)
    check(FLOOD, digest_of(FLOOD, members, budget, vectors), budget)


@given(st.integers(8, 120))
@settings(max_examples=30)
def test_no_sentence_starts_in_the_air_without_the_one_it_leans_on(words: int) -> None:
    digest = digest_of(FLOOD, ALL, Budget(words))
    sentences = digest.sentences if digest.summary_from == "sentences" else ()
    for before, sentence in zip([None, *sentences], sentences, strict=False):
        if leans(sentence.text, words_of("en")):
            assert before is not None
            assert (before.article_id, before.index) == (sentence.article_id, sentence.index - 1)


def test_a_sentence_that_leans_can_come_with_the_one_it_leans_on() -> None:
    digest = digest_of(FLOOD, ALL, Budget(200))
    texts = [s.text for s in digest.sentences]
    assert any(t.startswith("She added") for t in texts)
    assert not any(t.startswith("Will the town") for t in texts)


def test_the_digest_tells_what_the_sources_agree_on_and_says_who() -> None:
    digest = digest_of(FLOOD, ALL, Budget(50))
    assert digest.summary_from == "sentences"
    assert "burst" in digest.sentences[0].text
    assert any("900 people" in s.text and s.supported_by for s in digest.sentences)
    assert all(0 <= s.score <= 1 for s in digest.sentences)


def test_the_headline_is_a_clean_plain_title_of_a_member() -> None:
    digest = digest_of(FLOOD, ALL, Budget(50))
    assert digest.headline == "Dam bursts above Corvel, 300 homes flooded"
    assert digest.headline_article == FLOOD.articles[0].id
    assert digest_of(FLOOD, [1], Budget(50)).headline == "Dam burst floods Corvel"


def test_keyphrases_recur_and_share_no_word() -> None:
    phrases = digest_of(FLOOD, ALL, Budget(50)).keyphrases
    words = " ".join(phrases).lower().split()
    assert "Corvel" in " ".join(phrases)
    assert len(words) == len(set(words))


def test_an_article_alone_is_told_from_its_top() -> None:
    digest = digest_of(FLOOD, [0], Budget(30))
    assert [s.index for s in digest.sentences] == [0, 1]
    assert [s.supported_by for s in digest.sentences] == [(), ()]


@pytest.mark.parametrize("mark", ["- ", "-- ", "• "])
def test_the_mark_of_a_list_is_left_out_and_offsets_stay_true(mark: str) -> None:
    for text in (f"{mark}{A}", A.replace("The fire", f"{mark}The fire")):
        story = corpus([article(text, id="a", title="Dam bursts above Corvel", language="en"), FLOOD.articles[1]])
        for members in ([0], [0, 1]):
            digest = digest_of(story, members, Budget(60))
            check(story, digest, Budget(60))
            assert not any(s.text.startswith(mark) for s in digest.sentences)
            assert members != [0] or len(digest.sentences) > 1


def test_the_order_of_members_does_not_depend_on_chance() -> None:
    assert digest_of(FLOOD, ALL, Budget(60)) == digest_of(FLOOD, ALL, Budget(60))


def test_copies_of_a_sentence_are_told_once() -> None:
    text = "The old mill in Brack burned down on Sunday night.\nNobody was hurt in the blaze, the fire brigade said."
    story = corpus([article(text, id=i, language="en", title="Mill burns down in Brack") for i in "ab"])
    summary = digest_of(story, [0, 1], Budget(100)).summary
    assert summary.count("burned down") == 1


QUESTION = "Will the old mill in Brack ever be built up again?"
FALLBACKS = [
    ("a lead that no rule lets through", [article(QUESTION, id="x", title="Mill")], Budget(50), "lead", QUESTION),
    ("a title", [article(QUESTION, id="x", title="Mill burns")], Budget(4), "title", "Mill burns"),
    ("first words", [article(QUESTION, id="x", title="The mill burns down")], Budget(3), "lead", "Will the old"),
    ("first characters", [article(QUESTION, id="x")], Budget(9, characters=2), "lead", "Wi"),
    ("first words of a title", [article("", id="x", title="The mill burns down")], Budget(2), "title", "The mill"),
    (
        "two without a good sentence",
        [article(QUESTION, id=i, title="Mill") for i in "xy"],
        Budget(50),
        "lead",
        QUESTION,
    ),
]


@pytest.mark.parametrize(("why", "articles", "budget", "source", "summary"), FALLBACKS)
def test_a_digest_is_never_empty_and_says_what_it_fell_back_to(
    why: str, articles: list[Article], budget: Budget, source: str, summary: str
) -> None:
    story = corpus(articles)
    digest = digest_of(story, list(range(len(articles))), budget)
    check(story, digest, budget)
    assert (digest.summary_from, digest.summary) == (source, summary), why


def test_without_any_title_the_first_sentence_is_the_headline() -> None:
    story = corpus([article(A, id="a", language="en"), article(B, id="b", language="en")])
    digest = digest_of(story, [0, 1], Budget(40))
    assert digest.headline == digest.sentences[0].text
    assert digest.headline_article == digest.sentences[0].article_id
    bare = corpus([article("", id="x", title="  ")])
    assert digest_of(bare, [0], Budget(10)).summary == ""


def test_an_article_without_a_title_is_named_by_the_heading_that_it_begins_with() -> None:
    heading = "Dam bursts above Corvel"
    text = f"{heading}\n{A}"
    story = build_corpus([article(text, id="a", language="en")], [split_article(text, "en")])
    digest = digest_of(story, [0], Budget(40))
    assert digest.headline == heading
    assert heading not in digest.summary


GLANCES = [
    ("The dam burst on Monday.", "The dam burst on Monday."),
    (" ".join(["dam"] * 16) + ".", " ".join(["dam"] * 16) + "."),
    (" ".join(["dam"] * 29) + " burst, on Monday night.", " ".join(["dam"] * 29) + " burst…"),
    ("Dam bursts above Corvel  A dam burst on Monday.", "Dam bursts above Corvel"),
    ("Dam  burst on Monday.", "Dam  burst on Monday."),
]


@pytest.mark.parametrize(("sentence", "headline"), GLANCES)
def test_a_sentence_in_a_title_s_place_is_taken_in_at_a_glance(sentence: str, headline: str) -> None:
    assert at_a_glance(sentence) == headline


def test_the_lead_skips_a_sentence_that_does_not_fit_but_not_many() -> None:
    long = "The regional council " + "and the regional council " * 12 + "met on Monday in the old hall."
    text = "\n".join(["The mill in Brack burned down on Sunday.", *[long] * 5, "The fire was out by dawn on Monday."])
    story = corpus([article(text, id="a", language="en")])
    assert len(digest_of(story, [0], Budget(20)).sentences) == 1
    plain = corpus([article(text.replace(".", "?"), id="a", language="en")])
    assert digest_of(plain, [0], Budget(20)).summary_from == "lead"


def test_a_page_of_furniture_still_gives_its_first_words() -> None:
    text = "Sign up for our newsletter"
    story = build_corpus([article(text, id="a")], [[Segment(0, len(text), Kind.FURNITURE)]])
    assert digest_of(story, [0], Budget(10)).summary == text
    assert digest_of(story, [0], Budget(3)).summary == "Sign up for"


def test_only_sentences_of_a_sensible_length_are_candidates() -> None:
    text = "Too short to tell.\nThe mill in Brack burned down on Sunday.\n" + "The mill burned " * 25 + "down."
    story = corpus([article(text, id="a", language="en")])
    assert [story.index_of(int(r)) for r in candidate_rows(story, [0])] == [1]


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "es",
            ["La presa de Corvel se rompió el lunes por la noche.", "El gobierno abrió una investigación el martes."],
        ),
        ("vi", ["Con đập phía trên Corvel bị vỡ vào tối thứ Hai.", "Chính phủ mở cuộc điều tra vào ngày thứ Ba."]),
        ("zh", ["科维尔上游的大坝周一晚上决堤淹没房屋。", "政府周二宣布对大坝展开调查工作。"]),
        (
            "sw",
            [
                "Bwawa la Corvel lilipasuka usiku wa Jumatatu mjini.",
                "Serikali ilifungua uchunguzi siku ya Jumanne asubuhi.",
            ],
        ),
    ],
)
def test_other_languages_are_digested_by_the_same_rules(language: str, lines: list[str]) -> None:
    story = corpus(
        [
            article("\n".join(o), id=i, language=language, title=lines[0][:9])
            for i, o in (("a", lines), ("b", lines[::-1]))
        ]
    )
    budget = Budget(40)
    digest = digest_of(story, [0, 1], budget)
    check(story, digest, budget)
    assert digest.summary_from == "sentences"
    assert len(digest.sentences) == 2


def test_a_sentence_that_an_article_repeats_is_told_once() -> None:
    run_on = "The council closed the old bridge over the river on Monday night."
    c = corpus([article("\n".join([run_on] * 30 + ["Engineers had found a deep crack in its second arch."]))])
    digest = compose(Reader(c), [0], candidate_rows(c, [0]), None, Budget(100))
    assert digest.summary.count(run_on) == 1
    short = corpus([article("\n".join(["Closed again."] * 30))])
    assert compose(Reader(short), [0], candidate_rows(short, [0]), None, Budget(100)).summary == "Closed again."
