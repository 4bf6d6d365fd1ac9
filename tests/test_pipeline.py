"""The promises that hold for any input."""

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import digest
from digest.errors import ModelError, NoArticlesError, UsageError
from digest.result import Result

WORDS = """quake ferry bank court minister storm harbour vote strike recall flood verdict launch merger team coast
 12 15 2,400 Monday Lesna Halven Brenford said killed rose fell was is the a of in to and for with after council
 engineers found that people left homes during heavy rain while police closed roads near old bridge""".split()

sentences = st.lists(st.sampled_from(WORDS), min_size=3, max_size=18).map(lambda w: " ".join(w).capitalize() + ".")
texts = st.lists(sentences, min_size=1, max_size=8).map(" ".join)
records = st.fixed_dictionaries(
    {"text": st.one_of(texts, st.just(""), st.text(max_size=60))},
    optional={
        "title": st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join),
        "published": st.sampled_from(["2026-03-09", "2026-03-10T08:00:00Z", "yesterday", None]),
        "source": st.sampled_from(["a.example", "b.example", "c.example"]),
        "id": st.sampled_from(["1", "2", "3"]),
    },
)
nights = st.lists(records, min_size=1, max_size=8)
FEW = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])


def attempt(night: Sequence[dict[str, Any]], **knobs: Any) -> Result | None:
    try:
        return digest.run(night, digest.Config(include_text=True, **knobs))
    except NoArticlesError:
        return None


@FEW
@given(nights)
def test_every_article_is_accounted_for(night: list[dict[str, Any]]) -> None:
    if result := attempt(night):
        c = result.counts
        assert len(night) == c.articles_in == c.kept + c.copies + c.rejected
        members = [m for story in result for m in story.articles]
        assert len(members) == len({m.id for m in members}) == c.kept + c.copies
        assert len(result.rejects) == c.rejected


@FEW
@given(nights, st.randoms(use_true_random=False))
def test_the_order_of_input_does_not_matter(night: list[dict[str, Any]], random: Any) -> None:
    shuffled = list(night)
    random.shuffle(shuffled)
    first, second = attempt(night), attempt(shuffled)
    assert (first and first.stories) == (second and second.stories)


@FEW
@given(nights)
def test_a_group_of_copies_keeps_exactly_one(night: list[dict[str, Any]]) -> None:
    for story in attempt(night) or []:
        kept = {m.id for m in story.articles if m.duplicate_of is None}
        assert kept
        assert all(m.duplicate_of in kept for m in story.articles if m.duplicate_of is not None)


@FEW
@given(nights, st.integers(1, 40), st.integers(1, 4), st.integers(1, 200))
def test_a_digest_is_made_of_slices_and_keeps_to_its_budgets(
    night: list[dict[str, Any]], words: int, count: int, characters: int
) -> None:
    for story in attempt(night, max_words=words, max_sentences=count, max_characters=characters) or []:
        text = {m.id: m.text or "" for m in story.articles}
        assert all(text[s.article_id][s.start : s.end] == s.text for s in story.sentences)
        assert len(story.sentences) <= count
        assert len(story.summary.split()) <= words
        assert len(story.summary) <= characters
        if story.summary_from != "title":
            assert story.summary == " ".join(s.text for s in story.sentences)
        assert story.headline


def test_stories_can_be_given() -> None:
    night = [
        {"text": f"The {w} was closed on Monday after a long day.", "story": s}
        for w, s in zip("abc", "xxy", strict=True)
    ]
    night.append({"text": "A bridge was opened on Friday by the mayor."})
    groups = [{m.metadata.get("story") for m in s.articles} for s in digest.run(night, digest.Config(group_by="story"))]
    assert sorted(map(sorted, (filter(None, g) for g in groups))) == [[], ["x"], ["y"]]


def test_given_stories_hold_even_for_copies() -> None:
    text = "The council closed the old bridge on Monday after engineers found a crack in its second arch."
    night = [{"text": text, "url": f"https://a.example/{n}", "story": s} for n, s in enumerate("xxyy")]
    result = digest.run(night, digest.Config(group_by="story"))
    assert (result.counts.stories, result.counts.copies) == (2, 2)


def test_filters_choose_what_is_printed_and_not_what_is_counted() -> None:
    night = [
        {"text": "The ferry to Skerry ran aground in fog on Monday morning."},
        {"text": "A jury found the former mayor of Brenford guilty of bribery."},
        {"text": "The central bank left its key interest rate where it was."},
    ]
    result = digest.run(night, digest.Config(max_stories=2))
    assert (len(result), result.counts.stories, result.counts.stories_printed) == (2, 3, 2)
    assert len(digest.run(night, digest.Config(min_sources=2))) == 0


@pytest.mark.parametrize("night", [[], [{"text": ""}]])
def test_no_article_is_an_alarm(night: list[dict[str, str]]) -> None:
    with pytest.raises(NoArticlesError, match="No article was found"):
        digest.run(night)


def test_too_few_articles_are_an_alarm() -> None:
    with pytest.raises(NoArticlesError, match="fewer than --min-articles 2"):
        digest.run([{"text": "One article stands here alone."}], digest.Config(min_articles=2))


def test_a_day_that_is_none_is_named() -> None:
    with pytest.raises(UsageError, match="since"):
        digest.run([{"text": "One article stands here."}], digest.Config(since="soon"))


def test_a_result_is_a_sequence_of_stories() -> None:
    result = digest.run([{"text": "One article stands here alone."}])
    assert result[0] in result
    assert result[:1] == result.stories
    assert list(itertools.chain(result)) == list(result.stories)
    with pytest.raises(AttributeError):
        digest.nothing_of_that_name


@pytest.mark.parametrize("found", ["metadata", "url", "text", None])
def test_an_article_keeps_where_its_date_was_found(found: Any) -> None:
    """A date that was read in the text counts less, whether the text was read here or before."""
    text = "A ferry sank off Skerry on Monday."
    (story,) = digest.run([digest.Article(id="1", text=text, published="2026-03-09", published_from=found)])
    assert story.articles[0].published_from == (found or "metadata")


def test_an_article_that_a_program_made_is_cleaned_like_any_other() -> None:
    odd = digest.Article(id="1", text="A ferry sank off \ud800 Skerry on Monday.", published="soon", metadata={"k": 1})
    nothing: Any = None  # as a program may hand over that takes its articles from elsewhere
    (story,) = digest.run([odd, digest.Article(id="2", text=" "), digest.Article(id=nothing, text=nothing)])
    assert (story.articles[0].published, story.articles[0].metadata) == (None, {"k": 1})
    assert "\ud800" not in story.summary


@pytest.mark.parametrize("articles", [None, "text", {"text": "x"}, 5])
def test_what_is_no_list_of_articles_is_named(articles: Any) -> None:
    with pytest.raises(UsageError, match="an iterable of articles"):
        digest.run(articles)


def test_what_is_no_config_is_named() -> None:
    with pytest.raises(UsageError, match=r"a digest\.Config is wanted"):
        digest.run([{"text": "One article."}], {"max_words": 3})  # type: ignore[arg-type]


def test_a_field_to_group_by_that_no_article_has_is_named() -> None:
    with pytest.raises(UsageError, match="Did you mean 'story'"):
        digest.run([{"text": "One article stands here.", "story": "x"}], digest.Config(group_by="stroy"))


def test_headings_and_furniture_are_not_counted_as_sentences() -> None:
    text = "Bridge closed\nBy Jane Doe\n\nThe old bridge was closed on Monday. Engineers had found a crack in its arch."
    assert digest.run([{"title": "Bridge closed", "text": text}]).counts.sentences == 2


def test_a_wrong_model_is_named_before_anything_is_read(tmp_path: Path) -> None:
    def night() -> Iterator[dict[str, str]]:
        raise AssertionError("the night was read")
        yield {}

    with pytest.raises(ModelError, match="cannot be loaded"):
        digest.run(night(), digest.Config(model=str(tmp_path)))
