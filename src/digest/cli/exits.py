"""The one place where errors become exit statuses (see `statuses`) and a line for people."""

import io
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import click

from digest.cli.commands import ReaderGoneError, Terminal, digest
from digest.cli.statuses import INTERRUPTED, READER_GONE, TERMINATED
from digest.errors import DigestError

_A_MOMENT = 0.01  # seconds


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command line (default: the process's own) and returns its exit status."""
    terminal = Terminal()
    _ready_streams()
    given = None if arguments is None else list(arguments)
    with _orderly_termination():
        try:
            status = digest.main(given, prog_name="digest", standalone_mode=False, obj=terminal) or 0
            sys.stdout.flush()
        except DigestError as e:
            status = _fail(str(e), e.exit_status, terminal)
        except click.ClickException as e:
            status = _fail_usage(e, terminal)
        except (KeyboardInterrupt, click.Abort):
            status = _stopped(INTERRUPTED, terminal)
        except (ReaderGoneError, BrokenPipeError):
            _silence_stdout()
            status = _stopped(READER_GONE, terminal)
        except SystemExit:
            _stopped(TERMINATED, terminal)
            raise
        except Exception as e:  # noqa: BLE001 - the last resort: no traceback reaches a user who did not ask for one
            status = _fail_unexpectedly(e, terminal)
    return int(status)


def _fail(message: str, status: int, terminal: Terminal, **more: str) -> int:
    line = " ".join(message.split())
    if terminal.events:
        terminal.events.emit("run_failed", "error", message=line, exit_status=status, **more)
    else:
        click.echo(f"digest: error: {line}", err=True)
    return status


def _stopped(status: int, terminal: Terminal) -> int:
    """People know that they stopped it; a log does not."""
    if terminal.events:
        terminal.events.emit("run_stopped", "error", exit_status=status)
    return status


def _fail_unexpectedly(error: Exception, terminal: Terminal) -> int:
    where = "" if isinstance(error, OSError) else " This is a fault of digest itself."
    message = f"{type(error).__name__}: {error}.{where}"
    if not terminal.verbose:
        return _fail(f"{message} Run with -v to see where it happened.", 1, terminal)
    if terminal.events:
        return _fail(message, 1, terminal, traceback="".join(traceback.format_exception(error)))
    traceback.print_exception(error)
    return 1


def _fail_usage(error: click.ClickException, terminal: Terminal) -> int:
    """A wrong command line, with the closest right word."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return error.exit_code
    context = getattr(error, "ctx", None)
    advice = f"'{context.command_path} --help' tells more." if context else ""
    if isinstance(error, click.NoSuchOption):
        close = f"Did you mean {error.possibilities[0]!r}?" if error.possibilities else advice
        return _fail(f"There is no option {error.option_name!r}. {close}", error.exit_code, terminal)
    return _fail(f"{error.format_message()} {advice}", error.exit_code, terminal)


def _ready_streams() -> None:
    """Gives every standard stream somewhere to go, and standard output a way to show any character.

    A job may start with them closed (`>&-`); and titles hold characters that an old locale has no code for.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - for good
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def _silence_stdout() -> None:
    """Points standard output nowhere, or the interpreter would complain about the pipe when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


@contextmanager
def _orderly_termination() -> Iterator[None]:
    """SIGTERM unwinds the stack, so that temporary files go; restored afterwards."""
    before = signal.signal(signal.SIGTERM, _terminate)
    unraisable = sys.unraisablehook
    sys.unraisablehook = partial(_raise_again, unraisable)
    try:
        yield
    finally:
        sys.unraisablehook = unraisable
        signal.signal(signal.SIGTERM, before)


def _terminate(_number: int, _frame: FrameType | None) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # A second one shall not interrupt what the first one put in order.
    raise SystemExit(TERMINATED)


def _raise_again(otherwise: Callable[[Any], Any], lost: "sys.UnraisableHookArgs") -> None:
    """Python drops what is raised in a destructor or in the callback of a weak reference, and one runs at the end of
    every import: a stop that fell there comes again a moment later."""
    if isinstance(lost.exc_value, KeyboardInterrupt):
        stop: BaseException = KeyboardInterrupt()
    elif isinstance(lost.exc_value, SystemExit):
        stop = SystemExit(TERMINATED)
    else:
        otherwise(lost)
        return

    def come_again(_number: int, _frame: FrameType | None) -> None:
        raise stop

    signal.signal(signal.SIGALRM, come_again)
    signal.setitimer(signal.ITIMER_REAL, _A_MOMENT)
