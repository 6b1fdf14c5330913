"""A result as a workbook: a sheet for each table, one for the findings, two for the records behind them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from valuechain.model.analysis import Analysis
from valuechain.model.language import SOURCE, plural, say, spoken
from valuechain.model.result import Cell, Column, Result, Table
from valuechain.report import words
from valuechain.report.moment import moment
from valuechain.report.sources import sources_of

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_A4 = 9
"""The number by which spreadsheets know the paper."""

_NARROW, _USUAL, _WIDE = 10, 28, 44
"""Widths of columns, in letters."""

_LINE, _TALLEST = 15, 405
"""Height of a line and of the tallest row that spreadsheets allow, in points."""

_FULL_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_LONGEST_TEXT = 32_767
_CITED = Column("records", "text", "")
_FINDINGS = (
    Column("severity", "text", ""),
    Column("title", "text", ""),
    Column("explanation", "text", ""),
    Column("what_to_do", "text", ""),
    Column("with_whom", "text", ""),
    Column("agreed", "text", ""),
    Column("stage", "text", ""),
    Column("confidence", "number", "", "0..1"),
    Column("id", "text", ""),
    Column("status", "text", ""),
    _CITED,
)
_SOURCES = (
    Column("source", "text", ""),
    Column("file", "text", ""),
    Column("kind", "text", ""),
    Column("status", "text", ""),
    Column("newest", "date", ""),
    Column("rows", "text", ""),
    Column("records", "integer", ""),
)
_RECORDS = (
    Column("record", "integer", ""),
    Column("kind", "text", ""),
    Column("source", "text", ""),
    Column("file", "text", ""),
    Column("sheet", "text", ""),
    Column("row", "integer", ""),
    Column("as_of", "date", ""),
    Column("status", "text", ""),
    Column("confidence", "number", "", "0..1"),
    Column("id", "text", ""),
)


def to_xlsx(result: Result, analysis: Analysis) -> bytes:
    """Return the result as .xlsx: typed cells, units in the header, the header frozen, no text ever a formula."""
    import xlsxwriter

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, _OPTIONS) as workbook:
        workbook.set_properties({"title": say(analysis.question), "created": moment(result).replace(tzinfo=None)})
        sheets = _Sheets(workbook)
        sheets.add_lines(say("Overview"), _about(result, analysis))
        sheets.add(say("Findings"), _FINDINGS, _finding_rows(result))
        for table in map(words.told_facts, result.tables):
            sheets.add(table.name, (*table.columns, _CITED), _table_rows(table), words.decimals_of(table))
        sheets.add(say("Sources"), _SOURCES, _source_rows(result))
        sheets.add(say("Records"), _RECORDS, _record_rows(result))
    return content.getvalue()


class _Sheets:
    """The sheets of a workbook, with their names and formats."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._names: set[str] = set()
        self._bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self._label = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        self._plain = workbook.add_format({"valign": "top"})
        # Some spreadsheets show true as 1 unless they are told words for it.
        self._boolean = self._numbers(f'"{say("yes")}";"{say("yes")}";"{say("no")}"')
        day = "yyyy-mm-dd" if spoken() == SOURCE else "dd.mm.yyyy"
        self._decimals = [self._plain, *(self._numbers(f"#,##0.{'0' * places}") for places in range(1, 5))]
        self._day = workbook.add_format({"num_format": day, "valign": "top"})
        self._time = workbook.add_format({"num_format": f"{day} hh:mm", "valign": "top"})

    def _numbers(self, shown: str) -> Format:
        return self._workbook.add_format({"num_format": shown, "valign": "top"})

    def add(
        self,
        name: str,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Cell]],
        decimals: Sequence[int | None] = (),
    ) -> None:
        """Add a sheet with a frozen header and a filter; the numbers of a column are shown with its `decimals`."""
        sheet = self._sheet(name)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        numbers = [self._decimals[places or 0] for places in decimals] + [self._plain] * (len(columns) - len(decimals))
        told = list(rows)
        widths = [_width(column, [row[index] for row in told]) for index, column in enumerate(columns)]
        for index, (column, width) in enumerate(zip(columns, widths, strict=True)):
            sheet.set_column(index, index, width)
            sheet.write_string(0, index, words.heading(column), self._bold)
        sheet.set_row(0, _height(map(words.heading, columns), widths))
        for place, row in enumerate(told, start=1):
            sheet.set_row(place, _height(row, widths))
            for index, (column, cell, shown) in enumerate(zip(columns, row, numbers, strict=True)):
                self._write(sheet, place, index, column, cell, shown)
        sheet.autofilter(0, 0, len(told), len(columns) - 1)

    def add_lines(self, name: str, lines: Iterable[tuple[str, str]]) -> None:
        """Add a sheet of labels and texts."""
        sheet = self._sheet(name)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 100)
        for row, (label, text) in enumerate(lines):
            sheet.set_row(row, _height((label, text), (24, 100)))
            sheet.write_string(row, 0, label, self._label)
            sheet.write_string(row, 1, text[:_LONGEST_TEXT], self._wrapped)

    def _sheet(self, name: str) -> Any:
        """A new sheet that prints on A4, as wide as one page."""
        sheet = self._workbook.add_worksheet(self._free(name))
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&R&P / &N")
        return sheet

    def _write(self, sheet: Any, row: int, index: int, column: Column, cell: Cell, shown: Format) -> None:
        if cell is None:
            return
        if isinstance(cell, bool):
            sheet.write_boolean(row, index, cell, self._boolean)
        elif isinstance(cell, int | float):
            sheet.write_number(row, index, cell, shown)
        elif column.type == "date" and _FULL_DATE.fullmatch(cell):
            sheet.write_datetime(row, index, date.fromisoformat(cell), self._day)
        elif column.type == "datetime":
            sheet.write_datetime(row, index, datetime.fromisoformat(cell), self._time)
        else:
            sheet.write_string(row, index, words.code_words(column.name, cell)[:_LONGEST_TEXT], self._wrapped)

    def _free(self, wanted: str) -> str:
        """A sheet name that is allowed and not taken: at most 31 signs, some signs excluded, case aside."""
        stem = re.sub(r"[\[\]:*?/\\']", " ", wanted)[:28]
        name, number = stem, 1
        while name.lower() in self._names:
            number += 1
            name = f"{stem} {number}"
        self._names.add(name.lower())
        return name


def _width(column: Column, cells: Sequence[Cell]) -> int:
    """How wide a column is: short texts on one line, whole sentences in few, and the words of its head unbroken."""
    head = max(map(len, words.heading(column).split())) + 2
    if column.type not in ("text", "key"):
        return max(head, {"datetime": 16}.get(column.type, _NARROW))
    longest = max((len(words.code_words(column.name, cell)) for cell in cells if isinstance(cell, str)), default=0)
    return max(head, _WIDE if longest > 4 * _USUAL else min(_USUAL, max(_NARROW, longest + 2)))


def _height(cells: Iterable[Cell], widths: Sequence[int]) -> int:
    """How tall a row is that shows its longest text, because not every spreadsheet works that out itself."""
    lines = [
        sum(1 + int(len(line) * 1.15 / width) for line in cell.split("\n"))
        for cell, width in zip(cells, widths, strict=True)
        if isinstance(cell, str)
    ]
    return min(_TALLEST, _LINE * max(lines, default=1))


def _about(result: Result, analysis: Analysis) -> list[tuple[str, str]]:
    lines = [
        (say("Question"), say(analysis.question)),
        (say("Answer"), result.verdict),
        (say("Asked of"), words.setting(result)),
        (say("Uncertain records"), words.honesty(result)),
        *((say("Note"), note) for note in result.notes),
    ]
    for table in result.tables:
        lines.append((say("Sheet {sheet}", sheet=table.name), table.title))
        if table.cut:
            lines.append((say("Left out of {sheet}", sheet=table.name), plural(table.cut, "row")))
    if result.records_cut:
        lines.append((say("Left out of {sheet}", sheet=say("Records")), plural(result.records_cut, "record")))
    lines += [(say("Option {name}", name=name), value) for name, value in words.choices(result).items()]
    lines.append((say("Method"), words.told_summary(analysis)))
    lines += [(say(heading), text if heading == "Example" else say(text)) for heading, text in analysis.method.items()]
    lines += [(say("Digest"), result.graph.digest), (say("Version"), f"{analysis.name} {result.analysis.version}")]
    return [(label, text) for label, text in lines if text]


def _finding_rows(result: Result) -> Iterable[tuple[Cell, ...]]:
    for one in words.ordered(result.findings):
        severity = words.severity_words(one.severity)
        records = words.positions(one.evidence)
        yield (
            severity, one.title, one.explanation, one.action, "\n".join(one.with_whom),
            "; ".join(action.words for action in one.actions), one.stage, one.confidence, one.id, one.status, records,
        )  # fmt: skip


def _source_rows(result: Result) -> Iterable[tuple[Cell, ...]]:
    for one in sources_of(result):
        rows = words.positions(row - 1 for row in one.rows)
        yield (one.name, one.file, one.kind, one.status, one.newest or None, rows, len(one.records))


def _table_rows(table: Table) -> Iterable[tuple[Cell, ...]]:
    for row, evidence in zip(table.rows, table.evidence, strict=True):
        yield (*row, words.positions(evidence))


def _record_rows(result: Result) -> Iterable[tuple[Cell, ...]]:
    for number, one in enumerate(result.records, start=1):
        yield (
            number, one.kind, one.source, one.file, one.sheet, one.row, one.as_of, one.status, one.confidence, one.id,
        )  # fmt: skip
