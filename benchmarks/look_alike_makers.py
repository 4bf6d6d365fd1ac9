"""Articles that share much text and are no copies: filled templates, real articles with other names or other facts."""

import datetime
import json
import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from copy_makers import paragraphs

_POOLS = {
    "city": "Ostby Halmar Vikdal Torrevik Lindona Kesselbrook Marwick Dunholm Portavel Greystone Albury Norcaster",
    "person": "Anders_Holt Mira_Castell Jonas_Wexley Petra_Almgren Tomas_Okafor Lena_Brandt Samir_Dahl Ruth_Kessler "
    "Oskar_Nyland Carla_Mendes Ivo_Tarn Greta_Lindqvist Paul_Achterberg Nadia_Farouk Emil_Sorensen Alice_Thornbury",
    "company": "Kranmek Solvanta Bergholt_Foods Tidemark Orvelle Nordlys_Energy Halcyon_Stores Quarrix Pellworth",
    "team": "Fjordby Sandvik Rovers_Hald Union_Kesten Athletic_Moor Wanderers_Dun Olympia_Vel Racing_Torr City_Lark",
    "state": "Ohio Iowa Idaho Utah Texas Nevada Kansas Oregon Georgia Alabama Maine Vermont Montana Indiana",
    "street": "Mill_Lane Harbour_Street Station_Road Park_Avenue Church_Street Elm_Drive Bridge_Street Castle_Hill",
    "day": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "month": "January March April June July September October December",
    "ordinal": "first second third fourth",
    "sky": "sunny cloudy overcast clear partly_cloudy rainy mostly_sunny hazy",
    "wind": "west north south east north-west south-east",
    "updown": "higher lower",
    "ampm": "morning afternoon evening noon",
}
_NEW = (
    "Hopes of finding more people alive were fading as the cold set in, said an officer who led the search.",
    "A child was pulled out alive in the early hours, to the applause of those who had waited behind the tape.",
    "Two people were arrested in the afternoon, a spokesman for the police said, without giving their names.",
    "The president will visit the place tomorrow, her office said, and parliament will observe a minute of silence.",
    "Specialists from three neighbouring countries arrived at the airport with dogs and listening devices.",
)
_LEADS = (
    "{day} brought a turn: {person} said that {n} people had now been questioned and that {m} of them were being held.",
    "The number of those affected rose to {n}, officials said on {day}, {m} more than had been thought before.",
    "{person}, who had long been silent, stepped down on {day} after {n} members had called for a new start.",
    "A court in {city} on {day} stopped the plan for {n} days, after {m} organisations had asked it to step in.",
)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_SLOT = re.compile(r"\{(\w+)(?::([\d-]+))?\}")
_NAME = re.compile(r"(?<![.!?“\"] )(?<!^)\b[A-Z][a-z]{3,}\b")


def pick(pool: str, chance: random.Random) -> str:
    return chance.choice(_POOLS[pool].split()).replace("_", " ")


def read_templates(half: str) -> list[dict[str, object]]:
    lines = (Path(__file__).parent / "look_alikes.jsonl").read_text("utf-8").splitlines()
    return [t for t in map(json.loads, lines) if t["half"] == half]


def fill(template: Mapping[str, object], count: int, chance: random.Random) -> list[tuple[str, str]]:
    """Titles and texts of so many fillings; the slots named under "same" have one value in all of them."""
    title, text, same = str(template["title"]), str(template["text"]), template["same"]
    shared: dict[str, str] = {}
    out = []
    for number in range(count):
        values = {"new1": _NEW[number % len(_NEW)], **shared}
        for slot, limits in _SLOT.findall(title + text):
            values.setdefault(slot, _value(slot, limits, values, chance))
        shared = {slot: value for slot, value in values.items() if isinstance(same, list) and slot in same}
        out.append((_put(values, title), _put(values, text)))
    return out


def _put(values: Mapping[str, str], text: str) -> str:
    return _SLOT.sub(lambda m: values[m[1]], text)


def _value(slot: str, limits: str, taken: Mapping[str, str], chance: random.Random) -> str:
    if slot in taken:
        return taken[slot]
    if limits:
        low, high = map(int, limits.split("-"))
        return str(chance.randint(low, high))
    pool = _POOLS[slot.rstrip("0123456789")].split()
    free = [v for v in pool if v.replace("_", " ") not in taken.values()]
    return chance.choice(free or pool).replace("_", " ")


def refilled(title: str, text: str, chance: random.Random) -> tuple[str, str]:
    """A real article taken for a template: its six most frequent names and all figures are others."""
    names = [n for n, _ in Counter(_NAME.findall(text)).most_common(6)]
    pool = [w for p in ("city", "company", "team") for w in _POOLS[p].split() if "_" not in w]
    others = dict(zip(names, chance.sample(pool, len(names)), strict=True))

    def other(part: str) -> str:
        part = re.sub(r"\b[A-Z][a-z]{3,}\b", lambda m: others.get(m[0], m[0]), part)
        return _FIGURE.sub(lambda m: _other_figure(m[0], chance), part)

    return other(title), other(text)


def _other_figure(figure: str, chance: random.Random) -> str:
    return "".join(str((int(c) + chance.randint(1, 8)) % 10 or 1) if c.isdigit() else c for c in figure)


def updated(title: str, text: str, chance: random.Random) -> tuple[str, str]:
    """The same story a day later: new facts for the first quarter, two in five figures others, some of the end cut."""
    parts = paragraphs(text)
    fresh = [
        t.format(day=pick("day", chance), person=pick("person", chance), city=pick("city", chance), n=n, m=n // 3)
        for t, n in zip(chance.sample(_LEADS, 3), chance.sample(range(12, 900), 3), strict=True)
    ]
    drop = len(parts) // 4
    kept = [
        _FIGURE.sub(lambda m: _other_figure(m[0], chance) if chance.random() < 0.4 else m[0], p) for p in parts[drop:]
    ]
    if len(kept) > 5:
        kept = kept[: -len(kept) // 6]
    return f"{title}: {fresh[0].split(',')[0]}", "\n\n".join([*fresh, *kept])


def borrowing(text: str, other: str, chance: random.Random) -> str:
    """Another article with one paragraph of this one in it (a round-up, a shared background, a quotation)."""
    parts, borrowed = paragraphs(other), max(paragraphs(text)[:6], key=len)
    at = chance.randint(1, len(parts))
    return "\n\n".join([*parts[:at], borrowed, *parts[at:]])


def live_blog(sources: Sequence[str], chance: random.Random) -> tuple[str, str]:
    """One page at two hours: the later one has new entries on top and has lost the oldest."""
    hours = iter(range(22, 0, -1))
    entries = [f"{next(hours)}:{chance.randint(10, 59)}\n{max(paragraphs(s)[:4], key=len)}" for s in sources]
    shift = len(entries) // 3
    return "\n\n".join(entries[shift:]), "\n\n".join(entries[:-shift])


def days_later(published: str | None, days: int) -> str | None:
    if not published:
        return None
    return (datetime.date.fromisoformat(published[:10]) + datetime.timedelta(days=days)).isoformat()
