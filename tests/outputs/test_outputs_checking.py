"""`digest check` finds what is wrong with a result, and nothing wrong with a sound one."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from result_builders import lone_story, story, write_result

from digest.outputs import check_result, story_record
from digest.records import Disagreement, Passage, Value

Record = dict[str, Any]
DISAGREEMENT = Disagreement(
    (Value("12 people", ("a",)), Value("15 people", ("b",))), (Passage("a", 0, 36), Passage("b", 0, 38))
)


def sound() -> Record:
    return story_record(story(disagreements=(DISAGREEMENT,), updates=(DISAGREEMENT,)))


def problems(tmp_path: Path, *records: Record) -> list[str]:
    return check_result(write_result(tmp_path / "digests.jsonl", records))


def test_a_sound_result_has_no_problem(tmp_path: Path) -> None:
    undated = story_record(lone_story("y", importance=0.5))
    undated.update(first_published=None, last_published=None)
    undated["articles"][0]["published"] = None
    nameless = story_record(lone_story("x", importance=0.5))
    nameless["articles"][0].update(source=None)
    assert problems(tmp_path, sound(), story_record(lone_story("z")), undated, nameless) == []
    assert problems(tmp_path) == []


def set_at(*path: Any) -> Callable[[Record], None]:
    """Puts the last of `path` at the place that the others name."""

    def change(record: Record) -> None:
        *way, last, value = path
        place: Any = record
        for step in way:
            place = place[step]
        place[last] = value

    return change


BREACHES: list[tuple[Callable[[Record], None], str]] = [
    (set_at("article_count", 4), "article_count is 4, but there are 3 articles"),
    (set_at("source_count", 3), "source_count is 3, but the articles name 2 sources"),
    (set_at("source_count", 0), "source_count is 0"),
    (set_at("first_published", "2026-03-08"), "are not 2026-03-09T08:00:00Z and 2026-03-10"),
    (set_at("last_published", None), "are not 2026-03-09T08:00:00Z and 2026-03-10"),
    (set_at("headline_article_id", "zz"), "the headline is from article zz, which is no member"),
    (set_at("articles", 0, "tie", "article_id", "zz"), "article a is tied to zz, which is no other member"),
    (set_at("articles", 0, "tie", "article_id", "a"), "article a is tied to a, which is no other member"),
    (set_at("articles", 2, "duplicate_of", "zz"), "article c is a copy of zz, which is no member"),
    (set_at("articles", 2, "duplicate_of", "c"), "article c is a copy of c, which is a copy itself"),
    (set_at("articles", 2, "duplicate_of", None), "article c is no copy, but has the kind"),
    (set_at("articles", 2, "duplicate_kind", None), "article c is a copy without a kind"),
    (set_at("summary", "Something else."), "summary is not its sentences joined by one space"),
    (set_at("sentences", []), "summary is from sentences, but there are no sentences"),
    (set_at("sentences", 0, "article_id", "zz"), "a sentence is from article zz, which is no member"),
    (set_at("sentences", 0, "start", 1), "a sentence is not the slice 1 to 36 of article a"),
    (set_at("sentences", 0, "start", 40), "a sentence spans 40 to 36"),
    (set_at("sentences", 0, "end", 99), "a sentence is not the slice 0 to 99 of article a"),
    (set_at("sentences", 0, "supported_by", ["zz"]), "supported by article zz, which is no member"),
    (set_at("sentences", 0, "supported_by", ["a"]), "supported by that article itself"),
    (set_at("sentences", 0, "supported_by", ["c"]), "supported by article c, which is a copy"),
    (set_at("disagreements", 0, "sentences", 0, "end", 99), "a disagreement is not the slice 0 to 99"),
    (set_at("updates", 0, "sentences", 0, "end", 99), "a disagreement is not the slice 0 to 99"),
    (set_at("disagreements", 0, "values", 0, "article_ids", ["zz"]), "a disagreement names article zz"),
    (set_at("status", "old"), "status: 'old' is not one of"),
    (set_at("articles", 0, "published", "yesterday"), "articles/0/published: 'yesterday' does not match"),
    (set_at("headline", [1] * 500), "headline: [1, 1"),
]


@pytest.mark.parametrize(("change", "message"), BREACHES)
def test_each_breach_is_named(tmp_path: Path, change: Callable[[Record], None], message: str) -> None:
    record = sound()
    change(record)
    found = problems(tmp_path, record)
    assert any(message in problem for problem in found), found
    assert all(problem.startswith("line 1") for problem in found)


def test_an_empty_digest_of_a_story_that_has_a_title_is_a_breach(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, story_record(lone_story("z", summary="")))
    assert "summary is empty" in found


def test_without_its_text_a_sentence_must_still_be_as_long_as_its_span(tmp_path: Path) -> None:
    record = sound()
    for article in record["articles"]:
        del article["text"]
    assert problems(tmp_path, record) == []
    record["sentences"][0]["end"] += 1
    assert "not the slice" in problems(tmp_path, record)[0]


def test_ids_are_told_once_in_a_result(tmp_path: Path) -> None:
    found = problems(tmp_path, sound(), sound())
    assert "line 2, story story-1: its id stands in story story-1 already" in found
    assert "line 2, story story-1: article a stands in story story-1 already" in found


def test_the_most_important_story_comes_first(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, story_record(lone_story("z")), sound())
    assert "importance 3.25 is above the 1.0" in found


def test_a_broken_line_does_not_hide_the_problems_of_the_others(tmp_path: Path) -> None:
    path = write_result(tmp_path / "digests.jsonl", [story(article_count=9)])
    path.write_bytes(b"nonsense\n" + path.read_bytes())
    first, second = check_result(path)
    assert first.startswith("line 1: no JSON")
    assert second.startswith("line 2, story story-1: article_count is 9")


def test_a_record_with_everything_missing_is_told_in_a_few_lines(tmp_path: Path) -> None:
    found = problems(tmp_path, {"schema": "digest.story/1"})
    assert len(found) == 6
    assert "more breaches of the schema" in found[-1]
