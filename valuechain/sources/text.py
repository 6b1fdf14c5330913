"""Tables in text files: encoding, separator and quotes are found out, and what was assumed is said."""

from __future__ import annotations

import codecs
import csv
import io
import re
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

from valuechain.model.errors import DataError
from valuechain.sources.table import Table, make_table

if TYPE_CHECKING:
    from charset_normalizer import CharsetMatch

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}

_ADVICE = "Save the table as CSV (UTF-8) or .xlsx."
_SIGNATURES = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"PK\x03\x04": "a zip or an office document",
    b"\xd0\xcf\x11\xe0": "an office document of the old kind (.xls, .doc)",
    b"\x1f\x8b": "a compressed file",
    b"SQLite format 3": "a database",
}
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_CONTROL_SIGNS = re.compile("[\x00-\x08\x0e-\x1b\x7f]")
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_DISARMED = re.compile(r"'+[=+\-@\t\r]")
"""An apostrophe that keeps spreadsheets from taking a text for a formula; `valuechain.report.data` writes it."""
_LINES_TO_JUDGE_BY = 50


def read_text(file: str, data: bytes) -> Table | None:
    """Return the table in a text file; None if it holds nothing but blanks.

    Parameters
    ----------
    file : str
        Name for messages and places.
    data : bytes
        UTF-8, UTF-16 with its mark, or an older encoding that is guessed; columns separated by comma,
        semicolon, tab or `|`.

    Raises
    ------
    DataError
        If this is no text, or no table.
    """
    text, assumed = _decode(file, data)
    line = _SEPARATOR_LINE.match(text)
    text = text[line.end() :] if line else text
    separator = line.group(1) if line else _separator(text)
    rows, also_assumed = _split(file, text, separator)
    return make_table(file, "", rows, assumed + also_assumed)


def _decode(file: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    for signature, what in _SIGNATURES.items():
        if data.startswith(signature):
            raise DataError(f"{file} is {what}, not a table.", _ADVICE)
    encoding = next((encoding for mark, encoding in _MARKS.items() if data.startswith(mark)), "utf-8")
    assumed: tuple[str, ...] = ()
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        if encoding != "utf-8" or b"\x00" in data:
            raise DataError(f"{file} is not readable text.", _ADVICE) from None
        encoding = _guess_encoding(file, data)
        text = data.decode(encoding)
        look = "Look at letters such as ä, é or ł in names."
        assumed = (f"{file} is not UTF-8; it was read as {encoding}. {look}",)
    if _CONTROL_SIGNS.search(text):
        raise DataError(f"{file} holds signs that no text holds.", _ADVICE)
    if re.match(r"\s*(<!doctype|<html|<\?xml|[{\[])", text[:200], re.IGNORECASE):
        raise DataError(f"{file} is a web page or a data format, not a table.", _ADVICE)
    lost = text.count("\ufffd")
    if lost:
        assumed += (f"{file} has {lost} signs in place of letters that were lost before it came here.",)
    return text, assumed


def _guess_encoding(file: str, data: bytes) -> str:
    """Windows-1252, unless the bytes rule it out or another code page of Europe reads clearly better."""
    from charset_normalizer import from_bytes

    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    if sum(sign > "\x7f" for sign in text) > 2 * broken:
        what = (
            f"{file} is UTF-8 for the most part, but not in line {text[: text.index(chr(0xFFFD))].count(chr(10)) + 1}."
        )
        raise DataError(what, _ADVICE)
    matches = from_bytes(data, cp_isolation=["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257"])

    def rank(match: CharsetMatch) -> tuple[float, float, bool]:
        return match.chaos, -match.coherence, "cp1252" not in match.could_be_from_charset

    for match in sorted(matches, key=rank):
        encoding = "cp1252" if "cp1252" in match.could_be_from_charset else match.encoding
        with suppress(UnicodeDecodeError):
            data.decode(encoding)
            return encoding
    raise DataError(f"{file} is text in no encoding known here.", _ADVICE)


def _separator(text: str) -> str:
    """The sign that splits the first filled line into most columns; of equal ones, that with which most agree."""
    lines = (line for line in io.StringIO(text, newline="") if line.strip())
    sample = list(islice(lines, _LINES_TO_JUDGE_BY))

    def merit(separator: str) -> tuple[int, int]:
        try:
            widths = [len(row) for row in csv.reader(sample, delimiter=separator)]
        except csv.Error:
            return 0, 0
        return (widths[0], widths.count(widths[0])) if widths else (0, 0)

    return max(SEPARATORS, key=merit)


def _split(file: str, text: str, separator: str) -> tuple[list[list[str]], tuple[str, ...]]:
    """Split text into rows of cells; a quote that is never closed would swallow rows, so it is an error."""
    assumed: tuple[str, ...] = ()
    try:
        return _rows(text, separator, strict=True), assumed
    except csv.Error as problem:
        if "expected after" not in str(problem):
            raise _broken(file, problem) from None
    try:
        rows = _rows(text, separator, strict=False)
    except csv.Error as problem:
        raise _broken(file, problem) from None
    return rows, (f"{file} has quotes within cells that are not doubled; they were taken as text.",)


def _rows(text: str, separator: str, strict: bool) -> list[list[str]]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)
    return [[cell[1:] if _DISARMED.match(cell) else cell for cell in row] for row in rows]


def _broken(file: str, problem: csv.Error) -> DataError:
    if "end of data" in str(problem):
        what = f"{file} opens a quote that is never closed."
        return DataError(what, "Close it, or double the quotes within a cell.")
    return DataError(f"{file} is not a readable table: {problem}.", "Save it anew as CSV (UTF-8).")
