"""Options that several commands have, and the settings, made from the fields of Job and Config."""

import dataclasses
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from digest.config import CONFIG_VARIABLE, Config, Job, type_of
from digest.errors import UsageError

Command = Callable[..., Any]
STDIN = "-"


def _set_verbose(context: click.Context, _: click.Parameter, value: bool) -> bool:
    context.obj.verbose = value
    return value


verbose_option = click.option(
    "-v",
    "--verbose",
    is_flag=True,
    expose_value=False,
    callback=_set_verbose,
    help="Tell more; show a fault's traceback.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="For programs: one JSON object.")


class _Result(click.Path):
    """A result's path.  What - gives, standard input, lies in a file while the command runs: some read it twice."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value != STDIN or ctx is None:
            return super().convert(value, param, ctx)
        if sys.stdin is None:
            raise UsageError("Standard input is closed, so - has nothing to read. Name a file.")
        path = Path(ctx.with_resource(TemporaryDirectory(prefix="digest-")), "standard-input")
        with path.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
        return path


result_argument = click.argument("result", type=_Result(path_type=Path))

config_file_option = click.option(
    "--config",
    "config_file",
    metavar="PATH",
    type=click.Path(path_type=Path),
    envvar=CONFIG_VARIABLE,
    help="A TOML file with any of the settings below.",
)


def setting_options(*names: str) -> Callable[[Command], Command]:
    """Adds an option for each of these settings, by default for every one but tables, which only a file can hold.

    One that is not given is None (or empty), so that Job and Config decide.
    """

    def add(command: Command) -> Command:
        for knob in reversed((*dataclasses.fields(Job), *dataclasses.fields(Config))):
            if type_of(knob) is not dict and (not names or knob.name in names):
                command = _option(knob)(command)
        return command

    return add


def idle_options(given: Mapping[str, Any], config: Config) -> Iterator[str]:
    """A warning for each option of the command line that is about a state where there is none: somebody may have
    forgotten it, and take the stories for remembered.  In a file or a variable, which jobs without a state may share,
    such a setting only waits for one."""
    if config.state is not None:
        return
    for knob in dataclasses.fields(Config):
        value = given.get(knob.name)
        if knob.metadata.get("of_state") and value is not None and value is not False:  # 0 equals False
            option = f"--{knob.name.replace('_', '-')}"
            yield f"{option} does nothing without a state. Name its file with --state, or leave out {option}."


def _option(knob: "dataclasses.Field[Any]") -> Callable[[Command], Command]:
    kind = type_of(knob)
    name = f"--{knob.name.replace('_', '-')}"
    short = [knob.metadata["short"]] if "short" in knob.metadata else []
    about = _about(knob)
    if kind is bool:
        return click.option(*short, f"{name}/--no-{name[2:]}", default=None, help=about)
    if kind is tuple:
        return click.option(name, multiple=True, metavar="NAME", help=about)
    choices = knob.metadata.get("choices")
    # Config itself refuses a wrong choice: unlike click, it names the closest right one.
    metavar = f"[{'|'.join(choices)}]" if choices else {int: "N", float: "X", str: "TEXT"}[kind]
    metavar = knob.metadata.get("metavar", metavar)
    return click.option(*short, name, type=kind, metavar=metavar, default=None, help=about)


def _about(knob: "dataclasses.Field[Any]") -> str:
    about = str(knob.metadata["help"])
    # False, None and () say nothing that the help does not; 0 does, and equals False.
    silent = any(knob.default is value for value in (False, None)) or knob.default == ()
    return about if silent else f"{about}  [default: {knob.default}]"
