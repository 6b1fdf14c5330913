"""What a workbook must not do to the program that reads it: looked at before a reader that trusts it does."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from valuechain.model.errors import DataError
from valuechain.model.language import say, term
from valuechain.sources.tables.files import check_size

MOST_BYTES = 300_000_000
"""Most that a workbook may unfold into, and the largest one of the old kind."""
MOST_CELLS = 10_000_000
"""Largest rectangle of cells that a sheet may span; one stray sign far below or far right makes it huge."""

ADVICE = term("Save it anew as .xlsx or CSV.")

_OLD_CONTAINER = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_POSITION = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)(\d*)["']""")
_ATTRIBUTES = rb"""(?:\s+[\w:]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))*\s*"""
_EMPTY_CELL = re.compile(rb"<(?:\w+:)?c" + _ATTRIBUTES + rb"/>")
_EMPTY_ROW = re.compile(rb"<(?:\w+:)?row" + _ATTRIBUTES + rb"(?:/>|>\s*</(?:\w+:)?row>)")
_OPEN_DOCUMENT = re.compile(rb"<(/?table:table-row|table:(?:covered-)?table-cell)\b([^<>]*?)(/?)>")
_REPEATED = re.compile(rb"""number-(?:rows|columns)-repeated\s*=\s*["'](\d{1,12})""")
_ROW_OF_XLSB = 0
_CELLS_OF_XLSB = frozenset({*range(1, 12), 62})


def is_binary(data: bytes) -> bool:
    """Whether a workbook is in one of the forms (.xls, .xlsb) whose insides cannot be looked at beforehand."""
    return data.startswith(_OLD_CONTAINER) or b"xl/workbook.bin" in data


def check_workbook(file: str, data: bytes) -> None:
    """Raise DataError if a workbook is none, is protected, or would unfold into more than can be held.

    Of the old kind (.xls), which is no archive, only the size and the protection can be told.
    """
    if data.startswith(_OLD_CONTAINER):
        if _ENCRYPTED in data:
            raise DataError(
                say("{file} is protected by a password.", file=file), say("Save it without a password as .xlsx.")
            )
        if len(data) > MOST_BYTES:
            raise DataError(
                say("{file} is larger than {most_bytes:,} bytes.", file=file, most_bytes=MOST_BYTES), say(ADVICE)
            )
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_size(archive, file, MOST_BYTES)
            names = archive.namelist()
            if "[Content_Types].xml" not in names and "content.xml" not in names:
                raise DataError(say("{file} is not a workbook.", file=file), say(ADVICE))
            for member in archive.infolist():
                _check_part(file, member.filename, archive.read(member))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError):
        raise DataError(say("{file} is not a whole workbook.", file=file), say(ADVICE)) from None


def _check_part(file: str, name: str, part: bytes) -> None:
    if name.endswith(".bin"):
        height, width = _span_of_binary(part) if "/worksheets/" in name else (0, 0)
    elif b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise DataError(
            say("{file} declares words of its own (XML entities), as no workbook does.", file=file), say(ADVICE)
        )
    elif name == "content.xml":
        height, width = _span_of_open_document(part)
    else:
        height, width = _span(part)
        if height * width > MOST_CELLS:
            height, width = _span(_EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", part)))
    if height * width > MOST_CELLS:
        what = say(
            "{file} has a sheet that reaches to row {height:,} and over {width:,} columns.",
            file=file,
            height=height,
            width=width,
        )
        raise DataError(what, say("Delete what stands far below or right of the table, or save it as CSV."))


def _span(part: bytes) -> tuple[int, int]:
    """Last row and column that a part of an .xlsx names."""
    columns, rows = {b"A"}, {b"1"}
    for position in _POSITION.finditer(part):
        columns.add(position[1])
        rows.add(position[2][:9] or b"0")
    return max(map(int, rows)), max(map(_number, columns))


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:7]:
        number = number * 26 + letter - ord("A") + 1
    return number


def _span_of_open_document(part: bytes) -> tuple[int, int]:
    """Rows and columns that a sheet of an .ods spans, cells and rows that are repeated counted as often."""
    row = column = filled = height = width = 0
    repeated = 1
    for tag, attributes, closed in _OPEN_DOCUMENT.findall(part):
        times = _REPEATED.search(attributes)
        count = int(times[1]) if times else 1
        if tag == b"table:table-row":
            column, filled, repeated = 0, 0, count
        elif tag == b"/table:table-row":
            row += repeated
            if filled:
                height, width = max(height, row), max(width, filled)
        else:
            column += count
            if not closed or b"value" in attributes:
                filled = column
    return height, width


def _span_of_binary(part: bytes) -> tuple[int, int]:
    """Last row and column that a sheet of an .xlsb names; its records are a kind, a length and that many bytes."""
    place = row = height = width = 0
    while place < len(part):
        kind, place = _variable(part, place, 2)
        length, place = _variable(part, place, 4)
        number = int.from_bytes(part[place : place + 4], "little") + 1
        if kind == _ROW_OF_XLSB:
            row = number
        elif kind in _CELLS_OF_XLSB:
            height, width = max(height, row), max(width, number)
        place += length
    return height, width


def _variable(part: bytes, place: int, most: int) -> tuple[int, int]:
    """A number of up to `most` bytes, seven bits in each, and the place behind it."""
    number = 0
    for index, byte in enumerate(part[place : place + most]):
        number |= (byte & 0x7F) << (7 * index)
        if byte < 0x80:
            return number, place + index + 1
    return number, place + most
