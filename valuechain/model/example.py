"""Small graphs written out as tables of text, for worked examples."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from valuechain.model.batch import Batch, Fault, Place, Record, assemble, read_record
from valuechain.model.build import Reference, build
from valuechain.model.errors import RefusedError
from valuechain.model.graph import ValueGraph, View
from valuechain.model.history import Decision, Snapshot, settled
from valuechain.model.schema import KINDS, arrow_schema

_IMPLIED: dict[str, dict[str, str]] = {
    "organisations": {"kind": "sme"},
    "capabilities": {"kind": "component", "chain": "example"},
    "projects": {},
}
"""What is assumed of a thing that an example only mentions; its name is its id."""


def example(**tables: str) -> ValueGraph:
    """Return the graph of a few rows, written as CSV text with one header line for each kind of record.

    Organisations, capabilities and projects that a link mentions need no row of their own: they are called by their
    id, organisations are SMEs, capabilities are components of the chain "example". All rows are public.

    Parameters
    ----------
    tables : str
        The rows of a kind as CSV; blanks around lines and cells do not count.

    Raises
    ------
    RefusedError
        If a row is at fault.

    >>> graph = example(supplies='''supplier,   buyer,     capability
    ...                             Glassworks, Lensmaker, glass''')
    >>> list(graph["organisations"]["label"])
    ['Glassworks', 'Lensmaker']
    """
    rows = {kind: list(_rows(text)) for kind, text in tables.items()}
    for kind, things in list(_mentioned(rows).items()):
        given = {row["id"] for row in rows.get(kind, ())}
        name = {"organisations": "name", "capabilities": "label", "projects": "title"}[kind]
        implied = [{"id": one, name: one, **_IMPLIED[kind]} for one in things if one not in given]
        rows[kind] = [*rows.get(kind, ()), *implied]
    public = {kind: [{"visibility": "public", **row} for row in some] for kind, some in rows.items()}
    return build(snapshot(delivery(public, "example")), View(), Reference())


def delivery(rows: Mapping[str, Sequence[Mapping[str, Any]]], source: str) -> Batch:
    """Return a delivery of rows by kind. Raises RefusedError if one is at fault."""
    records: list[Record] = []
    faults: list[Fault] = []
    count = 0
    for kind, cells in rows.items():
        for number, row in enumerate(cells, start=2):
            record, found = read_record(kind, source, row, Place(f"{kind}.csv", row=number))
            records += [record] if record else []
            faults += found
            count += 1
    batch = assemble(source, "tabular", [source], count, records)
    faults += batch.faults
    if faults:
        raise RefusedError("A row is at fault.", "", tuple(faults))
    return batch


def snapshot(*batches: Batch, decisions: Sequence[Decision] = ()) -> Snapshot:
    """Return what a store would hand out after these deliveries, without a store."""
    tables = {}
    for kind in KINDS:
        schema = arrow_schema(kind)
        lines = [
            {"import": number, "ordinal": ordinal, "hash": record.hash, "file": record.place.file,
             "sheet": record.place.sheet, "row": record.place.row, "extra": json.dumps({**record.extra}),
             **record.values}
            for number, batch in enumerate(batches, start=1)
            for ordinal, record in enumerate(batch.records, start=1)
            if record.kind == kind
        ]  # fmt: skip
        tables[kind] = schema.empty_table() if not lines else _table(lines, schema)
    return Snapshot(len(batches), "2026-01-01T00:00:00+00:00", (), settled(decisions), tables)


def _table(lines: list[dict[str, Any]], schema: Any) -> Any:
    import pyarrow as pa

    return pa.Table.from_pylist(lines, schema=schema)


def _rows(text: str) -> Iterator[dict[str, str]]:
    lines = [line.strip() for line in text.strip().splitlines()]
    header, *rows = csv.reader(lines, skipinitialspace=True)
    for row in rows:
        yield {name.strip(): cell.strip() for name, cell in zip(header, row, strict=True) if cell.strip()}


def _mentioned(rows: Mapping[str, Sequence[Mapping[str, str]]]) -> dict[str, dict[str, None]]:
    """Ids of things that rows refer to, by kind."""
    found: dict[str, dict[str, None]] = {kind: {} for kind in _IMPLIED}
    for kind, some in rows.items():
        for field in KINDS[kind].references:
            if field.refers in found:
                found[field.refers].update(dict.fromkeys(row[field.name] for row in some if field.name in row))
    return found
