"""`jobs/nightly.sh`, run for real: the sample's three nights, and the nights that go wrong."""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import unmeasured
from sample_nights import DAYS, EXPECTED, write_nights

from digest.outputs import check_result
from digest.state import check_state, info, living_stories

JOBS = Path(__file__).parent.parent.parent / "jobs"
NIGHTLY = str(JOBS / "nightly.sh")
Home = tuple[Path, dict[str, str]]
ALARM = 'printf "%s %s\\n" "$NIGHTLY_STATUS" "$NIGHTLY_DAY" >>"$NIGHTLY_HOME/rang"; cat >>"$NIGHTLY_HOME/rang"'


def night(home: Path, day: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    """A night of the job at `home`."""
    environment = settings(home, day, **variables)
    return subprocess.run([NIGHTLY], env=environment, capture_output=True, text=True, check=False)


def start(home: Path, day: str, **variables: str) -> "subprocess.Popen[bytes]":
    """A night of the job, which goes on, in a process group of its own."""
    environment = unmeasured.environment(settings(home, day, **variables))
    return subprocess.Popen([NIGHTLY], env=environment, stderr=subprocess.DEVNULL, start_new_session=True)


def settings(home: Path, day: str, **variables: str) -> dict[str, str]:
    own = {
        "NIGHTLY_HOME": str(home),
        "NIGHTLY_DAY": day,
        "NIGHTLY_DIGEST": str(Path(sys.executable).with_name("digest")),
        "NIGHTLY_ALARM": ALARM,
    }
    return {**os.environ, **own, **variables}


def stories(edition: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (edition / "digests.jsonl").read_text("utf-8").splitlines()]


def editions(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "editions").iterdir())


@pytest.fixture(scope="module")
def three_nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home after the sample's three nights, two editions kept, and the locator of each article."""
    home = tmp_path_factory.mktemp("home")
    locators = write_nights(home / "inbox")
    (home / "inbox" / DAYS[1] / "empty.txt").touch()
    for day in DAYS:
        done = night(home, day, NIGHTLY_KEEP="2")
        assert done.returncode == 0, done.stderr
    yield home, locators
    shutil.rmtree(home)


@pytest.fixture
def home(three_nights: Home, tmp_path: Path) -> Path:
    """A copy of that home, to break."""
    return Path(shutil.copytree(three_nights[0], tmp_path / "home", symlinks=True))


def test_three_nights_leave_the_newest_editions_and_a_link_to_the_last(
    three_nights: Home,
) -> None:
    home, _ = three_nights
    assert editions(home) == list(DAYS[1:])
    assert (home / "latest").resolve() == (home / "editions" / DAYS[2]).resolve()
    for day in DAYS[1:]:
        edition = home / "editions" / day
        assert {path.name for path in edition.iterdir()} == {"digests.jsonl", "rejects.jsonl", "run-report.json"}
        assert check_result(edition / "digests.jsonl") == []
        report = json.loads((edition / "run-report.json").read_text("utf-8"))
        assert (report["run_id"], report["settings"]["now"]) == (day, day)
    assert not (home / "rang").exists()


def test_after_three_nights_no_article_is_lost_and_the_stories_are_the_samples(
    three_nights: Home,
) -> None:
    home, locators = three_nights
    assert check_state(home / "state.db") == []
    found = {frozenset(locators[m.id] for m in story.articles) for story in living_stories(home / "state.db")}
    expected = {frozenset(members) for members in EXPECTED["stories"].values()}
    assert frozenset().union(*found) == frozenset().union(*expected)
    assert len(found & expected) >= 0.8 * len(expected)


def test_a_story_that_goes_on_keeps_its_id_and_is_told_as_updated(three_nights: Home) -> None:
    home, locators = three_nights
    quake = set(EXPECTED["stories"]["quake-carvenia"])
    told = [
        next(s for s in stories(home / "editions" / day) if quake & {locators[a["id"]] for a in s["articles"]})
        for day in DAYS[1:]
    ]
    assert told[0]["story_id"] == told[1]["story_id"]
    assert [story["status"] for story in told] == ["updated", "updated"]


def test_the_metrics_and_the_copy_of_the_state_are_those_of_the_last_night(
    three_nights: Home,
) -> None:
    home, _ = three_nights
    assert "digest_last_run_exit_status 0\n" in (home / "metrics" / "digest.prom").read_text()
    assert check_state(home / "state.db.backup") == []
    assert (home / "state.db.backup").read_bytes() == (home / "state.db").read_bytes()
    assert check_state(home / "state.db.backup.before") == []
    assert [info(home / f"state.db.backup{end}").last_day for end in ("", ".before")] == [DAYS[2], DAYS[1]]


def test_a_consumer_takes_each_story_of_the_editions_once(three_nights: Home, tmp_path: Path) -> None:
    home, _ = three_nights
    results = [home / "editions" / day / "digests.jsonl" for day in DAYS[1:]]
    command = [sys.executable, str(JOBS / "consume.py"), "--seen", str(tmp_path / "seen.db"), *map(str, results)]
    taken, again = (subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(2))
    put = [json.loads(line)["story_id"] for line in taken.splitlines()]
    told = [[story["story_id"] for story in stories(result.parent)] for result in results]
    assert set(put) == set().union(*told)
    assert len(put) <= sum(map(len, told))
    assert again == ""


def test_a_night_that_is_run_again_is_an_edition_of_its_own(home: Path) -> None:
    before = (home / "editions" / DAYS[2] / "digests.jsonl").read_bytes()
    assert night(home, DAYS[2]).returncode == 0
    assert editions(home) == [*DAYS[1:], f"{DAYS[2]}.02"]
    assert (home / "editions" / DAYS[2] / "digests.jsonl").read_bytes() == before
    assert {story["status"] for story in stories(home / "latest")} == {"unchanged"}


def test_a_killed_night_is_finished_where_it_began_and_told_once(home: Path) -> None:
    shutil.rmtree(home / "inbox" / DAYS[2])
    (home / "inbox" / "2026-03-12").mkdir()
    article = {
        "id": "late",
        "title": "Beekeepers of Zabrin count forty new hives",
        "text": "Beekeepers in the orchards of Zabrin have set up forty new hives, their guild said on Thursday. "
        "The apple growers pay for half of them, because blossoms went without visitors last April.",
    }
    (home / "inbox" / "2026-03-12" / "a.jsonl").write_text(json.dumps(article) + "\n")
    killed = night(home, "2026-03-12", DIGEST_KILL_AT="committed")
    assert killed.returncode == 137
    assert (home / "latest").resolve().name == DAYS[2]
    assert (home / "rang").read_text().startswith("137 2026-03-12\n")
    assert night(home, "2026-03-12").returncode == 0
    assert editions(home) == [*DAYS[1:], "2026-03-12"]
    assert [(s["status"], [a["id"] for a in s["articles"]]) for s in stories(home / "latest")] == [("new", ["late"])]


@pytest.mark.parametrize(
    ("prepare", "variables", "status", "words"),
    [
        ("mkdir", {}, 4, "No article was found"),
        ("", {}, 2, "There is no"),
        ("", {"NIGHTLY_DAY": "today"}, 2, "a day as YYYY-MM-DD"),
        ("", {"NIGHTLY_KEEP": "0"}, 2, "a number from 1"),
        ("", {"NIGHTLY_CONFIG": "/no/nightly.toml"}, 2, "Cannot read the config file"),
        ("", {"NIGHTLY_DIGEST": "/no/digest"}, 2, "there is no program '/no/digest'"),
    ],
    ids=["empty inbox", "no inbox", "no day", "keeps nothing", "no config", "no program"],
)
def test_a_night_that_fails_rings_with_its_log_and_touches_nothing(
    home: Path, prepare: str, variables: dict[str, str], status: int, words: str
) -> None:
    if prepare:
        (home / "inbox" / "2026-03-12").mkdir()
    before = {path: path.read_bytes() for path in home.glob("editions/*/*")}
    failed = night(home, "2026-03-12", **variables)
    assert failed.returncode == status
    assert words in failed.stderr
    rang = (home / "rang").read_text()
    assert rang.startswith(f"{status} ")
    assert words in rang
    assert {path: path.read_bytes() for path in home.glob("editions/*/*")} == before
    assert (home / "latest").resolve().name == DAYS[2]


def test_a_home_that_cannot_be_written_is_named(home: Path) -> None:
    (home / "file").touch()
    failed = night(home / "file", DAYS[2], NIGHTLY_ALARM=f"cat >{home}/rang")
    assert failed.returncode == 1
    assert "cannot write in NIGHTLY_HOME" in (home / "rang").read_text()


def test_a_second_job_leaves_at_once_with_75(home: Path) -> None:
    with (home / "nightly.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        late = night(home, DAYS[2])
    assert late.returncode == 75
    assert "another nightly.sh is at work" in late.stderr
    assert "another nightly.sh is at work" in (home / "rang").read_text()
    assert editions(home) == list(DAYS[1:])


def test_a_job_that_is_stopped_stops_digest_and_rings(home: Path) -> None:
    inbox = home / "inbox" / "2026-03-12"
    inbox.mkdir()
    many = [
        {"id": str(n), "title": f"Report {n}", "text": f"Boat {n} has sailed with {n} crates."} for n in range(9000)
    ]
    (inbox / "a.jsonl").write_text("".join(json.dumps(article) + "\n" for article in many))
    with start(home, "2026-03-12") as job:
        held = home / "state.db.lock"
        before = held.read_text()
        while held.read_text() in (before, ""):  # until digest is at work
            assert job.poll() is None
            time.sleep(0.05)
        job.terminate()
        assert job.wait() == 143
    assert (home / "rang").read_text().startswith("143 2026-03-12\n")
    assert editions(home) == list(DAYS[1:])
    with held.open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # free: digest has ended, too
    assert check_state(home / "state.db") == []


def test_while_digest_is_at_work_the_job_cannot_run_again_though_its_script_was_killed(home: Path) -> None:
    digest = home / "digest"
    digest.write_text("#!/bin/sh\ntouch $NIGHTLY_HOME/begun; exec sleep 60\n")
    digest.chmod(0o755)
    (home / "inbox" / "2026-03-12").mkdir()
    with start(home, "2026-03-12", NIGHTLY_DIGEST=str(digest)) as job:
        while not (home / "begun").exists():
            time.sleep(0.05)
        job.kill()
        job.wait()
        late = night(home, "2026-03-12")
        os.killpg(job.pid, signal.SIGKILL)
    assert late.returncode == 75


def test_an_alarm_that_fails_does_not_hide_the_status(home: Path) -> None:
    failed = night(home, "2026-03-12", NIGHTLY_ALARM="exit 9")
    assert failed.returncode == 2
    assert "the alarm command failed; the status to tell was 2" in failed.stderr


def test_old_editions_go_by_their_number_and_a_days_later_edition_is_the_newer_one(home: Path) -> None:
    assert night(home, DAYS[2]).returncode == 0
    assert night(home, DAYS[2], NIGHTLY_KEEP="1").returncode == 0
    assert editions(home) == [f"{DAYS[2]}.03"]
