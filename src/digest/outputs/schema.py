"""The JSON Schemas of what goes in and out: draft 2020-12, files in the package."""

from functools import cache
from importlib.resources import files
from typing import Any

import orjson

from digest.errors import UsageError, did_you_mean

SCHEMAS = ("story", "article", "reject", "run", "explanation")


@cache
def schema_text(name: str) -> str:
    """The schema file as it stands.  Raises UsageError for a name that is not in `SCHEMAS`."""
    if name not in SCHEMAS:
        raise UsageError(f"There is no schema {name!r}. {did_you_mean(name, SCHEMAS)}")
    return files("digest.outputs").joinpath("schemas", f"{name}.json").read_text("utf-8")


def load_schema(name: str) -> dict[str, Any]:
    """The schema as an object.  Raises UsageError for an unknown name."""
    schema: dict[str, Any] = orjson.loads(schema_text(name))
    return schema
