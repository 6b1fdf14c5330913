"""A table as it was found: column names, and rows that know their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

from valuechain.model.batch import Fault, Place
from valuechain.model.cells import Cell
from valuechain.model.language import say
from valuechain.sources.tables.grid import Grid, Line
from valuechain.sources.tables.grid import is_empty as is_empty
from valuechain.sources.tables.layout import find_table


@dataclass(frozen=True)
class Row:
    """One row: where it stands, and its cells by column name as written."""

    place: Place
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Rows(Sequence[Row]):
    """The rows of a table, each made when it is asked for, so that many take little memory.

    `numbers` are their places in the file, `lines` their cells; `columns` are place in the line, and name.
    """

    file: str
    sheet: str
    columns: tuple[tuple[int, str], ...]
    numbers: Sequence[int]
    lines: Sequence[Line]

    def __len__(self) -> int:
        return len(self.lines)

    def __iter__(self) -> Iterator[Row]:
        return map(self._row, self.numbers, self.lines)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Rows: ...
    def __getitem__(self, index: int | slice) -> Row | Rows:
        if isinstance(index, slice):
            return Rows(self.file, self.sheet, self.columns, self.numbers[index], self.lines[index])
        return self._row(self.numbers[index], self.lines[index])

    def column(self, name: str) -> list[Cell]:
        """Return the cells of one column, None where a row ends before it; KeyError if there is no such column."""
        index = {name: index for index, name in self.columns}[name]
        return [line[index] if index < len(line) else None for line in self.lines]

    def _row(self, number: int, line: Line) -> Row:
        width = len(line)
        cells = {name: line[index] for index, name in self.columns if index < width}
        return Row(Place(self.file, self.sheet, number), cells)


@dataclass(frozen=True)
class Table:
    """One table of a file.

    `columns` are the names as written; `rows` are those that are not empty and no longer than the header,
    `faults` tell of those that are longer. `assumed` says in words what had to be guessed; `header_row` is the number
    of the row that names the columns.
    """

    file: str
    sheet: str
    columns: tuple[str, ...]
    rows: Sequence[Row]
    faults: tuple[Fault, ...] = ()
    assumed: tuple[str, ...] = ()
    header_row: int = 1

    @property
    def rows_read(self) -> int:
        """Number of rows that are not empty, the header aside."""
        return len(self.rows) + len(self.faults)

    @property
    def title(self) -> str:
        """The file, and the sheet where there is one."""
        return say("{file}, sheet {sheet}", file=self.file, sheet=self.sheet) if self.sheet else self.file

    def column(self, name: str) -> list[Cell]:
        """Return the cells of the column called `name`, one per row; None where a row ends before it."""
        if isinstance(self.rows, Rows):
            return self.rows.column(name)
        return [row.cells.get(name) for row in self.rows]


def table_in(grid: Grid) -> Table | None:
    """Return the first table that a grid holds, or None if the grid is empty.

    Raises
    ------
    DataError
        If no row names at least two columns.
    """
    layout = find_table(grid)
    if layout is None:
        return None
    width = len(layout.header.names)
    columns = tuple((index, name) for index, name in enumerate(layout.header.names) if name)
    numbers, lines = layout.numbers, layout.lines
    beyond = {place: _beyond(line, width) for place, line in enumerate(lines) if len(line) > width}
    longer = {place: cells[0] for place, cells in beyond.items() if cells}
    faults = []
    for place, cell in longer.items():
        why = say("The row has more cells than the header, which names {columns} columns.", columns=len(columns))
        advice = say("Put quotes around cells that hold the separator.")
        faults.append(Fault(Place(grid.file, grid.sheet, numbers[place]), "", str(cell), why, advice))
    if longer:
        kept = [place for place in range(len(lines)) if place not in longer]
        numbers, lines = [numbers[place] for place in kept], [lines[place] for place in kept]
    rows = Rows(grid.file, grid.sheet, columns, numbers, lines)
    names = tuple(name for _, name in columns)
    assumed = (*grid.assumed, *layout.said)
    return Table(grid.file, grid.sheet, names, rows, tuple(faults), assumed, layout.header.row)


def _beyond(line: Line, width: int) -> list[Cell]:
    return [cell for cell in line[width:] if not is_empty(cell)]
