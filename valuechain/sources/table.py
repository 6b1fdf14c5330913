"""A table as it was found: column names, and rows that know their place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from valuechain.model.batch import Fault, Place
from valuechain.model.cells import Cell
from valuechain.model.errors import DataError
from valuechain.model.names import normal_name


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it stands, and its cells by column name as written."""

    place: Place
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Table:
    """One table of a file.

    `columns` are the names as written; `rows` are those that are not empty and no longer than the header,
    `faults` tell of those that are longer. `assumed` says in words what had to be guessed.
    """

    file: str
    sheet: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...] = ()
    assumed: tuple[str, ...] = ()

    @property
    def rows_read(self) -> int:
        """Number of rows that are not empty, the header aside."""
        return len(self.rows) + len(self.faults)

    @property
    def title(self) -> str:
        """The file, and the sheet where there is one."""
        return f"{self.file}, sheet {self.sheet}" if self.sheet else self.file


def is_empty(cell: Cell) -> bool:
    """Whether nothing is written in a cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def make_table(file: str, sheet: str, grid: Iterable[Sequence[Cell]], assumed: Iterable[str] = ()) -> Table | None:
    """Return the table that a grid of cells holds; its first row that is not empty names the columns.

    Parameters
    ----------
    file, sheet : str
        Where the grid was read; sheet is empty for a text file.
    grid : iterable of sequences of cells
        Every row from the top, empty ones too, so that rows count as the person's own program counts them.
    assumed : iterable of str
        What was guessed on the way here.

    Returns
    -------
    The table, or None if the grid is empty.

    Raises
    ------
    DataError
        If the first row does not name at least two columns, or names one twice.
    """
    filled = ((number, cells) for number, cells in enumerate(grid, 1) if not all(map(is_empty, cells)))
    _, first = next(filled, (0, ()))
    if not first:
        return None
    body = list(filled)
    title = f"{file}, sheet {sheet}" if sheet else file
    names = _column_names(first, body, title)
    columns = [(index, name) for index, name in enumerate(names) if name]
    rows, faults = [], []
    for number, cells in body:
        place = Place(file, sheet, number)
        beyond = [cell for cell in cells[len(names) :] if not is_empty(cell)]
        if beyond:
            why = f"The row has more cells than the header, which names {len(columns)} columns."
            advice = "Put quotes around cells that hold the separator."
            faults.append(Fault(place, "", str(beyond[0]), why, advice))
        else:
            rows.append(Row(place, {name: cells[index] for index, name in columns if index < len(cells)}))
    return Table(file, sheet, tuple(name for _, name in columns), tuple(rows), tuple(faults), tuple(assumed))


def _column_names(first: Sequence[Cell], body: Sequence[tuple[int, Sequence[Cell]]], title: str) -> list[str]:
    """Name each column; one without a header is named by its letter if it holds cells, else by nothing."""
    names = ["" if is_empty(cell) else " ".join(str(cell).split()) for cell in first]
    while names and not names[-1]:
        names.pop()
    for index, name in enumerate(names):
        if not name and any(index < len(cells) and not is_empty(cells[index]) for _, cells in body):
            names[index] = f"column {_letters(index)}"
    named = [name for name in names if name]
    if not any(re.search(r"[^\W\d_]", name) for name in named):
        what = f"{title} has no header: its first row names no column."
        raise DataError(what, "Write column names above the rows.")
    if len(named) < 2:
        what = f"{title} shows a single column, {named[0][:80]!r}."
        raise DataError(what, "Separate columns by a comma, semicolon, tab or |, the same sign in every row.")
    seen: dict[str, str] = {}
    for name in named:
        if normal_name(name) in seen:
            what = f"{title} names a column twice: {seen[normal_name(name)]!r} and {name!r}."
            raise DataError(what, "Rename or delete one of them.")
        seen[normal_name(name)] = name
    return names


def _letters(index: int) -> str:
    """Name of a column as spreadsheets write it: A, B, ..., Z, AA, ..."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
