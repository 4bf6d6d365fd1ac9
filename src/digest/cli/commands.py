"""The commands: options, one call, output.  What is slow to import is imported by the command that needs it."""

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from digest.cli.options import config_options
from digest.config import load_config
from digest.errors import UsageError, did_you_mean

RESULT = click.Path(path_type=Path)


@dataclass
class Terminal:
    """What `main` has to know about a command after it failed."""

    verbose: bool = False


class ReaderGoneError(Exception):
    """What reads standard output stopped reading, as `head` does.  Click would make status 1, "failed", of it."""


class Commands(click.Group):
    """A group whose error for an unknown command names the closest one."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as e:
            raise ReaderGoneError from e

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        command = super().get_command(ctx, cmd_name)
        if command is None and not ctx.resilient_parsing and not cmd_name.startswith("-"):
            raise UsageError(f"There is no command {cmd_name!r}. {did_you_mean(cmd_name, self.commands)}")
        return command


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


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="digest", message="%(prog)s %(version)s")
@click.pass_context
def digest(context: click.Context) -> None:
    """Nightly digests of news: copies found, stories gathered, every sentence sourced."""
    # Beyond https://no-color.org, click itself leaves colours out where the output is no terminal.
    context.color = False if os.environ.get("NO_COLOR") else None


@digest.command(
    epilog="Exit status: 0 done; 1 failed, nothing was published; 2 the command line or the config is wrong; "
    "3 --strict and an input was rejected; 4 no article was found, or fewer than --min-articles."
)
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option(
    "-o", "--output", metavar="PATH", default="digests.jsonl", show_default=True,
    help="Where the digests go: a file (.gz: compressed), a folder (digests.jsonl, rejects.jsonl and run-report.json "
    "in it), or - for standard output.",
)  # fmt: skip
@click.option(
    "--rejects", metavar="PATH", help="Where rejected inputs go.  [default: beside the output, NAME.rejects.jsonl]"
)
@click.option(
    "--run-report", metavar="PATH", help="Where the run report goes.  [default: nowhere, unless the output is a folder]"
)
@click.option(
    "--config",
    "config_file",
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="A TOML file with any of the settings below.",
)
@click.option("--strict", is_flag=True, help="Exit status 3 when an input was rejected.")
@click.option("--dry-run", is_flag=True, help="Do everything, write nothing.")
@click.option("-q", "--quiet", is_flag=True, help="No summary, no progress bar.")
@verbose_option
@config_options
@click.pass_obj
def run(
    terminal: Terminal, /, sources: tuple[str, ...], config_file: Path | None, output: str, rejects: str | None,
    run_report: str | None, **given: Any,
) -> int:  # fmt: skip
    """Digest articles: one digest per story.

    Every sentence of a digest is taken, word for word, from an article that it names.

    A SOURCE is a file, a folder (searched deeply), or - for JSONL on standard input.  Each setting can also come
    from a DIGEST_... variable (DIGEST_MAX_WORDS=50) or from the config file; the command line wins.
    """
    from digest.cli.running import Manner, run_command

    manner = Manner(**{flag: given.pop(flag) for flag in ("strict", "dry_run", "quiet")}, verbose=terminal.verbose)
    config = load_config(config_file, os.environ, given)
    return run_command(sources, config, (output, rejects, run_report), manner)


@digest.command()
@click.argument("result", type=RESULT)
@click.argument("story", required=False)
@verbose_option
def show(result: Path, story: str | None) -> None:
    """Read a result in the terminal.

    All of it, or one STORY: its id, or its place from 1.
    """
    from digest.cli.showing import show_result
    from digest.outputs import blaming

    with blaming(result):
        show_result(result, story)


@digest.command()
@click.argument("result", type=RESULT)
@click.argument("identifier", metavar="ID")
@click.argument("other", metavar="[ID]", required=False)
@json_option
@verbose_option
def explain(result: Path, identifier: str, other: str | None, as_json: bool) -> None:
    """Tell why a story or an article is as it is.

    For a story: its members, what tied each in, its copies, its sentences.  For an article: its story, what it is a
    copy of, its own copies.  For two articles: what the result knows of the pair.
    """
    from digest import outputs

    with outputs.blaming(result):
        found = outputs.explain(outputs.read_result(result), identifier, other)
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        click.echo(outputs.to_json(found, indent=True) if as_json else outputs.describe(found, width))


@digest.command()
@click.argument("result", type=RESULT)
@verbose_option
def check(result: Path) -> int:
    """Hold a result to its schema and its promises.

    Exit status 1 when it breaks one.
    """
    from digest import outputs

    problems = outputs.check_result(result)
    click.echo("\n".join(problems) or f"{result} is sound.")
    return 1 if problems else 0


@digest.command()
@click.argument("name", required=False, default="story")
@verbose_option
def schema(name: str) -> None:
    """Print a JSON Schema.

    NAME is story (a line of a result, the default), article (the input), reject or run.
    """
    from digest.outputs import schema_text

    sys.stdout.write(schema_text(name))
