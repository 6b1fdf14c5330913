"""A heat map as a table: figures in the cells, four steps of tint, a hatch where nothing is known."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from valuechain.web.words import number_words

if TYPE_CHECKING:
    from valuechain.model.result import Chart, Result, Table
    from valuechain.web.address import Address

STEPS = 4


@dataclass(frozen=True)
class HeatCell:
    """One cell. `step` is 1..4, 0 for the number zero, -1 where nothing is known (`text` is empty then)."""

    text: str
    step: int
    link: str
    picked: bool
    label: str


@dataclass(frozen=True)
class Heat:
    """A heat map: the heads of its columns, and rows of a head and cells. `bounds` are the highest values of steps."""

    title: str
    alternative: str
    corner: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[HeatCell, ...]], ...]
    bounds: tuple[str, ...]


def heats(result: Result, address: Address) -> tuple[Heat, ...]:
    """Return every heat map of a result."""
    return tuple(heat(result, chart, address) for chart in result.charts if chart.kind == "heatmap")


def heat(result: Result, chart: Chart, address: Address) -> Heat:
    """Arrange the rows of a chart's table in a grid; a cell without a row, or without a value, is not known."""
    table = result.table(chart.table)
    ys, xs, values = (table.column(name) for name in (chart.y, chart.x, chart.value))
    heads, sides = dict.fromkeys(xs), dict.fromkeys(ys)
    place: dict[tuple[object, object], int] = {(y, x): number for number, (y, x) in enumerate(zip(ys, xs, strict=True))}
    highest = max((value for value in values if isinstance(value, int | float)), default=0)
    chosen = address.option("cell")

    def cell(y: object, x: object) -> HeatCell:
        row = place.get((y, x))
        value = None if row is None else values[row]
        label = f"{y}, {x}"
        if row is None or not isinstance(value, int | float):
            return HeatCell("", -1, "", False, label)
        step = math.ceil(STEPS * value / highest) if value else 0
        link = address.here(cell=str(row + 1), evidence=None, show=None) + "#cell" if value else ""
        return HeatCell(number_words(value), step, link, chosen == str(row + 1), label)

    return Heat(
        chart.title,
        chart.alternative,
        chart.y.replace("_", " "),
        tuple(str(x) for x in heads),
        tuple((str(y), tuple(cell(y, x) for x in heads)) for y in sides),
        tuple(number_words(math.floor(highest * step / STEPS)) for step in range(1, STEPS + 1)),
    )


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
