"""The same promises and the same bytes on a Ray cluster of several nodes."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import engine_work as work
import pytest
from engine_runs import TEXT, by_one, edition, lines, run, small_shards
from engine_work import Unreadable, UnreadableBytes, deadly
from model_builders import small_model
from sample_nights import DAYS, SAMPLE, write_nights

import digest
from digest import afar
from digest.articles import Raw
from digest.config import Config
from digest.engine.cluster import RayEngine
from digest.errors import EngineError, ModelError, UsageError
from digest.intake import take_in
from digest.records import Article, Origin, Reject

MANY = 12
pytestmark = pytest.mark.xdist_group("ray")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two nodes of one processor each, on this machine; this process is connected to them."""
    import ray
    from ray.cluster_utils import Cluster

    before = {name: os.environ.get(name) for name in ("PYTHONPATH", "RAY_USAGE_STATS_ENABLED")}
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))  # the nodes' workers import what tests do
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    made.add_node(num_cpus=1, num_gpus=1)  # a node that says so is enough to place actors
    ray.init(address=made.address, log_to_driver=False, logging_level=logging.ERROR)
    made.wait_for_nodes()
    yield made
    ray.shutdown()
    made.shutdown()  # type: ignore[no-untyped-call]
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


@pytest.fixture
def engine(cluster: Any) -> RayEngine:
    return RayEngine()


def test_results_come_in_the_order_of_the_shards(engine: RayEngine) -> None:
    assert engine.workers == 2
    assert list(engine.map(work.add, range(MANY), 1)) == list(range(1, MANY + 1))
    assert list(engine.map(work.add, [], 1)) == []


def test_a_task_that_raises_is_done_once_more_and_then_told(engine: RayEngine, tmp_path: Path) -> None:
    assert list(engine.map(work.fail_once, range(MANY), str(tmp_path / "noted"))) == list(range(MANY))
    found = list(engine.map(work.fail_at, range(MANY), 5, lambda shard, error: -shard))
    assert found == [-n if n == 5 else n for n in range(MANY)]
    with pytest.raises(ValueError, match="not 5") as raised:
        list(engine.map(work.fail_at, range(MANY), 5))
    assert "engine_work.py" in str(raised.value.__cause__)


def test_what_is_no_accident_is_raised_at_once(engine: RayEngine) -> None:
    with pytest.raises(ModelError, match="no such model"):
        list(engine.map(work.refuse_at, range(MANY), 5, lambda shard, error: -shard))


def test_a_worker_that_dies_costs_its_task_one_more_attempt(engine: RayEngine, tmp_path: Path) -> None:
    assert list(engine.map(work.die_once, range(MANY), str(tmp_path / "noted"))) == list(range(MANY))
    with pytest.raises(EngineError, match="lost twice"):
        list(engine.map(work.die_at, range(3), 2))


def test_actors_stay_from_map_to_map(engine: RayEngine) -> None:
    actors = engine.actors(on_gpus=False)
    first, second = (dict(actors.map(work.process_of, range(MANY), None)) for _ in range(2))
    assert first == second
    assert len(set(first.values())) == 2
    actors.close()


def test_a_transformer_works_in_actors_with_the_same_vectors(
    cluster: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    small_shards(monkeypatch)
    monkeypatch.setattr(afar, "_CHARACTERS", 300)
    model = str(small_model(tmp_path / "model"))
    articles = edition("The ferry across the river will run all night from Friday.")
    config = Config(model=model, device="cpu", workers=1)
    assert lines(digest.run(articles, replace(config, engine="ray"))) == lines(digest.run(articles, config))
    with pytest.raises(UsageError, match="vector-cache"):
        digest.run(articles, replace(config, engine="ray", vector_cache=str(tmp_path / "cache")))


def test_models_stand_on_the_gpus_of_the_cluster(engine: RayEngine) -> None:
    actors = engine.actors(on_gpus=True)
    assert len({process for _, process in actors.map(work.process_of, range(MANY), None)}) == 1
    actors.close()


def test_the_result_is_that_of_one_process_to_the_byte(cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    small_shards(monkeypatch)
    found = digest.run_sources([SAMPLE / "articles"], Config(engine="ray", include_text=True))
    assert lines(found) == by_one()


def test_nights_with_a_state_are_those_of_one_process(
    cluster: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    small_shards(monkeypatch)
    write_nights(tmp_path / "inbox")
    found = {}
    for engine in ("ray", "local"):
        state = str(tmp_path / f"{engine}.db")
        found[engine] = [
            line
            for day in DAYS[:2]
            for line in lines(
                digest.run_sources([tmp_path / "inbox" / day], Config(state=state, now=day, workers=1, engine=engine))
            )
        ]
    assert found["ray"] == found["local"]


def test_pages_are_read_on_the_cluster(cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    small_shards(monkeypatch)
    places = [Raw(Origin(f"{n}.txt"), ".txt", f"Report {n}. {TEXT}".encode(), 100) for n in range(4)]
    places.insert(2, Raw(Origin("bad.txt"), ".txt", UnreadableBytes(b"The old bridge"), 100))
    found = list(take_in(places, RayEngine()))
    assert [type(item) for item in found] == [Article, Article, Reject, Article, Article]
    assert found[2] == Reject("bad.txt", None, None, "failed", "It could not be read (ValueError: no text).")


def test_an_article_that_cannot_be_split_is_rejected_by_name(cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    small_shards(monkeypatch)
    result = run(edition(Unreadable("The old bridge was closed.")), Config(engine="ray"))
    assert [(r.id, r.reason) for r in result.rejects] == [("bad", "failed")]
    assert "no text" in result.rejects[0].message


def test_a_worker_killed_in_mid_run_costs_nothing(
    cluster: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    small_shards(monkeypatch)
    text = "The ferry across the river will run all night from Friday, and a second boat has been hired."
    whole = run(edition(text), Config(workers=1))
    found = run(edition(deadly(text, str(tmp_path / "noted"))), Config(engine="ray"))
    assert (tmp_path / "noted").exists()
    assert lines(found) == lines(whole)


def test_a_node_that_goes_away_costs_nothing(engine: RayEngine, cluster: Any) -> None:
    node = cluster.add_node(num_cpus=2)
    cluster.wait_for_nodes()
    results = RayEngine().map(work.rest, range(MANY), 0.2)
    found = [next(results), next(results)]
    cluster.remove_node(node)
    assert [*found, *results] == list(range(MANY))


def test_the_command_joins_the_cluster_that_the_environment_names(cluster: Any, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    command = [sys.executable, "-m", "digest", "run", str(SAMPLE / "articles"), "--engine", "ray", "-q"]
    options = ["--include-text", "--output", str(output)]
    subprocess.run([*command, *options], check=True, env={**os.environ, "RAY_ADDRESS": cluster.address})
    found = output.read_bytes().splitlines()
    assert found == by_one()[: len(found)]
    assert len(found) > 20
