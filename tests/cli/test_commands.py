"""How every command behaves: help, exit codes, faults told in words."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.support.command import valuechain
from valuechain.cli import main

COMMANDS = tuple(main.commands)
PROGRAM = Path(sys.executable).with_name("valuechain")


def test_the_commands_are_those_that_people_rely_on():
    assert COMMANDS == (
        "demo", "import", "run", "interview", "analyses", "template", "export", "history", "withdraw", "restore",
        "diff", "words", "match", "backtest", "check", "serve",
    )  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str):
    done = valuechain(command, "--help")

    assert done.code == 0
    assert f"valuechain {command}" in done.output


def test_the_version_is_told():
    assert valuechain("--version").output.startswith("valuechain, version ")


@pytest.mark.parametrize(
    "words", [["nonsense"], ["run", "nonsense"], ["run", "gaps", "--colour", "red"], ["import"], ["withdraw", "x"]]
)
def test_wrong_usage_ends_with_two_and_a_line_on_stderr(words: list[str]):
    done = valuechain(*words)

    assert done.code == 2
    assert done.output == ""
    assert "Usage: valuechain" in done.errors


def test_an_unknown_analysis_is_answered_with_the_known_ones():
    assert "No analysis is called 'nonsense'. There are: audit," in valuechain("run", "nonsense").errors


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("wires crossed")

    monkeypatch.setitem(main.commands, "broken", click.Command("broken", callback=fail))


@pytest.mark.usefixtures("broken")
def test_what_nobody_expected_is_an_apology_without_a_traceback():
    done = valuechain("broken")

    assert done.code == 1
    assert done.errors == "Sorry, the program failed (RuntimeError: wires crossed). VALUECHAIN_DEBUG=1 shows where.\n"


@pytest.mark.usefixtures("broken")
def test_whoever_looks_for_the_fault_gets_the_traceback(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("VALUECHAIN_DEBUG", "1")

    with pytest.raises(RuntimeError, match="wires crossed"):
        main.main(["broken"], standalone_mode=False)


def test_help_does_not_import_what_it_does_not_need():
    heavy = "numpy, pandas, plotly, pyarrow, neo4j, fastapi, rich, jinja2, numba"
    check = f"import sys, valuechain.cli; print([name for name in '{heavy}'.split(', ') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, check=True)

    assert done.stdout.strip() == b"[]"


def test_a_reader_that_stops_reading_is_no_fault(demo_store: Path):
    command = f"{PROGRAM} run gaps --store sqlite:///{demo_store} --format csv | head -1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, check=False)

    assert done.stdout.startswith(b"capability,")
    assert b"Traceback" not in done.stderr


def test_a_terminal_that_knows_few_signs_gets_what_it_can_show(demo_store: Path):
    environment = {"PYTHONIOENCODING": "ascii", "PATH": "/usr/bin", "HOME": "/"}
    command = [str(PROGRAM), "run", "gaps", "--store", f"sqlite:///{demo_store}"]
    done = subprocess.run(command, capture_output=True, check=False, env=environment)

    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
    assert b"Which capabilities" in done.stdout
