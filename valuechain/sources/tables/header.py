"""The rows that name the columns of a table: one, or two with groups above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from valuechain.model.cells import Cell
from valuechain.model.errors import DataError
from valuechain.model.language import say
from valuechain.model.names import normal_name
from valuechain.sources.tables.grid import Grid, Line, filled_columns, is_empty, letters

_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Header:
    """What names the columns of a table.

    `names` holds a name for each column, empty where the column is empty; `cells` is the row as written, `row` its
    number and `below` the place of the line after it. `said` tells in words what was made out.
    """

    names: tuple[str, ...]
    cells: Line
    row: int
    below: int
    said: tuple[str, ...]


def name_columns(grid: Grid, top: int) -> Header:
    """Name the columns of a table whose header is at place `top` of the lines.

    A column without a header is named by its letter if it holds cells. Of columns with one name, the second gets a
    number. A row of groups above or a row of names below the header joins in, where blanks or merged cells show it.

    Raises
    ------
    DataError
        If the header names no column, or a single one.
    """
    upper, lower = _rows(grid, top)
    said = []
    names = _joined(grid, upper, lower) if upper < lower else list(map(_name, grid.lines[top]))
    if upper < lower:
        said.append(
            say(
                "{title}: rows {upper:,} and {lower:,} name the columns together, such as {name!r}.",
                title=grid.title,
                upper=grid.numbers[upper],
                lower=grid.numbers[lower],
                name=max(names, key=len)[:80],
            )
        )
    elif lower:
        said.append(
            say(
                "{title}: row {numbers:,} was taken as the header; what is above was not read.",
                title=grid.title,
                numbers=grid.numbers[lower],
            )
        )
    names = _all_named(names, grid.lines[lower + 1 :])
    _check(names, grid.title)
    names, doubles = _told_apart(names)
    if doubles:
        told = ", ".join(say("{one!r} is called {other!r} here", one=one, other=other) for one, other in doubles[:5])
        said.append(say("{title} names a column more than once: {told}.", title=grid.title, told=told))
    return Header(tuple(names), grid.lines[lower], grid.numbers[lower], lower + 1, tuple(said))


def _name(cell: Cell) -> str:
    return "" if is_empty(cell) else " ".join(str(cell).split())


def _rows(grid: Grid, top: int) -> tuple[int, int]:
    """Places of the first and last row of the header."""
    lines, numbers = grid.lines, grid.numbers
    if top and numbers[top] - numbers[top - 1] == 1 and _groups_above(grid, top):
        return top - 1, top
    if top + 2 < len(lines) and numbers[top + 1] - numbers[top] == 1 and _names_below(grid, top):
        return top, top + 1
    return top, top


def _wide_spans(grid: Grid, place: int) -> list[range]:
    """Columns that are merged in a row of a sheet, but not over all of the sheet."""
    width = max(map(len, grid.lines[place : place + 2]))
    row = grid.numbers[place] - 1
    spans = (range(first[1], last[1] + 1) for first, last in grid.merged if first[0] == row and last[1] > first[1])
    return [span for span in spans if len(span) < width]


def _groups_above(grid: Grid, top: int) -> bool:
    """Whether the row above a header groups its columns: by merged cells, or because names repeat without it."""
    above = [_name(cell) for cell in grid.lines[top - 1]]
    names = [_name(cell) for cell in grid.lines[top] if not is_empty(cell)]
    grouped = _wide_spans(grid, top - 1) or (len(set(names)) < len(names) and sum(map(bool, above)) > 1)
    joined = [name for name in _joined(grid, top - 1, top) if name]
    return bool(grouped) and len(set(joined)) == len(joined)


def _names_below(grid: Grid, top: int) -> bool:
    """Whether the row below a header names what the header groups."""
    upper, lower = (list(map(_name, grid.lines[place])) for place in (top, top + 1))
    lower += [""] * (len(upper) - len(lower))
    upper += [""] * (len(lower) - len(upper))
    words = [name for name in lower if name]
    if not words or not all(_LETTER.search(name) and not _DIGIT.search(name) for name in words):
        return False
    joined = [name for name in _joined(grid, top, top + 1) if name]
    if len(set(joined)) < len(joined):
        return False
    if any(all(lower[column] for column in span) for span in _wide_spans(grid, top)):
        return True
    twice = [column for column in range(1, len(upper)) if upper[column] and upper[column] == upper[column - 1]]
    if twice and all(lower[column] and lower[column - 1] for column in twice):
        return True
    fills_gaps = any(below and not above for above, below in zip(upper, lower, strict=True))
    return fills_gaps and bool(upper[0]) and not lower[0] and all(map(_or, upper, lower))


def _or(above: str, below: str) -> bool:
    return bool(above or below)


def _joined(grid: Grid, top: int, bottom: int) -> list[str]:
    """Names of columns from a row of groups and the row of names below it: "Supplier: name"."""
    upper, lower = (list(map(_name, grid.lines[place])) for place in (top, bottom))
    width = max(len(upper), len(lower))
    upper += [""] * (width - len(upper))
    lower += [""] * (width - len(lower))
    spans = _wide_spans(grid, top)
    group, names = "", []
    for column, (above, below) in enumerate(zip(upper, lower, strict=True)):
        merged = next((span for span in spans if column in span), None)
        if above:
            group = above
        elif spans and merged is None:
            group = ""
        names.append(f"{group}: {below}" if group and below and group != below else below or above)
    return names


def _all_named(names: Sequence[str], body: Sequence[Line]) -> list[str]:
    """Names up to the last one; a column without one is named by its letter if it holds cells."""
    named = list(names)
    while named and not named[-1]:
        named.pop()
    nameless = {index for index, name in enumerate(named) if not name}
    for index in filled_columns(body, nameless):
        named[index] = f"column {letters(index)}"
    return named


def _check(names: Sequence[str], title: str) -> None:
    named = [name for name in names if name]
    if not any(_LETTER.search(name) for name in named):
        what = say("{title} has no header: its first row names no column.", title=title)
        raise DataError(what, say("Write column names above the rows."))
    if len(named) < 2:
        what = say("{title} shows a single column, {named!r}.", title=title, named=named[0][:80])
        raise DataError(what, say("Separate columns by a comma, semicolon, tab or |, the same sign in every row."))


def _told_apart(names: Sequence[str]) -> tuple[list[str], list[tuple[str, str]]]:
    """The names with a number behind those that were there before, and pairs of both."""
    times: dict[str, int] = {}
    told: list[str] = []
    doubles = []
    for name in names:
        unique = name
        while name and normal_name(unique) in times:
            times[normal_name(name)] += 1
            unique = f"{name} ({times[normal_name(name)]})"
        if unique != name:
            doubles.append((name, unique))
        times[normal_name(unique)] = 1
        told.append(unique)
    return told, doubles
