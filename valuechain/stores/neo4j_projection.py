"""Writes the projection into a Neo4j database: what differs from what is shown already, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from itertools import islice
from typing import Any

from valuechain.model.build import Reference, build
from valuechain.model.history import Snapshot
from valuechain.model.schema import KINDS
from valuechain.stores.neo4j_books import Row, Run
from valuechain.stores.neo4j_connection import Transaction
from valuechain.stores.neo4j_layout import stretches_of, thing_label
from valuechain.stores.neo4j_lease import Lease
from valuechain.stores.projection import KIND_LABELS, VIEW, Projection, project

WRITTEN_AT_ONCE = 10_000


def projection_of(snapshot: Snapshot, read: Run) -> Projection:
    """Return what to show of a snapshot, under the keys that have a node in the database."""
    keys = {kind.name: _things_shown(read, kind.name) for kind in KINDS.values() if kind.names_things}
    return project(build(snapshot, VIEW, Reference()), keys)


def write_projection(new: Projection, read: Run, lease: Lease) -> None:
    """Bring what is shown to `new`, in batches, under a lease."""
    for kind, rows in new.things.items():
        more = {"kinds": list(KIND_LABELS.values())} if kind == "organisations" else {}
        changed = _changed(rows, _things_shown(read, kind))
        _write(lease, f"write/projection/things/{kind}", "rows", changed, more)
    shown = {row["type"]: {(one, two) for one, two in row["active"]} for row in read("read/projection/active")}
    for kind, places in new.active.items():
        until_now = shown.get(KINDS[kind].relation, set())
        for active, turned in ((True, places - until_now), (False, until_now - places)):
            for some in stretches_of(turned, WRITTEN_AT_ONCE):
                wanted = [{**stretch.to_dict(), "active": active} for stretch in some]
                lease.change(partial(_run, f"write/projection/active/{kind}", {"stretches": wanted}))
    [answer] = read("read/projection/links")
    there = set(answer["stamps"])
    gone = there - {stamp for rows in new.links.values() for stamp in rows}
    _write(lease, "write/projection/forget_links", "stamps", gone)
    for name, rows in new.links.items():
        missing = (row for stamp, row in rows.items() if stamp not in there)
        _write(lease, f"write/projection/links/{name}", "rows", missing)
    lease.change(partial(_run, "write/projection/forget_places", {}))


def _write(lease: Lease, name: str, parameter: str, items: Iterable[Any], more: Row | None = None) -> None:
    """Run a statement on the items, a batch at a time."""
    rest = iter(items)
    while some := list(islice(rest, WRITTEN_AT_ONCE)):
        lease.change(partial(_run, name, {parameter: some, **(more or {})}))


def _run(name: str, parameters: Row, transaction: Transaction) -> None:
    transaction.run(name, **parameters)


def _things_shown(read: Run, kind: str) -> dict[str, str | None]:
    """Return the key of every thing of a kind that has a node, with the stamp of what is shown of it."""
    [answer] = read("read/projection/things", label=thing_label(kind))
    return dict(answer["shown"])


def _changed(new: Mapping[str, Row], shown: Mapping[str, str | None]) -> Iterable[Row]:
    """Yield rows for the things that are to be shown otherwise, or no longer."""
    for key, row in new.items():
        if row["fields"]["stamp"] != shown.get(key):
            yield row
    for key, stamp in shown.items():
        if stamp is not None and key not in new:
            yield {"key": key, "fields": {"key": key, "active": False}, "labels": []}
