"""Three nights of a small paper, and how to run them with a state."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from digest.cli import main

Record = Mapping[str, Any]

BRIDGE = {
    "id": "bridge",
    "title": "Crack closes the old bridge at Lesna",
    "source": "herald.example",
    "published": "2026-03-09T09:00:00Z",
    "text": (
        "The old bridge over the Lesna was closed on Monday after engineers found a crack in its second arch. "
        "The council of Lesna said that repairs to the bridge would take six weeks and cost 2.4 million crowns. "
        "Until then a ferry will carry people across the river from six in the morning to ten at night. "
        "Shopkeepers near the bridge fear that customers from the far bank will stay away for the spring."
    ),
}
BRIDGE_COPY = {**BRIDGE, "id": "bridge-copy", "source": "mirror.example", "title": "Lesna bridge closed after crack"}
BRIDGE_REPORT = {
    "id": "bridge-report",
    "title": "Engineers close cracked Lesna bridge, ferry to run",
    "source": "courier.example",
    "published": "2026-03-09T17:00:00Z",
    "text": (
        "A crack in the second arch has closed the old bridge over the Lesna, engineers of the council said on Monday. "
        "A ferry takes people across the river until the bridge is repaired, which will cost 2.4 million crowns. "
        "Drivers must go round by the motorway, which adds twenty minutes to the way into Lesna."
    ),
}
BANK = {
    "id": "bank",
    "title": "Central bank holds its rate at 3.5 per cent",
    "source": "herald.example",
    "published": "2026-03-09T12:00:00Z",
    "text": (
        "The central bank left its main rate at 3.5 per cent on Monday, as most economists had expected. "
        "Its governor said that prices would rise more slowly in the second half of the year. "
        "The crown gained a little against the euro after the decision of the bank."
    ),
}
BRIDGE_LATER = {
    "id": "bridge-later",
    "title": "Second crack found in the old bridge at Lesna, repairs to take twelve weeks",
    "source": "herald.example",
    "published": "2026-03-10T09:00:00Z",
    "text": (
        "Engineers have found a second crack in the old bridge over the Lesna, the council of Lesna said on Tuesday. "
        "Repairs to the bridge will now take 12 weeks and cost 5.1 million crowns, twice as much as it had said. "
        "The ferry across the river will run all night from Friday, and a second boat has been hired for the morning."
    ),
}
PRIZE = {
    "id": "prize",
    "title": "Bus driver wins the Larkspur book prize",
    "source": "courier.example",
    "published": "2026-03-10T20:00:00Z",
    "text": (
        "A bus driver from Halven has won the Larkspur prize for her first novel, the judges said on Tuesday evening. "
        "Her book tells of a night on the last bus of the year, and of those who have nowhere to get off. "
        "The prize brings 40,000 crowns and a year without driving, she told the guests at the library."
    ),
}
FLOOD = {
    "id": "flood",
    "title": "Wend floods two villages after a week of rain",
    "source": "mirror.example",
    "published": "2026-03-11T06:00:00Z",
    "text": (
        "The Wend rose over its dykes on Wednesday and flooded two villages after a week of rain in the hills. "
        "Firemen brought 140 people to a school in Wendbridge, where they will sleep until the water falls. "
        "More rain is expected before the weekend, the weather office warned the farmers of the plain."
    ),
}
NIGHTS: Sequence[Sequence[Record]] = (
    (BRIDGE, BRIDGE_COPY, BRIDGE_REPORT, BANK),
    (BRIDGE_LATER, PRIZE),
    (FLOOD, BANK),
)


def write_night(folder: Path, records: Sequence[Record], name: str = "night.jsonl") -> Path:
    """A file of these records."""
    path = folder / name
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return path


def run(folder: Path, records: Sequence[Record], *options: str, output: str = "out.jsonl") -> list[dict[str, Any]]:
    """The result of `digest run` over these records with the folder's state; fails unless the command ends well."""
    night = write_night(folder, records)
    assert main(["run", str(night), "-q", "-o", str(folder / output), "--state", str(state(folder)), *options]) == 0
    return read(folder / output)


def state(folder: Path) -> Path:
    return folder / "state.db"


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def by_article(result: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """The story of each article."""
    return {article["id"]: dict(story) for story in result for article in story["articles"]}


def process(
    folder: Path, night: Path, output: str, prepare: Callable[[], object] | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    """`digest run` as a process of its own.  prepare: what that process does first."""
    arguments = ["run", str(night), "-o", str(folder / output), "--state", str(state(folder))]
    return subprocess.run(
        [sys.executable, "-m", "digest", *arguments],
        capture_output=True, text=True, check=False, env={**os.environ, **variables}, preexec_fn=prepare,
    )  # fmt: skip


def contents(path: Path) -> dict[str, list[Any]]:
    """All rows of all tables of a state, sorted."""
    with sqlite3.connect(path) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {table: sorted(database.execute(f"SELECT * FROM {table}"), key=repr) for table in tables}
    database.close()
    return found
