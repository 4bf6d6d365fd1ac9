"""Vectors kept from run to run: never wrong ones, whatever happens to the file."""

import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from digest.embeddings.cache import VectorCache
from digest.errors import OutputError, UsageError

TEXTS = [f"The ferry left pier {n} at noon." for n in range(40)]
VECTORS = np.random.default_rng(0).normal(size=(40, 8)).astype(np.float16)


def filled(path: Path, model: str = "m") -> VectorCache:
    cache = VectorCache(path, model, 8)
    cache.put(TEXTS, VECTORS)
    return cache


def test_what_was_kept_is_found_again_by_the_next_run(tmp_path: Path) -> None:
    filled(tmp_path / "c.db")
    found = VectorCache(tmp_path / "c.db", "m", 8).get([*TEXTS, "never seen"])
    assert found.keys() == set(TEXTS)
    assert np.array_equal(np.stack([found[t] for t in TEXTS]), VECTORS)


def test_another_model_or_another_setting_finds_nothing(tmp_path: Path) -> None:
    filled(tmp_path / "c.db", "one model")
    assert VectorCache(tmp_path / "c.db", "another", 8).get(TEXTS) == {}
    assert VectorCache(tmp_path / "c.db", "one model", 16).get(TEXTS) == {}


def test_a_changed_byte_costs_one_vector_and_gives_no_wrong_one(tmp_path: Path) -> None:
    filled(tmp_path / "c.db")
    content = bytearray((tmp_path / "c.db").read_bytes())
    at = content.index(VECTORS[7].tobytes())
    content[at] ^= 1
    (tmp_path / "c.db").write_bytes(content)
    found = VectorCache(tmp_path / "c.db", "m", 8).get(TEXTS)
    assert found.keys() == set(TEXTS) - {TEXTS[7]}


@pytest.mark.parametrize("damage", [slice(0, 100), slice(100, None), slice(4096, None)], ids=str)
def test_a_damaged_file_is_told_and_the_run_goes_on_without_it(
    tmp_path: Path, damage: slice, caplog: pytest.LogCaptureFixture
) -> None:
    filled(tmp_path / "c.db")
    content = bytearray((tmp_path / "c.db").read_bytes())
    content[damage] = b"\xa5" * len(content[damage])
    (tmp_path / "c.db").write_bytes(content)
    cache = VectorCache(tmp_path / "c.db", "m", 8)
    assert cache.get(TEXTS) == {}
    cache.put(TEXTS, VECTORS)
    assert cache.get(TEXTS) == {}
    assert caplog.messages[0].startswith(f"The vector cache {tmp_path / 'c.db'} cannot be used")
    assert "goes on without it" in caplog.messages[0]
    assert len(caplog.messages) == 1


def test_a_file_that_may_not_be_written_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    filled(tmp_path / "c.db")
    file = sqlite3.connect(tmp_path / "c.db")
    file.execute("DROP TABLE vectors")
    file.execute("CREATE VIEW vectors AS SELECT 1")
    file.commit()
    file.close()
    cache = VectorCache(tmp_path / "c.db", "m", 8)
    cache.put(TEXTS, VECTORS)
    assert "Is it writable?" in caplog.text


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    file = sqlite3.connect(tmp_path / "other.db")
    file.execute("CREATE TABLE theirs (x)")
    file.commit()
    file.close()
    before = (tmp_path / "other.db").read_bytes()
    with pytest.raises(UsageError, match="the database of another program"):
        VectorCache(tmp_path / "other.db", "m", 8)
    assert (tmp_path / "other.db").read_bytes() == before


def test_a_place_that_cannot_be_written_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="Cannot write the vector cache"):
        VectorCache(tmp_path / "no" / "folder" / "c.db", "m", 8)


def test_the_file_is_bounded_and_what_was_used_last_stays(tmp_path: Path) -> None:
    path, size = tmp_path / "c.db", 200
    vectors = np.ones((500, size), np.float16)

    def next_run() -> VectorCache:
        return VectorCache(path, "m", size, most_bytes=300_000)

    old = [f"old {n}" for n in range(500)]
    next_run().put(old, vectors)
    used = sorted(next_run().get(old))[:50]
    for part in range(20):
        run = next_run()
        assert run.get(used).keys() == set(used)
        run.put([f"new {part} {n}" for n in range(50)], vectors[:50])
    assert path.stat().st_size < 500_000


def write_and_read(path: Path, name: str) -> None:
    for part in range(20):
        texts = [f"{name if n % 2 else 'shared'} {part} {n}" for n in range(30)]
        cache = VectorCache(path, "m", 8)
        cache.put(texts, np.full((30, 8), part, np.float16))
        found = cache.get(texts)
        if len(found) != 30 or any((v != part).any() for v in found.values()):
            os.kill(os.getpid(), signal.SIGABRT)


def test_several_processes_share_one_file(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=write_and_read, args=(tmp_path / "c.db", name)) for name in "abc"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    found = VectorCache(tmp_path / "c.db", "m", 8).get([f"b {part} 1" for part in range(20)])
    assert [float(found[f"b {part} 1"][0]) for part in range(20)] == list(range(20))


def test_a_process_killed_while_it_writes_leaves_whole_vectors(tmp_path: Path) -> None:
    code = (
        "import sys, numpy as np; from pathlib import Path; from digest.embeddings.cache import VectorCache\n"
        "cache = VectorCache(Path(sys.argv[1]), 'm', 8)\n"
        "for n in range(10**6):\n"
        "    cache.put([f'text {n}'], np.full((1, 8), n % 100, np.float16)); print(n, flush=True)\n"
    )
    for kill_after in (1, 7, 30):
        with subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "c.db")], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            for _ in range(kill_after):
                process.stdout.readline()
            process.kill()
        found = VectorCache(tmp_path / "c.db", "m", 8).get([f"text {n}" for n in range(200)])
        assert len(found) >= kill_after
        assert all((vector == int(text.split()[1]) % 100).all() for text, vector in found.items())
