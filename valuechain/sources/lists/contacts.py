"""What lists tell of persons: it stays outside the graph, and can be written to a table of its own."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from valuechain.model.formulas import disarmed
from valuechain.sources.listing import read_sheets
from valuechain.sources.lists.listing_names import directory
from valuechain.sources.lists.mapping_signs import is_nothing
from valuechain.sources.reading import Reading
from valuechain.sources.tables.table import Table, is_empty


@dataclass(frozen=True)
class Contact:
    """One cell about a person: the key of the organisation, the column's header, and what stands in the cell."""

    organisation: str
    column: str
    value: str


def contacts_of(tables: Sequence[Table], reading: Reading) -> list[Contact]:
    """Return what the person columns of lists of organisations hold, row by row.

    Parameters
    ----------
    tables : sequence of Table
        All tables of the delivery, as the import reads them, so that keys are the same.
    reading : Reading
        That of the import; `source` stands before the ids.
    """
    lists = [sheet for sheet in read_sheets(tables, reading) if sheet.is_list]
    ids = iter(directory([entry for sheet in lists for entry in sheet.entries]).ids)
    found = []
    for sheet in lists:
        persons = [column.name for column in sheet.columns if column.use == "person"]
        for _, row in sheet.rows:
            key = f"{reading.source}:{next(ids)}"
            for name in persons:
                cell = row.cells.get(name)
                if not is_empty(cell) and not is_nothing(cell):
                    found.append(Contact(key, name, " ".join(str(cell).split())))
    return found


def contacts_csv(contacts: Iterable[Contact]) -> str:
    """Return contacts as CSV with a header; a cell that spreadsheets would take for a formula is disarmed."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(("organisation", "column", "value"))
    for one in contacts:
        writer.writerow((one.organisation, disarmed(one.column), disarmed(one.value)))
    return text.getvalue()
