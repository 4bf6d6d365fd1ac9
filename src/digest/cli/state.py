"""`digest state`: looking after the file that remembers."""

import os
from pathlib import Path
from typing import Any

import click

from digest.cli.options import json_option, verbose_option

STATE = click.Path(path_type=Path)


@click.group()
def state() -> None:
    """Look after the state: what lives, its size, taking an article out for good."""


def _existing(_context: click.Context, _parameter: click.Parameter, path: Path) -> Path:
    if not os.path.exists(path):  # noqa: PTH110 - Path.exists fails where a folder may not be looked into
        from digest.outputs import no_such_file

        raise no_such_file(path)
    return path


state_argument = click.argument("path", type=STATE, metavar="STATE", callback=_existing)


@state.command()
@state_argument
@json_option
@verbose_option
def info(path: Path, as_json: bool) -> int:
    """Tell what a state holds, and whether it is sound.

    Exit status 1 when it is not.
    """
    from dataclasses import asdict

    from digest.outputs import to_json
    from digest.state import check_state
    from digest.state import info as read

    found, faults = asdict(read(path)), check_state(path)
    if as_json:
        click.echo(to_json({**found, "faults": faults}, indent=True))
    else:
        click.echo("\n".join(_described(path, found, faults)))
    return 1 if faults else 0


def _described(path: Path, found: dict[str, Any], faults: list[str]) -> list[str]:
    days = f", first seen from {found['first_day']}" if found["first_day"] else ""
    last = f", the last on {found['last_day']}" if found["last_day"] else ""
    lines = [
        f"{path}: format {found['format']}, {found['bytes'] / 1e6:.1f} MB, {found['runs']} runs{last}",
        f"{found['articles']} articles in {found['stories']} stories{days}",
        f"{found['told']} sentences told; {found['expired']} articles expired, {found['forgotten']} forgotten",
    ]
    if found["waiting"]:
        lines.append(f"{found['waiting']} files of an interrupted run wait: the next run publishes them.")
    return [*lines, *(f"Fault: {fault}" for fault in faults), *([] if faults else ["It is sound."])]


@state.command()
@state_argument
@verbose_option
def stories(path: Path) -> None:
    """List the living stories: id, articles, days, headline."""
    from digest.outputs import printable
    from digest.state import living_stories

    for story in living_stories(path):
        days = f"{(story.first_published or '-')[:10]} {(story.last_published or '-')[:10]}"
        click.echo(f"{story.story_id}  {story.article_count:4}  {days}  {printable(story.headline)}")


@state.command()
@state_argument
@verbose_option
def export(path: Path) -> None:
    """Print the living stories as they were last digested, as JSON Lines."""
    from digest.cli.destinations import standard_output
    from digest.outputs import story_record, write_jsonl
    from digest.state import living_stories

    with standard_output() as stream:
        write_jsonl(stream, map(story_record, living_stories(path)))


@state.command()
@state_argument
@verbose_option
def vacuum(path: Path) -> None:
    """Check a state, bring it up to this version's format, and give back unused room."""
    from digest.state import vacuum as shrink

    before, after = shrink(path)
    click.echo(f"{path} is sound: {before / 1e6:.1f} MB before, {after / 1e6:.1f} MB now.")


@state.command()
@state_argument
@click.argument("articles", metavar="ID...", nargs=-1, required=True)
@verbose_option
def forget(path: Path, articles: tuple[str, ...]) -> None:
    """Take articles out for good.

    They leave every table and the file, and are refused when they come again.  The next run digests the stories that
    held them anew.
    """
    from digest.state import forget as take_out

    held, copies = take_out(path, articles)
    told = f"The next run digests {', '.join(held)} without them." if held else "No living story held them."
    click.echo(f"{len(articles)} forgotten. {told}")
    if copies:
        click.echo(f"Copies that say the same stay: {', '.join(copies)}. Forget them, too, if what they say must go.")
