"""What `digest doctor` looks at: each finding says what is there, or what is wrong and the next step."""

import fcntl
import importlib
import os
import platform
import re
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from digest.cli.destinations import destinations
from digest.config import Config, Job
from digest.embeddings import EMBEDDED, load_embedder
from digest.errors import DigestError, OutputError, StateError
from digest.stages import weights_of
from digest.state import check_file, check_state, info
from digest.tokens import tokenize

# Libraries with code of their own that a run cannot do without; torch, which takes seconds, only a transformer loads.
LOADED = ("lxml", "numpy", "orjson", "scipy", "sentencex", "tokenizers")
PROBE = "The old bridge over the river was closed on Monday."


@dataclass(frozen=True, slots=True)
class Finding:
    """ok: whether a run can do with it; found: what is there, or what is wrong and what to do about it."""

    check: str
    ok: bool
    found: str


def examine(config: Config, job: Job) -> list[Finding]:
    """Everything that a run with these settings needs, but its sources.

    Nothing is changed and nothing left behind, but for a model of a hub, which is fetched as the run would fetch it.
    """
    checks: list[tuple[str, Callable[[], str]]] = [
        ("digest", lambda: f"{version('digest')}, Python {platform.python_version()}, {platform.platform()}"),
        ("packages", _packages),
        ("settings", lambda: _settings(config)),
        ("model", lambda: _model(config)),
        ("output", lambda: _output(config, job)),
        ("state", lambda: _state(config)),
    ]
    return [_finding(name, look) for name, look in checks]


def _finding(name: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(name, True, look())
    except DigestError as e:
        return Finding(name, False, " ".join(str(e).split()))


def _packages() -> str:
    """Versions of all that the package requires; those with code of their own are loaded."""
    names = sorted({re.split(r"[^\w.-]", line)[0] for line in requires("digest") or () if "extra ==" not in line})
    found = []
    for name in (*names, "torch"):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError as e:
            raise DigestError(f"{name} is not installed. Install digest anew: pip install --upgrade digest.") from e
    for name in LOADED:
        try:
            importlib.import_module(name)
        except ImportError as e:
            raise DigestError(
                f"{name} cannot be loaded: {e}. Install it anew: pip install --force-reinstall {name}."
            ) from e
    return ", ".join(found)


def _settings(config: Config) -> str:
    weights_of(config)
    return "in order, with weights of their own" if config.weights else "in order"


def _model(config: Config) -> str:
    """Loads the model and embeds a sentence."""
    if config.vector_cache:
        _try_writing(_folder_of(Path(config.vector_cache)), OutputError, "--vector-cache")
    embedder = load_embedder(config.model, config.device)  # without the cache, which would be made
    vector = embedder.embed([PROBE], tokenize([PROBE]))
    where = "numpy on the processor" if config.model == EMBEDDED else f"torch on {_device(config.device)}"
    return f"{embedder.name}: vectors of {vector.shape[1]} numbers, {where}"


def _device(device: str | None) -> str:
    from digest.embeddings.devices import choose_device, choose_dtype

    chosen = choose_device(device)
    return f"{chosen} in {choose_dtype(chosen)}"


def _output(config: Config, job: Job) -> str:
    """Whether every output can be written where it goes."""
    places = destinations(job, config, [])
    files = [path for path in (*places.paths(), places.metrics) if path]
    # What stands and is no file (a pipe, /dev/null) is written to as it is.
    folders = sorted({_folder_of(path) for path in files if not path.exists() or path.is_file()})
    for folder in folders:
        _try_writing(folder, OutputError, "-o")
    rooms = [f"{folder} ({shutil.disk_usage(folder).free / 1e9:.1f} GB free)" for folder in folders]
    return f"can be written: {', '.join(rooms)}" if rooms else "streams only: nothing to make room for"


def _state(config: Config) -> str:
    if config.state is None:
        return "none: each run stands alone"
    path = Path(config.state)
    check_file(path)
    _try_writing(_folder_of(path), StateError, "--state", locked=True)
    if not path.exists():
        return f"{path} will be made by the first run"
    if faults := check_state(path):
        raise StateError(f"{path} is damaged: {'; '.join(faults[:3])}. Put yesterday's backup in its place.")
    held = info(path)
    last = f", last run of {held.last_day}" if held.last_day else ""
    return f"{path} is sound: {held.articles} articles in {held.stories} stories{last}"


def _folder_of(path: Path) -> Path:
    """The folder that a file is made in, or the nearest one above that stands."""
    return next(folder for folder in Path(os.path.realpath(path)).parents if folder.exists())


def _try_writing(folder: Path, kind: type[DigestError], option: str, *, locked: bool = False) -> None:
    """Writes, flushes and removes a file.  locked: and locks it, which not every file system can."""
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".digest-doctor.") as file:
            file.write(b"\0" * 4096)
            file.flush()
            os.fsync(file.fileno())
            if locked:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as e:
        message = f"Cannot write in {folder}: {e.strerror}. Make room, grant access, or choose another place with"
        raise kind(f"{message} {option}.") from e
