"""What every engine promises, whoever does the work."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import engine_work as work
import pytest

from digest.engine import Engine, LocalEngine, SerialEngine
from digest.errors import EngineError, ModelError

KEEPERS = ("serial", "forked", "fresh")
MANY = 40


def make(keeper: str) -> Engine:
    if keeper == "serial":
        return SerialEngine()
    return LocalEngine(2, forks=keeper == "forked")


@pytest.fixture(params=KEEPERS)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    made = make(request.param)
    yield made
    made.close()


@pytest.fixture(params=KEEPERS[1:])
def crew(request: pytest.FixtureRequest) -> Engine:
    return make(request.param)


def test_results_come_in_the_order_of_the_shards(engine: Engine) -> None:
    assert list(engine.map(work.add, range(MANY), 1)) == list(range(1, MANY + 1))


def test_the_garbage_collector_is_as_it_was_when_a_stage_ends(crew: Engine) -> None:
    before = gc.get_freeze_count()
    assert next(iter(crew.map(work.add, range(MANY), 1))) == 1
    for _ in crew.map(work.add, range(MANY), 1):
        break
    gc.collect()
    assert gc.get_freeze_count() == before


def test_no_shard_is_no_result(engine: Engine) -> None:
    assert list(engine.map(work.add, [], 1)) == []


def test_results_larger_than_any_pipe_come_whole(engine: Engine) -> None:
    sizes = [500_000, 1, 2_000_000] * 5
    assert [len(found) for found in engine.map(work.repeat, sizes, "x")] == sizes


def test_a_long_stream_of_shards_is_taken_bit_by_bit(engine: Engine) -> None:
    taken = 0

    def stream() -> Iterator[int]:
        nonlocal taken
        for n in range(1000):
            taken += 1
            yield n

    for told, _ in enumerate(engine.map(work.add, stream(), 0)):
        assert taken - told <= 8 * engine.workers + 1


def test_a_task_that_raises_is_done_once_more(engine: Engine, tmp_path: Path) -> None:
    assert list(engine.map(work.fail_once, range(MANY), str(tmp_path / "noted"))) == list(range(MANY))


def test_what_raises_twice_is_raised(engine: Engine) -> None:
    with pytest.raises(ValueError, match="not 5"):
        list(engine.map(work.fail_at, range(MANY), 5))


def test_what_fails_twice_may_have_something_in_its_place(engine: Engine) -> None:
    found = list(engine.map(work.fail_at, range(MANY), 5, lambda shard, error: -shard))
    assert found == [-n if n == 5 else n for n in range(MANY)]


def test_what_is_no_accident_is_raised_at_once(engine: Engine) -> None:
    with pytest.raises(ModelError, match="no such model"):
        list(engine.map(work.refuse_at, range(MANY), 5, lambda shard, error: -shard))


def test_a_worker_that_dies_costs_its_task_one_more_attempt(crew: Engine, tmp_path: Path) -> None:
    assert list(crew.map(work.die_once, range(MANY), str(tmp_path / "noted"))) == list(range(MANY))


def test_a_task_that_kills_two_workers_fails(crew: Engine) -> None:
    with pytest.raises(EngineError, match="died twice"):
        list(crew.map(work.die_at, range(MANY), 5))
    found = list(crew.map(work.die_at, range(MANY), 5, lambda shard, error: -shard))
    assert found == [-n if n == 5 else n for n in range(MANY)]


def test_an_error_that_cannot_be_sent_is_told_in_words(crew: Engine) -> None:
    with pytest.raises(EngineError, match="LocalError: strange"):
        list(crew.map(work.raise_strange, range(MANY), None))


def test_the_place_of_an_error_is_told(crew: Engine) -> None:
    with pytest.raises(ValueError, match="not 5") as raised:
        list(crew.map(work.fail_at, range(MANY), 5))
    assert "engine_work.py" in str(raised.value.__cause__)


def test_the_work_is_done_by_several_processes_which_end_with_it(crew: Engine) -> None:
    processes = {process for _, process in crew.map(work.process_of, range(MANY), None)}
    assert os.getpid() not in processes
    assert processes
    for process in processes:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_workers_end_when_their_results_are_no_longer_wanted(crew: Engine) -> None:
    results = crew.map(work.process_of, range(1000), None)
    _, process = next(results)
    results.close()  # type: ignore[attr-defined]
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_a_small_stage_needs_no_worker(crew: Engine) -> None:
    assert list(crew.map(work.process_of, [1], None)) == [(1, os.getpid())]
