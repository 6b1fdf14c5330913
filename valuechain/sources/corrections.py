"""A person's own file with what is wrong written beside each row, to be corrected and brought again."""

from __future__ import annotations

import csv
import datetime
import io
import json
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from valuechain.model.batch import Fault
from valuechain.model.cells import Cell
from valuechain.model.errors import DataError
from valuechain.model.formulas import disarmed
from valuechain.sources.tables.files import CORRECTED, JSON, WORKBOOKS, File
from valuechain.sources.tables.grid import Grid
from valuechain.sources.tables.json_lines import read_objects
from valuechain.sources.tables.layout import CORRECTION_COLUMNS, without_corrections
from valuechain.sources.tables.table import table_in
from valuechain.sources.tables.text import read_lines
from valuechain.sources.tables.workbook import read_sheets

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

_FIGURE = re.compile(r"[+-]\d[\d.,]*")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_CELL, _LONGEST_SHEET_NAME = 32_767, 31
_FIRST_YEAR_OF_SHEETS = 1900


class _Remark(NamedTuple):
    """What is wrong with a row, and what to do."""

    fault: str
    advice: str


_Remarks = Mapping[tuple[str, int], _Remark]
"""Remarks by sheet and row."""


def correction_file(file: File, faults: Sequence[Fault]) -> tuple[str, bytes]:
    """Return a copy of a file in which the rows at fault tell what is wrong and what to do.

    Parameters
    ----------
    file : File
        A table as a person brought it.
    faults : sequence of Fault
        What is wrong with it; faults of other files are passed over.

    Returns
    -------
    Name and content: `firms-faults.xlsx` for any workbook, else the ending of the file. It has the same sheets, rows
    and cells, and two columns at the end, `fault` and `advice`; several faults of a row are joined by ` · `. Rows
    without faults are in it too, so that, brought again, it takes the place of the file. Reading passes over the two
    columns. Text that a spreadsheet would take for a formula is disarmed.

    Raises
    ------
    DataError
        If the file cannot be read.
    """
    remarks = _remarks(file, faults)
    if file.suffix in WORKBOOKS:
        ending, content = ".xlsx", _workbook(read_sheets(file.name, file.content), remarks)
    elif file.suffix in JSON:
        ending, content = file.suffix, _json(file, remarks)
    else:
        ending, content = Path(file.name).suffix, _text(read_lines(file.name, file.content), remarks)
    return f"{file.stem}{CORRECTED}{ending}", content


def _remarks(file: File, faults: Sequence[Fault]) -> _Remarks:
    by_row: dict[tuple[str, int], list[Fault]] = {}
    for fault in faults:
        if fault.place.file == file.name:
            by_row.setdefault((fault.place.sheet, fault.place.row), []).append(fault)
    return {
        row: _Remark(
            _joined(f"{fault.column}: {fault.why}" if fault.column else fault.why for fault in found),
            _joined(fault.advice for fault in found),
        )
        for row, found in by_row.items()
    }


def _joined(sentences: Iterator[str]) -> str:
    return " · ".join(dict.fromkeys(sentences))


def _rows(grid: Grid, remarks: _Remarks) -> Iterator[tuple[int, list[Cell]]]:
    """Rows with their numbers; the header and the rows at fault have two more cells, all in the same columns."""
    grid = without_corrections(grid)
    width = max(map(len, grid.lines), default=0)
    try:
        table = table_in(grid)
    except DataError:
        table = None
    for number, line in zip(grid.numbers, grid.lines, strict=True):
        if table and number == table.header_row:
            added: tuple[str, ...] = CORRECTION_COLUMNS
        else:
            added = remarks.get((grid.sheet, number), ())
        yield number, [*line, *[""] * (width - len(line)), *added] if added else list(line)


def _text(grid: Grid, remarks: _Remarks) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=grid.separator)
    written = 0
    for number, cells in _rows(grid, remarks):
        text.write("\r\n" * (number - written - 1))
        writer.writerow([_harmless(str(cell)) for cell in cells])
        written = number
    return text.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    """Text that spreadsheets take for text; a figure with its sign stays a figure."""
    return text if _FIGURE.fullmatch(text) else disarmed(text)


def _json(file: File, remarks: _Remarks) -> bytes:
    lines = []
    for number, one in read_objects(file.name, file.content)[0]:
        remark = remarks.get(("", number))
        if isinstance(one, dict):
            one = {**one, **(dict(zip(CORRECTION_COLUMNS, remark, strict=True)) if remark else {})}
        lines.append((number, one if isinstance(one, str) else json.dumps(one, ensure_ascii=False)))
    if file.suffix == ".json":
        return f"[{(',' + chr(10)).join(line for _, line in lines)}]\n".encode()
    numbered = dict(lines)
    return "".join(f"{numbered.get(number, '')}\n" for number in range(1, max(numbered, default=0) + 1)).encode()


def _workbook(grids: Sequence[Grid], remarks: _Remarks) -> bytes:
    import xlsxwriter

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        formats = {form: book.add_format({"num_format": form}) for form in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss")}
        for grid in grids:
            _add_sheet(book, grid, remarks, formats)
    return content.getvalue()


def _add_sheet(book: Workbook, grid: Grid, remarks: _Remarks, formats: Mapping[str, Format]) -> None:
    from xlsxwriter.exceptions import OverlappingRange

    sheet = book.add_worksheet(_sheet_name(grid.sheet, {one.name.lower() for one in book.worksheets()}))
    for first, last in grid.merged:
        if first != last:
            with suppress(OverlappingRange):
                sheet.merge_range(*first, *last, "")
    write: Callable[..., object]
    for number, cells in _rows(grid, remarks):
        for column, cell in enumerate(cells):
            form = None
            if isinstance(cell, bool):
                write = sheet.write_boolean
            elif isinstance(cell, datetime.date) and cell.year >= _FIRST_YEAR_OF_SHEETS:
                write, form = sheet.write_datetime, "yyyy-mm-dd"
                form = f"{form} hh:mm:ss" if isinstance(cell, datetime.datetime) else form
            elif isinstance(cell, int | float) and math.isfinite(cell):
                write = sheet.write_number
            elif cell is None or cell == "":
                continue
            else:
                write, cell = sheet.write_string, str(cell)[:_LONGEST_CELL]
            write(number - 1, column, cell, formats.get(form or ""))


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name that Excel allows, as like the name as can be."""
    allowed = _NOT_IN_SHEET_NAMES.sub(" ", name).strip("'")[:_LONGEST_SHEET_NAME] or "Sheet"
    unique, number = allowed, 1
    while unique.lower() in taken:
        number += 1
        end = f" {number}"
        unique = allowed[: _LONGEST_SHEET_NAME - len(end)] + end
    return unique
