"""Where the files of a sentence-transformers model are, and what names their content."""

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from digest.errors import ModelError

if TYPE_CHECKING:
    from huggingface_hub import CachedRepoInfo

FOLDER = Path(__file__).parent / "model"  # the one that ships
_WEIGHTS = "model.safetensors"


def locate(name: str) -> Path | None:
    """The folder of a model that is on this machine; None for one that a hub has to give.

    Raises ModelError that names what works offline, where no hub knows it either.
    """
    path = Path(os.path.expanduser(name))  # noqa: PTH111 - Path.expanduser raises for an unknown user
    if path.is_dir():
        return path
    if folder := _cached_folder(name):
        return folder
    if path.is_absolute() or name.startswith((".", "~")) or not _can_be_fetched(name):
        raise ModelError(_missing(name))
    return None


def content_hash(folder: Path) -> str:
    """A fingerprint of all files of a model: their names and what they hold, 32 hexadecimal digits."""
    state = hashlib.blake2b(digest_size=16)
    for file in sorted(p for p in folder.rglob("*") if p.is_file()):
        with file.open("rb") as stream:
            content = hashlib.file_digest(stream, "blake2b").digest()
        name = file.relative_to(folder).as_posix().encode("utf-8", "surrogateescape")
        state.update(len(name).to_bytes(8, "little") + name + content)
    return state.hexdigest()


def weights_hash(folder: Path) -> str | None:
    """SHA-256 of a model's weights, as hubs show it; None where they are not in one file."""
    if not (folder / _WEIGHTS).is_file():
        return None
    with (folder / _WEIGHTS).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _cached_folder(name: str) -> Path | None:
    """The folder of a model that was downloaded before, of its revision `main` where there are several."""
    for repo in _cached():
        if repo.repo_id in (name, f"sentence-transformers/{name}"):
            current = {ref: revision for revision in repo.revisions for ref in revision.refs}
            found = current.get("main") or max(repo.revisions, key=lambda r: r.commit_hash, default=None)
            return Path(found.snapshot_path) if found else None
    return None


def _can_be_fetched(name: str) -> bool:
    """Whether the model hub answers and knows the name.  Asked once: the libraries' own retries take a minute."""
    from huggingface_hub import model_info

    for candidate in (name, f"sentence-transformers/{name}"):
        try:
            model_info(candidate, timeout=10)
        except Exception:  # noqa: BLE001 - the hub's client changes its HTTP library, and its errors with it
            continue
        return True
    return False


def _cached() -> "list[CachedRepoInfo]":
    from huggingface_hub import scan_cache_dir
    from huggingface_hub.errors import CacheNotFound

    try:
        return sorted((r for r in scan_cache_dir().repos if r.repo_type == "model"), key=lambda r: r.repo_id)
    except CacheNotFound:
        return []


def _missing(name: str) -> str:
    cached = [repo.repo_id for repo in _cached()]
    also = f", or one of the models downloaded before: {', '.join(cached)}" if cached else ""
    return (
        f"There is no model {name!r}: it is no folder here, was not downloaded before, and no hub has it. "
        f"What works offline: --model embedded (the default), the path of a sentence-transformers folder{also}."
    )
