"""Tables in text files: encoding, separator and quotes are found out, and what was assumed is said."""

from __future__ import annotations

import codecs
import csv
import re
from array import array
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

from valuechain.model.errors import DataError
from valuechain.model.formulas import rearmed
from valuechain.model.language import say, term
from valuechain.sources.tables.grid import Grid, TextLines
from valuechain.sources.tables.mojibake import looks_torn, mend
from valuechain.sources.tables.table import Table, table_in

if TYPE_CHECKING:
    from charset_normalizer import CharsetMatch

SEPARATORS = {"\t": "tab", "|": "vertical bar", ";": "semicolon", ",": "comma"}
"""Those that prose uses least come first."""
MOST_BYTES = 180_000_000
"""Largest text that is read: with the shortest of rows, reading takes 22 bytes of memory for each byte, 4 GB in all."""

_ADVICE = term("Save the table as CSV (UTF-8) or .xlsx.")
_SIGNATURES = {
    b"%PDF": term("a PDF document"),
    b"\x89PNG": term("an image"),
    b"\xff\xd8\xff": term("an image"),
    b"GIF8": term("an image"),
    b"PK\x03\x04": term("a zip or an office document"),
    b"\xd0\xcf\x11\xe0": term("an office document of the old kind (.xls, .doc)"),
    b"\x1f\x8b": term("a compressed file"),
    b"SQLite format 3": term("a database"),
}
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_CONTROL_SIGNS = re.compile("[\x00-\x08\x0e-\x1b\x7f]")
TURNING_SIGNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Signs, themselves unseen, that turn the direction of writing: a name with them reads other than it is."""
_SEPARATOR_LINE = re.compile(r"sep=(.)(?:\r\n|\r|\n)", re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n)?")
_FILLED_LINE = re.compile(r"(?:[^\S\r\n]*+(?:\r\n|\r|\n))*+([^\r\n]*+(?:\r\n|\r|\n)?)")
"""A line behind any number of empty ones."""
_LINES_TO_JUDGE_BY = 100


def read_text(file: str, data: bytes) -> Table | None:
    """Return the table in a text file; None if it holds nothing but blanks.

    Parameters
    ----------
    file : str
        Name for messages and places.
    data : bytes
        UTF-8, UTF-16, or an older encoding that is guessed; columns separated by comma, semicolon, tab or `|`.

    Raises
    ------
    DataError
        If this is no text, or no table.
    """
    return table_in(read_lines(file, data))


def read_lines(file: str, data: bytes) -> Grid:
    """Return the cells of a text file; see `read_text`."""
    if len(data) > MOST_BYTES:
        raise DataError(
            say("{file} is larger than {most_bytes:,} bytes.", file=file, most_bytes=MOST_BYTES),
            say("Split it into files."),
        )
    text, assumed = decode(file, data)
    if re.match(r"\s*(<!doctype|<html|<\?xml|[{\[])", text[:200], re.IGNORECASE):
        raise DataError(say("{file} is a web page or a data format, not a table.", file=file), say(_ADVICE))
    line = _SEPARATOR_LINE.match(text)
    text = text[line.end() :] if line else text
    separator = line.group(1) if line else _separator(text)
    numbers, lines, also_assumed = _split(file, text, separator)
    return Grid(file, "", numbers, lines, separator=separator, assumed=assumed + also_assumed)


def decode(file: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return bytes as text, and in words what was assumed; DataError if they are no text."""
    for signature, what in _SIGNATURES.items():
        if data.startswith(signature):
            raise DataError(say("{file} is {what}, not a table.", file=file, what=say(what)), say(_ADVICE))
    encoding = next((encoding for mark, encoding in _MARKS.items() if data.startswith(mark)), "")
    assumed: list[str] = []
    if not encoding:
        encoding = _unmarked_utf_16(data) or "utf-8"
        if encoding != "utf-8":
            assumed.append(
                say("{file} does not say its encoding; every other byte tells that it is UTF-16.", file=file)
            )
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        if encoding != "utf-8" or b"\x00" in data:
            raise DataError(say("{file} is not readable text.", file=file), say(_ADVICE)) from None
        encoding = _guess_encoding(file, data)
        text = data.decode(encoding)
        look = say("Look at letters such as ä, é or ł in names.")
        assumed.append(
            say("{file} is not UTF-8; it was read as {encoding}. {look}", file=file, encoding=encoding, look=look)
        )
    control = _CONTROL_SIGNS.search(text)
    if control:
        what = say(
            "{file} holds signs that no text holds, the first in line {start}.",
            file=file,
            start=_line_number(text, control.start()),
        )
        raise DataError(what, say(_ADVICE))
    mended = mend(text)
    if mended:
        text = mended.text
        why = say("letters had been taken apart by a program that read UTF-8 as Windows-1252")
        assumed.append(
            say(
                "{file}: {why}; they were put together again, such as {before!r} to {after!r}.",
                file=file,
                why=why,
                before=mended.before,
                after=mended.after,
            )
        )
    elif torn := looks_torn(text):
        why = say("but other letters of the file speak against it, so nothing was changed")
        assumed.append(
            say(
                "{file}: letters in {torn!r} look taken apart by another program, {why}.", file=file, torn=torn, why=why
            )
        )
    lost = text.count("\ufffd")
    if lost:
        assumed.append(
            say("{file} has {lost} signs in place of letters that were lost before it came here.", file=file, lost=lost)
        )
    turn = None if text.isascii() else TURNING_SIGNS.search(text)
    if turn:
        where = say("the first in line {line}", line=_line_number(text, turn.start()))
        assumed.append(
            say(
                "{file} has unseen signs that turn the direction of writing, {where}; they were kept.",
                file=file,
                where=where,
            )
        )
    return text, tuple(assumed)


def _line_number(text: str, place: int) -> int:
    return _line_ends(text, 0, place) + 1


def _line_ends(text: str, start: int, end: int) -> int:
    return text.count("\n", start, end) + text.count("\r", start, end) - text.count("\r\n", start, end)


def _unmarked_utf_16(data: bytes) -> str:
    """UTF-16 without its mark, if that is certain: nulls in most places of one parity, and none in the other."""
    sample = data[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    if len(data) % 2 or len(sample) < 4 or min(even, odd) > 0 or max(even, odd) * 2 < len(sample) // 2:
        return ""
    return encoding


def _guess_encoding(file: str, data: bytes) -> str:
    """Windows-1252, unless the bytes rule it out or another code page of Europe reads clearly better."""
    from charset_normalizer import from_bytes

    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    if sum(sign > "\x7f" for sign in text) > 2 * broken:
        line = _line_number(text, text.index("\ufffd"))
        raise DataError(
            say("{file} is UTF-8 for the most part, but not in line {line}.", file=file, line=line), say(_ADVICE)
        )
    matches = from_bytes(data, cp_isolation=["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257"])

    def rank(match: CharsetMatch) -> tuple[float, float, bool]:
        return match.chaos, -match.coherence, "cp1252" not in match.could_be_from_charset

    for match in sorted(matches, key=rank):
        encoding = "cp1252" if "cp1252" in match.could_be_from_charset else match.encoding
        with suppress(UnicodeDecodeError):
            data.decode(encoding)
            return encoding
    raise DataError(say("{file} is text in no encoding known here.", file=file), say(_ADVICE))


def _separator(text: str) -> str:
    """The sign that splits most lines into equally many cells, whatever stands above the table."""
    sample = [found[1] for found in islice(_FILLED_LINE.finditer(text), _LINES_TO_JUDGE_BY)]

    def merit(separator: str) -> tuple[int, int]:
        try:
            widths = Counter(len(row) for row in csv.reader(sample, delimiter=separator) if len(row) > 1)
        except csv.Error:
            return 0, 0
        return max(((count, width) for width, count in widths.items()), default=(0, 0))

    best = max(SEPARATORS, key=merit)
    return best if merit(best)[0] else ","


def _split(file: str, text: str, separator: str) -> tuple[array[int], TextLines, tuple[str, ...]]:
    """Split text into rows of cells; a quote that is never closed would swallow rows, so it is an error."""
    try:
        return *_kept(_filled_rows(text, separator, strict=True)), ()
    except csv.Error as problem:
        if "expected after" not in str(problem):
            raise _broken(file, problem) from None
    try:
        numbers, lines = _kept(_filled_rows(text, separator, strict=False))
    except csv.Error as problem:
        raise _broken(file, problem) from None
    return (
        numbers,
        lines,
        (say("{file} has quotes within cells that are not doubled; they were taken as text.", file=file),),
    )


def _kept(rows: Iterator[tuple[int, list[str]]]) -> tuple[array[int], TextLines]:
    numbers, joined = array("L"), []
    for number, row in rows:
        numbers.append(number)
        joined.append(TextLines.JOINT.join(row))
    return numbers, TextLines(joined)


def _filled_rows(text: str, separator: str, strict: bool) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not empty, with their numbers; runs of empty lines are passed over without being split."""
    blank = re.compile(rf"(?:[ {re.escape(separator)}]*+(?:\r\n|\r|\n))++")
    between_rows, number, has_apostrophes = True, 0, "'" in text

    def lines() -> Iterator[str]:
        nonlocal between_rows, number
        place = 0
        while place < len(text):
            empty = blank.match(text, place) if between_rows else None
            if empty:
                number += _line_ends(text, place, empty.end())
                place = empty.end()
            else:
                found = _LINE.match(text, place)
                assert found
                place, between_rows = found.end(), False
                yield found.group()

    for row in csv.reader(lines(), delimiter=separator, strict=strict):
        number += 1
        between_rows = True
        if any(map(str.strip, row)):
            if has_apostrophes:
                row = [rearmed(cell) for cell in row]
            yield number, row


def _broken(file: str, problem: csv.Error) -> DataError:
    if "end of data" in str(problem):
        what = say("{file} opens a quote that is never closed.", file=file)
        return DataError(what, say("Close it, or double the quotes within a cell."))
    if "field larger" in str(problem):
        what = say(
            "{file} has a cell of more than {field_size_limit:,} signs.",
            file=file,
            field_size_limit=csv.field_size_limit(),
        )
        return DataError(what, say("Shorten it, or look for a quote that is opened and not closed."))
    return DataError(
        say("{file} is not a readable table: {problem}.", file=file, problem=problem),
        say("Save it anew as CSV (UTF-8)."),
    )
