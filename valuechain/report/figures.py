"""Charts drawn with plotly; nothing else in the program imports it."""

from __future__ import annotations

import re
from html import escape
from typing import Any, cast

import plotly.graph_objects as go
from plotly.offline import get_plotlyjs

from valuechain.model.result import Cell, Chart, Result, Table
from valuechain.report import words

CONFIG = {
    "displaylogo": False,
    "responsive": True,
    "showSendToCloud": False,
    "modeBarButtonsToRemove": ["lasso2d", "select2d", "autoScale2d"],
}
"""How a figure behaves: it offers a picture of itself, and sends nothing anywhere."""

_COLOURS = ("#0b5a6e", "#b3491c", "#5b53a3", "#3f93a6", "#5c5400", "#66717a", "#1e6b45", "#9f1239")
_PATTERNS = ("", "/", "x", "-", "\\", "|", "+", ".")
_SYMBOLS = ("circle", "diamond", "square", "triangle-up", "cross", "x", "star", "hexagon")
_TINTS = ((0.0, "#e4f0f2"), (0.25, "#b5d6dd"), (0.5, "#7bb3c0"), (0.75, "#3f8799"), (1.0, "#0d5163"))
_FONT = '"IBM Plex Sans", "Segoe UI", system-ui, -apple-system, "Helvetica Neue", Arial, sans-serif'


def figure(chart: Chart, result: Result) -> go.Figure:
    """Draw a chart from the table that it names. Series differ by pattern or shape, not by colour alone."""
    table = result.table(chart.table)
    made = {"bar": _bars, "scatter": _points, "heatmap": _cells}[chart.kind](chart, table)
    made.update_layout(
        template="none",
        title={"text": escape(chart.title, quote=False), "x": 0, "xanchor": "left", "font": {"size": 16}},
        font={"family": _FONT, "size": 13, "color": "#14212b"},
        paper_bgcolor="#ffffff",
        plot_bgcolor="#ffffff",
        margin={"l": 60, "r": 20, "t": 60, "b": 60},
        legend={"orientation": "h", "x": 0, "y": -0.25, "traceorder": "normal"},
    )
    made.update_xaxes(title_text=_axis(table, chart.x), automargin=True, gridcolor="#d3dade", linecolor="#828f97")
    made.update_yaxes(title_text=_axis(table, chart.y), automargin=True, gridcolor="#d3dade", linecolor="#828f97")
    return made


def description(chart: Chart, result: Result) -> dict[str, Any]:
    """Return what plotly.js needs to draw a chart: data, layout and config, as plain JSON values."""
    drawn = figure(chart, result).to_plotly_json()
    return {"data": drawn["data"], "layout": drawn["layout"], "config": CONFIG}


def plotly_script() -> str:
    """Return plotly.js itself."""
    return cast(str, get_plotlyjs())


def foreign_styles() -> list[str]:
    """Return the ids under which plotly.js would add style sheets that it carries for maps, which no chart here is.

    A page that has an element of such an id is spared them; its policy would refuse them.
    """
    return sorted(set(re.findall(r'getElementById\("([0-9a-f]{64})"\)', plotly_script())))


def _bars(chart: Chart, table: Table) -> go.Figure:
    """Bars stacked by series; they lie where the text stands on the y axis."""
    lying = _column_type(table, chart.y) not in ("integer", "number")
    bars = go.Figure()
    for number, (series, rows) in enumerate(_series(chart, table).items()):
        x, y = (_shown(table, name, rows) for name in (chart.x, chart.y))
        bars.add_bar(
            x=x, y=y, name=series, orientation="h" if lying else "v", texttemplate="%{x}" if lying else "%{y}",
            marker={
                "color": _COLOURS[number % len(_COLOURS)],
                "pattern": {
                    "shape": _PATTERNS[number % len(_PATTERNS)], "fillmode": "overlay", "size": 8, "solidity": 0.2,
                    "fgcolor": "#ffffff", "fgopacity": 0.45,
                },
                "line": {"color": "#14212b", "width": 0.5},
            },
            textposition="auto" if chart.series else "outside", insidetextfont={"color": "#ffffff"}, cliponaxis=False,
        )  # fmt: skip
    bars.update_layout(barmode="stack", showlegend=bool(chart.series))
    words_axis = {"type": "category", "categoryarray": _distinct(_shown(table, chart.y if lying else chart.x))}
    if lying:
        bars.update_yaxes(**words_axis, autorange="reversed")
    else:
        bars.update_xaxes(**words_axis)
    return bars


def _points(chart: Chart, table: Table) -> go.Figure:
    points = go.Figure()
    label = next((column.name for column in table.columns if column.type == "text"), chart.x)
    for number, (series, rows) in enumerate(_series(chart, table).items()):
        points.add_scatter(
            x=_shown(table, chart.x, rows), y=_shown(table, chart.y, rows), text=_shown(table, label, rows),
            name=series, mode="markers", hovertemplate="%{text}<br>%{x}, %{y}<extra></extra>",
            marker={
                "color": _COLOURS[number % len(_COLOURS)], "symbol": _SYMBOLS[number % len(_SYMBOLS)], "size": 9,
                "line": {"color": "#ffffff", "width": 0.5},
            },
        )  # fmt: skip
    points.update_layout(showlegend=bool(chart.series))
    return points


def _cells(chart: Chart, table: Table) -> go.Figure:
    """A heat map with its figures in the cells; a cell of which nothing is known stays empty, zero is a number."""
    across, down = (_distinct(_shown(table, name)) for name in (chart.x, chart.y))
    known = {
        (x, y): value
        for x, y, value in zip(_shown(table, chart.x), _shown(table, chart.y), table.column(chart.value), strict=True)
    }
    values = [[known.get((x, y)) for x in across] for y in down]
    # No colour bar: the figures stand in the cells, and plotly.js would style it in a way that a strict policy refuses.
    drawn = go.Figure(
        go.Heatmap(
            x=across, y=down, z=values, colorscale=_TINTS, texttemplate="%{z}", hoverongaps=False, xgap=2, ygap=2,
            showscale=False,
        )
    )  # fmt: skip
    drawn.update_xaxes(type="category")
    drawn.update_yaxes(type="category", autorange="reversed")
    return drawn


def _series(chart: Chart, table: Table) -> dict[str, list[int]]:
    """Row numbers of each series, in order of appearance; one nameless series where the chart names none."""
    rows: dict[str, list[int]] = {}
    names = _shown(table, chart.series) if chart.series else [""] * len(table.rows)
    for row, name in enumerate(names):
        rows.setdefault(str(name), []).append(row)
    return rows


def _shown(table: Table, name: str, rows: list[int] | None = None) -> list[Cell]:
    """Cells of a column: numbers as they are, text as people read it, escaped because plotly reads tags in texts."""
    column = next(column for column in table.columns if column.name == name)
    cells = table.column(name)
    chosen = cells if rows is None else [cells[row] for row in rows]
    return [escape(words.shown(column, cell), quote=False) if isinstance(cell, str) else cell for cell in chosen]


def _column_type(table: Table, name: str) -> str:
    return next(column.type for column in table.columns if column.name == name)


def _axis(table: Table, name: str) -> str:
    return words.heading(next(column for column in table.columns if column.name == name))


def _distinct(cells: list[Cell]) -> list[Cell]:
    return list(dict.fromkeys(cells))
