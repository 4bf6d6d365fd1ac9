"""Options of `digest run` made from the fields of Config, so that a knob is described once."""

import dataclasses
from collections.abc import Callable
from typing import Any

import click

from digest.config import Config, type_of

Command = Callable[..., Any]


def config_options(command: Command) -> Command:
    """Adds an option for each field of Config.  One that is not given is None (or empty), so that Config decides."""
    for knob in reversed(dataclasses.fields(Config)):
        command = _option(knob)(command)
    return command


def _option(knob: "dataclasses.Field[Any]") -> Callable[[Command], Command]:
    kind = type_of(knob)
    name = f"--{knob.name.replace('_', '-')}"
    about = _about(knob)
    if kind is bool:
        return click.option(f"{name}/--no-{name[2:]}", default=None, help=about)
    if kind is tuple:
        return click.option(name, multiple=True, metavar="NAME", help=about)
    choices = knob.metadata.get("choices")
    # Config itself refuses a wrong choice: unlike click, it names the closest right one.
    metavar = f"[{'|'.join(choices)}]" if choices else {int: "N", float: "X", str: "TEXT"}[kind]
    return click.option(name, type=kind, metavar=metavar, default=None, help=about)


def _about(knob: "dataclasses.Field[Any]") -> str:
    about = str(knob.metadata["help"])
    # False, None and () say nothing that the help does not.
    return about if not knob.default and knob.default != 0 else f"{about}  [default: {knob.default}]"
