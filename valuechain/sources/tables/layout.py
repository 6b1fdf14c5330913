"""Where the table lies among the cells of a sheet: its header, its rows, and what stands around them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from valuechain.model.cells import Cell
from valuechain.model.errors import DataError
from valuechain.model.language import say
from valuechain.model.names import normal_name
from valuechain.model.schema import COMMON, KINDS
from valuechain.sources.tables.grid import Grid, Line, filled_columns, is_empty, letters
from valuechain.sources.tables.header import Header, name_columns
from valuechain.sources.tables.totals import remarks_below, totals_rows

CORRECTION_COLUMNS = ("fault", "advice")
"""Columns that a correction file adds at the end; they are no part of its table."""

MOST_COLUMNS = 16_384
"""As many as Excel has."""
_ROWS_TO_JUDGE_BY = 50
_LEAST_OF_WIDTH = 0.6
_MOST_GAPS = 10
_MOST_TITLES = 3
_FIELDS = frozenset(field.name for kind in KINDS.values() for field in (*kind.fields, *COMMON))
_LETTER = re.compile(r"[^\W\d_]")
_DAY = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{2,4}.*")


@dataclass(frozen=True)
class Layout:
    """The table of a grid: its header, the rows below it, and in words what was made out.

    `numbers` and `lines` are the rows of the table, as in `Grid`.
    """

    header: Header
    numbers: Sequence[int]
    lines: Sequence[Line]
    said: tuple[str, ...]


def find_table(grid: Grid) -> Layout | None:
    """Return where the first table of a grid lies; None if the grid is empty.

    The header is the first row that is about as wide as the table and made of words. Further tables beside or below
    it are told, not read. Rows that repeat the header, sums at the end and
    remarks below are no rows.
    """
    grid = without_corrections(grid)
    if not grid.lines:
        return None
    if max(map(len, grid.lines[:_ROWS_TO_JUDGE_BY])) > MOST_COLUMNS:
        what = say("{title} has more than {most_columns:,} columns.", title=grid.title, most_columns=MOST_COLUMNS)
        raise DataError(what, say("Delete those that you do not need, or look for line ends that were lost."))
    grid, beside = _leftmost(grid)
    top = _header_line(grid.numbers, grid.lines)
    header = name_columns(grid, top)
    grid, below = _topmost(grid, header)
    start = header.below
    numbers, lines = grid.numbers[start:], _unmerged(grid, start)
    said = [*header.said, *_further(grid.title, [*beside, *below])]
    repeats = _repeats(header, lines)
    totals, remarks = totals_rows(lines), remarks_below(numbers, lines)
    left_out = {
        say("repeats the header"): repeats,
        say("sums the rows above it"): totals,
        say("is a remark below the table"): remarks,
    }
    for why, places in left_out.items():
        said += [
            say("{title}: row {row:,} was left out; it {why}.", title=grid.title, row=numbers[place], why=why)
            for place in sorted(places)[:5]
        ]
        if len(places) > 5:
            said.append(
                say(
                    "{title}: {count:,} more rows were left out; each {why}.",
                    title=grid.title,
                    count=len(places) - 5,
                    why=why,
                )
            )
    if gone := repeats | totals | remarks:
        kept = [place for place in range(len(lines)) if place not in gone]
        numbers, lines = [numbers[place] for place in kept], [lines[place] for place in kept]
    return Layout(header, numbers, lines, tuple(said))


def without_corrections(grid: Grid) -> Grid:
    """Return a grid without the two columns at its end that tell the faults of a correction file."""
    for line in grid.lines[:_ROWS_TO_JUDGE_BY]:
        end = len(line)
        while end and is_empty(line[end - 1]):
            end -= 1
        if line[max(end - 2, 0) : end] == CORRECTION_COLUMNS:
            if any(not is_empty(cell) for other in grid.lines for cell in other[end:]):
                return grid
            return _cut(grid, end - 2)
    return grid


def _cut(grid: Grid, width: int) -> Grid:
    """The grid without the columns from `width` on, and without rows that are empty then."""
    cut = [
        (number, line[:width])
        for number, line in zip(grid.numbers, grid.lines, strict=True)
        if not all(map(is_empty, line[:width]))
    ]
    return replace(grid, numbers=[number for number, _ in cut], lines=[line for _, line in cut])


def _filled(line: Line) -> list[Cell]:
    return [cell for cell in line if not is_empty(cell)]


def _is_header_like(line: Line) -> bool:
    """Whether a row is made of words, as headers are: years and the like may be among them, days not.

    A label with a colon before its value, such as `Date: | today`, is none.
    """
    cells = _filled(line)
    if len(cells) == 2 and str(cells[0]).rstrip().endswith(":"):
        return False
    words = [cell for cell in cells if isinstance(cell, str) and _LETTER.search(cell)]
    days = any(isinstance(cell, datetime.date) or _DAY.fullmatch(str(cell).strip()) for cell in cells)
    return len(cells) > 1 and not days and 2 * len(words) >= len(cells)


def _header_line(numbers: Sequence[int], lines: Sequence[Line]) -> int:
    """Place of the header: the first row of words that is about as wide as the table; without one, the first row."""
    sample = lines[:_ROWS_TO_JUDGE_BY]
    widths = [len(_filled(line)) for line in sample]
    several = [width for width in widths if width > 1]
    if not several:
        return 0
    least = max(2, _LEAST_OF_WIDTH * median(several), max(widths) / 2)
    for place, line in enumerate(sample):
        names = [normal_name(str(cell)) for cell in _filled(line)]
        if len(names) > 1 and 2 * len(names) >= max(widths) and all(name in _FIELDS for name in names):
            return place
        if widths[place] >= least and _is_header_like(line) and not _is_above_a_wider_table(numbers, sample, place):
            has_rows = place + 1 < len(lines)
            return place if has_rows or not place else 0
    return 0


def _is_above_a_wider_table(numbers: Sequence[int], sample: Sequence[Line], place: int) -> bool:
    """Whether an empty row follows soon, and most rows below that reach beyond this one."""
    end = _reach(sample[place])
    for below in range(place + 1, min(place + 1 + _MOST_TITLES, len(sample) - 1)):
        if numbers[below] - numbers[below - 1] > 1:
            wider = sum(_reach(line) > end for line in sample[below:])
            return 2 * wider > len(sample) - below
    return False


def _reach(line: Line) -> int:
    """How many columns there are up to the last filled cell."""
    return max((column + 1 for column, cell in enumerate(line) if not is_empty(cell)), default=0)


def _leftmost(grid: Grid) -> tuple[Grid, list[str]]:
    """The grid as far as its first table reaches to the right, and where tables beside it lie."""
    for gap in _gaps(grid.lines):
        left = _cut(grid, gap)
        right = [(number, line[gap:]) for number, line in zip(grid.numbers, grid.lines, strict=True)]
        right = [(number, line) for number, line in right if not all(map(is_empty, line))]
        if len(left.lines) > 1 and len(right) > 1 and _stands_alone(left, right):
            first, last = right[0][0], right[-1][0]
            end = max(len(line) for _, line in right) + gap - 1
            return left, [_spans(first, last, letters(gap + 1), letters(end))]
    return grid, []


def _spans(first: int, last: int, left: str, right: str) -> str:
    return say("rows {first:,} to {last:,}, columns {left} to {right}", first=first, last=last, left=left, right=right)


def _gaps(lines: Sequence[Line]) -> list[int]:
    """The first empty columns between filled ones; of several beside each other the leftmost."""
    width = max(map(len, lines[:_ROWS_TO_JUDGE_BY]))
    empty = set(range(1, width - 1)) - filled_columns(lines, range(1, width - 1))
    return sorted(column for column in empty if column - 1 not in empty)[:_MOST_GAPS]


def _stands_alone(left: Grid, right: list[tuple[int, Line]]) -> bool:
    """Whether what lies right of an empty column is another table, not more columns of the same one."""
    lines = [line for _, line in right]
    top, head = _header_line(left.numbers, left.lines), _header_line([number for number, _ in right], lines)
    if not _is_header_like(lines[head]) or not _is_header_like(left.lines[top]):
        return False
    key, *_ = _filled(left.lines[top])
    if normal_name(str(key)) in {normal_name(str(cell)) for cell in _filled(lines[head])}:
        return True
    if right[head][0] != left.numbers[top]:
        return True
    below = left.numbers[top + 1 :]
    rows = [number for number, _ in right[head + 1 :]]
    width = len(_filled(lines[head]))
    whole = all(len(_filled(line)) == width for line in lines[head + 1 :])
    return len(rows) > 2 and whole and list(below[: len(rows)]) == rows and len(below) > len(rows)


def _topmost(grid: Grid, header: Header) -> tuple[Grid, list[str]]:
    """The grid down to the end of its first table, and where tables below it lie."""
    numbers, lines = grid.numbers, grid.lines
    if not numbers or numbers[-1] - numbers[0] + 1 == len(numbers):
        return grid, []
    for place in range(header.below + 1, len(lines)):
        if numbers[place] - numbers[place - 1] > 1 and _begins_table(header, lines, place):
            first = replace(grid, numbers=numbers[:place], lines=lines[:place])
            end = letters(max(map(len, lines[place:])) - 1)
            return first, [_spans(numbers[place], numbers[-1], "A", end)]
    return grid, []


def _begins_table(header: Header, lines: Sequence[Line], place: int) -> bool:
    """Whether another table begins below an empty row: under a title, or with a header that cannot be a row."""
    top = place
    while top - place < _MOST_TITLES and top + 1 < len(lines) and len(_filled(lines[top])) == 1:
        top += 1
    if top + 1 >= len(lines) or not _is_header_like(lines[top]):
        return False
    head, body = lines[top], lines[top + 1 : top + 6]
    if not all(isinstance(cell, str) and _LETTER.search(cell) for cell in _filled(head)):
        return False
    known = {normal_name(name) for name in header.names if name}
    names = {normal_name(str(cell)) for cell in _filled(head)}
    if names == known:
        return False
    if len(names & known) > 1 or names <= _FIELDS:
        return True
    beyond = any(not is_empty(cell) for cell in head[len(header.names) :])
    return (top > place or beyond) and _is_over_other_cells(head, body)


def _is_over_other_cells(head: Line, body: Sequence[Line]) -> bool:
    """Whether a row of words stands over cells that are no words in at least one column."""
    return any(
        not is_empty(name) and all(len(line) > column and _is_figure(line[column]) for line in body)
        for column, name in enumerate(head)
    )


def _is_figure(cell: Cell) -> bool:
    return not is_empty(cell) and (not isinstance(cell, str) or not _LETTER.search(cell))


def _further(title: str, places: list[str]) -> list[str]:
    if not places:
        return []
    where = "; ".join(places)
    return [
        say(
            "{title} holds more than one table. The first was read, not: {where}. Bring each on a sheet of its own.",
            title=title, where=where,
        )
    ]  # fmt: skip


def _unmerged(grid: Grid, start: int) -> Sequence[Line]:
    """The rows from `start` on, in which cells merged over several rows count for each of them."""
    tall = [span for span in grid.merged if span[1][0] > span[0][0]]
    lines = grid.lines[start:]
    if not tall:
        return lines
    place_of = {number: place for place, number in enumerate(grid.numbers[start:])}
    changed = list(lines)
    for (first, column), (last, _) in tall:
        upper = place_of.get(first + 1)
        if upper is None or column >= len(changed[upper]):
            continue
        for row in range(first + 1, last + 1):
            place = place_of.get(row + 1)
            if place is not None:
                line = changed[place] + ("",) * (column + 1 - len(changed[place]))
                changed[place] = (*line[:column], changed[upper][column], *line[column + 1 :])
    return changed


def _repeats(header: Header, lines: Sequence[Line]) -> set[int]:
    """Places of the rows that say the same as the header, in every column of it."""
    column = next(index for index, cell in enumerate(header.cells) if not is_empty(cell))
    first = header.cells[column]
    return {
        place
        for place, line in enumerate(lines)
        if len(line) > column and line[column] == first and _trimmed(line) == _trimmed(header.cells)
    }


def _trimmed(line: Line) -> list[str]:
    cells = ["" if is_empty(cell) else str(cell).strip() for cell in line]
    while cells and not cells[-1]:
        cells.pop()
    return cells
