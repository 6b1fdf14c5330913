"""Where output goes: stdout alone, or a file that was named."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from valuechain.model.errors import QuestionError

if TYPE_CHECKING:
    from rich.console import Console


def console() -> Console:
    """Return the console on stdout: coloured and as wide as the window in a terminal, plain in a pipe or file."""
    from rich.console import Console

    from valuechain.report.text import WIDTH

    return Console(file=sys.stdout, highlight=False, width=None if is_terminal() else WIDTH)


def is_terminal() -> bool:
    """Whether a person looks at stdout."""
    return sys.stdout.isatty()


def write_json(value: Any) -> None:
    """Write a value to stdout as one line of JSON."""
    write_bytes((json.dumps(value, ensure_ascii=False, sort_keys=True) + "\n").encode())


def write_bytes(content: bytes, file: Path | None = None) -> None:
    """Write content to a file, or to stdout as it is."""
    if file is None:
        click.echo(content, nl=False)
        return
    try:
        file.write_bytes(content)
    except OSError as problem:
        raise unwritable(file, problem) from problem


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder that is new or empty."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise QuestionError(f"{folder} is not empty.", "Name a new folder.")
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as problem:
        raise unwritable(folder, problem) from problem


def write_new(file: Path, content: bytes) -> None:
    """Write a file that is not there yet."""
    try:
        with file.open("xb") as opened_file:
            opened_file.write(content)
    except OSError as problem:
        raise unwritable(file, problem) from problem


def read_text(file: Path) -> str:
    """Return the text of a file that was named."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as problem:
        raise QuestionError(f"{file} cannot be read: {problem.strerror}.", "Check the path.") from problem
    except UnicodeDecodeError:
        raise QuestionError(f"{file} is not text in UTF-8.", "Save it so.") from None


def unwritable(path: Path, problem: OSError) -> QuestionError:
    """Return the error to raise where a file or folder cannot be written."""
    return QuestionError(f"{path} cannot be written: {problem.strerror}.", "Name another place.")
