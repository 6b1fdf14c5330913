"""A result as text: for a terminal, and just as readable without colour, in a file or a pipe."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Literal

from rich import box
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from valuechain.model.analysis import Analysis
from valuechain.model.language import plural, say, speaking
from valuechain.model.result import Column, Finding, Result, Severity, Table
from valuechain.report import words

WIDTH = 100
"""Signs per line where no terminal says otherwise."""
FINDINGS = 10
"""Findings told in full; of the others the title."""
ROWS = 10
"""Rows shown of each table when the whole result is printed; what is not shown is said."""
_WIDEST = 28
_COLOURS: dict[Severity, str] = {
    "critical": "bold red",
    "high": "bold yellow",
    "medium": "yellow",
    "low": "blue",
    "info": "dim",
}


def to_text(result: Result, analysis: Analysis, table: str = "") -> str:
    """Return the result, or one of its tables with all its rows, as text without colour."""
    page = io.StringIO()
    print_result(Console(file=page, width=WIDTH, color_system=None), result, analysis, table)
    return page.getvalue()


def print_result(console: Console, result: Result, analysis: Analysis, table: str = "") -> None:
    """Print the result to a console in its language, worst findings first; or `table` alone with all its rows."""
    with speaking(words.language_of(result)):
        if table:
            _print_table(console, result.table(table), rows=None)
        else:
            _print_all(console, result, analysis)


def print_method(console: Console, analysis: Analysis) -> None:
    """Print what an analysis asks and how it computes: formula, units, references, a worked example."""
    _print(console, say(analysis.question), "bold")
    _print(console)
    _print(console, words.told_summary(analysis))
    for heading, text in analysis.method.items():
        _print(console)
        _print(console, say(heading), "bold")
        told = text if heading == "Example" else say(text)
        lines = told.splitlines() if heading == "Example" else map(" ".join, map(str.split, told.split("\n\n")))
        for line in lines:
            _print(console, line)


def print_rows(console: Console, header: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """Print plain rows under a header; text in them is printed as it is."""
    grid = _grid()
    for name in header:
        grid.add_column(Text(name), overflow="fold")
    for row in rows:
        grid.add_row(*(Text(str(cell)) for cell in row))
    console.print(grid)


def _print(console: Console, text: str = "", style: str = "") -> None:
    console.print(Text(text, style=style))


def _print_all(console: Console, result: Result, analysis: Analysis) -> None:
    _print(console, say(analysis.question), "bold")
    _print(console, words.setting(result), "dim")
    if result.verdict:
        _print(console)
        _print(console, result.verdict, "bold")
    honesty = words.honesty(result)
    if honesty:
        _print(console)
        _print(console, honesty, "italic")
    findings = words.ordered(result.findings)
    for finding in findings[:FINDINGS]:
        _print_finding(console, finding)
    if findings[FINDINGS:]:
        _print(console)
        _print(console, say("Further findings, by their titles alone:"))
        for finding in findings[FINDINGS:]:
            _print_title(console, finding)
    for one in result.tables:
        _print_table(console, one, ROWS)
    for note in result.notes:
        _print(console)
        _print(console, say("Note: {note}", note=note))
    _print(console)
    behind, cut = len(result.records), result.records_cut
    told = say("Records behind this: {count:,}, {cut:,} more not listed.", count=behind, cut=cut)
    _print(console, told if cut else say("Records behind this: {count:,}.", count=behind), "dim")


def _print_finding(console: Console, finding: Finding) -> None:
    _print(console)
    _print_title(console, finding)
    _print(console, finding.explanation)
    if finding.action:
        _print(console, say("What to do: {action}", action=finding.action))
    if finding.with_whom:
        _print_with_whom(console, finding.with_whom)
    for action in finding.actions:
        _print(console, say("Agreed: {action}", action=action.words))
    known, records = words.status_words(finding.status), plural(len(finding.evidence), "record")
    _print(console, say("Known how: {known}; {records}", known=known, records=records), "dim")


def _print_with_whom(console: Console, whom: Sequence[str]) -> None:
    """One name behind the words, several below them."""
    if len(whom) == 1:
        _print(console, say("With whom: {names}", names=whom[0]))
        return
    _print(console, say("With whom: {names}", names="").rstrip())
    for one in whom:
        _print(console, f"- {one}")


def _print_title(console: Console, finding: Finding) -> None:
    sign = f"{words.SIGNS[finding.severity]} {words.severity_words(finding.severity)}"
    stage = f" ({words.code_words('stage', finding.stage)})" if finding.stage else ""
    console.print(Text.assemble((sign, _COLOURS[finding.severity]), f"{stage}  ", (finding.title, "bold")))


def _print_table(console: Console, table: Table, rows: int | None) -> None:
    _print(console)
    _print(console, f"{table.title} [{table.name}]", "bold")
    if not table.rows:
        _print(console, say("No rows."))
        return
    shown = table.rows[:rows]
    decimals = words.decimals_of(table)
    cells = [list(map(words.shown, table.columns, row, decimals)) for row in shown]
    chosen = _fitting(table.columns, cells, console.width)
    grid = _grid()
    for index in chosen:
        column = table.columns[index]
        width = _width(column, [row[index] for row in cells])
        side: Literal["left", "right"] = "right" if column.type in ("integer", "number") else "left"
        grid.add_column(Text(words.heading(column)), justify=side, max_width=width, overflow="fold")
    for row in cells:
        grid.add_row(*(Text(row[index]) for index in chosen))
    console.print(grid)
    _say_what_is_missing(console, table, len(table.rows) - len(shown), chosen)


def _grid() -> Grid:
    return Grid(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1))


def _say_what_is_missing(console: Console, table: Table, rows: int, chosen: list[int]) -> None:
    if rows:
        _print(console, say("{count:,} more rows: --table {table}.", count=rows, table=table.name), "dim")
    if table.cut:
        _print(console, say("{count:,} rows lie beyond the limit: --limit 0.", count=table.cut), "dim")
    hidden = [column.name for index, column in enumerate(table.columns) if index not in chosen]
    if hidden:
        told = say("Columns without room here: {names}; --format csv holds them.", names=", ".join(hidden))
        _print(console, told, "dim")


def _fitting(columns: tuple[Column, ...], cells: list[list[str]], width: int) -> list[int]:
    """Positions of the columns for which there is room: the status always, the others in order, keys last."""
    widths = [_width(column, [row[index] for row in cells]) + 2 for index, column in enumerate(columns)]
    names = {column.name for column in columns}

    def is_key(index: int) -> bool:
        return columns[index].type == "key" and columns[index].name.removesuffix("_key") in names

    wanted = sorted(range(len(columns)), key=lambda index: (columns[index].name != "status", is_key(index), index))
    room = list(accumulate(widths[index] for index in wanted))
    return sorted(index for place, index in enumerate(wanted) if room[place] <= max(width, room[0]))


def _width(column: Column, cells: list[str]) -> int:
    """Signs that a column takes: its longest cell, or the longest word of its heading, within a limit."""
    longest_word = max(map(len, words.heading(column).split()))
    return min(max(longest_word, *map(len, cells), 1), max(_WIDEST, longest_word))
