"""What a source hands to a store: validated records, each with the place it was read from, and the faults of rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import InitVar, dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import Literal

from valuechain.model.cells import Cell, Value, qualify, read_cell
from valuechain.model.errors import DataError
from valuechain.model.language import say
from valuechain.model.schema import COMMON, KINDS, STRONG_IDS, Field
from valuechain.model.terms import TERM

DEFAULTS: dict[str, Value] = {"status": "declared", "holds": True, "visibility": "advisor"}
"""What an empty common field means."""

CELLS_REMEMBERED = 100_000
"""Distinct texts of one column whose meaning a reader of many rows keeps in mind."""

_NO_EXTRA: Mapping[str, str] = {}
_JSON = json.JSONEncoder(ensure_ascii=False)


@dataclass(frozen=True, order=True, slots=True)
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
        sheet = f", {say('sheet {name}', name=self.place.sheet)}" if self.place.sheet else ""
        row = f", {say('row {number}', number=self.place.row)}" if self.place.row else ""
        column = f", {say('column {name}', name=self.column)}" if self.column else ""
        value = f" ({self.value!r})" if self.value else ""
        return f"{self.place.file}{sheet}{row}{column}{value}: {self.why} {self.advice}".rstrip()


@dataclass(frozen=True)
class ColumnMatch:
    """What a column of a table was taken for.

    `field` is `kind.field` of the schema, such as `organisations.name`, or empty where nothing fits. `score` (0..1)
    says how well it fits; it is 1 where a person or the tabular form said so. `why` says it in words. `first` are the
    first different cells, none where they tell of persons.
    """

    file: str
    sheet: str
    column: str
    field: str
    score: float
    why: str
    first: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One row of one kind, validated: `values` holds the fields that are not empty, references as qualified keys.

    `hash` is that of the content, 32 hexadecimal digits; the import, the file and the row do not count. Who has
    written the content down already hands in its hash.
    """

    kind: str
    values: Mapping[str, Value]
    extra: Mapping[str, str]
    place: Place
    known_hash: InitVar[str] = ""
    hash: str = field(init=False, repr=False, compare=False)

    def __post_init__(self, known_hash: str) -> None:
        object.__setattr__(self, "hash", known_hash or _own_hash(self))

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


class RowReader:
    """Validates the rows of one kind that one source delivers. Cells repeat, so what each text means is remembered.

    Parameters
    ----------
    kind : str
        A name in KINDS.
    source : str
        The delivery's source; references without a prefix name things of it.
    remembered : int
        How many distinct texts of each column are kept in mind.
    """

    def __init__(self, kind: str, source: str, remembered: int = CELLS_REMEMBERED) -> None:
        fields = [one for one in (*KINDS[kind].fields, *COMMON) if one.name != "source"]
        self._kind = kind
        self._columns = {one.name: _Column(one, source, remembered) for one in fields}
        self._required = {one.name: one.help for one in fields if one.required}
        self._values: dict[str, Value] = {**DEFAULTS, "source": source}
        self._written = {name: _written(name, value) for name, value in self._values.items()}

    def read(self, cells: Mapping[str, Cell], place: Place) -> tuple[Record | None, tuple[Fault, ...]]:
        """Validate one row.

        Parameters
        ----------
        cells : mapping of column name to cell
            Known columns are checked against the schema, others are kept as extra properties. Empty cells are left
            out.
        place : Place
            Where the row was read.

        Returns
        -------
        The record, or None with the faults for which it was refused.
        """
        values, written = self._values.copy(), self._written.copy()
        extra: dict[str, str] = {}
        faults: dict[str, Fault] = {}
        for name, cell in cells.items():
            column = self._columns.get(name)
            if column is None:
                if name != "source" and cell is not None and (text := str(cell)).strip():
                    extra[name] = text
                continue
            known = column.seen.get(cell) if type(cell) is str else None
            if known is None:
                try:
                    known = column.read(cell)
                except ValueError as problem:
                    why, advice = problem.args
                    faults[name] = Fault(place, name, str(cell), why, advice)
                    continue
            if known[0] is not None:
                values[name], written[name] = known
        if faults or not self._required.keys() <= values.keys():
            for name in self._required.keys() - values.keys() - faults.keys():
                advice = say("Fill in: {what}.", what=say(self._required[name]))
                faults[name] = Fault(place, name, "", say("The cell is empty."), advice)
            return None, tuple(faults[name] for name in self._columns if name in faults)
        hash_ = _hash(self._kind, written.values(), extra)
        return Record(self._kind, values, extra or _NO_EXTRA, place, hash_), ()


def read_record(
    kind: str, source: str, cells: Mapping[str, Cell], place: Place
) -> tuple[Record | None, tuple[Fault, ...]]:
    """Validate one row, see `RowReader.read`; for the many rows of a table, a reader of their own is faster."""
    return _reader(kind, source).read(cells, place)


@lru_cache(maxsize=64)
def _reader(kind: str, source: str) -> RowReader:
    """Return a reader that stays in memory, so it remembers little."""
    return RowReader(kind, source, remembered=500)


class _Column:
    """What the cells of one field mean, each as its value and as the text from which the hash is made."""

    __slots__ = ("_field", "_remembered", "_source", "seen")

    def __init__(self, field: Field, source: str, remembered: int) -> None:
        self._field = field
        self._source = source
        self._remembered = remembered
        self.seen: dict[Cell, tuple[Value, str]] = {}

    def read(self, cell: Cell) -> tuple[Value, str]:
        """Return the value of a cell (None if it is empty) and how it is written down; ValueError if it cannot be."""
        field = self._field
        value = read_cell(field, cell)
        if field.name == "id" and ":" in str(value):
            what = say("An id must not hold a colon, which separates source and id.")
            raise ValueError(what, say("Replace the colon by another sign."))
        if field.type == "reference" and value is not None:
            value = qualify(field.refers, str(value), self._source)
        known = (value, _written(field.name, value))
        if type(cell) is str and len(self.seen) < self._remembered:
            self.seen[cell] = known
        return known


def _hash(kind: str, fields: Iterable[str], extra: Mapping[str, str]) -> str:
    """Hash of a record's content; `fields` are those that are not empty as they are written, in any order.

    No sign in a field's name sorts before the quote that ends it, so the texts sort as the names do.
    """
    others = _JSON.encode(sorted(extra.items())) if extra else "[]"
    content = f'["{kind}", [{", ".join(sorted(fields))}], {others}]'
    return blake2b(content.encode(), digest_size=16).hexdigest()


def _own_hash(record: Record) -> str:
    return _hash(record.kind, (_written(*item) for item in record.values.items()), record.extra)


def _written(name: str, value: Value) -> str:
    """A field in the one way in which it is written down to be hashed."""
    return f'["{name}", {_JSON.encode(value)}]'


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
        what = say("The source name {name} holds a colon.", name=repr(source))
        raise DataError(what, say("Choose another name with --source."))
    if source in (*STRONG_IDS["organisations"], TERM):
        what = say(
            "No source can be called {name}: its keys would read as register numbers or words.", name=repr(source)
        )
        raise DataError(what, say("Choose another name with --source."))
    faults = list(faults)
    refused = {fault.place for fault in faults if fault.severity == "refused"}
    kept = _without(refused, records)
    while unknown := _unknown_references(source, kept):
        faults.extend(unknown)
        kept = _without({fault.place for fault in unknown}, kept)
    distinct: dict[str, Record] = {}
    for record in kept:
        distinct.setdefault(record.hash, record)
    return Batch(source, taken_for, tuple(files), rows_read, tuple(distinct.values()), tuple(faults), tuple(assumed))


def _without(refused: set[Place], records: Iterable[Record]) -> list[Record]:
    return [record for record in records if record.place not in refused] if refused else list(records)


def _unknown_references(source: str, records: list[Record]) -> list[Fault]:
    """Faults of the records that refer to an id of their own source which no record of the delivery carries."""
    ids = {name: set[str]() for name, kind in KINDS.items() if kind.names_things}
    for record in records:
        if record.kind in ids:
            ids[record.kind].add(record.key)
    references = {name: [(field.name, field.refers) for field in kind.references] for name, kind in KINDS.items()}
    own = f"{source}:"
    faults = []
    for record in records:
        for name, refers in references[record.kind]:
            key = record.values.get(name)
            if isinstance(key, str) and key not in ids[refers] and key.startswith(own):
                id_ = key.removeprefix(own)
                why = say("No row of {table} in this delivery has the id {id}.", table=refers, id=repr(id_))
                advice = say("Add the row to {table}, or correct the id.", table=refers)
                faults.append(Fault(record.place, name, id_, why, advice))
    return faults
