"""`digest doctor`: whether a run would find what it needs."""

import os
from pathlib import Path
from typing import Any

import click

from digest.cli.options import config_file_option, json_option, setting_options, verbose_option


@click.command()
@config_file_option
@setting_options("output", "metrics", "state", "model", "device", "vector_cache")
@json_option
@verbose_option
def doctor(config_file: Path | None, as_json: bool, **given: Any) -> int:
    """Check what a run needs: versions, model, device, outputs, state.

    Takes settings from where a run takes them, changes nothing, and says what to do about what is wrong.  Exit status
    1 when something is.
    """
    from digest.cli.examining import examine
    from digest.config import load_config, load_job
    from digest.outputs import to_json

    findings = examine(load_config(config_file, os.environ, given), load_job(config_file, os.environ, given))
    sound = all(finding.ok for finding in findings)
    if as_json:
        checks = [{"check": f.check, "ok": f.ok, "found": f.found} for f in findings]
        click.echo(to_json({"ok": sound, "checks": checks}, indent=True))
    else:
        for finding in findings:
            click.echo(f"{'ok  ' if finding.ok else 'FAIL'}  {finding.check:8}  {finding.found}")
    return 0 if sound else 1
