"""Sheets of workbooks, with the cells as their program typed them."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
import zlib

from valuechain.model.cells import Cell
from valuechain.model.errors import DataError
from valuechain.sources.files import check_size

MOST_BYTES = 300_000_000
"""Most that a workbook may unfold into."""
MOST_CELLS = 10_000_000
"""Largest rectangle of cells that a sheet may span; one stray sign far below or far right makes it huge."""

_ADVICE = "Save it anew as .xlsx or CSV."
_POSITION = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)(\d*)["']""")


def read_sheets(file: str, data: bytes) -> dict[str, list[list[Cell]]]:
    """Return the cells of each work sheet of an .xlsx, from its first row and column on.

    Parameters
    ----------
    file : str
        Name for messages.
    data : bytes
        The workbook.

    Raises
    ------
    DataError
        If this is no workbook, is protected by a password, or spans too much.
    """
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

    _check(file, data)
    grids = {}
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            for sheet in workbook.sheets_metadata:
                if sheet.typ == SheetTypeEnum.WorkSheet:
                    rows = workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
                    grids[sheet.name] = [[_cell(value) for value in row] for row in rows]
    except CalamineError as problem:
        raise DataError(f"{file} is not a readable workbook: {problem}.", _ADVICE) from None
    return grids


def _cell(value: object) -> Cell:
    """A cell as records know it; whole numbers lose the point that workbooks keep for all numbers."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if value is None or isinstance(value, str | bool | int | float | datetime.date):
        return value
    return str(value)


def _check(file: str, data: bytes) -> None:
    """Look into the archive before a reader that trusts it does."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        what = f"{file} is protected by a password, or a workbook of the old kind (.xls)."
        raise DataError(what, "Save it without a password as .xlsx.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_size(archive, file, MOST_BYTES)
            if "[Content_Types].xml" not in archive.namelist():
                raise DataError(f"{file} is not a workbook.", _ADVICE)
            for name in archive.namelist():
                _check_span(file, archive.read(name))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError):
        raise DataError(f"{file} is not a whole workbook.", _ADVICE) from None


def _check_span(file: str, part: bytes) -> None:
    """Refuse a sheet whose cells span more than can be held: the reader would ask for all of it at once."""
    columns, rows = {b"A"}, {b"1"}
    for position in _POSITION.finditer(part):
        columns.add(position[1])
        rows.add(position[2][:9] or b"0")
    height, width = max(map(int, rows)), max(map(_number, columns))
    if height * width > MOST_CELLS:
        what = f"{file} has a sheet that reaches to row {height:,} and over {width:,} columns."
        raise DataError(what, "Delete what stands far below or right of the table, or save it as CSV.")


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
