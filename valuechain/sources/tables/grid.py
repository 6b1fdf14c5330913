"""Cells as a file holds them, before anything says which of them are a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from valuechain.model.cells import Cell
from valuechain.model.language import say

Line = tuple[Cell, ...]
"""The cells of one row, from the first column on."""

Span = tuple[tuple[int, int], tuple[int, int]]
"""Merged cells: first and last, each as row and column counted from 0."""


@dataclass(frozen=True)
class Grid:
    """The rows of a text file or sheet that are not empty.

    `numbers` counts rows from 1 as the person's own program does, empty ones included; `lines` are their cells.
    `merged` are the merged cells of a sheet, `separator` the sign between the cells of a text. `assumed` says in words
    what was guessed on the way here.
    """

    file: str
    sheet: str
    numbers: Sequence[int]
    lines: Sequence[Line]
    merged: tuple[Span, ...] = ()
    separator: str = ""
    assumed: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The file, and the sheet where there is one."""
        return say("{file}, sheet {sheet}", file=self.file, sheet=self.sheet) if self.sheet else self.file


@dataclass(frozen=True)
class TextLines(Sequence[Line]):
    """Rows of texts, each kept as one text and taken apart when it is asked for: a tenth of the memory."""

    joined: Sequence[str]
    """Cells joined by `JOINT`, a sign that no text holds."""

    JOINT = "\x00"

    def __len__(self) -> int:
        return len(self.joined)

    def __iter__(self) -> Iterator[Line]:
        return (tuple(line.split("\x00")) for line in self.joined)

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> TextLines: ...
    def __getitem__(self, index: int | slice) -> Line | TextLines:
        if isinstance(index, slice):
            return TextLines(self.joined[index])
        return tuple(self.joined[index].split("\x00"))


def is_empty(cell: Cell) -> bool:
    """Whether nothing is written in a cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def filled_columns(lines: Iterable[Line], columns: Iterable[int]) -> set[int]:
    """Return those of some columns, counted from 0, that hold a cell in any of the lines."""
    empty, filled = set(columns), set[int]()
    for line in lines:
        if not empty:
            break
        asked = empty if len(empty) < len(line) else range(len(line))
        found = [column for column in asked if column in empty and column < len(line) and not is_empty(line[column])]
        filled.update(found)
        empty.difference_update(found)
    return filled


def letters(index: int) -> str:
    """Name of a column, counted from 0, as spreadsheets write it: A, B, ..., Z, AA, ..."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
