"""The store in a Neo4j database, for those who want to ask it questions of their own in Cypher."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, suppress
from functools import partial
from typing import TYPE_CHECKING, Self

from valuechain.model.batch import Batch
from valuechain.model.errors import StoreError
from valuechain.model.history import Decision, Event, Import, Snapshot
from valuechain.model.schema import KINDS, arrow_schema
from valuechain.model.watching import Progress, unwatched
from valuechain.stores import neo4j_books as books
from valuechain.stores import past
from valuechain.stores.base import FORMAT
from valuechain.stores.checking import problems_of_hashes
from valuechain.stores.cypher import names, statement
from valuechain.stores.neo4j_books import Row
from valuechain.stores.neo4j_connection import Connection, Transaction
from valuechain.stores.neo4j_layout import column_names, extents, keys_named, record_label, row_to_write, stretches
from valuechain.stores.neo4j_lease import Lease, held
from valuechain.stores.rows import now, parts, refuse_large_numbers

if TYPE_CHECKING:
    import pyarrow as pa

WRITTEN_AT_ONCE = 10_000
READ_AT_ONCE = 20_000
"""Records in one transaction, and in one answer."""


class Neo4jStore:
    """A store in a database of a Neo4j server, 5.26 or newer. An empty database is an empty store.

    Parameters
    ----------
    url : str
        `neo4j://user@host:port/database`, see `Connection`.
    password : str or None
        None for a server that asks for none.
    patience : float
        How long a change waits for another writer, in seconds.
    lease : float
        After how many seconds without a sign of life a writer is taken for dead.

    Raises
    ------
    StoreUnavailableError, StoreForeignError, StoreVersionError
        If the database cannot be reached, holds something else, or was written by a newer version.
    """

    def __init__(self, url: str, password: str | None, patience: float = 10.0, lease: float = 30.0) -> None:
        self.url = url
        self._patience = patience
        self._lease = lease
        self._changed = False
        self._connection = Connection(url, password)
        try:
            self.revision()
        except BaseException:
            self._connection.close()
            raise

    def write(self, batch: Batch, by: str = "", progress: Progress = unwatched) -> Import:
        """Store a delivery whole, as the newest of its source."""
        refuse_large_numbers(batch.records)
        with self._change() as lease:
            [row] = lease.change(lambda transaction: transaction.run("read/next_import"))
            import_id = row["id"]
            there: dict[str, set[str]] = {}
            written = 0
            for part in parts(batch.records, WRITTEN_AT_ONCE):
                for kind, records in part.items():
                    rows = [row_to_write(kind, import_id, *one) for one in records]
                    _add_records(lease, kind, rows, import_id, there)
                    written += len(records)
                progress(written, len(batch.records))
            at = now()
            kept = {
                "id": import_id, "source": batch.source, "taken_for": batch.taken_for, "files": list(batch.files),
                "at": at, "by": by, "rows_read": batch.rows_read, "refused": batch.refused,
                "records": len(batch.records), **extents(batch.records),
            }  # fmt: skip

            def finish(transaction: Transaction) -> Row:
                revision = books.add_event(transaction.run, "import", import_id, at, by)
                transaction.run("write/import", fields={**kept, "revision": revision})
                return {**kept, "revision": revision}

            return books.as_import(lease.finish(finish))

    def decide(self, decisions: Sequence[Decision], by: str = "") -> int:
        """Remember decisions, all in one revision, and return it; at least one."""
        at = now()
        decided = past.signed(decisions, by, at)

        def add(transaction: Transaction) -> int:
            revision = books.add_event(transaction.run, "decide", len(decided), at, by)
            rows = [{"revision": revision, "ordinal": place, **vars(one)} for place, one in enumerate(decided)]
            transaction.run("write/decisions", rows=rows)
            return revision

        with self._change() as lease:
            return lease.finish(add)

    def withdraw(self, import_id: int, by: str = "") -> int:
        """Undo an import; return the new revision, or the present one if it is withdrawn already."""
        return self._turn("withdraw", import_id, by)

    def restore(self, import_id: int, by: str = "") -> int:
        """Take a withdrawn import back in; return the new revision, or the present one if nothing changes."""
        return self._turn("restore", import_id, by)

    def _turn(self, turn: past.Turn, import_id: int, by: str) -> int:
        def add(transaction: Transaction) -> int:
            revision = books.last_revision(transaction.run, self.url) or 0
            imports = books.with_states(*books.imports_and_events(transaction.run, revision))
            if past.is_needed(turn, import_id, imports):
                return books.add_event(transaction.run, turn, import_id, now(), by)
            return revision

        with self._change() as lease:
            return lease.finish(add)

    def load(self, revision: int | None = None) -> Snapshot:
        """Return what the store knew at `revision` (default: now)."""
        kept, events = books.imports_and_events(self._connection.read, self.revision())
        revision, at, imports = past.at_revision(books.with_states(kept, events), events, revision)
        active = {one.id for one in imports if one.state == "active"}
        read_from = [one for one in kept if one["id"] in active]
        tables = {kind: self._table(kind, read_from) for kind in KINDS}
        return Snapshot(revision, at, imports, books.decisions(self._connection.read, revision), tables)

    def _table(self, kind: str, kept: Sequence[Row]) -> pa.Table:
        """Return the records of one kind in some imports, ordered by import and ordinal.

        They come as columns, many rows in one answer: Python would take several times as long over a map for each.
        Each answer follows on the one before, so to put each in order is enough.
        """
        import pyarrow as pa

        schema = arrow_schema(kind)
        own = [name for name in column_names(kind) if name not in (KINDS[kind].ends or ())]
        tables = [schema.empty_table()]
        for group in stretches(kind, kept, READ_AT_ONCE):
            wanted = {"stretches": [stretch.to_dict() for stretch in group], "columns": own}
            if KINDS[kind].ends:
                [answer] = self._connection.read(f"read/links/{kind}", **wanted)
            else:
                [answer] = self._connection.read("read/records", label=record_label(kind), **wanted)
            columns = {**answer, **dict(zip(own, answer["values"], strict=True))}
            arrays = [pa.array(columns[field.name], field.type) for field in schema]
            answered = pa.Table.from_arrays(arrays, schema=schema)
            tables.append(answered.sort_by([("import", "ascending"), ("ordinal", "ascending")]))
        return pa.concat_tables(tables)

    def revision(self) -> int:
        """Return the number of the last whole revision; 0 for an empty store."""
        return books.last_revision(self._connection.read, self.url) or 0

    def history(self) -> tuple[tuple[Import, ...], tuple[Event, ...]]:
        """Return every import, with its state now, and every event, oldest first."""
        kept, events = books.imports_and_events(self._connection.read, self.revision())
        return books.with_states(kept, events), events

    def check(self) -> tuple[str, ...]:
        """Look the whole database over, and return what is wrong with it, a sentence each; nothing if all is well.

        What people are shown is brought up to date first.
        """
        self.refresh()
        broken = [
            f"It is not so that {statement(name).purpose}: {row}."
            for name in names("checks")
            for row in self._connection.read(name)
        ]
        return (*broken, *problems_of_hashes(self.load()))

    def refresh(self) -> None:
        """Show people who ask the database itself what is active now, if they are shown something older.

        It is left to the next who opens the store if another program is writing, or if this user may not write.
        """
        with suppress(StoreError):
            [mark] = self._connection.read("read/store")
            if mark["revision"] and mark["revision"] != mark["projection"]:
                self._project()

    def _project(self) -> None:
        from valuechain.stores.neo4j_projection import projection_of, write_projection

        snapshot = self.load()
        new = projection_of(snapshot, self._connection.read)
        with held(self._connection, 0.0, self._lease) as lease:
            if self.revision() == snapshot.revision:
                write_projection(new, self._connection.read, lease)
                lease.finish(partial(_say_what_is_shown, snapshot.revision))

    def close(self) -> None:
        """Show people what was changed, and let go of the connection."""
        try:
            if self._changed:
                self.refresh()
        finally:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _change(self) -> AbstractContextManager[Lease]:
        """Hold the lease, in a database that is marked as ours and has its constraints."""
        if books.last_revision(self._connection.read, self.url) is None:
            for name in names("schema"):
                self._connection.run(name)
            self._connection.run("write/store", format=FORMAT)
        self._changed = True
        return held(self._connection, self._patience, self._lease)


def _say_what_is_shown(revision: int, transaction: Transaction) -> None:
    transaction.run("write/projection/revision", revision=revision)


def _add_records(lease: Lease, kind: str, rows: list[Row], import_id: int, there: dict[str, set[str]]) -> None:
    """Add records in one transaction; `there` are the keys of things known to have their node, by kind."""
    needed = {thing: keys - there.get(thing, set()) for thing, keys in keys_named(kind, rows).items()}

    def add(transaction: Transaction) -> None:
        for thing, keys in needed.items():
            transaction.run(f"write/keys/{thing}", keys=sorted(keys))
        if KINDS[kind].ends:
            transaction.run(f"write/links/{kind}", rows=rows)
        elif KINDS[kind].names_things:
            transaction.run(f"write/records/{kind}", rows=rows)
        else:
            transaction.run("write/remarks", label=record_label(kind), rows=rows)

    lease.change(add, unfinished=import_id)
    for thing, keys in needed.items():
        there.setdefault(thing, set()).update(keys)
