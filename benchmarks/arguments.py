"""What the command lines of the benchmarks have in common."""

import argparse
from pathlib import Path


def parser_of(page: str, *, bench: bool = False) -> argparse.ArgumentParser:
    """A parser whose help is the script's own page; bench: with the option that all who read a bench take."""
    parser = argparse.ArgumentParser(description=page, formatter_class=argparse.RawDescriptionHelpFormatter)
    if bench:
        parser.add_argument(
            "--bench", type=Path, required=True, metavar="FOLDER", help="sets/, speed/ and the like, with known answers"
        )
    return parser
