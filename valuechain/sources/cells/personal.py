"""Columns about persons: they stay outside the graph, so no importer takes them in."""

from __future__ import annotations

from collections.abc import Collection

from valuechain.model.language import term
from valuechain.model.persons import has_address, is_personal
from valuechain.sources.tables.table import Table

__all__ = ["PERSONS_STAY_OUTSIDE", "is_personal", "personal_columns"]

PERSONS_STAY_OUTSIDE = term(
    "{table}: not taken in, since it looks like data about persons, which stay outside: {columns}."
)


def personal_columns(table: Table, unknown: Collection[str]) -> list[str]:
    """Return those of the unknown columns that tell of persons, by their names or by e-mail addresses in them.

    A column without a name that follows one about persons belongs to it: their header was merged.
    """
    found: list[str] = []
    previous = ""
    for column in table.columns:
        if column in unknown and (
            is_personal(column)
            or (column.startswith("column ") and previous in found)
            or any(has_address(str(cell)) for cell in table.column(column))
        ):
            found.append(column)
        previous = column
    return found
