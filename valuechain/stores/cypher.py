"""The Cypher statements, each in a file of its own with a header that says what it is for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

_PACKAGED = Path(__file__).parents[1] / "_cypher"
_CHECKED_OUT = Path(__file__).parents[2] / "cypher"
FOLDER = _PACKAGED if _PACKAGED.is_dir() else _CHECKED_OUT
"""Where the files lie: inside an installed package, at the top of a checkout."""

_HEADER = ("purpose", "params", "returns")


@dataclass(frozen=True)
class Statement:
    """One statement: `name` is its path below the folder, `text` what is sent, with its header."""

    name: str
    purpose: str
    params: str
    returns: str
    text: str


@cache
def statement(name: str) -> Statement:
    """Return the statement in the file `name`, such as `read/events`.

    Raises
    ------
    FileNotFoundError, ValueError
        If there is no such file, or its header is not complete.
    """
    text = (FOLDER / f"{name}.cypher").read_text(encoding="utf-8")
    lines = text.splitlines()
    header = []
    for word, line in zip(_HEADER, lines, strict=False):
        start = f"// {word}: "
        if not line.startswith(start):
            raise ValueError(f"{name}.cypher: the line {line!r} should begin with {start!r}.")
        header.append(line.removeprefix(start))
    purpose, params, returns = header
    return Statement(name, purpose, params, returns, text)


def names(folder: str = "") -> tuple[str, ...]:
    """Return the names of all statements in `folder` and below, in alphabetical order."""
    files = (FOLDER / folder).rglob("*.cypher")
    return tuple(sorted(file.relative_to(FOLDER).with_suffix("").as_posix() for file in files))
