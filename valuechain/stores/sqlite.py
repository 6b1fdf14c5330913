"""The embedded store: one SQLite file, read and written as Arrow columns.

Every access goes through one SQLite library, the one inside the ADBC driver. Python's own `sqlite3` carries another,
and two of them in one process would drop each other's file locks.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Self

import adbc_driver_manager as adbc
import adbc_driver_sqlite.dbapi as sqlite
import pyarrow as pa

from valuechain.model.batch import Batch
from valuechain.model.errors import (
    NotFoundError,
    QuestionError,
    StoreBusyError,
    StoreError,
    StoreForeignError,
    StoreUnavailableError,
    StoreVersionError,
)
from valuechain.model.history import Decision, Event, Import, Snapshot, settled, states
from valuechain.model.schema import KINDS, Type, arrow_schema, columns
from valuechain.stores.base import FORMAT
from valuechain.stores.rows import now, numbered, row

APPLICATION_ID = 0x56414C43
"""Marks a file as ours, in the place that SQLite keeps for it: VALC in ASCII."""

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


def _sql_type(type_: Type) -> str:
    return _TYPES.get(type_, "TEXT")


def _create_table(kind: str) -> str:
    cells = ", ".join(f'"{name}" {_sql_type(type_)}' for name, type_ in columns(kind))
    return f'CREATE TABLE "{kind}" ({cells}, PRIMARY KEY ("import", "ordinal")) STRICT, WITHOUT ROWID'


def _insert(kind: str) -> str:
    return f'INSERT INTO "{kind}" VALUES ({", ".join("?" for _ in columns(kind))})'


def _select(kind: str) -> str:
    """Query whose first row is not a record: it shows the driver each column's type, which it guesses from the data."""
    first = ", ".join(f'{_TYPED_NOTHING[_sql_type(type_)]} AS "{name}"' for name, type_ in columns(kind))
    names = ", ".join(f'"{name}"' for name, _ in columns(kind))
    return (
        f'SELECT {first} UNION ALL SELECT {names} FROM "{kind}" '
        'WHERE "import" IN (SELECT value FROM json_each(?)) ORDER BY "import", "ordinal"'
    )


class SqliteStore:
    """A store in one file. A file that does not exist is an empty store; the first change makes it.

    Each call opens a connection of its own, so any number of threads and processes may use the same file.

    Parameters
    ----------
    path : Path
        The file.
    patience : float
        How long a change waits for another writer, in seconds.

    Raises
    ------
    StoreUnavailableError, StoreForeignError, StoreVersionError
        If the folder is missing, or the file holds something else or was written by a newer version.
    """

    def __init__(self, path: Path, patience: float = 10.0) -> None:
        self.url = f"sqlite:///{path}"
        self._path = path
        self._patience = patience
        if not path.parent.is_dir():
            raise StoreUnavailableError(
                f"There is no folder {path.parent} for the store.", "Create it, or correct the address."
            )
        if path.is_dir():
            raise StoreForeignError(f"{path} is a folder, not a file.", "Name a file in the address.")
        self.revision()

    def write(self, batch: Batch, by: str = "") -> Import:
        """Store a delivery whole, as the newest of its source."""
        with self._change() as cursor:
            at = now()
            (import_id,) = _one(cursor, "SELECT coalesce(max(id), 0) + 1 FROM imports")
            for kind, records in numbered(batch.records).items():
                if records:
                    rows = [row(kind, import_id, ordinal, record) for ordinal, record in records]
                    cursor.executemany(_insert(kind), _table(kind, rows))
            revision = _next(cursor, "import", import_id, at, by)
            new = Import(
                import_id, batch.source, batch.taken_for, batch.files, revision, at, by,
                batch.rows_read, batch.refused, len(batch.records),
            )  # fmt: skip
            files = json.dumps(new.files, ensure_ascii=False)
            cursor.execute(
                "INSERT INTO imports VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    new.id,
                    new.source,
                    new.taken_for,
                    files,
                    revision,
                    at,
                    by,
                    new.rows_read,
                    new.refused,
                    new.records,
                ),
            )
        return new

    def decide(self, decisions: Sequence[Decision], by: str = "") -> int:
        """Remember decisions, all in one revision, and return it; at least one."""
        if not decisions:
            raise QuestionError("There is no decision to remember.", "Name at least one.")
        with self._change() as cursor:
            at = now()
            revision = _next(cursor, "decide", len(decisions), at, by)
            for ordinal, one in enumerate(decisions):
                cursor.execute(
                    "INSERT INTO decisions VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (revision, ordinal, one.verdict, one.subject, one.object, one.who or by, one.at or at),
                )
        return revision

    def withdraw(self, import_id: int, by: str = "") -> int:
        """Undo an import; return the new revision, or the present one if it is withdrawn already."""
        return self._turn(import_id, "withdraw", by)

    def restore(self, import_id: int, by: str = "") -> int:
        """Take a withdrawn import back in; return the new revision, or the present one if it is not withdrawn."""
        return self._turn(import_id, "restore", by)

    def _turn(self, import_id: int, action: str, by: str) -> int:
        with self._change() as cursor:
            imports, events = _history(cursor)
            state = next((one.state for one in imports if one.id == import_id), None)
            if state is None:
                raise NotFoundError(f"There is no import {import_id}.", "`valuechain history` lists them.")
            if (state == "withdrawn") == (action == "withdraw"):
                return events[-1].revision
            return _next(cursor, action, import_id, now(), by)

    def load(self, revision: int | None = None) -> Snapshot:
        """Return what the store knew at `revision` (default: now)."""
        with self._look() as cursor:
            imports, events = _history(cursor) if cursor else ((), ())
            newest = events[-1].revision if events else 0
            revision = newest if revision is None else revision
            if not 0 <= revision <= newest:
                raise NotFoundError(f"There is no revision {revision}.", f"The newest is {newest}.")
            imports = states(
                (one for one in imports if one.revision <= revision),
                (one for one in events if one.revision <= revision),
            )
            at = events[revision - 1].at if revision else ""
            if cursor is None:
                empty = {kind: arrow_schema(kind).empty_table() for kind in KINDS}
                return Snapshot(revision, at, imports, (), empty)
            active = json.dumps([one.id for one in imports if one.state == "active"])
            tables = {kind: _read_table(cursor, kind, active) for kind in KINDS}
            return Snapshot(revision, at, imports, _decisions(cursor, revision), tables)

    def revision(self) -> int:
        """Return the number of the last whole revision; 0 for an empty store."""
        with self._look() as cursor:
            return _revision(cursor) if cursor else 0

    def history(self) -> tuple[tuple[Import, ...], tuple[Event, ...]]:
        """Return every import, with its state now, and every event, oldest first."""
        with self._look() as cursor:
            return _history(cursor) if cursor else ((), ())

    def close(self) -> None:
        """Nothing is kept open between calls."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @contextmanager
    def _look(self) -> Iterator[Any]:
        """Give a cursor inside one read transaction, or None for an empty store."""
        if not self._path.exists():
            yield None
            return
        with self._cursor() as cursor:
            cursor.execute("BEGIN")
            yield cursor if self._holds_store(cursor) else None

    @contextmanager
    def _change(self) -> Iterator[Any]:
        """Give a cursor inside the one write transaction that is possible at a time, and commit it."""
        with self._cursor() as cursor:
            if not self._holds_store(cursor):
                _one(cursor, "PRAGMA journal_mode = WAL")
            cursor.execute("BEGIN IMMEDIATE")
            if not self._holds_store(cursor):
                for statement in (*_BOOKS, *map(_create_table, KINDS)):
                    cursor.execute(statement)
                cursor.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                cursor.execute(f"PRAGMA user_version = {FORMAT}")
            yield cursor
            cursor.execute("COMMIT")

    @contextmanager
    def _cursor(self) -> Iterator[Any]:
        """Give a cursor on a connection of its own; closing it rolls back what was not committed."""
        try:
            with (
                closing(sqlite.connect(str(self._path), autocommit=True)) as connection,
                connection.cursor() as cursor,
            ):
                _one(cursor, f"PRAGMA busy_timeout = {int(self._patience * 1000)}")
                yield cursor
        except adbc.Error as error:
            raise self._told(error) from error

    def _told(self, error: adbc.Error) -> StoreError:
        text = str(error)
        if "is locked" in text:
            return StoreBusyError(
                f"Another program is writing to {self._path}.", "Wait until it is done, and try again."
            )
        if "not a database" in text or "malformed" in text:
            return StoreForeignError(f"{self._path} is not a store: {text}.", "Name another file.")
        return StoreUnavailableError(
            f"The store {self._path} cannot be used: {text}.",
            "Check the file, its rights and the space on the disk.",
        )

    def _holds_store(self, cursor: Any) -> bool:
        """Tell whether the file holds a store of ours (not: nothing yet); raise if it holds something else."""
        (application,) = _one(cursor, "PRAGMA application_id")
        (version,) = _one(cursor, "PRAGMA user_version")
        if application == APPLICATION_ID and version > FORMAT:
            raise StoreVersionError(
                f"{self._path} was written by a newer version of this program (format {version}, known: {FORMAT}).",
                "Update the program.",
            )
        if application == APPLICATION_ID:
            return True
        (tables,) = _one(cursor, "SELECT count(*) FROM sqlite_master")
        if tables or application:
            raise StoreForeignError(f"{self._path} is a database of another program.", "Name another file.")
        return False


def _one(cursor: Any, query: str) -> tuple[Any, ...]:
    return _all(cursor, query)[0]


def _all(cursor: Any, query: str, parameters: tuple[object, ...] | None = None) -> list[tuple[Any, ...]]:
    cursor.execute(query, parameters)
    rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _revision(cursor: Any) -> int:
    (revision,) = _one(cursor, "SELECT coalesce(max(revision), 0) FROM events")
    return int(revision)


def _next(cursor: Any, action: str, target: int, at: str, by: str) -> int:
    """Add an event, which makes the next revision, and return its number."""
    revision = _revision(cursor) + 1
    cursor.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?)", (revision, action, target, at, by))
    return revision


def _history(cursor: Any) -> tuple[tuple[Import, ...], tuple[Event, ...]]:
    events = tuple(Event(*cells) for cells in _all(cursor, "SELECT * FROM events ORDER BY revision"))
    imports = (
        Import(id_, source, taken_for, tuple(json.loads(files)), *rest)
        for id_, source, taken_for, files, *rest in _all(cursor, "SELECT * FROM imports ORDER BY id")
    )
    return states(imports, events), events


def _decisions(cursor: Any, revision: int) -> tuple[Decision, ...]:
    query = "SELECT verdict, subject, object, who, at FROM decisions WHERE revision <= ? ORDER BY revision, ordinal"
    return settled(Decision(*cells) for cells in _all(cursor, query, (revision,)))


def _table(kind: str, rows: list[tuple[Any, ...]]) -> pa.Table:
    """Return rows as a table in the types in which SQLite keeps them: a boolean is 0 or 1."""
    schema = arrow_schema(kind)
    arrays = [
        pa.array(cells, field.type) for cells, field in zip(zip(*rows, strict=True), schema, strict=True)
    ]
    arrays = [array.cast(pa.int64()) if pa.types.is_boolean(array.type) else array for array in arrays]
    return pa.table(arrays, names=schema.names)


def _read_table(cursor: Any, kind: str, active: str) -> pa.Table:
    """Return the records of the active imports, ordered by import and ordinal."""
    cursor.execute(_select(kind), (active,))
    table: pa.Table = cursor.fetch_arrow_table().slice(1)
    return table.cast(arrow_schema(kind))
