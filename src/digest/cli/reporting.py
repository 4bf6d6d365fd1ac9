"""`digest report`: a result as a page."""

import os
from pathlib import Path

from digest.cli.destinations import STDOUT, standard_output
from digest.errors import UsageError
from digest.outputs import Publication, read_result, write_report


def report_result(path: Path, output: str, form: str) -> None:
    """Writes the report of a result file to a path, all or nothing, or to "-".

    form: one of `outputs.FORMATS`.  Raises UsageError where the report would overwrite the result.
    """
    if not output:
        raise UsageError("The output has an empty name. Name a file, or - for standard output.")
    stories = list(read_result(path))
    if output == STDOUT:
        with standard_output() as stream:
            write_report(stream, stories, form)
        return
    if os.path.realpath(output) == os.path.realpath(path):
        raise UsageError(f"-o {output} would overwrite the result itself. Name another path.")
    with Publication() as publication, publication.stage(Path(output)) as stream:
        write_report(stream, stories, form)
