"""What the state keeps of articles and stories comes back as it was; what is told twice is known."""

import numpy as np
import pytest
from builders import article, corpus
from hypothesis import given
from hypothesis import strategies as st

from digest.corpus import build_corpus
from digest.embeddings import load_embedder, understood
from digest.errors import DigestError
from digest.outputs import verify_counts
from digest.records import Article, Kind, Member, Reject, Segment, Story, Tie
from digest.result import Counts, Result, StateCounts
from digest.sentences import split_article
from digest.similarity import ScaledVectors, unit_rows
from digest.state import (
    Likeness,
    Novelty,
    article_words,
    content_of,
    horizon,
    outlived,
    pack_article,
    run_day,
    sampled_shingles,
    sharing,
)
from digest.state.blobs import (
    pack_story,
    pack_vector,
    pack_words,
    unpack_article,
    unpack_story,
    unpack_vector,
    unpack_words,
)
from digest.tokens import tokenize

LINES = st.lists(st.sampled_from(["The bridge was closed.", "By A. Writer", "Read more:", "Rain fell in Lesna."]))


@given(LINES.map("\n".join))
def test_the_sentences_of_a_kept_article_stand_where_they_stood(text: str) -> None:
    a = article(text, id="a", title="T", metadata={"desk": "x"})
    made = build_corpus([a], [split_article(text, "en", "T")])
    back, segments = unpack_article("a", pack_article(made, 0))
    assert len(back.text) == len(text)
    assert all(back.text[s.start : s.end] == text[s.start : s.end] for s in segments)
    assert (back.title, back.metadata) == (a.title, a.metadata)
    kept = {(s.start, s.end) for s in segments}
    assert {(s.start, s.end) for s in split_article(text, "en", "T") if s.kind is Kind.SENTENCE} <= kept


def test_of_a_long_article_the_beginning_is_kept_alone() -> None:
    text = "\n".join(f"This is sentence number {n} of a very long report about the bridge at Lesna." for n in range(90))
    made = corpus([article(text, id="long")])
    back, segments = unpack_article("long", pack_article(made, 0))
    assert 40 < len(segments) < 90
    assert segments[-1].start < 4_000 <= segments[-1].end + 1 + 74
    assert back.text[segments[-1].end :].isspace()
    assert len(back.text) == len(text)


def test_furniture_is_kept_where_there_is_nothing_else() -> None:
    a = article("By A. Writer", id="a")
    made = build_corpus([a], [[Segment(0, 12, Kind.FURNITURE)]])
    assert unpack_article("a", pack_article(made, 0))[0].text == a.text


@pytest.mark.parametrize("metadata", [{"when": {1, 2}}, {"half": "\ud800"}, {("a", 1): "pair", "b": 2}])
def test_metadata_of_any_kind_can_be_kept(metadata: dict[str, object]) -> None:
    made = corpus([Article(id="a", text="The bridge was closed.", metadata=metadata)])
    assert unpack_article("a", pack_article(made, 0))[0].id == "a"


def test_a_story_comes_back_as_it_was() -> None:
    tie = Tie("b", 0.5, {"body": 0.25})
    member = Member("a", "T", None, "s", None, "2026-03-09", "metadata", "en", 0.5, tie=tie, metadata={"k": [1]})
    story = Story("id", "H", "a", "S", "sentences", (), ("k",), (member,), 1, 1, None, None, 1.0, 2.0, "en")
    assert unpack_story(pack_story(story)) == story


@given(st.integers(0, 2**32 - 1))
def test_a_kept_vector_changes_a_cosine_by_less_than_a_thousandth(seed: int) -> None:
    vectors = unit_rows(np.random.default_rng(seed).normal(size=(2, 256)).astype(np.float32))
    kept = np.stack([unpack_vector(pack_vector(v)) for v in vectors])
    assert abs(float(vectors[0] @ vectors[1]) - float(kept[0] @ kept[1])) < 1e-3


def test_words_come_back_as_they_were() -> None:
    hashes, counts = np.array([3, 2**31], np.uint32), np.array([1, 255], np.uint8)
    back = unpack_words(pack_words(hashes, counts))
    assert np.array_equal(back[0], hashes)
    assert np.array_equal(back[1], counts)


def test_the_same_text_is_the_same_content_whatever_its_metadata() -> None:
    one = article("The bridge was closed.", metadata={"downloaded": "09:00"})
    assert content_of(one) == content_of(article("The bridge was closed.", metadata={"downloaded": "10:00"}))
    assert content_of(one) != content_of(article("The bridge was closed!"))


def test_the_nearest_known_article_is_the_one_of_the_same_matter() -> None:
    texts = [
        "The old bridge over the Lesna was closed after engineers found a crack in its arch.",
        "The central bank left its main rate unchanged, as economists had expected.",
        "Firemen brought the farmers of the flooded villages to a school in Wendbridge.",
    ]
    known = article_words(corpus([article(t, id=str(n)) for n, t in enumerate(texts)]))
    fresh = article_words(corpus([article("Engineers found another crack in the bridge over the Lesna.", id="new")]))
    row, other, cosine = Likeness(known, fresh).nearest(np.array([3]), np.array([True, True, True, False]), 1)
    assert (row.tolist(), other.tolist()) == ([3], [0])
    assert cosine[0] > 0.1


def test_an_article_is_no_neighbour_of_its_own_and_none_is_near_who_may_not_be() -> None:
    words = article_words(corpus([article("The bridge over the Lesna was closed.", id=str(n)) for n in range(3)]))
    none = article_words(corpus([]))
    likeness = Likeness(words, none)
    row, other, _ = likeness.nearest(np.array([0, 1]), np.array([True, False, True]), 4)
    assert (row.tolist(), other.tolist()) == ([0, 1, 1], [2, 0, 2])
    assert [len(side) for side in likeness.nearest(np.empty(0, np.int64), np.ones(3, bool), 4)] == [0, 0, 0]


def sentences(first: int, last: int) -> str:
    return "\n".join(
        f"The {n} boats of harbour {n * 7} sail to island {n * 13} with {n * 17} crates." for n in range(first, last)
    )


def test_a_brief_shares_shingles_with_the_long_report_that_it_was_cut_from() -> None:
    known = [article(sentences(0, 90), id="long"), article(sentences(100, 190), id="other"), article("", id="z-empty")]
    fresh = [article(sentences(80, 90), id="brief"), article("One.", id="short")]
    pairs = sharing(*(sampled_shingles(corpus(part)) for part in (fresh, known)))
    assert [side.tolist() for side in pairs] == [[0], [0]]


def test_a_set_phrase_of_many_articles_makes_no_copies() -> None:
    known = sampled_shingles(corpus([article(sentences(0, 20), id=str(n)) for n in range(60)]))
    assert [len(side) for side in sharing(known[:1], known)] == [0, 0]
    assert [len(side) for side in sharing(sampled_shingles(corpus([])), [])] == [0, 0]


@pytest.mark.parametrize(
    ("told", "sentence", "is_new"),
    [
        ("The quake killed 12 people in Lesna.", "The quake killed 12 people in Lesna.", False),
        ("The quake killed 12 people in Lesna.", "The quake in Lesna killed 12 people, officials said.", False),
        ("The quake killed 12 people in Lesna.", "The quake killed 15 people in Lesna.", True),
        ("The quake killed 12 people in Lesna.", "The central bank left its main rate as it was.", True),
    ],
)
def test_a_sentence_is_news_unless_it_was_told_with_the_same_figures(told: str, sentence: str, is_new: bool) -> None:
    embedder, texts = load_embedder("embedded"), [sentence, told]
    tokens = tokenize(texts)
    novelty = Novelty(texts, tokens, embedder.embed(texts, tokens), understood(embedder, tokens))
    assert novelty.tells_new(np.array([0]), np.array([1])).tolist() == [is_new]
    assert novelty.tells_new(np.array([0]), np.array([], np.int64)).tolist() == [True]


@pytest.mark.parametrize(("lowered", "is_new"), [(0.99, False), (0.5, True)])
def test_another_models_cosines_count_on_the_scale_of_the_embedded_one(lowered: float, is_new: bool) -> None:
    texts = ["The quake in Lesna killed people.", "In the town by the river the earth shook, and some died."]
    tokens, vectors = tokenize(texts), np.array([[1, 0], [1, 0]], np.float32)
    scaled = ScaledVectors(vectors, np.empty(0, np.float32), lambda cosines: cosines * np.float32(lowered))
    novelty = Novelty(texts, tokens, scaled, np.ones(2, bool))
    assert novelty.tells_new(np.array([0]), np.array([1])).tolist() == [is_new]
    by_words = Novelty(texts, tokens, None, np.ones(2, bool))
    assert by_words.tells_new(np.array([0]), np.array([1])).tolist() == [True]


@pytest.mark.parametrize(
    ("given_day", "published", "last", "day"),
    [
        (None, ["2026-03-09T10:00:00Z", "2026-03-08", None], None, "2026-03-09"),
        ("2026-03-20", ["2026-03-09"], None, "2026-03-20"),
        (None, [None], "2026-03-08", "2026-03-08"),
        (None, [], None, None),
        (None, ["2026-03-01"], "2026-03-08", "2026-03-08"),
        (None, ["2026-03-09", "2026-03-08", "2099-01-01"], None, "2026-03-09"),
        (None, ["9999-12-31"], None, "9999-12-31"),
    ],
)
def test_the_day_of_a_run_comes_from_its_articles(
    given_day: str | None, published: list[str | None], last: str | None, day: str | None
) -> None:
    assert run_day(given_day, published, last, 14) == day


def test_the_window_leaves_behind_what_came_before_its_first_day() -> None:
    assert horizon("2026-03-15", 14) == "2026-03-01"
    assert horizon("0001-01-05", 14) == "0001-01-01"
    assert horizon(None, 14) is None
    ages = [("b", "2026-02-28"), ("a", "2026-02-01"), ("c", "2026-03-01"), ("d", None)]
    assert outlived(ages, "2026-03-01") == ["a", "b"]
    assert outlived(ages, None) == []


def counted(**changes: int) -> Result:
    """A night of three articles, one of them known, in two stories; nothing but counts."""
    state = {"new": 2, "changed": 0, "known": 1, "living_articles": 5, "stories_new": 1, "stories_updated": 1}
    state = {"expired": 0, "living_stories": 2, "stories_unchanged": 0, "merged": 0, "split": 0, **state}
    counts = {
        "articles_in": 4,
        "kept": 2,
        "copies": 1,
        "rejected": 1,
        "stories": 2,
        "stories_printed": 2,
        "sentences": 9,
    }
    members = [[member("a"), member("b"), member("c")], [member("d")]]
    told = tuple(
        Story(str(n), "H", "a", "S", "sentences", (), (), tuple(m), 1, 1, None, None, 1.0, 2.0, "en")
        for n, m in enumerate(members)
    )
    for name, value in changes.items():
        (state if name in state else counts)[name] = value
    return Result(told, (Reject("f", 1, "x", "empty", "m"),), Counts(**counts), {}, StateCounts(now=None, **state))


def member(name: str) -> Member:
    return Member(name, "T", None, "s", None, None, None, "en", 0.5)


def test_the_counts_of_a_night_with_a_state_add_up() -> None:
    verify_counts(counted())
    verify_counts(counted(stories=3, kept=3, articles_in=5, new=3))  # a story of an article was held back


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"known": 2}, "2 new, 0 changed and 2 known articles are not 3"),
        ({"stories_new": 0}, "the 2 stories printed are not those"),
        ({"living_articles": 3}, "4 articles in the stories, but 3 live"),
        ({"kept": 4, "articles_in": 6, "new": 4}, "4 articles in all stories of tonight's articles, but 5 were read"),
    ],
)
def test_a_night_that_lost_an_article_is_not_published(changes: dict[str, int], fault: str) -> None:
    with pytest.raises(DigestError, match=fault):
        verify_counts(counted(**changes))
