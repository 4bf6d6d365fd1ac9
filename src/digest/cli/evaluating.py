"""`digest evaluate`: a result held against known answers."""

from collections.abc import Iterator
from pathlib import Path

import orjson

from digest.errors import OutputError
from digest.evaluation import evaluate, evaluation_record, evaluation_table, read_gold
from digest.outputs import read_lines, read_result, to_json


def evaluate_command(result: Path, gold: Path, rejects: Path | None, seed: int, *, as_json: bool) -> bytes | str:
    """What the command prints.  Raises UsageError for a wrong gold, OutputError for a wrong result."""
    answers = read_gold(gold)
    refused = list(read_refused(rejects)) if rejects else []
    found = evaluate(read_result(result), answers, refused, seed)
    return to_json(evaluation_record(found, seed), indent=True) if as_json else evaluation_table(found, seed)


def read_refused(path: Path) -> Iterator[str]:
    """The ids in a rejects file.  Raises UsageError where there is none, OutputError for another file."""
    for number, line in read_lines(path):
        try:
            record = orjson.loads(line)
        except orjson.JSONDecodeError:
            record = None
        if not isinstance(record, dict) or "reason" not in record:
            raise OutputError(f"{path}, line {number}: no reject. Is this the rejects file of a 'digest run'?")
        if record.get("id") is not None:
            yield str(record["id"])
