"""Tables in JSON: one object a line (JSON lines), or one array of objects. Their keys are the columns."""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Iterable, Iterator

from valuechain.model.batch import Fault, Place
from valuechain.model.cells import Cell
from valuechain.model.errors import DataError
from valuechain.model.language import say, term
from valuechain.sources.tables.grid import Line, is_empty
from valuechain.sources.tables.layout import CORRECTION_COLUMNS
from valuechain.sources.tables.table import Rows, Table
from valuechain.sources.tables.text import MOST_BYTES, decode

MOST_CELLS = 50_000_000
"""Largest table: a row takes room for every column up to its last one."""

_ADVICE = term("Write one object per line, {...}, or one array of objects, [{...}, {...}].")
_LINE_END = re.compile(r"\r\n|\r|\n")


def read_json(file: str, data: bytes) -> Table | None:
    """Return the table of a JSON file; None if it holds nothing but blanks.

    Rows count lines, or the objects of an array, from 1. Keys are columns in the order of their first appearance;
    lists and objects within are kept as JSON text. A line that holds no object is refused as a row.

    Raises
    ------
    DataError
        If this is no text, or holds no object at all.
    """
    found, assumed = read_objects(file, data)
    columns: dict[str, int] = {}
    room = 0
    numbers, lines, faults = array("L"), list[Line](), []
    for number, one in found:
        if isinstance(one, dict):
            if tuple(one)[-2:] == CORRECTION_COLUMNS:
                one = {key: one[key] for key in tuple(one)[:-2]}
            cells: dict[int, Cell] = {columns.setdefault(key, len(columns)): _cell(one[key]) for key in one}
            if not all(map(is_empty, cells.values())):
                room += max(cells) + 1
                if room > MOST_CELLS:
                    what = say(
                        "{file} names so many columns that it spans more than {most_cells:,} cells.",
                        file=file,
                        most_cells=MOST_CELLS,
                    )
                    raise DataError(what, say("Bring only the keys that are needed."))
                numbers.append(number)
                lines.append(tuple(cells.get(index) for index in range(max(cells) + 1)))
        else:
            shown = one if isinstance(one, str) else json.dumps(one, ensure_ascii=False)
            why = say("This is no JSON object.")
            faults.append(
                Fault(Place(file, "", number), "", shown[:80], why, say("Write it as {...}, all in one line."))
            )
    if not columns and not faults and not data.strip():
        return None
    if not columns:
        raise DataError(say("{file} holds no JSON objects.", file=file), say(_ADVICE))
    names = _names(columns)
    rows = Rows(file, "", tuple(enumerate(names)), numbers, lines)
    return Table(file, "", names, rows, tuple(faults), assumed, header_row=0)


def read_objects(file: str, data: bytes) -> tuple[Iterable[tuple[int, object]], tuple[str, ...]]:
    """Return what stands in each line or place of the array, with its number, and what was assumed; see `read_json`.

    A line that is no JSON stands for itself.
    """
    if len(data) > MOST_BYTES:
        raise DataError(
            say("{file} is larger than {most_bytes:,} bytes.", file=file, most_bytes=MOST_BYTES),
            say("Split it into files."),
        )
    text, assumed = decode(file, data)
    text = text.rstrip()
    found = _objects_of_array(file, text) if text.lstrip().startswith("[") else _objects_by_line(text)
    return found, assumed


def _objects_by_line(text: str) -> Iterator[tuple[int, object]]:
    """What each line that is not empty holds; the line itself where it is no JSON."""
    for number, line in enumerate(_LINE_END.split(text), 1):
        if line.strip():
            try:
                yield number, _parse(line)
            except (ValueError, RecursionError):
                yield number, line


def _objects_of_array(file: str, text: str) -> Iterable[tuple[int, object]]:
    try:
        return enumerate(_parse(text), 1)  # type: ignore[arg-type]
    except ValueError as problem:
        raise DataError(say("{file} is not whole JSON: {problem}.", file=file, problem=problem), say(_ADVICE)) from None
    except RecursionError:
        raise DataError(say("{file} nests too deep to be a table.", file=file), say(_ADVICE)) from None


def _parse(text: str) -> object:
    """What a text of JSON holds; NaN and the like are no JSON and stay words, to be refused where a number is meant."""
    return json.loads(text, parse_constant=str)


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return json.dumps(value, ensure_ascii=False)


def _names(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(" ".join(key.split()) or f"column {place}" for place, key in enumerate(keys, 1))
