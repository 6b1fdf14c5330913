"""Columns in which all records of an import agree: noted when they are written, made anew when they are read.

Most columns of most imports are empty or hold one value. Reading a third of the columns of 800,000 rows takes a third
of the time. An import that was written before notes were taken has none, and is read column by column; so is every
import when the store is looked over, for a note would hide what was changed behind it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from valuechain.model.cells import Value

CREATE = """CREATE TABLE IF NOT EXISTS uniform ("import" INTEGER NOT NULL, kind TEXT NOT NULL,
    "column" TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY ("import", kind, "column")) STRICT, WITHOUT ROWID"""

ALWAYS_READ = frozenset(("import", "ordinal"))
"""Columns that tell the rows apart."""

Uniform = Mapping[str, Mapping[int, Value]]
"""The value of each column that need not be read, by import."""


class Notes:
    """The values on which the records of one import agree so far, by kind and column."""

    def __init__(self) -> None:
        self._values: dict[str, dict[str, Value]] = {}

    def take(self, kind: str, records: pa.Table) -> None:
        """Look at more records of a kind; the columns of the first time are those that can be uniform."""
        seen = self._values.get(kind)
        names = records.column_names if seen is None else list(seen)
        agreed = {name: value for name in names for value in _only_value(records.column(name))}
        self._values[kind] = {name: value for name, value in agreed.items() if seen is None or _same(seen[name], value)}

    def rows(self, import_id: int) -> list[tuple[int, str, str, str]]:
        """Return the notes as rows of their table."""
        return [
            (import_id, kind, name, json.dumps(value))
            for kind, values in self._values.items()
            for name, value in values.items()
        ]


def _only_value(column: pa.ChunkedArray) -> list[Value]:
    """The one value that a column holds, in a list; an empty list if it holds several."""
    first = column.slice(0, 1)
    if first.null_count:
        return [None] if column.null_count == len(column) else []
    return first.to_pylist() if pc.all(pc.equal(column, first[0]), skip_nulls=False).as_py() else []


def _same(one: Value, other: Value) -> bool:
    return one == other and type(one) is type(other)


def uniform_columns(rows: Iterable[tuple[int, str, str]], noted: Iterable[int], imports: Iterable[int]) -> Uniform:
    """Return the columns of one kind that need not be read, with their value in each import.

    Parameters
    ----------
    rows : iterable of (import, column, value as JSON)
        The notes on the kind.
    noted : iterable of int
        Imports on which notes were taken at all.
    imports : iterable of int
        Those to be read; if one has no notes, every column is read.
    """
    if not set(imports) <= set(noted):
        return {}
    by_import: dict[int, dict[str, Value]] = {}
    for import_id, column, value in rows:
        by_import.setdefault(import_id, {})[column] = json.loads(value)
    if not by_import:
        return {}
    common = set.intersection(*(set(values) for values in by_import.values())) - ALWAYS_READ
    return {name: {one: values[name] for one, values in by_import.items()} for name in common}


def no_notes(cursor: Any, kind: str, imports: Sequence[int]) -> Uniform:
    """Return nothing, so that every column is read."""
    return {}


def completed(read: pa.Table, uniform: Uniform, schema: pa.Schema) -> pa.Table:
    """Return the rows that were read with the columns that were not, in the order and types of a schema."""
    imports = read.column("import").to_numpy()
    columns: list[Any] = []
    for field in schema:
        if field.name in uniform:
            columns.append(_made(uniform[field.name], imports, field.type))
        else:
            columns.append(read.column(field.name).cast(field.type))
    return pa.table(columns, schema=schema)


def _made(values: Mapping[int, Value], imports: np.ndarray, type_: pa.DataType) -> pa.Array:
    numbers = sorted(values)
    told = pa.array([values[number] for number in numbers], _stored(type_)).cast(type_)
    return told.take(pa.array(np.searchsorted(numbers, imports)))


def _stored(type_: pa.DataType) -> pa.DataType:
    """The type in which the file keeps values of a type: it has no booleans."""
    return pa.int64() if pa.types.is_boolean(type_) else type_
