"""Tables that no name tells the kind of: what they hold is found out by their columns."""

from __future__ import annotations

import re

from valuechain.model.errors import DataError
from valuechain.model.names import normal_name
from valuechain.model.schema import KINDS
from valuechain.sources.delivery import Delivery
from valuechain.sources.tables.table import Row, Table


def loose_tables(delivery: Delivery, *beside: str) -> tuple[Table, ...]:
    """Return the tables of a delivery, or none if it is in the tabular form or a table in it cannot be read.

    A delivery is in the tabular form if a file or a sheet of it is named after a record kind other than `beside`.
    """
    if any(_kind(file.stem) not in ("", *beside) for file in delivery.files if file.is_table):
        return ()
    try:
        tables = delivery.tables
    except DataError:
        return ()
    return () if any(_kind(table.sheet) not in ("", *beside) for table in tables) else tables


def columns_by_name(table: Table) -> dict[str, str]:
    """Return the columns of a table as written, by their names without capitals and signs."""
    return {normal_name(column): column for column in table.columns}


def text(row: Row, column: str | None) -> str:
    """Return what a cell holds as text without blanks around it; empty where there is no such column."""
    cell = row.cells.get(column) if column else None
    return "" if cell is None else " ".join(str(cell).split())


def _kind(name: str) -> str:
    kind = re.sub(r"_\d+$", "", normal_name(name))
    return kind if kind in KINDS else ""
