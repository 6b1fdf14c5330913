"""The tabular form: one table per record kind, as CSV files, as sheets of a workbook, or a single file."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from valuechain.model.batch import Batch, Fault, Record, RowReader, assemble
from valuechain.model.cells import Cell
from valuechain.model.errors import DataError
from valuechain.model.history import DECISIONS
from valuechain.model.language import listed, say
from valuechain.model.names import normal_name
from valuechain.model.schema import COMMON, KINDS, Kind
from valuechain.model.watching import tell
from valuechain.sources.cells.notation import PLAIN_TYPES, read_notation
from valuechain.sources.cells.personal import PERSONS_STAY_OUTSIDE, personal_columns
from valuechain.sources.delivery import Delivery
from valuechain.sources.reading import Reading
from valuechain.sources.tables.files import WORKBOOKS, File
from valuechain.sources.tables.table import Row, Table, is_empty, table_in
from valuechain.sources.tables.tables import read_tables
from valuechain.sources.tables.workbook import read_sheets

NAME = "tabular"
ROWS_BETWEEN_NEWS = 2_000
"""So often whoever watches is told that the reading goes on, and may stop it."""
READ_ME = "Read me"
"""Sheet of the template that explains the others; it is no table."""
_NUMBERED = re.compile(r" \(\d+\)$")
"""What a table puts behind the name of a column that was named before."""


def recognises(delivery: Delivery) -> bool:
    """Whether a delivery holds a workbook, or a text file named after a record kind."""
    return any(file.suffix in WORKBOOKS or (file.is_table and _kind(file.stem)) for file in delivery.files)


def read(delivery: Delivery, reading: Reading) -> list[Batch]:
    """Return the records of a delivery, one batch per source.

    Parameters
    ----------
    delivery : Delivery
        Tables named after the kinds they hold.
    reading : Reading
        Source and day of the rows whose own `source` or `as_of` is empty. If `as_` is a record kind, it is that of the
        tables that are not named after one; of a single table, whatever its name.

    Returns
    -------
    One batch per source that rows name, in order of appearance. Each row read is stored or refused.

    Raises
    ------
    DataError
        If a file is no table, a required column is missing, or nothing is there to read.
    """
    source = reading.source
    tables, left_out = _tables(delivery, reading.as_ if reading.as_ in KINDS else "")
    if not tables:
        what = say(
            "Nothing in {name} is named after a record kind. Found: {found}.",
            name=delivery.name, found=", ".join(left_out),
        )  # fmt: skip
        raise DataError(what, say("Say what it holds with --as, one of: {kinds}.", kinds=", ".join(KINDS)))
    if not any(table.rows_read for _, table in tables):
        what = say("{name} holds no rows below its headers.", name=delivery.name)
        raise DataError(what, say("Fill in rows, then import again."))
    assumed = [say("{name} was left out: it is not named after a record kind.", name=name) for name in left_out]
    deliveries: dict[str, _Rows] = defaultdict(_Rows)
    lost: list[Fault] = []
    for name, table in tables:
        columns = _match_columns(KINDS[name], table)
        changed, said = _read_columns(KINDS[name], table, columns.known)
        assumed += [*table.assumed, *columns.assumed, *said]
        lost += [*table.faults, *_read_rows(name, table, columns, changed, source, reading.as_of, deliveries)]
    if lost:
        home = deliveries[source if source in deliveries or not deliveries else next(iter(deliveries))]
        home.faults += lost
        home.read += len(lost)
    files = list(dict.fromkeys(table.file for _, table in tables))
    taken_for = ", ".join(dict.fromkeys(name for name, _ in tables))
    return [
        assemble(name, taken_for, files, rows.read, rows.records, rows.faults, () if order else assumed)
        for order, (name, rows) in enumerate(deliveries.items())
    ]


@dataclass
class _Rows:
    """What was read for one source so far."""

    read: int = 0
    records: list[Record] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class _Columns:
    """Fields by the columns that fill them, unknown columns that are kept, and what to say about the rest."""

    known: Mapping[str, str]
    extra: tuple[str, ...]
    assumed: tuple[str, ...]


def _kind(name: str) -> str:
    """The record kind that a file or sheet is named after, also with a number behind it (`offers-2`), or nothing."""
    kind = re.sub(r"_\d+$", "", normal_name(name))
    return kind if kind in KINDS else ""


def _kind_of(file: File, said: str, alone: bool) -> str:
    """The kind a text file holds: what was said wins for a file alone, the file's name among others."""
    if not file.is_table:
        return said if alone else ""
    return (said or _kind(file.stem)) if alone else (_kind(file.stem) or said)


def _tables(delivery: Delivery, kind: str) -> tuple[list[tuple[str, Table]], list[str]]:
    """The tables with their kinds, and the names of what is not one."""
    tables: list[tuple[str, Table]] = []
    left_out: list[str] = []
    for file in delivery.files:
        if file.suffix in WORKBOOKS:
            sheets, others = _sheets(file, kind or _kind(file.stem))
            tables += sheets
            left_out += others
        elif name := _kind_of(file, kind, alone=len(delivery.files) == 1):
            found = [(name, table) for table in read_tables(file)]
            if not found:
                advice = say("Fill it in, or take it out of the delivery.")
                raise DataError(say("{name} is empty.", name=file.name), advice)
            tables += found
        elif normal_name(file.stem) != DECISIONS:
            left_out.append(file.name)
    return tables, left_out


def _sheets(file: File, kind: str) -> tuple[list[tuple[str, Table]], list[str]]:
    """The tables of a workbook with their kinds, and the names of other sheets; an only sheet holds `kind`."""
    grids = [grid for grid in read_sheets(file.name, file.content) if grid.sheet != READ_ME]
    if not grids:
        advice = say("Fill it in, or take it out of the delivery.")
        raise DataError(say("{name} is empty.", name=file.name), advice)
    kinds = [kind if kind and len(grids) == 1 else _kind(grid.sheet) for grid in grids]
    made = [(name, table_in(grid)) for name, grid in zip(kinds, grids, strict=True) if name]
    others = [grid.title for name, grid in zip(kinds, grids, strict=True) if not name]
    return [(name, table) for name, table in made if table], others


def _match_columns(kind: Kind, table: Table) -> _Columns:
    """Match columns with fields, whatever the case, spaces and underscores; DataError if a required one is missing."""
    fields = {one.name: one for one in (*kind.fields, *COMMON)}
    known = {normal_name(column): column for column in table.columns if normal_name(column) in fields}
    for column in table.columns:
        written = _NUMBERED.sub("", column)
        first = known.get(normal_name(written))
        if first and first != column:
            what = say(
                "{table} names a column twice: {one} and {other}.",
                table=table.title, one=repr(first), other=repr(written),
            )  # fmt: skip
            raise DataError(what, say("Rename or delete one of them."))
    missing = [one.name for one in kind.fields if one.required and one.name not in known]
    if missing:
        what = say(
            "{table} lacks the column {columns} of {kind}.",
            table=table.title, columns=listed(map(repr, missing), len(missing)), kind=kind.name,
        )  # fmt: skip
        raise DataError(what, say("Add it. The columns found are: {columns}.", columns=", ".join(table.columns)))
    unknown = [column for column in table.columns if column not in known.values()]
    personal = personal_columns(table, unknown)
    extra = [column for column in unknown if column not in personal]
    assumed = []
    if personal:
        said = say(PERSONS_STAY_OUTSIDE, table=table.title, columns=_listed(personal))
        assumed.append(said)
    if extra:
        said = say(
            "{table}: not known here, so kept as it stands: {columns}.",
            table=table.title, columns=_listed(extra),
        )  # fmt: skip
        assumed.append(said)
    return _Columns(known, tuple(extra), tuple(assumed))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(repr(name[:60]) for name in names)


def _read_columns(kind: Kind, table: Table, known: Mapping[str, str]) -> tuple[dict[str, list[Cell]], list[str]]:
    """The columns that people wrote in a notation of their own, by field, and what was assumed about them."""
    changed: dict[str, list[Cell]] = {}
    assumed = []
    for field_name, column in known.items():
        declared = kind.field(field_name)
        if declared.type in PLAIN_TYPES:
            continue
        written = table.column(column)
        cells, said = read_notation(declared, written)
        where = say("{table}, column {column}", table=table.title, column=repr(column))
        assumed += [f"{where}: {sentence}" for sentence in said]
        if cells != written:
            changed[field_name] = cells
    return changed, assumed


def _read_rows(
    kind: str,
    table: Table,
    columns: _Columns,
    changed: Mapping[str, Sequence[Cell]],
    source: str,
    as_of: str,
    deliveries: dict[str, _Rows],
) -> Iterator[Fault]:
    """Read the rows of a table into the delivery of their source; yield the faults of those that have none."""
    readers: dict[str, RowReader] = {}
    for place, row in enumerate(table.rows):
        if place % ROWS_BETWEEN_NEWS == 0:
            tell(place, len(table.rows))
        own = row.cells.get(columns.known.get("source", ""))
        name = source if is_empty(own) else " ".join(str(own).split())
        if ":" in name:
            why = say("A source name must not hold a colon, which separates source and id.")
            yield Fault(row.place, "source", name, why, say("Replace the colon by another sign."))
            continue
        cells = {field: row.cells.get(column) for field, column in columns.known.items()}
        cells |= {field: column[place] for field, column in changed.items()}
        cells |= {column: row.cells.get(column) for column in columns.extra}
        if is_empty(cells.get("as_of")):
            cells["as_of"] = as_of
        if name not in readers:
            readers[name] = RowReader(kind, name)
        record, faults = readers[name].read(cells, row.place)
        rows = deliveries[name]
        rows.read += 1
        rows.faults += (_as_written(fault, row, columns.known) for fault in faults)
        if record:
            rows.records.append(record)


def _as_written(fault: Fault, row: Row, known: Mapping[str, str]) -> Fault:
    """The fault with the cell as the person wrote it, whatever notation it was read in."""
    cell = row.cells.get(known.get(fault.column, ""))
    return fault if is_empty(cell) else replace(fault, value=str(cell))
