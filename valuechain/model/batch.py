"""What a source hands to a store: validated records, each with the place it was read from, and the faults of rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Literal

from valuechain.model.cells import Cell, Value, qualify, read_cell
from valuechain.model.errors import DataError
from valuechain.model.schema import COMMON, KINDS, STRONG_IDS
from valuechain.model.terms import TERM

DEFAULTS: dict[str, Value] = {"status": "declared", "holds": True, "visibility": "advisor"}
"""What an empty common field means."""


@dataclass(frozen=True, order=True)
class Place:
    """Where a row stands: file, sheet (empty for a text file) and row, counted from 1 as the person's program does."""

    file: str
    sheet: str = ""
    row: int = 0


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell or row, why, and what to do about it.

    `severity` is `refused` where the row is not taken in, `warning` where it is.
    """

    place: Place
    column: str
    value: str
    why: str
    advice: str
    severity: Literal["refused", "warning"] = "refused"

    def to_dict(self) -> dict[str, str | int]:
        """Return the fault in the form in which import reports list it."""
        return {
            "file": self.place.file, "sheet": self.place.sheet, "row": self.place.row, "column": self.column,
            "value": self.value, "why": self.why, "advice": self.advice, "severity": self.severity,
        }  # fmt: skip

    def __str__(self) -> str:
        sheet = f", sheet {self.place.sheet}" if self.place.sheet else ""
        row = f", row {self.place.row}" if self.place.row else ""
        column = f", column {self.column}" if self.column else ""
        value = f" ({self.value!r})" if self.value else ""
        return f"{self.place.file}{sheet}{row}{column}{value}: {self.why} {self.advice}".rstrip()


@dataclass(frozen=True)
class ColumnMatch:
    """What a column of a table was taken for.

    `field` is `kind.field` of the schema, such as `organisations.name`, or empty where nothing fits. `score` (0..1)
    says how well it fits; it is 1 where a person or the tabular form said so. `why` says it in words.
    """

    file: str
    sheet: str
    column: str
    field: str
    score: float
    why: str


@dataclass(frozen=True)
class Record:
    """One row of one kind, validated: `values` holds the fields that are not empty, references as qualified keys."""

    kind: str
    values: Mapping[str, Value]
    extra: Mapping[str, str]
    place: Place

    @cached_property
    def hash(self) -> str:
        """Hash of the content, 32 hexadecimal digits; the import, the file and the row do not count."""
        content = [self.kind, sorted(self.values.items()), sorted(self.extra.items())]
        return blake2b(json.dumps(content, ensure_ascii=False).encode(), digest_size=16).hexdigest()

    @property
    def identity(self) -> tuple[Value, ...]:
        """Which thing the record speaks of: its kind, its source where the id is the source's own, identity fields."""
        kind = KINDS[self.kind]
        scope = (self.kind, self.values["source"]) if kind.names_things else (self.kind,)
        return (*scope, *(self.values.get(name) for name in kind.identity))

    @property
    def key(self) -> str:
        """`source:id` of the thing, for kinds that name things."""
        return f"{self.values['source']}:{self.values['id']}"


@dataclass(frozen=True)
class Batch:
    """One delivery of one source, ready to be written whole.

    `rows_read` counts the rows of the files; a row is stored whole or refused whole. `assumed` lists in words what had
    to be guessed about the files; `columns` what their columns were taken for, where that was not plain.
    """

    source: str
    taken_for: str
    files: tuple[str, ...]
    rows_read: int
    records: tuple[Record, ...]
    faults: tuple[Fault, ...] = ()
    assumed: tuple[str, ...] = ()
    columns: tuple[ColumnMatch, ...] = ()

    @property
    def refused(self) -> int:
        """Number of rows that are not taken in."""
        return len({fault.place for fault in self.faults if fault.severity == "refused"})


def read_record(
    kind: str, source: str, cells: Mapping[str, Cell], place: Place
) -> tuple[Record | None, tuple[Fault, ...]]:
    """Validate one row.

    Parameters
    ----------
    kind : str
        A name in KINDS.
    source : str
        The delivery's source; references without a prefix name things of it.
    cells : mapping of column name to cell
        Known columns are checked against the schema, others are kept as extra properties. Empty cells are left out.
    place : Place
        Where the row was read.

    Returns
    -------
    The record, or None with the faults for which it was refused.
    """
    declared = KINDS[kind]
    values: dict[str, Value] = {**DEFAULTS, "source": source}
    faults = []
    for field in (*declared.fields, *COMMON):
        if field.name == "source":
            continue
        cell = cells.get(field.name)
        try:
            value = read_cell(field, cell)
        except ValueError as problem:
            why, advice = problem.args
            faults.append(Fault(place, field.name, str(cell), why, advice))
            continue
        if value is not None:
            is_key = field.type == "reference"
            values[field.name] = qualify(field.refers, str(value), source) if is_key else value
        elif field.required:
            faults.append(Fault(place, field.name, "", "The cell is empty.", f"Fill in: {field.help}."))
    if declared.names_things and ":" in str(values.get("id", "")):
        why = "An id must not hold a colon, which separates source and id."
        faults.append(Fault(place, "id", str(values["id"]), why, "Replace the colon by another sign."))
    if faults:
        return None, tuple(faults)
    known = {field.name for field in (*declared.fields, *COMMON)}
    extra = {
        name: str(cell) for name, cell in cells.items() if name not in known and cell is not None and str(cell).strip()
    }
    return Record(kind, values, extra, place), ()


def assemble(
    source: str,
    taken_for: str,
    files: Iterable[str],
    rows_read: int,
    records: Iterable[Record],
    faults: Iterable[Fault] = (),
    assumed: Iterable[str] = (),
) -> Batch:
    """Put validated records together as one delivery.

    Rows that name an id of this source which the delivery does not hold are refused, and so are, in turn, the rows
    that name those. A row is refused whole even if only one of its records is at fault. Records that say the same are
    kept once, with the first row that says so.
    """
    if ":" in source:
        raise DataError(f"The source name {source!r} holds a colon.", "Choose another name with --source.")
    if source in (*STRONG_IDS["organisations"], TERM):
        what = f"No source can be called {source!r}: its keys would read as register numbers or words."
        raise DataError(what, "Choose another name with --source.")
    faults = list(faults)
    refused = {fault.place for fault in faults if fault.severity == "refused"}
    kept = [record for record in records if record.place not in refused]
    while True:
        unknown = _unknown_references(source, kept)
        if not unknown:
            break
        faults.extend(unknown)
        refused = {fault.place for fault in unknown}
        kept = [record for record in kept if record.place not in refused]
    distinct = {record.hash: record for record in reversed(kept)}
    ordered = tuple(record for record in kept if distinct[record.hash] is record)
    return Batch(source, taken_for, tuple(files), rows_read, ordered, tuple(faults), tuple(assumed))


def _unknown_references(source: str, records: list[Record]) -> list[Fault]:
    """Faults of the records that refer to an id of their own source which no record of the delivery carries."""
    ids = {name: set[str]() for name in KINDS}
    for record in records:
        if KINDS[record.kind].names_things:
            ids[record.kind].add(record.key)
    faults = []
    for record in records:
        for field in KINDS[record.kind].references:
            key = record.values.get(field.name)
            if isinstance(key, str) and key.startswith(f"{source}:") and key not in ids[field.refers]:
                name = key.removeprefix(f"{source}:")
                why = f"No row of {field.refers} in this delivery has the id {name!r}."
                advice = f"Add the row to {field.refers}, or correct the id."
                faults.append(Fault(record.place, field.name, name, why, advice))
    return faults
