"""The commands: options, one call, output.  What is slow to import is imported by the command that needs it."""

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from digest.cli.doctor import doctor
from digest.cli.events import Events
from digest.cli.options import (
    config_file_option,
    idle_options,
    json_option,
    result_argument,
    setting_options,
    verbose_option,
)
from digest.cli.state import state
from digest.config import CONFIG_VARIABLE, load_config, load_job
from digest.errors import UsageError, did_you_mean

FILE = click.Path(path_type=Path)


@dataclass
class Terminal:
    """What `main` has to know about a command after it failed.  events: where failures are told; None: as text."""

    verbose: bool = False
    events: Events | None = None


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


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="digest", message="%(prog)s %(version)s")
@click.pass_context
def digest(context: click.Context) -> None:
    """Nightly digests of news: copies found, stories gathered, every sentence sourced."""
    # Beyond https://no-color.org, click itself leaves colours out where the output is no terminal.
    context.color = False if os.environ.get("NO_COLOR") else None


digest.add_command(state)
digest.add_command(doctor)


@digest.command(
    epilog="Exit status: 0 done; 1 failed, nothing was published; 2 the command line or the config is wrong; "
    "3 --strict and an input was rejected; 4 no article was found, or fewer than --min-articles; "
    "75 another run holds the state."
)
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@config_file_option
@setting_options()
@click.pass_obj
def run(terminal: Terminal, /, sources: tuple[str, ...], config_file: Path | None, **given: Any) -> int:
    """Digest articles: one digest per story.

    Every sentence of a digest is taken, word for word, from an article that it names.

    A SOURCE is a file, a folder (searched deeply), or - for JSONL on standard input.  Each setting can also come
    from a DIGEST_... variable (DIGEST_MAX_WORDS=50) or from the config file; the command line wins.
    """
    from digest.cli.running import run_command

    if given["log_format"] == "json":
        terminal.events = Events()  # already here, so that a wrong config file is told as an event, too
    job = load_job(config_file, os.environ, given)
    terminal.events = Events(quiet=job.quiet) if job.log_format == "json" else None
    terminal.verbose = job.verbose
    config = load_config(config_file, os.environ, given)
    for message in idle_options(given, config):
        if terminal.events:
            terminal.events.emit("warning", "warning", message=message)
        else:
            click.echo(f"digest: warning: {message}", err=True)
    return run_command(sources, config, job, terminal.events)


@digest.command()
@result_argument
@click.argument("story", required=False)
@verbose_option
def show(result: Path, story: str | None) -> None:
    """Read a result in the terminal.

    All of it, or one STORY: its id, or its place from 1.  RESULT is a file, or - for standard input.
    """
    from digest.cli.showing import show_result
    from digest.outputs import blaming

    with blaming(result):
        show_result(result, story)


@digest.command()
@result_argument
@click.argument("identifier", metavar="ID")
@click.argument("other", metavar="[ID]", required=False)
@click.option(
    "--articles",
    "sources",
    metavar="SOURCE",
    multiple=True,
    help="For two articles: the run's sources (a file, a folder, or -), from which the whole decision is made again "
    "and shown; repeatable.  A result with --include-text needs none.",
)
@json_option
@verbose_option
def explain(result: Path, identifier: str, other: str | None, sources: tuple[str, ...], as_json: bool) -> None:
    """Tell why a story or an article is as it is.

    For a story: its members, what tied each in, its weakest link, the nearest other story and why the two are apart,
    its copies, its sentences.  For an article: its story, what it is a copy of and what the two share, its own copies.
    For two articles: the decision on them, and the links between them.  RESULT is a file, or - for standard input.
    """
    from digest import outputs
    from digest.cli.explaining import explain_result

    with outputs.blaming(result):
        found = explain_result(result, identifier, other, sources)
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        click.echo(outputs.to_json(found, indent=True) if as_json else outputs.describe(found, width))


@digest.command()
@result_argument
@click.option("-o", "--output", metavar="PATH", default="-", help="Where the page goes.  [default: standard output]")
@click.option("--markdown", "form", flag_value="markdown", help="Markdown instead of HTML.")
@click.option("--atom", "form", flag_value="atom", help="An Atom feed instead of HTML, an entry a story.")
@verbose_option
def report(result: Path, output: str, form: str | None) -> None:
    """Write a result as a page for people: one HTML file that needs nothing beside it.

    Every sentence links to the article that it stands in.  RESULT is a file, or - for standard input.
    """
    from digest.cli.reporting import report_result
    from digest.outputs import blaming

    with blaming(result):
        report_result(result, output, form or "html")


@digest.command()
@result_argument
@verbose_option
def check(result: Path) -> int:
    """Hold a result to its schema and its promises.

    RESULT is a file, or - for standard input.  Exit status 1 when it breaks one.
    """
    from digest import outputs

    problems = outputs.check_result(result)
    click.echo("\n".join(problems) or f"{result} is sound.")
    return 1 if problems else 0


@digest.command()
@result_argument
@click.argument("gold", type=FILE)
@click.option("--rejects", metavar="PATH", type=FILE, help="The run's rejects file: what it names is not missing.")
@click.option("--seed", metavar="N", type=int, default=0, show_default=True, help="Seed of the confidence intervals.")
@json_option
@verbose_option
def evaluate(result: Path, gold: Path, rejects: Path | None, seed: int, as_json: bool) -> None:
    """Hold a result against known answers.

    Stories by B-cubed, pairs, ARI and V-measure; copies by pairs and ARI, and by kind; digests by ROUGE-1, 2 and L;
    each with its 95 % interval.

    GOLD has a line an article, {"id": ..., "story": ...}, as JSON Lines or CSV; "copies" names an article's group of
    copies, "kind" how it was copied; {"story": ..., "references": [...]} gives a story's summaries.  A folder with such
    a gold.json, as {"stories": {ID: STORY}, "duplicates": ..., "references": ...}, will do too.  RESULT is a file, or
    - for standard input.
    """
    from digest.cli.evaluating import evaluate_command
    from digest.outputs import blaming

    with blaming(result):
        click.echo(evaluate_command(result, gold, rejects, seed, as_json=as_json))


@digest.command()
@click.argument("name", required=False, default="story")
@verbose_option
def schema(name: str) -> None:
    """Print a JSON Schema.

    NAME is story (a line of a result, the default), article (the input), reject, run or explanation (explain --json).
    """
    from digest.outputs import schema_text

    sys.stdout.write(schema_text(name))


@digest.command()
@click.argument("sources", nargs=-1, metavar="LABELLED...")
@click.option(
    "-o", "--output", metavar="PATH", default="tuned.toml", show_default=True, type=FILE,
    help="Where the config goes: a file for 'digest run --config'.",
)  # fmt: skip
@click.option("--label-field", metavar="NAME", help="The field that holds an article's story.  [default: story]")
@click.option("--gold", metavar="PATH", type=FILE, help="A file of labels in its place, as 'digest evaluate' reads it.")
@click.option(
    "--config",
    "config_file",
    metavar="PATH",
    type=FILE,
    envvar=CONFIG_VARIABLE,
    help="Settings to start from: model, weights, ...",
)
@click.option("--model", metavar="TEXT", help="Embedding model that the weights are for.  [default: embedded]")
@click.option("--seed", metavar="N", type=int, default=0, show_default=True, help="Seed of folds and intervals.")
@verbose_option
def tune(
    sources: tuple[str, ...], output: Path, label_field: str | None, gold: Path | None, config_file: Path | None,
    model: str | None, seed: int,
) -> None:  # fmt: skip
    """Fit the story weights to labelled stories.

    LABELLED are articles as 'digest run' reads them, which name their story in a field; those without it help as
    strangers.  Prints how good the weights are on stories that they never saw, beside those that were used so far.
    """
    from digest.cli.tuning import tune_command

    config = load_config(config_file, os.environ, {"model": model})
    click.echo(tune_command(sources, output, config, label_field, gold, seed))
