"""The command line as a person or script uses it, without a process of its own."""

from __future__ import annotations

from dataclasses import dataclass

from click.testing import CliRunner

from valuechain.cli import main


@dataclass(frozen=True)
class Done:
    """What a command left behind: exit code, and what it wrote where."""

    code: int
    output: str
    errors: str
    content: bytes


def valuechain(*words: object, **environment: str) -> Done:
    """Run `valuechain` with these words."""
    done = CliRunner().invoke(main, [str(word) for word in words], env=environment, prog_name="valuechain")
    return Done(done.exit_code, done.stdout, done.stderr, done.stdout_bytes)
