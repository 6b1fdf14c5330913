"""The tables that lie in one file, whatever its form."""

from __future__ import annotations

from dataclasses import replace

from valuechain.model.errors import DataError
from valuechain.model.language import say
from valuechain.sources.tables.files import JSON, WORKBOOKS, File
from valuechain.sources.tables.json_lines import read_json
from valuechain.sources.tables.table import Table, table_in
from valuechain.sources.tables.text import read_text
from valuechain.sources.tables.workbook import read_sheets


def read_tables(file: File) -> tuple[Table, ...]:
    """Return the tables of a file, in order; a sheet or file with nothing in it gives none.

    Of a workbook with tables, sheets that are none are left out, and the first table says so.

    Raises
    ------
    DataError
        If the file cannot be read, or is no table.
    """
    if file.suffix in WORKBOOKS:
        return _tables_of_sheets(file)
    read = read_json if file.suffix in JSON else read_text
    table = read(file.name, file.content)
    return (table,) if table else ()


def _tables_of_sheets(file: File) -> tuple[Table, ...]:
    tables, problems = [], []
    for grid in read_sheets(file.name, file.content):
        try:
            table = table_in(grid)
        except DataError as problem:
            problems.append((grid.title, problem))
        else:
            tables += [table] if table else []
    if problems and not tables:
        raise problems[0][1]
    left_out = tuple(say("{table} was left out: it is no table.", table=title) for title, _ in problems)
    return tuple(
        replace(table, assumed=(*table.assumed, *left_out)) if place == 0 else table
        for place, table in enumerate(tables)
    )
