"""What a run leaves behind: results, rejects and run reports, their schemas, and what can be read from them."""

from digest.outputs.checking import blaming, check_result
from digest.outputs.describing import describe
from digest.outputs.explaining import explain
from digest.outputs.explaining_parts import days_between, decision_of
from digest.outputs.jsonl import no_such_file, read_lines, read_result, to_json, write_jsonl
from digest.outputs.metrics import last_success, metrics_text
from digest.outputs.publishing import Publication
from digest.outputs.report import FORMATS, write_report
from digest.outputs.run_report import rejects_by_reason, run_report, verify_counts
from digest.outputs.schema import SCHEMAS, load_schema, schema_text
from digest.outputs.story_json import link_record, reject_record, story_record
from digest.outputs.wording import counted, dates_between, describe_reject, differing, printable

__all__ = [
    "FORMATS",
    "SCHEMAS",
    "Publication",
    "blaming",
    "check_result",
    "counted",
    "dates_between",
    "days_between",
    "decision_of",
    "describe",
    "describe_reject",
    "differing",
    "explain",
    "last_success",
    "link_record",
    "load_schema",
    "metrics_text",
    "no_such_file",
    "printable",
    "read_lines",
    "read_result",
    "reject_record",
    "rejects_by_reason",
    "run_report",
    "schema_text",
    "story_record",
    "to_json",
    "verify_counts",
    "write_jsonl",
    "write_report",
]
