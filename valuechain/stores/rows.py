"""Records as columns: what every store writes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from valuechain.model.batch import Record
from valuechain.model.cells import Value
from valuechain.model.errors import DataError
from valuechain.model.schema import KINDS, columns

LARGEST_INTEGER = 2**63 - 1
"""What the whole numbers of every store can hold."""


def now() -> str:
    """Return the present time, UTC, ISO, to the microsecond."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def numbered(records: Sequence[Record]) -> dict[str, list[tuple[int, Record]]]:
    """Return the records by kind, each with its ordinal: its place in the import, from 0."""
    by_kind: dict[str, list[tuple[int, Record]]] = {kind: [] for kind in KINDS}
    for ordinal, record in enumerate(records):
        by_kind[record.kind].append((ordinal, record))
    return by_kind


def row(kind: str, import_id: int, ordinal: int, record: Record) -> tuple[Value, ...]:
    """Return one record as the values of `columns(kind)`, None where a field is empty.

    Raises
    ------
    DataError
        If a whole number is larger than any store can hold.
    """
    place = record.place
    extra = json.dumps(record.extra, ensure_ascii=False, sort_keys=True) if record.extra else None
    provenance = (import_id, ordinal, record.hash, place.file, place.sheet, place.row)
    fields = tuple(record.values.get(name) for name, _ in columns(kind)[len(provenance) : -1])
    for value in fields:
        if isinstance(value, int) and abs(value) > LARGEST_INTEGER:
            what = f"{place.file}, row {place.row}: the number {value} is too large to be kept."
            raise DataError(what, "Correct the number, or leave the cell empty.")
    return (*provenance, *fields, extra)
