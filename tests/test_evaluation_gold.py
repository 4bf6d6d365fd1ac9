"""Known answers are read from the forms that people have them in; a wrong one is named with its line."""

import gzip
import json
from pathlib import Path

import pytest

from digest.errors import UsageError
from digest.evaluation import Gold, read_gold

STORIES = {"a": "ferry", "b": "ferry", "c": "7"}
FORMS = {
    "gold.jsonl": '{"id": "a", "story": "ferry"}\n\n{"id": "b", "story": "ferry"}\n{"id": "c", "story": 7}\n',
    "labels.jsonl": '\ufeff{"article_id": "a", "label": "ferry"}\r\n["b", "ferry"]\n{"id": "c", "cluster": "7"}',
    "gold.csv": "id,story\na,ferry\nb,ferry\nc,7\n",
    "headless.csv": "a,ferry\nb,ferry\n\nc,7\n",
    "gold.tsv": "Story\tID\nferry\ta\nferry\tb\n7\tc\n",
    "gold.json": '{"stories": {"a": "ferry", "b": "ferry", "c": 7}}',
    "groups.json": '{"stories": {"ferry": ["a", "b"], "7": ["c"]}}',
}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("packed", [False, True])
def test_every_form_is_the_same_gold(tmp_path: Path, name: str, packed: bool) -> None:
    text = FORMS[name].encode()
    path = tmp_path / (f"{name}.gz" if packed else name)
    path.write_bytes(gzip.compress(text) if packed else text)
    assert read_gold(path) == Gold(stories=STORIES, known=frozenset("abc"))


def test_copies_kinds_languages_and_references_stand_beside_the_stories(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    lines = [
        {"id": "a", "story": "s", "copies": "g", "kind": "original", "language": "en"},
        {"id": "b", "copies": "g", "kind": "cut"},
        {"story": "s", "references": ["One.", "Two."]},
        {"story": "s", "summary": "Three."},
    ]
    path.write_text("\n".join(map(json.dumps, lines)))
    assert read_gold(path) == Gold(
        stories={"a": "s"},
        copies={"a": "g", "b": "g"},
        kinds={"a": "original", "b": "cut"},
        references={"s": ("One.", "Two.", "Three.")},
        languages={"a": "en"},
        known=frozenset("ab"),
    )


@pytest.mark.parametrize("name", ["articles.jsonl", "articles.jsonl.gz", None])
def test_a_folder_holds_the_gold_and_may_hold_the_articles(tmp_path: Path, name: str | None) -> None:
    gold = {"stories": {"a": "s"}, "duplicates": {"a": "g"}, "kinds": {"a": "cut"}, "references": {"s": "One."}}
    (tmp_path / "gold.json").write_text(json.dumps(gold))
    if name:
        text = b'{"id": "a", "lang": "vi"}\n{"id": "b", "lang": null}\n7\n'
        (tmp_path / name).write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
    found = read_gold(tmp_path)
    assert found.known == (frozenset("ab") if name else frozenset("a"))
    assert found.languages == ({"a": "vi"} if name else {})
    assert (found.stories, found.copies, found.kinds) == ({"a": "s"}, {"a": "g"}, {"a": "cut"})
    assert found.references == {"s": ("One.",)}


WRONG = {
    "nothing.jsonl": ("", "names no article"),
    "header.csv": ("id,story\n", "names no article"),
    "text.jsonl": ("The ferry sank.", "line 1 is no JSON"),
    "number.jsonl": ('{"id": "a", "story": "s"}\n7', "line 2 is no object"),
    "keys.jsonl": ('{"ident": "a", "stroy": "s"}', "line 1 has the keys ident, stroy: a line is"),
    "unlabelled.jsonl": ('{"id": "a"}', "line 1 has the keys id: a line is"),
    "twice.jsonl": ('{"id": "a", "story": "s"}\n{"id": "a", "story": "t"}', "'a' is in 't' here and in 's' above"),
    "list.jsonl": ('{"id": "a", "story": ["s"]}', r"line 1: 'story' is \['s'\]: a text or a number"),
    "references.jsonl": ('{"story": "s", "references": [7]}', "references are a text or a list"),
    "list.json": ("[]", "holds no gold"),
    "empty.json": ("{}", "holds no gold"),
    "broken.json": ("{", "is no JSON"),
    "table.json": ('{"stories": {"a": "s"}, "kinds": []}', "'kinds' is no object"),
    "value.json": ('{"stories": {"a": 1.5}}', "'a' has the value 1.5"),
    "broken.jsonl.gz": ("\x1f\x8bno gzip", "is damaged"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_gold_is_named_with_its_place(tmp_path: Path, name: str) -> None:
    content, words = WRONG[name]
    path = tmp_path / name
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(UsageError, match=words):
        read_gold(path)


def test_a_gold_that_is_not_there_names_the_closest_file(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").touch()
    with pytest.raises(UsageError, match=r"Did you mean .*gold\.jsonl"):
        read_gold(tmp_path / "glod.jsonl")
    with pytest.raises(UsageError, match="Cannot read the gold"):
        read_gold(tmp_path / "gold.jsonl" / "x")
