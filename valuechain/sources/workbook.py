"""Sheets of workbooks, with the cells as their program typed them."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
import zlib

from valuechain.model.cells import Cell
from valuechain.model.errors import DataError
from valuechain.sources.delivery import check_size

MOST_CELLS = 20_000_000
"""Largest rectangle of cells that a sheet may span; one stray sign far below or far right makes it huge."""

_ADVICE = "Save it anew as .xlsx or CSV."
_ROW_NUMBER = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\br=["'](\d+)["']""")
_COLUMN = re.compile(rb"""\sr=["']([A-Z]{1,3})\d""")


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
            check_size(archive, file)
            if "[Content_Types].xml" not in archive.namelist():
                raise DataError(f"{file} is not a workbook.", _ADVICE)
            for name in archive.namelist():
                _check_span(file, archive.read(name) if name.startswith("xl/") else b"")
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError):
        raise DataError(f"{file} is not a whole workbook.", _ADVICE) from None


def _check_span(file: str, part: bytes) -> None:
    """Refuse a sheet whose cells span more than can be held; parts that are no sheets span nothing."""
    last_row = max(map(int, _ROW_NUMBER.findall(part)), default=0)
    columns = set(_COLUMN.findall(part))
    width = max((_number(letters) for letters in columns), default=0)
    if last_row * width > MOST_CELLS:
        what = f"{file} has a sheet that reaches to row {last_row:,} and over {width:,} columns."
        raise DataError(what, "Delete what stands far below or right of the table.")


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
