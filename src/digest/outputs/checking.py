"""Holds a result to its schema and to what a schema cannot say: counts, copies, slices, order."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from digest.errors import OutputError
from digest.outputs.jsonl import parse_story, read_lines
from digest.outputs.schema import load_schema

Json = Mapping[str, Any]
SCHEMA_PROBLEMS_SHOWN = 5  # of one story: a missing key often breaks a dozen rules
MESSAGE_CHARACTERS = 200


def check_result(path: Path | str) -> list[str]:
    """What is wrong with a result file, a sentence a problem; empty for a sound one.

    Raises UsageError where there is no such file, OutputError where it cannot be read.
    """
    return list(_problems(Path(path)))


@contextmanager
def blaming(path: Path) -> Iterator[None]:
    """Turns what goes wrong inside into an OutputError where the result file, edited or damaged, is to blame.

    A file that keeps to its schema is not: then the error is passed on.
    """
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError) as e:
        for problem in _problems(path):
            raise OutputError(f"{path} is damaged: {problem}. 'digest check' tells all.") from e
        raise


def _problems(path: Path) -> Iterator[str]:
    from jsonschema import Draft202012Validator  # slow to import, and only this needs it

    validator = Draft202012Validator(load_schema("story"))
    told: dict[str, str] = {}
    above: Json | None = None
    for number, line in read_lines(path):
        where = f"line {number}"
        try:
            story = parse_story(line, where)
        except OutputError as e:
            yield str(e)
            continue
        broken = [f"{where}: {fault}" for fault in _schema_problems(validator, story)]
        if broken:
            yield from broken
            continue
        where = f"{where}, story {story['story_id']}"
        yield from (f"{where}: {problem}" for problem in story_problems(story))
        yield from (f"{where}: {problem}" for problem in _repeated(story, told))
        if above is not None and story["importance"] > above["importance"]:
            yield f"{where}: importance {story['importance']} is above the {above['importance']} of the story before it"
        above = story


def _schema_problems(validator: Any, story: Json) -> Iterator[str]:
    errors = sorted(validator.iter_errors(story), key=lambda e: (list(map(str, e.absolute_path)), e.message))
    for error in errors[:SCHEMA_PROBLEMS_SHOWN]:
        place = "/".join(map(str, error.absolute_path)) or "the story"
        message = error.message
        if len(message) > MESSAGE_CHARACTERS:
            message = f"{message[: MESSAGE_CHARACTERS // 2]} ... {message[-MESSAGE_CHARACTERS // 2 :]}"
        yield f"{place}: {message}"
    if len(errors) > SCHEMA_PROBLEMS_SHOWN:
        yield f"and {len(errors) - SCHEMA_PROBLEMS_SHOWN} more breaches of the schema"


def _repeated(story: Json, told: dict[str, str]) -> Iterator[str]:
    """Ids that an earlier story has.  `told` is carried from story to story."""
    name = story["story_id"]
    for identifier, what in [("story " + name, "its id"), *(("article " + a["id"], "") for a in story["articles"])]:
        if identifier in told:
            yield f"{what or identifier} stands in story {told[identifier]} already"
        told[identifier] = name


def story_problems(story: Json) -> Iterator[str]:
    """What is wrong within one story that keeps to the schema."""
    members = {article["id"]: article for article in story["articles"]}
    yield from _count_problems(story)
    yield from _date_problems(story)
    if story["headline_article_id"] not in members:
        yield f"the headline is from article {story['headline_article_id']}, which is no member"
    for article in story["articles"]:
        yield from _copy_problems(article, members)
        tied = article["tie"]
        if tied and (tied["article_id"] not in members or tied["article_id"] == article["id"]):
            yield f"article {article['id']} is tied to {tied['article_id']}, which is no other member"
    yield from _summary_problems(story)
    for sentence in story["sentences"]:
        yield from _passage_problems("a sentence", sentence, members)
        yield from _support_problems(sentence, members)
    for disagreement in [*story["disagreements"], *story.get("updates", ())]:
        for passage in disagreement["sentences"]:
            yield from _passage_problems("a disagreement", passage, members)
        for value in disagreement["values"]:
            for unknown in sorted(set(value["article_ids"]) - set(members)):
                yield f"a disagreement names article {unknown}, which is no member"


def _count_problems(story: Json) -> Iterator[str]:
    articles = story["articles"]
    if story["article_count"] != len(articles):
        yield f"article_count is {story['article_count']}, but there are {len(articles)} articles"
    named = {article["source"] for article in articles if article["source"]}
    nameless = sum(not article["source"] and article["duplicate_of"] is None for article in articles)
    if story["source_count"] != len(named) + nameless:
        yield (
            f"source_count is {story['source_count']}, but the articles name {len(named)} sources, "
            f"and {nameless} that are no copies name none"
        )


def _date_problems(story: Json) -> Iterator[str]:
    # As text: ISO 8601 in UTC sorts by time, and a day alone before the times of that day.
    dates = sorted(article["published"] for article in story["articles"] if article["published"])
    expected = (dates[0], dates[-1]) if dates else (None, None)
    found = (story["first_published"], story["last_published"])
    if found != expected:
        yield f"first_published {found[0]} and last_published {found[1]} are not {expected[0]} and {expected[1]}"


def _copy_problems(article: Json, members: Mapping[str, Json]) -> Iterator[str]:
    original = article["duplicate_of"]
    facts = (article["duplicate_kind"], article["duplicate_score"])
    if original is None:
        if facts != (None, None):
            yield f"article {article['id']} is no copy, but has the kind or the score of one"
        return
    if None in facts:
        yield f"article {article['id']} is a copy without a kind or a score"
    if original not in members:
        yield f"article {article['id']} is a copy of {original}, which is no member"
    elif members[original]["duplicate_of"] is not None:
        yield f"article {article['id']} is a copy of {original}, which is a copy itself"


def _summary_problems(story: Json) -> Iterator[str]:
    texts = [sentence["text"] for sentence in story["sentences"]]
    if texts and story["summary"] != " ".join(texts):
        yield "summary is not its sentences joined by one space"
    if not story["summary"].strip() and any(a["title"].strip() or a.get("text", "").strip() for a in story["articles"]):
        yield "summary is empty, though an article has a title or a text"
    if not texts and story["summary"] and story["summary_from"] != "title":
        yield f"summary is from {story['summary_from']}, but there are no sentences"


def _passage_problems(what: str, passage: Json, members: Mapping[str, Json]) -> Iterator[str]:
    if passage["article_id"] not in members:
        yield f"{what} is from article {passage['article_id']}, which is no member"
        return
    start, end = passage["start"], passage["end"]
    if start >= end:
        yield f"{what} spans {start} to {end}"
        return
    text = members[passage["article_id"]].get("text")
    if text is None:
        wrong = "text" in passage and len(passage["text"]) != end - start
    else:
        wrong = end > len(text) or passage.get("text", text[start:end]) != text[start:end]
    if wrong:
        yield f"{what} is not the slice {start} to {end} of article {passage['article_id']}"


def _support_problems(sentence: Json, members: Mapping[str, Json]) -> Iterator[str]:
    for supporter in sentence["supported_by"]:
        if supporter not in members:
            yield f"a sentence is supported by article {supporter}, which is no member"
        elif supporter == sentence["article_id"]:
            yield f"a sentence of article {supporter} is supported by that article itself"
        elif members[supporter]["duplicate_of"] is not None:
            yield f"a sentence is supported by article {supporter}, which is a copy"
