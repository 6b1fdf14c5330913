"""Charts on pages: a sentence, and where the figure comes from, which is drawn once it is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from valuechain.model.result import Chart, Result, least_certain


@dataclass(frozen=True)
class ChartView:
    """One chart: `source` leads to what plotly.js draws, and the table called `table` holds the same figures.

    `status` is the least certain one of what it draws, empty where the table tells none.
    """

    name: str
    title: str
    alternative: str
    table: str
    source: str
    status: str


def charts_of(result: Result, options: Mapping[str, str]) -> dict[str, tuple[ChartView, ...]]:
    """Return the charts of a result by the table that they draw; heat maps stand as tables already.

    Parameters
    ----------
    result : Result
        Whose charts they are.
    options : mapping of str to str
        The options that gave it, by which the figures are asked for.
    """
    query = urlencode({name: value for name, value in options.items() if value}, safe=":,/.")
    found: dict[str, tuple[ChartView, ...]] = {}
    for chart in result.charts:
        if chart.kind != "heatmap" and result.table(chart.table).rows:
            source = f"/analysis/{result.analysis.name}/charts/{chart.name}.json?{query}".removesuffix("?")
            view = ChartView(chart.name, chart.title, chart.alternative, chart.table, source, _status(result, chart))
            found[chart.table] = (*found.get(chart.table, ()), view)
    return found


def _status(result: Result, chart: Chart) -> str:
    table = result.table(chart.table)
    told = table.column("status") if "status" in (column.name for column in table.columns) else []
    return least_certain(map(str, told)) if told else ""
