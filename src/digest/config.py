"""Every knob of a run in one record, and the three places it is read from.

Later places win: the defaults below, a TOML file, `DIGEST_...` variables, the command line.  The command line's
options and the documentation are made from the fields' help, so a knob is described once, here.
"""

import dataclasses
import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from digest.errors import UsageError, did_you_mean
from digest.languages import wrong_code

CONFIG_VARIABLE = "DIGEST_CONFIG"  # names the file
DEVICES = ("cpu", "cuda", "mps")
ENGINES = ("local", "ray")
LOG_FORMATS = ("text", "json")
_IN_WORDS: Mapping[type, str] = {tuple: "a list of names", dict: "a table"}
STYLES = {"brief": 50, "standard": 100, "long": 250}


def _knob(default: Any, meaning: str, **more: Any) -> Any:
    """silent: it changes no byte of the result; of_state: it is about a state, and idle without one."""
    return field(default=default, metadata={"help": meaning, **more})


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of a run.  Anything out of range raises UsageError."""

    model: str = _knob("embedded", "Embedding model: 'embedded', a sentence-transformers name, or a folder.")
    device: str | None = _knob(
        None, "Where a sentence-transformers model runs (default: the best there is).", choices=DEVICES
    )
    vector_cache: str | None = _knob(
        None, "A file that keeps a sentence-transformers model's vectors, so that a text is embedded once."
    )
    max_words: int | None = _knob(None, "Words in a digest at most (default: the style's).", least=1)
    max_sentences: int | None = _knob(None, "Sentences in a digest at most.", least=1)
    max_characters: int | None = _knob(None, "Characters in a digest at most.", least=1)
    style: str = _knob(
        "standard", "Length of digests: brief 50, standard 100 or long 250 words.", choices=tuple(STYLES)
    )
    since: str | None = _knob(None, "Leave out articles published before this day (YYYY-MM-DD).", day=True)
    until: str | None = _knob(None, "Leave out articles published after this day (YYYY-MM-DD).", day=True)
    min_sources: int = _knob(1, "Print only stories with this many sources.", least=1)
    max_stories: int | None = _knob(None, "Print only the most important stories, this many.", least=1)
    min_articles: int = _knob(1, "Fewer articles than this is an alarm: exit status 4, nothing is written.", least=1)
    prefer_source: tuple[str, ...] = _knob((), "A source whose article is kept among copies; repeatable, best first.")
    granularity: float = _knob(0.5, "How much a story takes in: 0 (one event) to 1 (one topic).", least=0, most=1)
    group_by: str | None = _knob(None, "Take the stories from this field; only copies and digests are made.")
    language: str | None = _knob(
        None, "The language of all articles, as 'en' (default: each one's field, else recognised)."
    )
    include_text: bool = _knob(False, "Put each article's text into the result.")
    state: str | None = _knob(None, "The file that remembers articles and stories from night to night.")
    window: int = _knob(
        14, "How many days a state remembers an article, from the day on which it came.", least=0, of_state=True
    )
    now: str | None = _knob(
        None,
        "The day of this run (YYYY-MM-DD), by which a state ages (default: the newest article's).",
        day=True,
        of_state=True,
    )
    only_changed: bool = _knob(False, "With a state: leave out stories that have nothing new to tell.", of_state=True)
    all: bool = _knob(
        False, "With a state: print every living story, not only those that this run's articles touch.", of_state=True
    )
    workers: int | None = _knob(
        None, "Processes that share the work (default: one a processor; 1: only the job's own).", least=1, silent=True
    )
    engine: str = _knob(
        "local", "Where the work is done: this machine's processes, or a Ray cluster.", choices=ENGINES, silent=True
    )
    max_bytes: int = _knob(10_000_000, "A single input longer than this is rejected.", least=1)
    weights: Mapping[str, Any] | None = _knob(None, "The table of weights that 'digest tune' writes.", table=True)

    def __post_init__(self) -> None:
        _settle(self)
        if self.since and self.until and self.since > self.until:
            raise UsageError(f"since {self.since} is after until {self.until}. Swap them.")
        if self.language is not None and (advice := wrong_code(self.language)):
            raise UsageError(f"language is {self.language!r}. {advice}")

    @property
    def word_budget(self) -> int:
        """The exact maximum of words in a digest."""
        return self.max_words if self.max_words is not None else STYLES[self.style]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Where `digest run` writes and how it speaks: nothing here changes a digest.  What is wrong raises UsageError."""

    output: str = _knob(
        "digests.jsonl",
        "Where the digests go: a file (.gz: compressed), a folder (digests.jsonl, rejects.jsonl and run-report.json "
        "in it), or - for standard output.",
        short="-o",
        metavar="PATH",
    )
    rejects: str | None = _knob(
        None, "Where rejected inputs go.  [default: beside the output, NAME.rejects.jsonl]", metavar="PATH"
    )
    run_report: str | None = _knob(
        None, "Where the run report goes.  [default: nowhere, unless the output is a folder]", metavar="PATH"
    )
    report: str | None = _knob(
        None, "Where the result goes as one HTML page, too (see `digest report`).", metavar="PATH"
    )
    metrics: str | None = _knob(
        None, "A Prometheus textfile with the run's counts, seconds and exit status.", metavar="PATH"
    )
    log_format: str = _knob(
        "text", "How standard error speaks: lines for people, or one JSON object an event.", choices=LOG_FORMATS
    )
    run_id: str | None = _knob(
        None, "The run's name in logs and run report.  [default: a fingerprint of the inputs and the settings]"
    )
    strict: bool = _knob(False, "Exit status 3 when an input was rejected.")
    dry_run: bool = _knob(False, "Do everything, write nothing, tell what would be written.")
    quiet: bool = _knob(False, "No summary, no progress bar.", short="-q")
    verbose: bool = _knob(False, "Tell more; show a fault's traceback.", short="-v")

    def __post_init__(self) -> None:
        _settle(self)


def load_config(path: Path | None, environment: Mapping[str, str], given: Mapping[str, Any]) -> Config:
    """The config from a TOML file, `DIGEST_...` variables and given values (the last one wins).

    The file, the variables and the given values may hold those of a `Job`, too.  Raises UsageError for an unreadable
    file, an unknown key, a variable whose name is nearly a setting's, or a value of the wrong type.
    """
    return Config(**_load(Config, path, environment, given))


def load_job(path: Path | None, environment: Mapping[str, str], given: Mapping[str, Any]) -> Job:
    """The job's settings, from the places that `load_config` reads, which may hold those of a `Config`, too."""
    return Job(**_load(Job, path, environment, given))


def _load(
    wanted: "type[Config] | type[Job]", path: Path | None, environment: Mapping[str, str], given: Mapping[str, Any]
) -> dict[str, Any]:
    """The values of the fields of one of the two."""
    values = _read_toml(path) if path else {}
    known = {knob.name: knob for kind in (Config, Job) for knob in dataclasses.fields(kind)}
    for key in values:
        if key not in known:
            raise UsageError(f"{path}: unknown key {key!r}. {did_you_mean(key, known)}")
    _refuse_misspelt(environment, known)
    own = {knob.name: knob for knob in dataclasses.fields(wanted)}
    for name, knob in own.items():
        if (text := environment.get(f"DIGEST_{name.upper()}")) is not None:
            values[name] = _parse(knob, text)
    values.update({k: v for k, v in given.items() if v is not None and v != ()})
    return {key: value for key, value in values.items() if key in own}


def _settle(settings: "Config | Job") -> None:
    """Puts each value into the form that its field holds, whoever gave it, and checks it."""
    for knob in dataclasses.fields(settings):
        value = _as_held(getattr(settings, knob.name))
        object.__setattr__(settings, knob.name, value)
        _check(knob, value)


def _as_held(value: Any) -> Any:
    """A list as a tuple, a path as its text, and TOML's or Python's own kind of day as YYYY-MM-DD."""
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, Path):
        return str(value)
    return value.isoformat() if type(value) is date else value


def _refuse_misspelt(environment: Mapping[str, str], known: Mapping[str, Any]) -> None:
    """Other programs may have a DIGEST_... variable of their own, so only a name close to a setting's is refused."""
    right = [CONFIG_VARIABLE, *(f"DIGEST_{name.upper()}" for name in known)]
    for variable in sorted(environment):
        if not variable.startswith("DIGEST_") or variable in right:
            continue
        if close := difflib.get_close_matches(variable, right, n=1, cutoff=0.85):
            raise UsageError(f"There is no variable {variable}. Did you mean {close[0]}?")


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        table = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as e:
        raise UsageError(f"Cannot read the config file {path}: {e.strerror}. Check the path given to --config.") from e
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise UsageError(f"{path} is not valid TOML: {e}.") from e
    values = {key.replace("-", "_"): value for key, value in table.items()}
    if len(values) < len(table):
        raise UsageError(f"{path}: a key stands there twice, with - and with _. Keep one of the two.")
    return values


def _parse(knob: "dataclasses.Field[Any]", text: str) -> Any:
    """A value of a variable, by the type of the knob."""
    variable = f"DIGEST_{knob.name.upper()}"
    kind = type_of(knob)
    if kind is dict:
        raise UsageError(f"{variable} is set, but {knob.name} is a table: put it into a config file, as [{knob.name}].")
    if kind is tuple:
        return tuple(part.strip() for part in text.split(",") if part.strip())
    if kind is bool:
        if text.lower() in ("1", "true", "yes", "on"):
            return True
        if text.lower() in ("", "0", "false", "no", "off"):
            return False
        raise UsageError(f"{variable} is {text!r}: write true or false.")
    try:
        return kind(text)
    except ValueError as e:
        raise UsageError(f"{variable} is {text!r}: write {'a whole number' if kind is int else 'a number'}.") from e


def type_of(knob: "dataclasses.Field[Any]") -> type:
    """The plain type of a knob: `int | None` is int, `tuple[str, ...]` is tuple, a table is dict."""
    name = str(knob.type)
    if knob.metadata.get("table"):
        return dict
    for kind in (tuple, bool, int, float, str):
        if kind.__name__ in name:
            return kind
    raise TypeError(f"{knob.name}: {name}")


def _check(knob: "dataclasses.Field[Any]", value: Any) -> None:
    if value is None and "None" in str(knob.type):
        return
    kind = type_of(knob)
    right = isinstance(value, (int, float) if kind is float else kind) and (kind is bool or not isinstance(value, bool))
    if kind is tuple and right:
        right = all(isinstance(item, str) for item in value)
    if not right:
        wanted = _IN_WORDS.get(kind, kind.__name__)
        raise UsageError(f"{knob.name} is {value!r}: {wanted} wanted. {knob.metadata['help']}")
    if value == "":  # As a path it would be the working folder.
        raise UsageError(f"{knob.name} is empty: give it a value, or leave it out. {knob.metadata['help']}")
    if knob.metadata.get("day") and not _is_day(value):
        raise UsageError(f"{knob.name} is {value!r}: write a day as YYYY-MM-DD.")
    choices = knob.metadata.get("choices")
    if choices and value not in choices:
        raise UsageError(f"{knob.name} is {value!r}. {did_you_mean(value, choices)}")
    least, most = knob.metadata.get("least"), knob.metadata.get("most")
    # Put so that NaN, which is neither below nor above anything, is refused.
    if not ((least is None or value >= least) and (most is None or value <= most)):
        wanted = f"at least {least}" if most is None else f"from {least} to {most}"
        raise UsageError(f"{knob.name} is {value!r}: {wanted} wanted. {knob.metadata['help']}")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
