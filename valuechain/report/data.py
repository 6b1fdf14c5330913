"""Results for programs: JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

from valuechain.model.formulas import disarmed
from valuechain.model.result import Cell, Result, Table


def to_json(result: Result) -> str:
    """Return the result as JSON: `Result.to_dict()` with sorted names, so that equal results are equal texts."""
    return json.dumps(result.to_dict(), ensure_ascii=False, sort_keys=True, allow_nan=False) + "\n"


def to_csv(table: Table) -> str:
    """Return a table as CSV: names of columns in the first row, text that looks like a formula disarmed."""
    return csv_text([column.name for column in table.columns], table.rows)


def csv_text(header: Iterable[str], rows: Iterable[Iterable[Cell]]) -> str:
    """Return rows as CSV; booleans are yes or no, empty cells nothing, text is disarmed."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(disarmed(name) for name in header)
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return text.getvalue()


def _written(cell: Cell) -> Cell:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return disarmed(cell) if isinstance(cell, str) else cell
