"""The right to write to a Neo4j database: one holder at a time, who shows signs of life.

A delivery is written in many transactions and becomes visible with the last. A writer that is stopped deletes what it
wrote. If it dies, the lease runs out, and the next holder deletes what the dead one left before it writes itself. Every
transaction of a writer ends by keeping the lease, so none of a writer that was taken for dead can still be committed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar
from uuid import uuid4

from valuechain.model.errors import StoreBusyError, StoreError
from valuechain.model.language import say
from valuechain.stores.neo4j_connection import Connection, Transaction

DELETED_AT_ONCE = 10_000
SECONDS_BETWEEN_TRIES = 0.1

T = TypeVar("T")


class Lease:
    """The lease as its holder has it."""

    def __init__(self, connection: Connection, seconds: float) -> None:
        self._connection = connection
        self._holder = uuid4().hex
        self._milliseconds = int(seconds * 1000)
        self._unfinished: int | None = None
        self.finished = False

    def take(self, patience: float) -> None:
        """Take the lease, waiting up to `patience` seconds, and delete what a dead writer left.

        Raises
        ------
        StoreBusyError
            If somebody else holds it for longer than that.
        """
        deadline = time.monotonic() + patience
        while not (taken := self._connection.change(self._try)):
            if time.monotonic() >= deadline:
                what = say("Another program is writing to {store}.", store=self._connection.url)
                raise StoreBusyError(what, say("Wait until it is done, and try again."))
            time.sleep(SECONDS_BETWEEN_TRIES)
        self._unfinished = taken[0]["unfinished"]
        self._clean_up()

    def change(self, work: Callable[[Transaction], T], unfinished: int | None = None) -> T:
        """Run `work` in one transaction that counts only if the lease is still held at its end.

        `unfinished` is the import whose records are being written, for whoever has to clean up.
        """

        def kept(transaction: Transaction) -> T:
            outcome = work(transaction)
            self._keep(transaction, unfinished)
            return outcome

        self._unfinished = unfinished
        return self._connection.change(kept)

    def finish(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one transaction, and let the lease go with it."""

        def last(transaction: Transaction) -> T:
            outcome = work(transaction)
            self._keep(transaction, None)
            transaction.run("write/release_lease", holder=self._holder)
            return outcome

        outcome = self._connection.change(last)
        self.finished = True
        return outcome

    def give_up(self) -> None:
        """Delete what was written and let the lease go, if the server can still be reached; else the next will."""
        with suppress(StoreError):
            self._clean_up()
            self._connection.change(lambda transaction: transaction.run("write/release_lease", holder=self._holder))

    def _try(self, transaction: Transaction) -> list[dict[str, Any]]:
        return transaction.run("write/take_lease", holder=self._holder, milliseconds=self._milliseconds)

    def _keep(self, transaction: Transaction, unfinished: int | None) -> None:
        if not transaction.run(
            "write/keep_lease", holder=self._holder, milliseconds=self._milliseconds, unfinished=unfinished
        ):
            what = say("Writing to {store} took too long, and another program went on.", store=self._connection.url)
            raise StoreBusyError(what, say("Nothing was written; try again."))

    def _clean_up(self) -> None:
        if self._unfinished is not None:
            for name in ("write/forget_links", "write/forget_records", "write/forget_things"):
                self._forget(name)
            self.change(lambda transaction: None, unfinished=None)

    def _forget(self, name: str) -> None:
        parameters: dict[str, Any] = {"most": DELETED_AT_ONCE}
        if name != "write/forget_things":
            parameters["import"] = self._unfinished

        def some(transaction: Transaction) -> int:
            return int(transaction.run(name, **parameters)[0]["deleted"])

        while self.change(some, self._unfinished):
            pass


@contextmanager
def held(connection: Connection, patience: float, seconds: float) -> Iterator[Lease]:
    """Hold the lease for a change, and undo it at the end if `finish` has not been called."""
    lease = Lease(connection, seconds)
    lease.take(patience)
    try:
        yield lease
    finally:
        if not lease.finished:
            lease.give_up()
