"""Rows at the end of a table that sum the rows above, and remarks below: they are no rows of it."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from valuechain.model.cells import Cell
from valuechain.sources.cells.numerals import read_numerals
from valuechain.sources.tables.grid import Line, is_empty

_TOTAL = re.compile(
    r"(?:grand\s+)?(?:totals?|totale|totalt|total\s+g[ée]n[ée]ral|sums?|summ(?:a|en?)|somme|suma|insgesamt|gesamt(?:summe)?"
    r"|razem|łącznie|ogółem)\b.{0,40}",
    re.IGNORECASE,
)
_WITH_WORDS = re.compile(r"\s*[^\W\d]{0,8}\.?\s*([+\-]?\d(?:[\d.,'’\s]*\d)?)\s*[^\d]{0,30}")
_MOST_ROWS = 3
_LEAST_COLUMNS_OF_A_WIDE_TABLE = 6
_LEAST_COLUMNS_WITH_REMARKS = 3
_LEAST_FIGURES = 2


def totals_rows(lines: Sequence[Line]) -> set[int]:
    """Return the places of the last rows that are called a total and hold the sums of the rows above.

    Every figure in such a row must be the sum of the figures in its column, and at least one must not be zero; where a
    column also holds words, such as bands, no sum can be made, and a row that holds a single figure beside its name, in
    a table of at least six columns, is a total by its name. Below it there may be notes of a single cell.
    """
    end = len(lines)
    candidates = [place for place in range(max(end - _MOST_ROWS, 2), end) if _is_called_total(lines[place])]
    if not candidates or any(_width(line) > 1 for line in lines[candidates[-1] + 1 :]):
        return set()
    body = lines[: candidates[0]]
    return {place for place in candidates if _sums(lines[place], body) or _is_lone_figure(lines[place], body)}


def remarks_below(numbers: Sequence[int], lines: Sequence[Line]) -> set[int]:
    """Return the places of the last rows that hold a single text in the first column, after an empty row.

    Parameters
    ----------
    numbers : sequence of int
        Numbers of the rows in the file, empty rows left out.
    lines : sequence of lines
        Their cells; a table in which single cells are usual has no remarks.
    """
    place = len(lines)
    while place and _width(lines[place - 1]) == 1 and lines[place - 1] and isinstance(lines[place - 1][0], str):
        place -= 1
    while 0 < place < len(lines) and numbers[place] - numbers[place - 1] == 1:
        place += 1
    body = lines[:place]
    usual = sorted(map(_width, body))[len(body) // 2] if body else 0
    return set(range(place, len(lines))) if usual >= _LEAST_COLUMNS_WITH_REMARKS else set()


def _width(line: Line) -> int:
    return sum(not is_empty(cell) for cell in line)


def _is_called_total(line: Line) -> bool:
    first = next((cell for cell in line if not is_empty(cell)), None)
    return isinstance(first, str) and _TOTAL.fullmatch(first.strip()) is not None


def _sums(total: Line, body: Sequence[Line]) -> bool:
    label = next(index for index, cell in enumerate(total) if not is_empty(cell))
    figures = [index for index in range(label + 1, len(total)) if not is_empty(total[index])]
    found = [_sum_of(index, total[index], body) for index in figures]
    return bool(found) and all(is_sum for is_sum, _ in found) and any(value for _, value in found)


def _is_lone_figure(total: Line, body: Sequence[Line]) -> bool:
    """Whether a row holds its name and one figure, in a wide table whose column of it mixes figures and words."""
    filled = [index for index, cell in enumerate(total) if not is_empty(cell)]
    if len(filled) != 2 or max(map(_width, body), default=0) < _LEAST_COLUMNS_OF_A_WIDE_TABLE:
        return False
    index = filled[1]
    *above, written = read_numerals([*(line[index] if index < len(line) else None for line in body), total[index]])
    there = [index < len(line) and not is_empty(line[index]) for line in body]
    words = any(cell and value is None for cell, value in zip(there, above, strict=True))
    return written is not None and words


def _sum_of(index: int, written: Cell, body: Sequence[Line]) -> tuple[bool, float]:
    """Whether a cell is the sum of the figures above it, and its value; cells that are no figures do not count."""
    cells = [_figure(line[index]) for line in body if index < len(line) and not is_empty(line[index])]
    *above, total = read_numerals([*cells, _figure(written)])
    figures = [value for value in above if value is not None]
    if total is None or len(figures) < _LEAST_FIGURES:
        return False, 0.0
    return math.isclose(math.fsum(figures), total, rel_tol=1e-6, abs_tol=0.005), total


def _figure(cell: Cell) -> Cell:
    """The number in a cell without the words around it."""
    match = _WITH_WORDS.fullmatch(cell) if isinstance(cell, str) else None
    return match[1] if match else cell
