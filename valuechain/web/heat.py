"""A heat map as a table: figures in the cells, four steps of tint, a hatch where nothing is known."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from valuechain.report.words import decimals_for
from valuechain.web.words import column_words, number_words

if TYPE_CHECKING:
    from valuechain.model.result import Chart, Result, Table
    from valuechain.web.address import Address

STEPS = 4


@dataclass(frozen=True)
class HeatCell:
    """One cell. `look` is `h1` to `h4` by height, `h0` for zero, `hn` below zero, `hx` where nothing is known."""

    text: str
    look: str
    link: str
    picked: bool
    label: str


@dataclass(frozen=True)
class Heat:
    """A heat map: the heads of its columns, and rows of a head and cells.

    `bounds` are the highest values of the four steps; `below_zero` says that there are cells below zero.
    """

    title: str
    alternative: str
    corner: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[HeatCell, ...]], ...]
    bounds: tuple[str, ...]
    below_zero: bool


def heats(result: Result, address: Address) -> tuple[Heat, ...]:
    """Return every heat map of a result that has a cell."""
    charts = (chart for chart in result.charts if chart.kind == "heatmap" and result.table(chart.table).rows)
    return tuple(heat(result, chart, address) for chart in charts)


def heat(result: Result, chart: Chart, address: Address) -> Heat:
    """Arrange the rows of a chart's table in a grid; a cell without a row, or without a value, is not known.

    Where both sides list the same things, a pair told once stands in both of its cells. A cell opens its list. Where
    the question itself can be put about one cell (its parameters bear the names of both sides), every cell with a row
    puts it, an empty one too.
    """
    table = result.table(chart.table)
    ys, xs, values = (table.column(name) for name in (chart.y, chart.x, chart.value))
    place: dict[tuple[object, object], int] = {pair: row for row, pair in enumerate(zip(ys, xs, strict=True))}
    heads, sides = list(dict.fromkeys(xs)), list(dict.fromkeys(ys))
    if set(heads) & set(sides):
        heads = sides = list(dict.fromkeys((*heads, *sides)))
        place = {(x, y): row for (y, x), row in place.items()} | place
    known = [value for value in values if isinstance(value, int | float)]
    highest = max(known, default=0)
    decimals = decimals_for(known)
    can_be_asked = {chart.x, chart.y} <= result.analysis.parameters.keys()

    def link(row: int, y: object, x: object, value: object) -> str:
        if not (value or can_be_asked):
            return ""
        cell = {chart.y: str(y), chart.x: str(x)} if can_be_asked else {}
        return address.here(**cell, cell=str(row + 1), evidence=None, show=None) + "#cell"

    def picked(row: int | None) -> bool:
        return row is not None and address.option("cell") == str(row + 1)

    def cell(y: object, x: object) -> HeatCell:
        row = place.get((y, x))
        value = None if row is None else values[row]
        label = f"{y}, {x}"
        if row is None or not isinstance(value, int | float):
            unknown = "" if row is None else link(row, y, x, None)
            return HeatCell("", "hx", unknown, bool(unknown) and picked(row), label)
        look = "hn" if value < 0 else f"h{math.ceil(STEPS * value / highest) if value else 0}"
        return HeatCell(number_words(value, decimals), look, link(row, y, x, value), picked(row), label)

    return Heat(
        chart.title,
        chart.alternative,
        "" if heads is sides else column_words(chart.y),
        tuple(str(x) for x in heads),
        tuple((str(y), tuple(cell(y, x) for x in heads)) for y in sides),
        tuple(_bound(highest * step / STEPS, known, decimals) for step in range(1, STEPS + 1)),
        min(known, default=0) < 0,
    )


def _bound(value: float, known: list[int | float], decimals: int | None) -> str:
    return number_words(math.floor(value) if all(isinstance(one, int) for one in known) else value, decimals)


def chosen_cell(result: Result, address: Address) -> tuple[Chart, Table, int] | None:
    """Return the heat map, its table and the row of the cell that the address names, None if it names none."""
    number = address.option("cell")
    for chart in result.charts:
        if chart.kind == "heatmap" and number.isdecimal():
            table = result.table(chart.table)
            if 0 < int(number) <= len(table.rows):
                return chart, table, int(number) - 1
    return None


def rows_of_cell(result: Result, address: Address) -> dict[str, list[int]]:
    """Return the rows of every other table that belong to the cell that the address names."""
    chosen = chosen_cell(result, address)
    if chosen is None:
        return {}
    chart, table, row = chosen
    y, x = table.column(chart.y)[row], table.column(chart.x)[row]
    found = {}
    for other in result.tables:
        names = [column.name for column in other.columns]
        if other is not table and chart.x in names and chart.y in names:
            pairs = zip(other.column(chart.y), other.column(chart.x), strict=True)
            found[other.name] = [place for place, pair in enumerate(pairs) if pair == (y, x)]
    return found
