"""A config for `digest run --config`, as TOML, with the weights that were tuned."""

import dataclasses
import json
from collections.abc import Iterator, Mapping
from typing import Any

from digest.config import Config
from digest.evaluation.tuning import FOLDS, Tuning

_DECIMALS = 4


def config_text(config: Config, tuning: Tuning) -> str:
    """The settings that differ from the defaults, the model, the weights, and what they were fitted to."""
    crossed, (low, high) = tuning.crossed
    fitted = {
        "bcubed_f1": round(crossed, _DECIMALS),
        "interval": [round(low, _DECIMALS), round(high, _DECIMALS)],
        "bcubed_f1_before": round(tuning.before[0], _DECIMALS),
        "folds": FOLDS,
        "seed": tuning.seed,
        "articles": tuning.articles,
        "stories": tuning.stories,
        "stories_of_two_or_more": tuning.grouped,
    }
    settings = {
        knob.name.replace("_", "-"): getattr(config, knob.name)
        for knob in dataclasses.fields(config)
        if knob.name == "model" or (knob.name != "weights" and getattr(config, knob.name) != knob.default)
    }
    lines = [
        "# A config for 'digest run --config', made by 'digest tune'.",
        *_lines(settings),
        "",
        "[weights]  # of the join decision, fitted with this model",
        *_table("weights", dataclasses.asdict(tuning.weights)),
        "",
        "[weights.fitted]  # to what, and B-cubed F1 of stories that the weights never saw (cross-validation)",
        *_lines(fitted),
    ]
    return "\n".join(lines) + "\n"


def _table(name: str, values: Mapping[str, Any]) -> Iterator[str]:
    """The keys of a table, then the tables in it."""
    tables = {key: value for key, value in values.items() if isinstance(value, Mapping)}
    yield from _lines({key: value for key, value in values.items() if key not in tables})
    for key, value in tables.items():
        yield from ("", f"[{name}.{key}]")
        yield from _table(f"{name}.{key}", value)


def _lines(values: Mapping[str, Any]) -> Iterator[str]:
    return (f"{key} = {_value(value)}" for key, value in values.items())


def _value(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):  # JSON's escapes are TOML's, but for DEL.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(value)
