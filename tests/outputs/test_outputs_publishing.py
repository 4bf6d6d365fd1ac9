"""All or nothing: outputs appear whole, together, or not at all."""

import fcntl
import gzip
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import unmeasured

from digest.errors import OutputError
from digest.outputs import Publication


def publish(path: Path, content: bytes = b"tonight\n") -> None:
    with Publication() as publication, publication.stage(path) as stream:
        stream.write(content)


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_outputs_appear_together_and_only_at_the_end(tmp_path: Path) -> None:
    first, second = tmp_path / "rejects.jsonl", tmp_path / "deep" / "er" / "digests.jsonl"
    with Publication() as publication:
        for path in (first, second):
            with publication.stage(path) as stream:
                stream.write(b"tonight\n")
        assert not first.exists()
        assert not second.exists()
    assert first.read_bytes() == second.read_bytes() == b"tonight\n"
    assert names(tmp_path) == ["deep", "rejects.jsonl"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, RuntimeError])
def test_an_interrupted_run_leaves_yesterdays_output_and_nothing_else(
    tmp_path: Path, error: type[BaseException]
) -> None:
    path = tmp_path / "digests.jsonl"
    publish(path, b"yesterday\n")

    def interrupted() -> None:
        with Publication() as publication, publication.stage(path) as stream:
            stream.write(b"half a li")
            raise error

    with pytest.raises(error):
        interrupted()
    assert path.read_bytes() == b"yesterday\n"
    assert names(tmp_path) == ["digests.jsonl"]


def test_an_output_has_the_mode_that_the_umask_says(tmp_path: Path) -> None:
    path = tmp_path / "digests.jsonl"
    before = os.umask(0o027)
    try:
        publish(path)
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_gz_output_is_compressed_and_the_same_bytes_each_time(tmp_path: Path) -> None:
    one, two = tmp_path / "one.jsonl.gz", tmp_path / "two.jsonl.gz"
    publish(one)
    publish(two)
    assert gzip.decompress(one.read_bytes()) == b"tonight\n"
    assert one.read_bytes() == two.read_bytes()


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    link = tmp_path / "latest.jsonl"
    link.symlink_to("store/night.jsonl")
    publish(link)
    assert link.is_symlink()
    assert (tmp_path / "store" / "night.jsonl").read_bytes() == b"tonight\n"


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    publish(pipe)
    reader.join()
    assert got == [b"tonight\n"]
    assert pipe.is_fifo()


def test_what_a_killed_run_left_is_swept_and_what_a_living_one_writes_is_not(tmp_path: Path) -> None:
    path = tmp_path / "night [1].jsonl"
    left, living = (tmp_path / f".{path.name}.{n}.tmp" for n in ("0000dead", "0000beef"))
    left.touch()
    with living.open("wb") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        publish(path)
        assert names(tmp_path) == sorted([living.name, path.name])


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("folder", "it is a folder"),
        ("in the way/digests.jsonl", "/in the way is no folder"),
        ("in the way/deeper/digests.jsonl", "Not a directory"),
    ],
)
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, target: str, words: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "in the way").touch()
    with pytest.raises(OutputError, match="Cannot write") as caught:
        publish(tmp_path / target)
    assert words in str(caught.value)


def test_when_the_last_output_cannot_take_its_place_no_trace_stays(tmp_path: Path) -> None:
    path = tmp_path / "digests.jsonl"

    def overtaken() -> None:
        with Publication() as publication:
            with publication.stage(path) as stream:
                stream.write(b"tonight\n")
            path.mkdir()
            (path / "in the way").touch()

    with pytest.raises(OutputError, match="Cannot write"):
        overtaken()
    assert names(tmp_path) == ["digests.jsonl"]


FULL_DISK = """
import resource, sys
from pathlib import Path
from digest.errors import OutputError
from digest.outputs import Publication
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    with Publication() as publication:
        with publication.stage(Path(sys.argv[1]) / "rejects.jsonl") as stream:
            stream.write(b"small")
        with publication.stage(Path(sys.argv[1]) / sys.argv[2]) as stream:
            for seed in range(20_000):
                stream.write(b"%d " % (seed * 2654435761 % 2**32))
except OutputError as e:
    print(e)
"""


@pytest.mark.parametrize("name", ["digests.jsonl", "digests.jsonl.gz"])
def test_a_full_disk_leaves_everything_as_it_was(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"yesterday\n")
    called = [sys.executable, "-c", FULL_DISK, str(tmp_path), name]
    done = subprocess.run(called, capture_output=True, text=True, check=True, env=unmeasured.environment())
    assert "Cannot write" in done.stdout
    assert done.stderr == ""
    assert (tmp_path / name).read_bytes() == b"yesterday\n"
    assert names(tmp_path) == [name]


STORM = """
import sys, signal
from pathlib import Path
from digest.outputs import Publication
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
path = Path(sys.argv[1])
print("ready", flush=True)
while True:
    with Publication() as publication, publication.stage(path) as stream:
        for _ in range(200):
            stream.write(b"x" * 999 + b"\\n")
"""


@pytest.mark.parametrize("kill", ["terminate", "kill"])
def test_a_run_killed_at_any_instant_leaves_a_whole_output(tmp_path: Path, kill: str) -> None:
    path = tmp_path / "digests.jsonl"
    command = [sys.executable, "-c", STORM, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=unmeasured.environment()) as process:
        assert process.stdout
        process.stdout.readline()
        while not path.exists():
            pass
        getattr(process, kill)()
    assert len(path.read_bytes()) == 200_000
    publish(path)
    assert names(tmp_path) == ["digests.jsonl"]
