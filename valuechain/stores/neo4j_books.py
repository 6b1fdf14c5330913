"""The books of a store in Neo4j: its mark, imports, events and decisions.

Each function takes `run`, which runs a statement by name: on its own, or inside a transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from valuechain.model.errors import StoreForeignError, StoreVersionError
from valuechain.model.history import Decision, Event, Import, settled, states
from valuechain.model.language import say
from valuechain.stores.base import FORMAT

Row = dict[str, Any]
Run = Callable[..., list[Row]]
"""Takes the name of a statement and its parameters, returns rows."""

_EXTENTS = ("kinds", "firsts", "ends")
"""What an import in Neo4j knows beyond the port: where its records lie, see `neo4j_layout.extents`."""


def last_revision(run: Run, url: str) -> int | None:
    """Return the number of the last whole revision; None for a database with nothing in it.

    Raises
    ------
    StoreForeignError, StoreVersionError
        If the database holds something else, or was written by a newer version.
    """
    [mark] = run("read/store")
    if mark["format"] is None and mark["occupied"]:
        what = say("The database of {store} holds the data of another program.", store=url)
        raise StoreForeignError(what, say("Name another database."))
    if mark["format"] is not None and mark["format"] > FORMAT:
        what = say(
            "The store {store} was written by a newer version of this program (format {format}, known: {known}).",
            store=url, format=mark["format"], known=FORMAT,
        )  # fmt: skip
        raise StoreVersionError(what, say("Update the program."))
    revision: int | None = mark["revision"]
    return revision


def imports_and_events(run: Run, revision: int) -> tuple[list[Row], tuple[Event, ...]]:
    """Return imports, as they are kept, and events up to a revision.

    The revision must have been read before: all of it is there then, and what comes later is left out.
    """
    imports = [row["import"] for row in run("read/imports", revision=revision)]
    return imports, tuple(Event(**row) for row in run("read/events", revision=revision))


def decisions(run: Run, revision: int) -> tuple[Decision, ...]:
    """Return the decisions in force at a revision."""
    return settled(Decision(**row) for row in run("read/decisions", revision=revision))


def add_event(run: Run, action: str, target: int, at: str, by: str) -> int:
    """Add an event, which makes the next revision, and return its number."""
    [row] = run("write/event", action=action, target=target, at=at, by=by)
    return int(row["revision"])


def as_import(kept: Row) -> Import:
    """Return an import as the port wants it, from how it is kept."""
    own = {name: value for name, value in kept.items() if name not in _EXTENTS}
    return Import(**{**own, "files": tuple(kept["files"])})


def with_states(kept: Iterable[Row], events: Iterable[Event]) -> tuple[Import, ...]:
    """Return imports with their state after the events."""
    return states(map(as_import, kept), events)
