"""The embedded store: one SQLite file, read and written as Arrow columns.

Every access goes through one SQLite library, the one inside the ADBC driver. Python's own `sqlite3` carries
another, and two of them in one process would drop each other's locks on the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Self

import adbc_driver_manager as adbc
import adbc_driver_sqlite.dbapi as sqlite

from valuechain.model.batch import Batch
from valuechain.model.errors import (
    StoreBusyError,
    StoreError,
    StoreForeignError,
    StoreUnavailableError,
    StoreVersionError,
)
from valuechain.model.history import Decision, Event, Import, Snapshot
from valuechain.model.language import say
from valuechain.model.schema import KINDS, arrow_schema
from valuechain.model.watching import Progress, unwatched
from valuechain.stores import past
from valuechain.stores import sqlite_tables as tables
from valuechain.stores.base import FORMAT
from valuechain.stores.checking import problems_of_books, problems_of_hashes
from valuechain.stores.rows import now, parts, refuse_large_numbers, row
from valuechain.stores.sqlite_uniform import Notes, Uniform, no_notes

APPLICATION_ID = 0x56414C43
"""Marks a file as ours, in the place that SQLite keeps for it: VALC in ASCII."""

WRITTEN_AT_ONCE = 20_000
"""Records handed to the file in one go."""


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
            what = say("There is no folder {folder} for the store.", folder=path.parent)
            raise StoreUnavailableError(what, say("Create it, or correct the address."))
        if path.is_dir():
            what = say("{path} is a folder, not a file.", path=path)
            raise StoreForeignError(what, say("Name a file in the address."))
        self.revision()

    def write(self, batch: Batch, by: str = "", progress: Progress = unwatched) -> Import:
        """Store a delivery whole, as the newest of its source."""
        refuse_large_numbers(batch.records)
        with self._change() as cursor:
            [(import_id,)] = tables.rows_of(cursor, "SELECT coalesce(max(id), 0) + 1 FROM imports")
            written, notes = 0, Notes()
            for part in parts(batch.records, WRITTEN_AT_ONCE):
                for kind, records in part.items():
                    tables.add_records(cursor, kind, [row(kind, import_id, *record) for record in records], notes)
                    written += len(records)
                progress(written, len(batch.records))
            at = now()
            revision = tables.add_event(cursor, "import", import_id, at, by)
            new = Import(
                import_id, batch.source, batch.taken_for, batch.files, revision, at, by,
                batch.rows_read, batch.refused, len(batch.records),
            )  # fmt: skip
            tables.add_import(cursor, new)
            tables.add_notes(cursor, import_id, notes)
        return new

    def decide(self, decisions: Sequence[Decision], by: str = "") -> int:
        """Remember decisions, all in one revision, and return it; at least one."""
        at = now()
        decided = past.signed(decisions, by, at)
        with self._change() as cursor:
            revision = tables.add_event(cursor, "decide", len(decided), at, by)
            tables.add_decisions(cursor, revision, decided)
        return revision

    def withdraw(self, import_id: int, by: str = "") -> int:
        """Undo an import; return the new revision, or the present one if it is withdrawn already."""
        return self._turn("withdraw", import_id, by)

    def restore(self, import_id: int, by: str = "") -> int:
        """Take a withdrawn import back in; return the new revision, or the present one if nothing changes."""
        return self._turn("restore", import_id, by)

    def _turn(self, turn: past.Turn, import_id: int, by: str) -> int:
        with self._change() as cursor:
            imports, events = tables.history(cursor)
            if past.is_needed(turn, import_id, imports):
                return tables.add_event(cursor, turn, import_id, now(), by)
            return events[-1].revision

    def load(self, revision: int | None = None) -> Snapshot:
        """Return what the store knew at `revision` (default: now)."""
        return self._load(revision, tables.notes_on)

    def _load(self, revision: int | None, notes_on: Callable[[Any, str, Sequence[int]], Uniform]) -> Snapshot:
        with self._look() as cursor:
            imports, events = tables.history(cursor) if cursor else ((), ())
            revision, at, imports = past.at_revision(imports, events, revision)
            if not cursor:
                empty = {kind: arrow_schema(kind).empty_table() for kind in KINDS}
                return Snapshot(revision, at, imports, (), empty)
            active = [one.id for one in imports if one.state == "active"]
            records = {
                kind: tables.read_records(cursor, kind, active, notes_on(cursor, kind, active)) for kind in KINDS
            }
            return Snapshot(revision, at, imports, tables.decisions(cursor, revision), records)

    def revision(self) -> int:
        """Return the number of the last whole revision; 0 for an empty store."""
        with self._look() as cursor:
            return tables.last_revision(cursor) if cursor else 0

    def history(self) -> tuple[tuple[Import, ...], tuple[Event, ...]]:
        """Return every import, with its state now, and every event, oldest first."""
        with self._look() as cursor:
            return tables.history(cursor) if cursor else ((), ())

    def check(self) -> tuple[str, ...]:
        """Look the whole file over, and return what is wrong with it, a sentence each; nothing if all is well."""
        try:
            with self._look() as cursor:
                if not cursor:
                    return ()
                damage = [text for (text,) in tables.rows_of(cursor, "PRAGMA integrity_check") if text != "ok"]
                books = problems_of_books(*tables.history(cursor), tables.count_records(cursor))
                found = (*(say("The file is damaged: {damage}.", damage=text) for text in damage), *books)
        except StoreUnavailableError as error:
            return (error.what,)
        return found or tuple(problems_of_hashes(self._load(None, no_notes)))

    def refresh(self) -> None:
        """Nothing is shown beside the records."""

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
                tables.rows_of(cursor, "PRAGMA journal_mode = WAL")
            cursor.execute("BEGIN IMMEDIATE")
            if self._holds_store(cursor):
                tables.add_what_is_new(cursor)
            else:
                for statement in tables.create_statements():
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
                tables.rows_of(cursor, f"PRAGMA busy_timeout = {int(self._patience * 1000)}")
                yield cursor
        except adbc.Error as error:
            raise self._told(str(error)) from error

    def _told(self, error: str) -> StoreError:
        if "is locked" in error:
            what = say("Another program is writing to {store}.", store=self._path)
            return StoreBusyError(what, say("Wait until it is done, and try again."))
        if "not a database" in error:
            what = say("{path} is not a SQLite file.", path=self._path)
            return StoreForeignError(what, say("Name another file."))
        if "disk is full" in error:
            what = say("There is no room left for {store}.", store=self._path)
            return StoreUnavailableError(what, say("Make room on the disk, and try again."))
        what = say("The store {store} cannot be used: {problem}.", store=self._path, problem=error.splitlines()[0])
        return StoreUnavailableError(what, say("Check the file, its rights and the space on the disk."))

    def _holds_store(self, cursor: Any) -> bool:
        """Tell a store of ours from a file with nothing in it yet; raise if it holds something else."""
        [(application,)] = tables.rows_of(cursor, "PRAGMA application_id")
        [(version,)] = tables.rows_of(cursor, "PRAGMA user_version")
        if application == APPLICATION_ID and version > FORMAT:
            what = say(
                "{path} was written by a newer version of this program (format {format}, known: {known}).",
                path=self._path, format=version, known=FORMAT,
            )  # fmt: skip
            raise StoreVersionError(what, say("Update the program."))
        if application == APPLICATION_ID:
            return True
        [(others,)] = tables.rows_of(cursor, "SELECT count(*) FROM sqlite_master")
        if others or application:
            what = say("{path} is a database of another program.", path=self._path)
            raise StoreForeignError(what, say("Name another file."))
        return False
