"""The decisions that an export brings along: one text file beside the tables of records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import cast, get_args

from valuechain.model.errors import DataError
from valuechain.model.history import DECISIONS, Decision, Verdict
from valuechain.model.language import say
from valuechain.sources.delivery import open_delivery
from valuechain.sources.tables.table import Row, is_empty
from valuechain.sources.tables.text import read_text

COLUMNS = tuple(field.name for field in fields(Decision))


def read_decisions(paths: Sequence[Path]) -> list[Decision]:
    """Return the decisions in the file `decisions.csv` of each folder or zip, in order.

    Raises
    ------
    DataError
        If a row is no decision. Nothing is taken in then: half of what people decided would not be their decision.
    """
    files = (open_delivery(path).find(f"{DECISIONS}.csv") for path in paths)
    tables = (read_text(file.name, file.content) for file in files if file)
    return [_decision(row) for table in tables if table for row in table.rows]


def _decision(row: Row) -> Decision:
    cells = {name: "" if is_empty(row.cells.get(name)) else str(row.cells[name]) for name in COLUMNS}
    if cells["verdict"] not in get_args(Verdict):
        what = say(
            "{file}, row {row}: {verdict!r} is not a verdict.",
            file=row.place.file, row=row.place.row, verdict=cells["verdict"],
        )  # fmt: skip
        raise DataError(what, say("Use one of: {verdicts}.", verdicts=", ".join(get_args(Verdict))))
    if not cells["subject"]:
        what = say("{file}, row {row}: the subject is empty.", file=row.place.file, row=row.place.row)
        raise DataError(what, say("Name what was decided on."))
    return Decision(cast(Verdict, cells["verdict"]), cells["subject"], cells["object"], cells["who"], cells["at"])
