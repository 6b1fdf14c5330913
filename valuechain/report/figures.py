"""Charts drawn with plotly; nothing else in the program imports it."""

from __future__ import annotations

import re
from html import escape
from textwrap import wrap
from typing import Any, cast

import plotly.graph_objects as go
from plotly.offline import get_plotlyjs

from valuechain.model.language import say, separated
from valuechain.model.result import Cell, Chart, Column, Result, Table
from valuechain.report import words

CONFIG = {
    "displaylogo": False,
    "responsive": True,
    "showSendToCloud": False,
    "modeBarButtonsToRemove": ["lasso2d", "select2d", "autoScale2d"],
}
"""How a figure behaves: it offers a picture of itself, and sends nothing anywhere."""

MOST_NAMES = 30
"""Bars with names that are drawn at most."""
MOST_FLOWS = 30
"""Flows that are drawn at most, the widest."""
_BESIDE_FLOWS = {"l": 8, "r": 8, "t": 84, "b": 16}
"""Margins of a figure of flows: it has no axis, but a head above either end."""
_SHORT_NAME = 14
_NARROW = 14
"""Signs in a line below a column of cells."""
_COLOURS = ("#0b5a6e", "#b3491c", "#5b53a3", "#3f93a6", "#5c5400", "#66717a", "#1e6b45", "#9f1239")
_PATTERNS = ("", "/", "x", "-", "\\", "|", "+", ".")
_SYMBOLS = ("circle", "diamond", "square", "triangle-up", "cross", "x", "star", "hexagon")
_TINTS = ((0.0, "#e4f0f2"), (0.25, "#b5d6dd"), (0.5, "#7bb3c0"), (0.75, "#3f8799"), (1.0, "#0d5163"))
_TWO_SIDED = ((0.0, "#b3491c"), (0.25, "#f09a6c"), (0.5, "#ffffff"), (0.75, "#7bb3c0"), (1.0, "#0d5163"))
_FONT = '"IBM Plex Sans", "Segoe UI", system-ui, -apple-system, "Helvetica Neue", Arial, sans-serif'


def figure(chart: Chart, result: Result) -> go.Figure:
    """Draw a chart from the table that it names. Series differ by pattern or shape, not by colour alone.

    Bars of names lie, and only the first `MOST_NAMES` are drawn, of flows the `MOST_FLOWS` widest; the subtitle says
    so.
    """
    table = result.table(chart.table)
    made = {"bar": _bars, "scatter": _points, "heatmap": _cells, "sankey": _flows}[chart.kind](chart, table)
    made.update_layout(
        template="none",
        separators=_separators(),
        title=_title(chart, table),
        font={"family": _FONT, "size": 13, "color": "#14212b"},
        paper_bgcolor="#ffffff",
        plot_bgcolor="#ffffff",
        margin={"l": 60, "r": 20, "t": 60, "b": 40} | (_BESIDE_FLOWS if chart.kind == "sankey" else {}),
        legend={"orientation": "h", "x": 0, "y": -0.2, "traceorder": "normal"},
    )
    made.update_xaxes(automargin=True, gridcolor="#d3dade", linecolor="#828f97")
    made.update_yaxes(automargin=True, gridcolor="#d3dade", linecolor="#828f97")
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


def _separators() -> str:
    """What stands before decimals and between thousands in the language that is spoken."""
    number = separated(1234.5, ",.1f")
    return f"{number[-2]}{number[1]}"


def _title(chart: Chart, table: Table) -> dict[str, Any]:
    """The title, and below it how much is not drawn."""
    title: dict[str, Any] = {
        "text": escape(chart.title, quote=False), "x": 0, "xanchor": "left", "font": {"size": 16},
    }  # fmt: skip
    left_out = _left_out(chart, table)
    if left_out:
        title["subtitle"] = {"text": left_out, "font": {"size": 13}}
    return title


def _left_out(chart: Chart, table: Table) -> str:
    """How much of the table is not drawn, empty where all of it is."""
    if chart.kind == "sankey":
        flows = len(_widths(chart, table))
        if flows > MOST_FLOWS:
            return say(
                "The {shown} widest of {flows:,} flows; the table holds them all.", shown=MOST_FLOWS, flows=flows
            )
    names = len(_distinct(_shown(table, _names_of(chart, table)))) if chart.kind == "bar" else 0
    if names > MOST_NAMES:
        return say("The first {shown} of {names:,}; the table holds them all.", shown=MOST_NAMES, names=names)
    return ""


def _names_of(chart: Chart, table: Table) -> str:
    """The column of a bar chart that holds the names; the other holds the lengths of the bars."""
    return chart.x if _is_number(table, chart.y) else chart.y


def _bars(chart: Chart, table: Table) -> go.Figure:
    """Bars stacked by series; they lie where the names are long or stand on the y axis."""
    names_column = _names_of(chart, table)
    length = chart.y if names_column == chart.x else chart.x
    drawn = _distinct(_shown(table, names_column))[:MOST_NAMES]
    lying = names_column == chart.y or max((len(str(name)) for name in drawn), default=0) > _SHORT_NAME
    bars = go.Figure()
    for number, (series, rows) in enumerate(_series(chart, table).items()):
        names, lengths = (_shown(table, column, rows) for column in (names_column, length))
        shown = [(name, size) for name, size in zip(names, lengths, strict=True) if name in drawn]
        x, y = [name for name, _ in shown], [size for _, size in shown]
        bars.add_bar(
            x=y if lying else x, y=x if lying else y, name=series, orientation="h" if lying else "v",
            texttemplate="%{x}" if lying else "%{y}",
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
    of_names = {"type": "category", "categoryarray": drawn, "dtick": 1}
    if lying:
        bars.update_layout(height=_height(len(drawn), 26))
        bars.update_yaxes(**of_names, autorange="reversed", showgrid=False)
        bars.update_xaxes(title_text=_axis(table, length))
    else:
        bars.update_xaxes(**of_names, showgrid=False)
        bars.update_yaxes(title_text=_axis(table, length))
    return bars


def _height(rows: int, each: int) -> int:
    """Height in pixels of a figure with so many rows of text."""
    return 180 + each * rows


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
    points.update_xaxes(title_text=_axis(table, chart.x))
    points.update_yaxes(title_text=_axis(table, chart.y))
    return points


def _cells(chart: Chart, table: Table) -> go.Figure:
    """A heat map with its figures in the cells; a cell of which nothing is known stays empty, zero is a number."""
    x, y = _shown(table, chart.x, line=_NARROW), _shown(table, chart.y)
    across, down = _distinct(x), _distinct(y)
    known = dict(zip(zip(x, y, strict=True), table.column(chart.value), strict=True))
    values = [[known.get((x, y)) for x in across] for y in down]
    two_sided = any(isinstance(value, int | float) and value < 0 for value in known.values())
    # No colour bar: the figures stand in the cells, and plotly.js would style it in a way that a strict policy refuses.
    drawn = go.Figure(
        go.Heatmap(
            x=across, y=down, z=values, colorscale=_TWO_SIDED if two_sided else _TINTS, zmid=0 if two_sided else None,
            texttemplate="%{z:.3~g}", hoverongaps=False, xgap=2, ygap=2, showscale=False,
        )
    )  # fmt: skip
    drawn.update_layout(height=_height(len(down), 44))
    drawn.update_xaxes(type="category", dtick=1, tickangle=0, tickfont={"size": 11}, showgrid=False)
    drawn.update_yaxes(type="category", dtick=1, autorange="reversed", showgrid=False)
    return drawn


def _flows(chart: Chart, table: Table) -> go.Figure:
    """Flows from the names at the left to those at the right, as wide as what flows."""
    widest = dict(list(_widths(chart, table).items())[:MOST_FLOWS])
    left, right = (_distinct([ends[side] for ends in widest]) for side in (0, 1))
    drawn = go.Figure(
        go.Sankey(
            arrangement="fixed",
            node={
                "label": [*left, *right], "color": _TINTS[3][1], "thickness": 12, "pad": 10,
                "line": {"width": 0}, "hovertemplate": "%{label}: %{value}<extra></extra>",
            },
            link={
                "source": [left.index(one) for one, _ in widest],
                "target": [len(left) + right.index(other) for _, other in widest],
                "value": list(widest.values()), "color": _TINTS[1][1], "line": {"color": "#ffffff", "width": 1},
                "hovertemplate": "%{source.label}, %{target.label}: %{value}<extra></extra>",
            },
        )
    )  # fmt: skip
    drawn.update_layout(height=_height(max(len(left), len(right)), 26))
    for place, name, anchor in ((0, chart.x, "left"), (1, chart.y, "right")):
        drawn.add_annotation(
            x=place, y=1.02, xref="paper", yref="paper", xanchor=anchor, yanchor="bottom", showarrow=False,
            text=escape(_axis(table, name), quote=False),
        )  # fmt: skip
    return drawn


def _widths(chart: Chart, table: Table) -> dict[tuple[Cell, Cell], float]:
    """What flows between two names, the widest first; rows between the same two are added up."""
    found: dict[tuple[Cell, Cell], float] = {}
    ends = zip(_shown(table, chart.x), _shown(table, chart.y), strict=True)
    for pair, width in zip(ends, table.column(chart.value), strict=True):
        if isinstance(width, int | float) and width > 0:
            found[pair] = found.get(pair, 0) + width
    return dict(sorted(found.items(), key=lambda flow: -flow[1]))


def _series(chart: Chart, table: Table) -> dict[str, list[int]]:
    """Row numbers of each series, in order of appearance; one nameless series where the chart names none."""
    rows: dict[str, list[int]] = {}
    names = _shown(table, chart.series) if chart.series else [""] * len(table.rows)
    for row, name in enumerate(names):
        rows.setdefault(str(name), []).append(row)
    return rows


def _shown(table: Table, name: str, rows: list[int] | None = None, line: int = 48) -> list[Cell]:
    """Cells of a column: numbers as they are, text as people read it, in lines of `line` signs."""
    column = _column(table, name)
    cells = table.column(name)
    chosen = cells if rows is None else [cells[row] for row in rows]
    return [_label(words.shown(column, cell), line) if isinstance(cell, str) else cell for cell in chosen]


def _label(text: str, line: int) -> str:
    """Text in lines, escaped because plotly reads tags in texts."""
    return "<br>".join(escape(part, quote=False) for part in wrap(text, line, break_long_words=False))


def _column(table: Table, name: str) -> Column:
    return next(column for column in table.columns if column.name == name)


def _is_number(table: Table, name: str) -> bool:
    return _column(table, name).type in ("integer", "number")


def _axis(table: Table, name: str) -> str:
    return words.heading(_column(table, name))


def _distinct(cells: list[Cell]) -> list[Cell]:
    return list(dict.fromkeys(cells))
