"""Records as columns: what every store writes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache

from valuechain.model.batch import Record
from valuechain.model.cells import Value
from valuechain.model.errors import DataError
from valuechain.model.language import say
from valuechain.model.schema import COMMON, KINDS

LARGEST_INTEGER = 2**63 - 1
"""What the whole numbers of every store can hold."""


def now() -> str:
    """Return the present time, UTC, ISO, to the microsecond."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def numbered(records: Sequence[Record], first: int = 0) -> dict[str, list[tuple[int, Record]]]:
    """Return the records by kind, each with its ordinal: its place in the import, from `first`."""
    by_kind: dict[str, list[tuple[int, Record]]] = {kind: [] for kind in KINDS}
    for ordinal, record in enumerate(records, first):
        by_kind[record.kind].append((ordinal, record))
    return by_kind


def parts(records: Sequence[Record], size: int) -> Iterator[dict[str, list[tuple[int, Record]]]]:
    """Yield `size` records after the other, numbered, those of kinds that do not occur left out."""
    for first in range(0, len(records), size):
        by_kind = numbered(records[first : first + size], first)
        yield {kind: some for kind, some in by_kind.items() if some}


def row(kind: str, import_id: int, ordinal: int, record: Record) -> tuple[Value, ...]:
    """Return one record as the values of `columns(kind)`, None where a field is empty."""
    place = record.place
    extra = json.dumps(record.extra, ensure_ascii=False, sort_keys=True) if record.extra else None
    provenance = (import_id, ordinal, record.hash, place.file, place.sheet, place.row)
    return (*provenance, *map(record.values.get, _fields(kind)), extra)


@cache
def _fields(kind: str) -> tuple[str, ...]:
    """Names of the columns between provenance and extra."""
    return tuple(field.name for field in (*COMMON, *KINDS[kind].fields))


def refuse_large_numbers(records: Iterable[Record]) -> None:
    """Raise DataError for a whole number that is larger than any store can hold."""
    for record in records:
        for value in record.values.values():
            if isinstance(value, int) and abs(value) > LARGEST_INTEGER:
                what = say(
                    "{file}, row {row}: the number {number} is too large to be kept.",
                    file=record.place.file, row=record.place.row, number=value,
                )  # fmt: skip
                raise DataError(what, say("Correct the number, or leave the cell empty."))
