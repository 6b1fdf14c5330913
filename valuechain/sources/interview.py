"""The form of an interview, filled in: each line that was answered becomes records of a source of its own.

A line's id says what its cells mean, so lines may stand in any order. Answers are declared on the day of the interview.
Things named by words are stored as words; suppliers named by name become organisations of this source.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from valuechain.model.batch import Batch, Place, assemble
from valuechain.model.cells import Cell as Written
from valuechain.model.errors import DataError
from valuechain.model.interview import FORM, HEADINGS, LEAVE, VERSION, Cell, said_in_any, slug
from valuechain.model.language import say, term
from valuechain.sources.delivery import Delivery
from valuechain.sources.interview_answers import Answers
from valuechain.sources.interview_cells import Answer
from valuechain.sources.reading import Reading
from valuechain.sources.tables.files import WORKBOOKS, File
from valuechain.sources.tables.grid import Grid, is_empty
from valuechain.sources.tables.workbook import read_sheets

NAME = term("interview")

LARGEST = 2_000_000
"""A form is small; a larger workbook is none, and is not looked into. In bytes."""

_BEGINS = f'["{FORM}"'
_ANEW = term("Make the form anew with `valuechain interview`.")
_PARTS: dict[str, tuple[type, ...]] = {
    "day": (),
    "field": (str,),
    "makes": (int,),
    "needs": (int,),
    "supplier": (str, int, str),
    "times": (str, str, str),
    "link": (str, str, str),
    "offer": (str,),
    "essential": (str,),
    "sales": (str, dict),
    "share": (str,),
}
"""Kinds of lines, and what follows in their ids."""


def recognises(delivery: Delivery) -> bool:
    """Whether a workbook holds a form."""
    return any(_head(grid) for file in delivery.files for grid in _grids(file))


def interviewed(delivery: Delivery) -> dict[str, tuple[str, str]]:
    """Return whom the forms of a delivery ask, by the source that each is: key and name."""
    found: dict[str, tuple[str, str]] = {}
    for file in delivery.files:
        for grid in _grids(file):
            if _is_head(head := _head(grid)):
                _, _, key, name, source = head
                found[source] = key or f"{source}:{slug(name)}", name
    return found


def read(delivery: Delivery, reading: Reading) -> list[Batch]:
    """Return the answers of each form, as a batch each.

    Parameters
    ----------
    delivery : Delivery
        Workbooks; a sheet whose head is that of a form is one, others are left aside.
    reading : Reading
        The day where a form tells none. Each form is a source by its own name, whatever the delivery is called.

    Raises
    ------
    DataError
        If a form tells no day, was made by another version, or its columns were changed.
    """
    return [
        _read_form(grid, head, reading) for file in delivery.files for grid in _grids(file) if (head := _head(grid))
    ]


def _grids(file: File) -> list[Grid]:
    if file.suffix not in WORKBOOKS or len(file.content) > LARGEST:
        return []
    return read_sheets(file.name, file.content)


def _head(grid: Grid) -> list[Any]:
    """The id of a form's head, nothing if the sheet holds none."""
    for line in grid.lines[:20]:
        for cell in line:
            if isinstance(cell, str) and cell.startswith(_BEGINS):
                return _parsed(cell)
    return []


def _parsed(cell: Written) -> list[Any]:
    try:
        found = json.loads(str(cell))
    except (ValueError, RecursionError):  # what is nested a thousand times is no id
        return []
    return found if isinstance(found, list) else []


def _read_form(grid: Grid, head: list[Any], reading: Reading) -> Batch:
    if not _is_head(head):
        raise DataError(say("{form} is a form that this version does not know.", form=grid.title), say(_ANEW))
    _, _, organisation, name, source = head
    columns, top = _columns(grid)
    lines = list(_lines(grid, columns, top))
    day = next((line.cells.get("answer") for line in lines if line.id == ["day"]), None)
    answers = Answers(source, organisation, name, Place(grid.file, grid.sheet, 1), grid.title)
    answers.set_day(reading.as_of if is_empty(day) else day)
    return taken_down(answers, [line for line in lines if line.id != ["day"]], grid.assumed)


def taken_down(answers: Answers, lines: Iterable[Answer], assumed: Sequence[str] = ()) -> Batch:
    """Return the lines of one form as a batch; those that nobody filled in are left aside.

    Parameters
    ----------
    answers : Answers
        Knows who is asked, and the day.
    lines : iterable of Answer
        In the order of the form.
    assumed : sequence of str
        What had to be guessed to read them.

    Raises
    ------
    DataError
        If nothing is filled in.
    """
    read = 0
    for line in lines:
        as_given = line.id == ["field", "name"] and line.text("answer") == answers.name
        if not line.is_empty and not as_given:
            read += 1
            answers.take(line)
    answers.finish()
    if not read:
        what = say("{form} is not filled in.", form=answers.title)
        raise DataError(what, say("Fill in answers, then import it again."))
    said = (*assumed, *answers.said)
    return assemble(answers.source, NAME, [answers.head.file], read, answers.records, answers.faults, said)


def _is_head(head: list[Any]) -> bool:
    return len(head) == 5 and head[1] == VERSION and all(isinstance(text, str) for text in head[2:])


def _columns(grid: Grid) -> tuple[dict[Cell, int], int]:
    """Places of the cells to be filled in, by their headings, and the place of the line that holds these."""
    for top, line in enumerate(grid.lines):
        texts = [" ".join(str(cell).split()) for cell in line]
        if not said_in_any(LEAVE).isdisjoint(texts):
            places = {name: _place(texts, heading) for name, heading in HEADINGS.items()}
            missing = [name for name, place in places.items() if place < 0]
            if missing:
                heading = say(HEADINGS[missing[0]])
                what = say("{form}: the column {heading!r} is gone.", form=grid.title, heading=heading)
                raise DataError(what, say("Put its heading back into row {row}.", row=grid.numbers[top]))
            return places, top
    raise DataError(say("{form}: the headings of the columns are gone.", form=grid.title), say(_ANEW))


def _place(texts: Sequence[str], heading: str) -> int:
    """Where a heading stands, in whatever language; -1 where it does not."""
    return next((place for place, text in enumerate(texts) if text in said_in_any(heading)), -1)


def _lines(grid: Grid, columns: dict[Cell, int], top: int) -> Iterator[Answer]:
    """Lines with an id, and the cells that belong to it; below the headings also lines that lost theirs."""
    place_of_id = _place([" ".join(str(cell).split()) for cell in grid.lines[top]], LEAVE)
    for place, (number, line) in enumerate(zip(grid.numbers, grid.lines, strict=True)):
        id = _parsed(line[place_of_id]) if place_of_id < len(line) else []
        cells = {name: line[column] for name, column in columns.items() if column < len(line)}
        if id[:1] != [FORM] and (id or place > top):
            yield Answer(Place(grid.file, grid.sheet, number), id if _is_known(id) else [], cells)


def _is_known(id: list[Any]) -> bool:
    """Whether an id is one that a form gives to a line."""
    kind, *parts = id or [""]
    wanted = _PARTS.get(kind) if isinstance(kind, str) else None
    return wanted is not None and tuple(map(type, parts)) == wanted
