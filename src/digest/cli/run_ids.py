"""What names a run that was given no name."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path

from digest import __version__
from digest.articles.files import find_files, not_regular
from digest.config import Config
from digest.fingerprint import fingerprint


def derive_run_id(sources: Sequence[str], config: Config) -> str:
    """16 hexadecimal characters of program version, the settings that change a result, and the bytes of all input
    files, in whatever order.

    The same run done again has the same name.  What cannot be read twice (standard input, a pipe) plays no part, nor
    does a file that cannot be read at all.
    """
    settings = {knob.name: getattr(config, knob.name) for knob in fields(config) if not knob.metadata.get("silent")}
    return fingerprint(__version__, repr(settings), *sorted(_content_hashes(sources)))


def _content_hashes(sources: Sequence[str]) -> Iterator[str]:
    for source in sources:
        for path in find_files(Path(source)):
            try:
                if isinstance(path, Path) and not not_regular(path):
                    with path.open("rb") as stream:
                        yield hashlib.file_digest(stream, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
            except OSError:
                continue  # the run itself will say why
