"""The empty tabular form, to be filled in: a workbook or a folder of CSV files, made from the schema.

Help stands where no importer reads it as a row: in notes on the header cells, on a sheet and in a file of their own.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from valuechain.model.language import say, term
from valuechain.model.schema import COMMON, KINDS, Field, Kind
from valuechain.sources.tabular import READ_ME

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

_ROWS_WITH_LISTS = 10_000
"""Rows below the header in which a choice offers its words."""
_WORDING = {
    "text": term("text"),
    "integer": term("whole number"),
    "number": term("number"),
    "date": term("date: 2026-03-31, 2026-03 or 2026"),
    "boolean": term("yes or no"),
    "list": term("several, separated by ;"),
}
_INTRODUCTION = (
    term("One table per kind of record; leave out the tables that you do not need."),
    term("The first row names the columns; their order does not matter. Columns that you do not need may be deleted."),
    term(
        "Ids are your own and need to be unique within one table. A column that names another thing holds its id;"
        " source:id, vat:, euid:, lei:, pic: (organisations) and cordis: (projects) name things of other deliveries."
    ),
    term("Do not enter persons: columns with names, e-mail addresses or telephone numbers are not taken in."),
    term("Rows are seen by advisors unless the column visibility says otherwise."),
)


def describe(field: Field) -> str:
    """Return a line of help: what a column holds, in which form and unit, and whether it must be filled in."""
    if field.type == "choice":
        form = say("one of: {choices}", choices=", ".join(field.choices))
    elif field.type == "reference":
        form = say("id of one of {table}", table=field.refers)
    else:
        form = say(_WORDING[field.type])
    if field.unit and field.type in ("integer", "number"):
        form = f"{form}, {say(field.unit)}"
    if field.required:
        return say("{help} ({form}), required.", help=say(field.help), form=form)
    return say("{help} ({form}).", help=say(field.help), form=form)


def template_workbook() -> bytes:
    """Return an .xlsx with a sheet of explanations and an empty sheet for each record kind."""
    import xlsxwriter

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        bold, as_text = workbook.add_format({"bold": True}), workbook.add_format({"num_format": "@"})
        sheet = workbook.add_worksheet(READ_ME)
        sheet.set_column(0, 0, 120)
        for number, line in enumerate(_lines()):
            sheet.write_string(number, 0, line)
        for kind in KINDS.values():
            _add_sheet(workbook, kind, bold, as_text)
    return content.getvalue()


def template_folder() -> dict[str, bytes]:
    """Return the files of the template as CSV, by name: an empty one for each record kind, and README.txt."""
    files = {}
    for kind in KINDS.values():
        header = io.StringIO(newline="")
        csv.writer(header).writerow(field.name for field in _fields(kind))
        files[f"{kind.name}.csv"] = header.getvalue().encode("utf-8-sig")
    files["README.txt"] = "\r\n".join([*_lines(), ""]).encode("utf-8-sig")
    return files


def _fields(kind: Kind) -> tuple[Field, ...]:
    return (*kind.fields, *COMMON)


def _lines() -> Iterator[str]:
    yield say("How to fill in these tables")
    yield ""
    yield from map(say, _INTRODUCTION)
    for kind in KINDS.values():
        yield ""
        yield f"{kind.name}: {say(kind.help)}"
        for field in kind.fields:
            yield f"    {field.name}: {describe(field)}"
    yield ""
    yield say("In every table:")
    for field in COMMON:
        yield f"    {field.name}: {describe(field)}"


def _add_sheet(workbook: Workbook, kind: Kind, bold: Format, as_text: Format) -> None:
    """Add an empty sheet whose header carries notes; choices offer their words, texts keep leading zeros."""
    sheet = workbook.add_worksheet(kind.name)
    sheet.freeze_panes(1, 0)
    for column, field in enumerate(_fields(kind)):
        text = field.type in ("text", "reference", "list")
        sheet.set_column(column, column, max(12, len(field.name) + 2), as_text if text else None)
        sheet.write_string(0, column, field.name, bold)
        sheet.write_comment(0, column, describe(field), {"x_scale": 2})
        words = ("yes", "no") if field.type == "boolean" else field.choices
        if words:
            rule = {"validate": "list", "source": list(words)}
            sheet.data_validation(1, column, _ROWS_WITH_LISTS, column, rule)
