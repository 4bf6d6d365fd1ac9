"""A wrong word on the command line names the right one; no traceback reaches a user who did not ask for one."""

import dataclasses
import os
import subprocess
import sys
from pathlib import Path

import pytest

import digest.outputs
from digest.cli import main
from digest.config import Config, type_of

WRONG: list[tuple[list[str], str]] = [
    (["rnu"], "There is no command 'rnu'. Did you mean 'run'?"),
    (["frobnicate"], "There is no command 'frobnicate'. Known: check, "),
    (["--versoin"], "There is no option '--versoin'. Did you mean '--version'?"),
    (["run", "--max-word", "5", "."], "There is no option '--max-word'. Did you mean '--max-words'?"),
    (["run", "--prefer-sources", "x", "."], "Did you mean '--prefer-source'?"),
    (["run", "-z", "."], "There is no option '-z'. 'digest run --help' tells more."),
    (["run", "--max-words", "many", "."], "'many' is not a valid integer. 'digest run --help' tells more."),
    (["run", "--max-words", "0", "."], "max_words is 0: at least 1 wanted."),
    (["run", "--style", "standrd", "."], "style is 'standrd'. Did you mean 'standard'?"),
    (["run"], "No SOURCE was given. Name files or folders of articles"),
    (["run", "nigth"], "There is no 'nigth'. Did you mean 'night'?"),
    (["run", "night", "--config", "wrong.toml"], "wrong.toml: unknown key 'max_wrods'. Did you mean 'max_words'?"),
    (["run", "night", "--config", "missing.toml"], "Cannot read the config file missing.toml"),
    (["run", "night/one.txt", "-o", "night/one.txt"], "-o night/one.txt would overwrite the source night/one.txt."),
    (["run", "night", "-o", "x", "--rejects", "x"], "--rejects x would overwrite what -o writes. Name another path."),
    (["show"], "Missing argument 'RESULT'. 'digest show --help' tells more."),
    (["check", "nihgt"], "There is no file or folder nihgt. Did you mean 'night'?"),
    (["schema", "storry"], "There is no schema 'storry'. Did you mean 'story'?"),
    (["explain", "--jsn", "a", "b"], "There is no option '--jsn'. Did you mean '--json'?"),
]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "night").mkdir()
    (tmp_path / "night" / "one.txt").write_text("One article stands here alone.")
    (tmp_path / "wrong.toml").write_text("max_wrods = 5\n")
    return tmp_path


@pytest.mark.parametrize(("arguments", "message"), WRONG)
def test_a_wrong_word_names_the_right_one(
    place: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("digest: error: ")
    assert captured.err.count("\n") == 1
    assert message in captured.err
    assert (place / "night" / "one.txt").read_text() == "One article stands here alone."


def test_a_wrong_variable_is_named(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DIGEST_MAX_WORDS", "many")
    assert main(["run", "night"]) == 2
    assert "DIGEST_MAX_WORDS is 'many': write a whole number." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--only-changed"], "--only-changed does nothing without a state. Name its file with --state"),
        (["--window", "0"], "or leave out --window."),
        (["--now", "2026-03-10"], "--now does nothing without a state."),
        (["--all", "--no-only-changed"], "--all does nothing without a state."),
    ],
)
def test_a_forgotten_state_is_warned_of(
    place: Path, options: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", "night", *options, "-q", "-o", "-"]) == 0
    captured = capsys.readouterr()
    assert captured.out.count("\n") == 1
    assert captured.err.startswith("digest: warning: ")
    assert message in captured.err


def test_settings_of_a_state_that_several_jobs_share_wait_for_one(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "shared.toml").write_text('window = 7\nnow = "2026-03-10"\n')
    monkeypatch.setenv("DIGEST_ONLY_CHANGED", "yes")
    assert main(["run", "night", "--config", "shared.toml", "--no-all", "-q", "-o", "-"]) == 0
    assert capsys.readouterr().err == ""
    assert main(["run", "night", "--config", "shared.toml", "--all", "-q", "--state", "s.db"]) == 0


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "Commands:" in capsys.readouterr().err


def test_every_setting_is_an_option_with_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--help"]) == 0
    shown = " ".join(capsys.readouterr().out.split()).replace("- ", "-")
    for knob in dataclasses.fields(Config):
        if type_of(knob) is dict:  # a table, which only a file can hold
            continue
        assert f"--{knob.name.replace('_', '-')}" in shown
        assert knob.metadata["help"].split(":")[0] in shown


def test_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"digest {digest.__version__}\n"


def broken(name: str) -> str:
    raise ZeroDivisionError("one over\nnothing")


def test_a_fault_is_one_line_and_shows_where_it_happened_only_when_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(digest.outputs, "schema_text", broken)
    assert main(["schema"]) == 1
    said = capsys.readouterr().err
    assert said == (
        "digest: error: ZeroDivisionError: one over nothing. This is a fault of digest itself. "
        "Run with -v to see where it happened.\n"
    )
    assert main(["schema", "-v"]) == 1
    assert "in broken" in capsys.readouterr().err


@pytest.mark.parametrize(("error", "status"), [(KeyboardInterrupt, 130), (BrokenPipeError, 141)])
def test_a_command_that_is_broken_off_says_nothing(
    error: type[BaseException], status: int, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken_off(name: str) -> str:
        raise error

    monkeypatch.setattr(digest.outputs, "schema_text", broken_off)
    assert main(["schema"]) == status
    captured = capfd.readouterr()
    assert (captured.out, captured.err.strip()) == ("", "")


def test_linear_algebra_runs_on_one_thread_unless_its_user_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    for given, found in ((None, "1"), ("4", "4")):
        monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
        if given:
            monkeypatch.setenv("OPENBLAS_NUM_THREADS", given)
        assert main(["--version"]) == 0
        assert os.environ["OPENBLAS_NUM_THREADS"] == found


HEAVY = ("torch", "scipy", "numpy", "sentence_transformers", "transformers", "trafilatura", "tokenizers", "jsonschema")


@pytest.mark.parametrize(
    "code", ["import digest", "from digest.cli import main; main(['--help']); main(['run', '--help'])"]
)
def test_nothing_heavy_is_imported_to_give_help(code: str) -> None:
    code += f"; import sys; print('heavy:', [m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("heavy: []\n")


INTERRUPTED_AT = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # as of a job that is in front

class Interrupting:
    def find_spec(self, name, path, target=None):
        if name == {name!r}:
            os.kill(os.getpid(), signal.SIGINT)

from digest.cli import main
sys.meta_path.insert(0, Interrupting())
sys.exit(main(["run", "--help"]))
"""


@pytest.mark.parametrize("name", ["digest.cli.exits", "click", "digest.config", "difflib"])
def test_an_interrupt_while_the_program_starts_is_answered_without_a_word(name: str) -> None:
    command = [sys.executable, "-c", INTERRUPTED_AT.format(name=name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_an_output_without_a_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", ".", "-o", ""]) == 2
    assert "output is empty" in capsys.readouterr().err


def test_a_name_that_is_too_long_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", ".", "-o", "x" * 300]) == 1
    assert "File name too long. Choose another place." in capsys.readouterr().err
    assert main(["state", "info", "x" * 300]) == 2
    assert "There is no file or folder xxx" in capsys.readouterr().err


def test_a_link_to_itself_is_no_fault_of_digest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "loop").symlink_to("loop")
    assert main(["run", str(tmp_path / "loop"), "-o", str(tmp_path / "x.jsonl")]) == 4
    assert main(["show", str(tmp_path / "loop")]) == 1
    assert "fault of digest" not in capsys.readouterr().err


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_closed_standard_streams_do_no_harm(tmp_path: Path, closed: str) -> None:
    (tmp_path / "a.txt").write_text("The old bridge over the Lesna was closed on Monday after a crack was found.")
    command = f"exec {sys.executable} -m digest run a.txt -o x.jsonl {closed}"
    assert subprocess.run(["sh", "-c", command], cwd=tmp_path, check=False).returncode == 0
    assert (tmp_path / "x.jsonl").is_file()


def test_closed_standard_input_has_nothing_to_read(tmp_path: Path) -> None:
    command = [f"exec {sys.executable} -m digest run - <&-"]
    done = subprocess.run(["sh", "-c", *command], cwd=tmp_path, check=False, capture_output=True, text=True)
    assert (done.returncode, "Standard input is closed" in done.stderr) == (2, True)
