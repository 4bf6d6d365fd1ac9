"""The documentation says what the code does.  `python tests/test_docs.py` writes the command reference anew."""

import re
from pathlib import Path

import click

from digest.cli.commands import digest as group

ROOT = Path(__file__).parent.parent
REFERENCE = ROOT / "docs" / "commands.md"
WIDTH = 100


def reference() -> str:
    """The help of every command, as Markdown."""
    pages = ["# Commands\n\nThis page is made from the commands' own help; a test holds it true.\n"]
    commands: dict[str, click.Command] = {"": group}
    for name, command in sorted(group.commands.items()):
        commands[name] = command
        inner = command.commands if isinstance(command, click.Group) else {}
        commands.update((f"{name} {one}", inner[one]) for one in sorted(inner))
    for name, command in commands.items():
        context = click.Context(
            command, info_name=f"digest {name}".strip(), terminal_width=WIDTH, **group.context_settings
        )
        pages.append(f"## digest {name}".rstrip() + f"\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(pages)


def test_the_command_reference_is_the_commands_help() -> None:
    assert REFERENCE.read_text("utf-8") == reference()


def test_links_between_pages_lead_somewhere() -> None:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    for page in pages:
        for target in re.findall(r"\]\((?!http)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


if __name__ == "__main__":
    REFERENCE.write_text(reference(), "utf-8")
