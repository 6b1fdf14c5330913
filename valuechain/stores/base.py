"""The port: what a store must be able to do. One contract test suite runs on every store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, Self

from valuechain.model.batch import Batch
from valuechain.model.history import Decision, Event, Import, Snapshot
from valuechain.model.watching import Progress, unwatched

FORMAT = 1
"""Version of the layout in which records are kept; a store of a newer one is refused."""


class Store(Protocol):
    """Keeps records, imports and decisions; never edits a record.

    Every change makes a new revision, a whole number counted from 1; an empty store is at revision 0. A
    change is visible whole or not at all, also when the writer is killed. Readers see the last whole revision
    while one writes.

    Errors: StoreUnavailableError, StoreForeignError, StoreVersionError on opening; StoreBusyError from the
    methods that write; NotFoundError for an unknown import or revision.
    """

    url: str
    """The store's address without any password, for messages."""

    def write(self, batch: Batch, by: str = "", progress: Progress = unwatched) -> Import:
        """Store a delivery whole, as the newest of its source.

        `progress` is told at least every 20,000 records, and at the end; what it raises stops the writing, and nothing
        is left behind.
        """
        ...

    def decide(self, decisions: Sequence[Decision], by: str = "") -> int:
        """Remember decisions, all in one revision, and return it; at least one."""
        ...

    def withdraw(self, import_id: int, by: str = "") -> int:
        """Undo an import: the delivery before it becomes active again. Return the new revision.

        Withdrawing a withdrawn import changes nothing and returns the present revision; so does restoring one
        that is not withdrawn.
        """
        ...

    def restore(self, import_id: int, by: str = "") -> int:
        """Take an import that was withdrawn back in. Return the new revision."""
        ...

    def load(self, revision: int | None = None) -> Snapshot:
        """Return what the store knew at `revision` (default: now)."""
        ...

    def revision(self) -> int:
        """Return the number of the last whole revision; 0 for an empty store."""
        ...

    def check(self) -> tuple[str, ...]:
        """Look the whole store over, and return what is wrong with it, a sentence each; nothing if all is well."""
        ...

    def history(self) -> tuple[tuple[Import, ...], tuple[Event, ...]]:
        """Return every import, with its state now, and every event, oldest first."""
        ...

    def refresh(self) -> None:
        """Show those who look into the database itself, past this program, what is active now.

        This takes as long as loading everything and more, so it is for the end of an import, not for each decision.
        Opening and closing do it, too. A store that nobody looks into has nothing to do.
        """
        ...

    def close(self) -> None:
        """Let go of the file or connection. Using the store afterwards is an error of the caller."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc: object) -> None: ...
