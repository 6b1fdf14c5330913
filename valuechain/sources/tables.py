"""The tables that lie in one file, whatever its form."""

from __future__ import annotations

from valuechain.sources.files import WORKBOOKS, File
from valuechain.sources.table import Table, make_table
from valuechain.sources.text import read_text
from valuechain.sources.workbook import read_sheets


def read_tables(file: File) -> tuple[Table, ...]:
    """Return the tables of a file, in order; a sheet or file with nothing in it gives none.

    Raises
    ------
    DataError
        If the file cannot be read, or is no table.
    """
    if file.suffix in WORKBOOKS:
        grids = read_sheets(file.name, file.content)
        made = [make_table(file.name, sheet, grid) for sheet, grid in grids.items()]
    else:
        made = [read_text(file.name, file.content)]
    return tuple(table for table in made if table)
