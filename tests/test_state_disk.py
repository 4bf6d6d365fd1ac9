"""A small real disk that fills: nothing is lost, and when there is room again the night is told."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from state_builders import BANK, NIGHTS, by_article, contents, run, state, write_night

from digest.cli import main
from digest.state import check_state

MANY = [{**BANK, "id": f"n{n}", "title": f"Report {n}", "text": f"{BANK['text']} Number {n}." * 9} for n in range(60)]


def mount(disk: Path, *options: str) -> bool:
    """Whether a file system in memory could be mounted, or changed."""
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", *options, "tmpfs", str(disk)], capture_output=True, check=False
    )
    return done.returncode == 0


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A folder that is a disk of 400 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() or not mount(folder, "size=400k"):
        pytest.skip("a file system can be mounted by the superuser alone, and not in every container")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(disk: Path, room: int) -> Path:
    """A file that leaves so many bytes free."""
    path = disk / "other"
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_bsize
    path.write_bytes(b"\0" * (free - room))
    return path


def fails(source: Path, output: Path, database: Path, say: Callable[[], str]) -> None:
    """A run that fails for want of room, and leaves the output and the state as they were."""
    before, rows = output.read_bytes(), contents(copied(database, source.parent))
    assert main(["run", str(source), "-q", "-o", str(output), "--state", str(database)]) == 1
    message = say()
    assert "Make room" in message, message
    assert output.read_bytes() == before
    assert contents(copied(database, source.parent)) == rows
    assert check_state(copied(database, source.parent)) == []


def copied(database: Path, folder: Path) -> Path:
    """A copy of a state where there is room: SQLite needs some to read one."""
    copy = folder / "copy.db"
    for end in ("", "-wal"):
        path, to = (Path(f"{one}{end}") for one in (database, copy))
        to.unlink(missing_ok=True)
        if path.exists():
            shutil.copy(path, to)
    return copy


@pytest.mark.parametrize("room", [0, 4_096, 40_960, 122_880])
def test_a_state_on_a_full_disk_stays_as_it_was(
    disk: Path, tmp_path: Path, room: int, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "out.jsonl"
    night = write_night(tmp_path, NIGHTS[0])
    assert main(["run", str(night), "-q", "-o", str(output), "--state", str(state(disk))]) == 0
    other = fill(disk, room)
    source = write_night(tmp_path, MANY, "many.jsonl")
    fails(source, output, state(disk), lambda: capsys.readouterr().err)
    other.unlink()
    assert mount(disk, "remount,size=8m")
    assert main(["run", str(source), "-q", "-o", str(output), "--state", str(state(disk))]) == 0
    assert check_state(state(disk)) == []


def test_an_output_on_a_full_disk_leaves_the_state_and_the_output_of_last_night(
    disk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = disk / "out.jsonl"
    night = write_night(tmp_path, NIGHTS[0])
    assert main(["run", str(night), "-q", "-o", str(output), "--state", str(state(tmp_path))]) == 0
    other = fill(disk, 4_096)
    source = write_night(tmp_path, MANY, "many.jsonl")
    fails(source, output, state(tmp_path), lambda: capsys.readouterr().err)
    assert not list(disk.glob(".*.tmp"))
    other.unlink()
    told = by_article(run(tmp_path, MANY))
    assert {record["id"] for record in MANY} <= set(told)
