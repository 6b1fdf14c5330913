"""The tables of a SQLite store, and how records go into and out of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from valuechain.model.history import Decision, Event, Import, settled, states
from valuechain.model.schema import KINDS, Type, arrow_schema, columns
from valuechain.stores.sqlite_uniform import CREATE as CREATE_NOTES
from valuechain.stores.sqlite_uniform import Notes, Uniform, completed, uniform_columns

_TYPES: dict[Type, str] = {"integer": "INTEGER", "boolean": "INTEGER", "number": "REAL"}
_TYPED_NOTHING = {"INTEGER": "-1", "REAL": "0.5", "TEXT": "''"}
_BOOKS = (
    """CREATE TABLE imports (id INTEGER PRIMARY KEY, source TEXT NOT NULL, taken_for TEXT NOT NULL,
        files TEXT NOT NULL, revision INTEGER NOT NULL, at TEXT NOT NULL, "by" TEXT NOT NULL,
        rows_read INTEGER NOT NULL, refused INTEGER NOT NULL, records INTEGER NOT NULL) STRICT""",
    """CREATE TABLE events (revision INTEGER PRIMARY KEY, action TEXT NOT NULL, target INTEGER NOT NULL,
        at TEXT NOT NULL, "by" TEXT NOT NULL) STRICT""",
    """CREATE TABLE decisions (revision INTEGER NOT NULL, ordinal INTEGER NOT NULL, verdict TEXT NOT NULL,
        subject TEXT NOT NULL, object TEXT NOT NULL, who TEXT NOT NULL, at TEXT NOT NULL,
        PRIMARY KEY (revision, ordinal)) STRICT""",
)


def create_statements() -> tuple[str, ...]:
    """Return the statements that make the tables: imports, events, decisions, and one per kind of record."""
    return (*_BOOKS, CREATE_NOTES, *map(_create_table, KINDS))


def add_what_is_new(cursor: Any) -> None:
    """Add the tables and columns that the schema has gained since the file was made; old records leave them empty."""
    cursor.execute(CREATE_NOTES)
    for kind in KINDS:
        there = _columns_there(cursor, kind)
        if not there:
            cursor.execute(_create_table(kind))
            continue
        for name, type_ in columns(kind):
            if name not in there:
                cursor.execute(f'ALTER TABLE "{kind}" ADD COLUMN "{name}" {_sql_type(type_)}')


def rows_of(cursor: Any, query: str, parameters: tuple[object, ...] | None = None) -> list[tuple[Any, ...]]:
    """Run a query and return its rows."""
    cursor.execute(query, parameters)
    rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def last_revision(cursor: Any) -> int:
    """Return the number of the last event; 0 before the first."""
    [(revision,)] = rows_of(cursor, "SELECT coalesce(max(revision), 0) FROM events")
    return int(revision)


def add_event(cursor: Any, action: str, target: int, at: str, by: str) -> int:
    """Add an event, which makes the next revision, and return its number."""
    revision = last_revision(cursor) + 1
    cursor.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?)", (revision, action, target, at, by))
    return revision


def add_import(cursor: Any, one: Import) -> None:
    """Add an import to the books."""
    files = json.dumps(one.files, ensure_ascii=False)
    cursor.execute(
        "INSERT INTO imports VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (one.id, one.source, one.taken_for, files, one.revision, one.at, one.by,
         one.rows_read, one.refused, one.records),
    )  # fmt: skip


def add_decisions(cursor: Any, revision: int, decided: Iterable[Decision]) -> None:
    """Add decisions in the order in which they were taken."""
    for ordinal, one in enumerate(decided):
        cursor.execute(
            "INSERT INTO decisions VALUES (?, ?, ?, ?, ?, ?, ?)",
            (revision, ordinal, one.verdict, one.subject, one.object, one.who, one.at),
        )


def add_records(cursor: Any, kind: str, rows: list[tuple[Any, ...]], notes: Notes) -> None:
    """Add records of one kind, each given as the values of `columns(kind)`, and take note of what they agree on."""
    schema = arrow_schema(kind)
    arrays = [pa.array(cells, field.type) for cells, field in zip(zip(*rows, strict=True), schema, strict=True)]
    arrays = [array.cast(pa.int64()) if pa.types.is_boolean(array.type) else array for array in arrays]
    names, places = ", ".join(f'"{name}"' for name in schema.names), ", ".join("?" for _ in arrays)
    records = pa.table(arrays, names=schema.names)
    notes.take(kind, records)
    cursor.executemany(f'INSERT INTO "{kind}" ({names}) VALUES ({places})', records)


def add_notes(cursor: Any, import_id: int, notes: Notes) -> None:
    """Add the notes on an import."""
    for one in notes.rows(import_id):
        cursor.execute("INSERT INTO uniform VALUES (?, ?, ?, ?)", one)


def history(cursor: Any) -> tuple[tuple[Import, ...], tuple[Event, ...]]:
    """Return every import, with its state now, and every event, oldest first."""
    events = tuple(Event(*cells) for cells in rows_of(cursor, "SELECT * FROM events ORDER BY revision"))
    imports = (
        Import(id_, source, taken_for, tuple(json.loads(files)), *rest)
        for id_, source, taken_for, files, *rest in rows_of(cursor, "SELECT * FROM imports ORDER BY id")
    )
    return states(imports, events), events


def decisions(cursor: Any, revision: int) -> tuple[Decision, ...]:
    """Return the decisions in force at a revision."""
    query = """SELECT verdict, subject, object, who, at FROM decisions
        WHERE revision <= ? ORDER BY revision, ordinal"""
    return settled(Decision(*cells) for cells in rows_of(cursor, query, (revision,)))


def read_records(cursor: Any, kind: str, imports: Sequence[int], uniform: Uniform) -> pa.Table:
    """Return the records of one kind in `imports`, ordered by import and ordinal.

    Columns in `uniform` are not read but made of their values; one that the file does not have yet is empty.
    """
    there = _columns_there(cursor, kind)
    if not there:
        return arrow_schema(kind).empty_table()
    wanted = [(name, type_) for name, type_ in columns(kind) if name not in uniform]
    cursor.execute(_select(kind, wanted, there), (json.dumps(imports),))
    table: pa.Table = cursor.fetch_arrow_table().slice(1)
    return completed(table, uniform, arrow_schema(kind))


def notes_on(cursor: Any, kind: str, imports: Sequence[int]) -> Uniform:
    """Return the columns of a kind in which the records of each of `imports` agree, with their values."""
    if not rows_of(cursor, "SELECT 1 FROM sqlite_master WHERE name = 'uniform'"):
        return {}
    wanted = (json.dumps(imports),)
    among = '"import" IN (SELECT value FROM json_each(?))'
    noted = {one for (one,) in rows_of(cursor, f'SELECT DISTINCT "import" FROM uniform WHERE {among}', wanted)}
    query = f'SELECT "import", "column", value FROM uniform WHERE {among} AND kind = ?'
    return uniform_columns(rows_of(cursor, query, (*wanted, kind)), noted, imports)


def count_records(cursor: Any) -> Counter[int]:
    """Return how many records of each import there are."""
    counted: Counter[int] = Counter()
    for kind in KINDS:
        if _columns_there(cursor, kind):
            query = f'SELECT "import", count(*) FROM "{kind}" GROUP BY "import"'
            counted.update(dict(rows_of(cursor, query)))
    return counted


def _sql_type(type_: Type) -> str:
    return _TYPES.get(type_, "TEXT")


def _create_table(kind: str) -> str:
    cells = ", ".join(f'"{name}" {_sql_type(type_)}' for name, type_ in columns(kind))
    return f'CREATE TABLE "{kind}" ({cells}, PRIMARY KEY ("import", "ordinal")) STRICT, WITHOUT ROWID'


def _columns_there(cursor: Any, kind: str) -> frozenset[str]:
    """Names of the columns that the file has for a kind; none if it has no such table."""
    return frozenset(name for (name,) in rows_of(cursor, "SELECT name FROM pragma_table_info(?)", (kind,)))


def _select(kind: str, wanted: Sequence[tuple[str, Type]], there: frozenset[str]) -> str:
    """Query whose first row is no record: it shows the driver, which would guess, each column's type."""
    first = ", ".join(f'{_TYPED_NOTHING[_sql_type(type_)]} AS "{name}"' for name, type_ in wanted)
    names = ", ".join(f'"{name}"' if name in there else "NULL" for name, _ in wanted)
    return (
        f'SELECT {first} UNION ALL SELECT {names} FROM "{kind}" '
        'WHERE "import" IN (SELECT value FROM json_each(?)) ORDER BY "import", "ordinal"'
    )
