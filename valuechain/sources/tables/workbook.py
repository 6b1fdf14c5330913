"""Sheets of workbooks, with the cells as their program typed them."""

from __future__ import annotations

import datetime
import io
from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from valuechain.model.cells import Cell
from valuechain.model.errors import DataError
from valuechain.model.language import say
from valuechain.sources.tables.grid import Grid, Line, is_empty
from valuechain.sources.tables.mojibake import looks_torn, mend
from valuechain.sources.tables.text import TURNING_SIGNS
from valuechain.sources.tables.workbook_apart import read_apart
from valuechain.sources.tables.workbook_check import ADVICE, MOST_CELLS, check_workbook, is_binary

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_MOST_SHARED = 200_000


def read_sheets(file: str, data: bytes) -> list[Grid]:
    """Return the cells of each work sheet that is not empty, in order.

    Parameters
    ----------
    file : str
        Name for messages.
    data : bytes
        A workbook of Excel (.xlsx, .xlsm, .xlsb, .xls) or LibreOffice (.ods).

    Raises
    ------
    DataError
        If this is no workbook, is protected by a password, or spans too much.
    """
    check_workbook(file, data)
    grids = read_apart(file, data) if is_binary(data) else sheets_in(file, data)
    return [_mended(grid) for grid in grids]


def sheets_in(file: str, data: bytes) -> list[Grid]:
    """Return the sheets of a workbook that was looked at before; see `read_sheets`."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

    grids = []
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            for sheet in workbook.sheets_metadata:
                if sheet.typ == SheetTypeEnum.WorkSheet:
                    grids.append(_grid(file, workbook.get_sheet_by_name(sheet.name)))
    except (CalamineError, OSError, ValueError) as problem:
        raise DataError(
            say("{file} is not a readable workbook: {problem}.", file=file, problem=problem), say(ADVICE)
        ) from None
    except BaseException as problem:
        if type(problem).__name__ != "PanicException":  # how the reader, written in Rust, gives up
            raise
        raise DataError(say("{file} is not a readable workbook.", file=file), say(ADVICE)) from None
    return [grid for grid in grids if grid.lines]


def _grid(file: str, sheet: CalamineSheet) -> Grid:
    """The rows of a sheet, made one by one so that empty ones take no room."""
    if sheet.start is None or sheet.end is None:
        return Grid(file, sheet.name, (), ())
    height, width = sheet.end[0] + 1, sheet.end[1] + 1
    if height * width > MOST_CELLS:
        what = say(
            "{file}, sheet {name} spans {height:,} rows and {width:,} columns.",
            file=file,
            name=sheet.name,
            height=height,
            width=width,
        )
        raise DataError(what, say("Delete what stands far below or right of the table, or save it as CSV."))
    left: Line = ("",) * sheet.start[1]
    known: dict[str, str] = {}
    numbers, lines = array("L"), list[Line]()
    for number, row in enumerate(islice(sheet.iter_rows(), sheet.start[0], None), sheet.start[0] + 1):
        cells = tuple([_cell(value, known.setdefault) for value in row])
        if not all(map(is_empty, cells)):
            numbers.append(number)
            lines.append(left + cells)
        if len(known) > _MOST_SHARED:
            known.clear()
    return Grid(file, sheet.name, numbers, lines, tuple(sheet.merged_cell_ranges or ()))


def _cell(value: object, share: Callable[[str, str], str]) -> Cell:
    """A cell as records know it; whole numbers lose the point that workbooks keep for all numbers."""
    if isinstance(value, str):
        return share(value, value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if value is None or isinstance(value, bool | int | float | datetime.date):
        return value
    return str(value)


def _mended(grid: Grid) -> Grid:
    """The grid with letters put together again that were taken apart before they came into the workbook."""
    torn = [cell for line in grid.lines for cell in line if isinstance(cell, str) and not cell.isascii()]
    together = "\x00".join(torn)
    said = []
    if TURNING_SIGNS.search(together):
        said.append(
            say("{title} has unseen signs that turn the direction of writing; they were kept.", title=grid.title)
        )
    mended = mend(together)
    if mended is None:
        if example := looks_torn(together):
            said.append(
                say(
                    "{title}: letters in {example!r} look taken apart by another program; nothing was changed.",
                    title=grid.title,
                    example=example,
                )
            )
        return replace(grid, assumed=tuple(said)) if said else grid
    whole = dict(zip(torn, mended.text.split("\x00"), strict=True))
    said.append(
        say(
            "{title}: letters had been taken apart by a program that read UTF-8 as Windows-1252; they were put "
            "together again, such as {before!r} to {after!r}.",
            title=grid.title,
            before=mended.before,
            after=mended.after,
        )
    )
    return replace(grid, lines=[_replaced(line, whole) for line in grid.lines], assumed=tuple(said))


def _replaced(line: Sequence[Cell], whole: dict[str, str]) -> Line:
    return tuple([whole.get(cell, cell) if isinstance(cell, str) else cell for cell in line])
