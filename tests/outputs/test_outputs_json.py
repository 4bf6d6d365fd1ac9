"""What is written is what the schemas say, to the byte, whatever the input held."""

import gzip
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from result_builders import lone_story, member, result, story, write_result

from digest.articles import fields
from digest.config import Config
from digest.errors import DigestError, OutputError, UsageError
from digest.outputs import (
    SCHEMAS,
    load_schema,
    read_result,
    reject_record,
    run_report,
    schema_text,
    story_record,
    to_json,
    verify_counts,
    write_jsonl,
)
from digest.records import Disagreement, Passage, Reject, Value

CONTRACT = """schema story_id status merged_from split_from headline headline_article_id summary summary_from sentences
 disagreements updates keyphrases articles article_count source_count first_published last_published cohesion importance
 language grouping metadata""".split()
ARTICLE = """id title url source author published published_from language similarity duplicate_of duplicate_kind
 duplicate_score duplicate_passages duplicate_differences first_seen tie metadata""".split()
SENTENCE = "text article_id start end index score supported_by is_new".split()

DISAGREEMENT = Disagreement(
    (Value("12 people", ("a",)), Value("15 people", ("b",))), (Passage("a", 0, 36), Passage("b", 0, 38))
)
REPORT = {"started": "2026-03-10T01:00:00Z", "finished": "2026-03-10T01:00:09Z", "peak_memory_mb": 123.456}


def report(**fields: Any) -> dict[str, Any]:
    rejects = [Reject("x.txt", None, None, "empty", "Nothing in it."), Reject("y", 3, "7", "bad-json", "No JSON.")]
    return run_report(result([story()], rejects), Config(), **{**REPORT, "outputs": {"digests": "d.jsonl"}, **fields})


def undescribed(schema: dict[str, Any], value: Any, root: dict[str, Any], path: str = "") -> list[str]:
    """Keys of a record that its schema has no description for."""
    if "$ref" in schema:
        schema = {**root["$defs"][schema["$ref"].rsplit("/", 1)[1]], **schema}
    choices = [choice for choice in schema.get("oneOf", []) if choice.get("type") != "null"]
    if choices and value is not None:
        rest = {k: v for k, v in schema.items() if k not in ("oneOf", "$ref")}
        return [k for choice in choices for k in undescribed({**rest, **choice}, value, root, path)]
    if isinstance(value, list):
        return [k for item in value for k in undescribed(schema.get("items", {}), item, root, path)]
    if not isinstance(value, dict) or "properties" not in schema:
        return []
    missing = [f"{path}/{key}" for key in value if "description" not in schema["properties"].get(key, {})]
    known = {k: v for k, v in value.items() if k in schema["properties"]}
    return missing + [
        k for key, v in known.items() for k in undescribed(schema["properties"][key], v, root, f"{path}/{key}")
    ]


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_a_schema(name: str) -> None:
    Draft202012Validator.check_schema(load_schema(name))
    assert json.loads(schema_text(name))["description"]


@pytest.mark.parametrize("name", [*fields.TEXT, *fields.HTML, *fields.ABSTRACT])
def test_the_schema_of_the_input_knows_every_name_that_is_read_as_text(name: str) -> None:
    validator = Draft202012Validator(load_schema("article"))
    assert validator.is_valid({name: "A text."})
    assert not validator.is_valid({"title": "A title without a text"})


def test_an_unknown_schema_names_the_closest() -> None:
    with pytest.raises(UsageError, match="Did you mean 'story'"):
        schema_text("storry")


@pytest.mark.parametrize(
    ("schema", "record"),
    [
        ("story", story_record(story(disagreements=(DISAGREEMENT,), updates=(DISAGREEMENT,)))),
        ("story", story_record(lone_story("z"))),
        ("reject", reject_record(Reject("x.txt", None, None, "empty", "Nothing in it."))),
        ("run", report()),
        ("article", {"text": "A text.", "published": 1_700_000_000, "section": "city"}),
        ("article", {"html": "<p>A text.</p>", "title": None}),
    ],
)
def test_what_is_written_keeps_to_its_schema_and_every_key_is_described(schema: str, record: dict[str, Any]) -> None:
    rules = load_schema(schema)
    Draft202012Validator(rules).validate(orjson.loads(to_json(record)))
    unknown_input = ["/section"] if schema == "article" and "section" in record else []
    assert undescribed(rules, record, rules) == unknown_input


def test_the_keys_of_a_story_stand_in_the_order_of_the_contract() -> None:
    record = story_record(story())
    assert list(record) == CONTRACT
    assert list(record["articles"][0]) == [*ARTICLE, "text"]
    assert list(record["sentences"][0]) == SENTENCE


def test_an_article_carries_its_text_only_when_asked_to() -> None:
    assert "text" not in story_record(story(articles=(member("a", text=None),)))["articles"][0]


def test_numbers_have_four_decimals_and_no_negative_zero() -> None:
    record = story_record(story(cohesion=np.float32(0.1) + np.float32(0.2), importance=-0.00001))
    assert to_json([record["cohesion"], record["importance"]]) == b"[0.3,0.0]"


@given(st.floats(-10, 10))
def test_a_written_number_reads_back_the_same(number: float) -> None:
    written = story_record(story(importance=number))["importance"]
    assert orjson.loads(to_json(written)) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({1: "a"}, b'{"1":"a"}'),
        ({"when": {"b", "a"}}, b'{"when":["a","b"]}'),
        ([2**70, -(2**63), True, None, 0.5], b'["1180591620717411303424",-9223372036854775808,true,null,0.5]'),
        (["caf\udce9.txt", 1j], b'["caf?.txt","1j"]'),
        ((float("nan"), np.float32(0.5)), b"[null,0.5]"),
        ([Path("a/b")], b'["a/b"]'),
    ],
)
def test_metadata_of_any_kind_can_be_written(value: Any, written: bytes) -> None:
    assert to_json(value) == written


def test_metadata_nested_without_end_is_cut_off() -> None:
    nested: Any = "x"
    for _ in range(400):
        nested = [nested]
    assert b'"..."' in to_json({"metadata": nested})


def test_a_result_reads_back_as_it_was_written(tmp_path: Path) -> None:
    stories = [story(), lone_story("z")]
    path = write_result(tmp_path / "digests.jsonl", stories)
    assert list(read_result(path)) == [story_record(s) for s in stories]
    zipped = tmp_path / "digests.jsonl.gz"
    zipped.write_bytes(gzip.compress(path.read_bytes()))
    assert list(read_result(str(zipped))) == list(read_result(path))


def test_the_same_stories_are_the_same_bytes() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    write_jsonl(first, [story_record(story())])
    write_jsonl(second, [story_record(story())])
    assert first.getvalue() == second.getvalue()
    assert first.getvalue().endswith(b"}\n")


NOT_RESULTS: list[tuple[bytes, str]] = [
    (b'{"schema":"digest.story/1"}\n\nnonsense\n', "line 3: no JSON"),
    (b"[1]\n", "line 1: no digest.story/1 record .it names no schema"),
    (b'{"schema": "digest.story/9"}', "line 1: .* its schema is 'digest.story/9'|its schema is 'digest.story/9'"),
    (b'{"text": "An article."}', "Is this a result"),
    (gzip.compress(b"{}" * 10_000, mtime=0)[:40], "damaged gzip"),
]


@pytest.mark.parametrize(("content", "message"), NOT_RESULTS)
def test_a_file_that_is_no_result_is_named_with_its_line(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "other.jsonl"
    path.write_bytes(content)
    with pytest.raises(OutputError, match=message):
        list(read_result(path))


def test_a_missing_result_names_the_closest_file(tmp_path: Path) -> None:
    (tmp_path / "digests.jsonl").touch()
    with pytest.raises(UsageError, match=r"Did you mean '.*/digests\.jsonl'"):
        list(read_result(tmp_path / "digest.jsonl"))
    with pytest.raises(UsageError, match="Check the path"):
        list(read_result(tmp_path / "unlike"))
    with pytest.raises(UsageError, match="Check the path"):
        list(read_result(tmp_path / "no" / "folder"))


def test_a_folder_is_no_result(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="name the result file in it"):
        list(read_result(tmp_path))


def test_a_result_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="Cannot read"):
        list(read_result(Path("/proc/self/mem")))


def test_a_run_report_has_the_counts_the_versions_and_the_settings() -> None:
    found = report()
    assert found["counts"]["articles_in"] == 5
    assert found["rejects_by_reason"] == {"bad-json": 1, "empty": 1}
    assert found["seconds"] == {"read": 0.123, "stories": 1.0}
    assert found["versions"]["model"] == found["settings"]["model"] == "embedded"
    assert found["peak_memory_mb"] == 123.5


@pytest.mark.parametrize(
    "counts",
    [{"articles_in": 9}, {"rejected": 1, "articles_in": 4}, {"stories_printed": 2}, {"kept": 1, "articles_in": 2}],
)
def test_counts_that_do_not_add_up_stop_the_run(counts: dict[str, int]) -> None:
    with pytest.raises(DigestError, match="do not add up"):
        verify_counts(result([story()], counts=counts))


def test_articles_of_stories_that_are_not_printed_are_counted_all_the_same() -> None:
    verify_counts(result([story()], counts={"kept": 5, "articles_in": 6, "stories": 4}))
