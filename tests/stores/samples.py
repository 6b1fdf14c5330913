"""Records, batches and stores for the tests of stores."""

import os
from pathlib import Path

from valuechain.model.batch import DEFAULTS, Batch, Place, Record
from valuechain.model.cells import Value
from valuechain.model.history import Snapshot
from valuechain.model.schema import COMMON, KINDS, Field
from valuechain.stores.base import Store
from valuechain.stores.rows import numbered, row

AWKWARD = "Ünïcode 漢字 😀 '; DROP TABLE organisations; -- \" ` $rows {x} }) DETACH DELETE n // \\u0041 \x00 end"
LEASE = 2.0
"""Seconds after which a writer that shows no sign of life is taken for dead; short, because tests wait for it."""


def record(kind: str, row: int = 1, /, **values: Value) -> Record:
    """A record of the source `a`, with the defaults of empty common fields."""
    return Record(kind, {**DEFAULTS, "source": "a", **values}, {}, Place("file.csv", "", row))


def organisation(number: int, **values: Value) -> Record:
    return record("organisations", number, **{"id": str(number), "name": f"Firm {number}", **values})


def supply(number: int, buyer: int = 1) -> Record:
    return record("supplies", number, supplier=f"a:{number}", buyer=f"a:{buyer}", capability="chain:lasers", share=0.25)


def batch(*records: Record, source: str = "a") -> Batch:
    """A delivery; its records keep the source they were made with."""
    return Batch(source, "tabular form", ("file.csv",), len(records), records)


def firms(count: int, source: str = "a", first: int = 1) -> Batch:
    """A delivery of organisations, each supplying the first."""
    numbers = range(first, first + count)
    return batch(*map(organisation, numbers), *map(supply, numbers), source=source)


def full_record(kind: str) -> Record:
    """A record with something in every field, and in a field that the schema does not know."""
    values = {field.name: _something(kind, field) for field in (*KINDS[kind].fields, *COMMON)}
    extra = {"Spalte": AWKWARD, "a": ""}
    return Record(kind, values, extra, Place("Mappe 1.xlsx", "Blatt '2'", 7))


def _something(kind: str, field: Field) -> Value:
    match field.type:
        case "integer":
            return int(field.maximum) if field.maximum is not None else 2**63 - 1
        case "number":
            return 1 / 3 if field.maximum is not None else 1.7976931348623157e308
        case "boolean":
            return field.name != "holds"
        case "choice":
            return field.choices[-1]
        case "date":
            return "2026-03"
        case "reference":
            return f"elsewhere:{AWKWARD}"
        case _:
            return f"{field.name} {AWKWARD}" if field.name != "source" else "a"


def small_world(source: str = "a") -> Batch:
    """A delivery in which every link of the graph occurs, stated or computed."""
    return batch(
        organisation(1, kind="sme", region="DE2", vat="DE111", staff=20, description=AWKWARD),
        organisation(2, kind="rto", region="DE2"),
        organisation(3, kind="cluster", named=True),
        record("stages", id="components", chain="photonics", label="Components", order=1),
        record("capabilities", id="laser", label="Laser", chain="photonics", stage="a:components", broader="a:light"),
        record("capabilities", id="light", label="Light source", chain="photonics"),
        record("capabilities", id="crystal", label="Crystal", chain="photonics"),
        record("capabilities", id="medicine", label="Medicine", kind="market"),
        record("inputs", from_capability="a:crystal", to_capability="a:laser", essential=True),
        record("offers", organisation="a:1", capability="a:laser", trl=9, confidence=0.8),
        record("needs", organisation="a:1", capability="a:crystal"),
        record("supplies", supplier="a:2", buyer="a:1", capability="a:crystal", share=0.5),
        record("supplies", supplier="a:1", buyer="a:2", capability="a:laser"),
        record("ownerships", owner="a:2", owned="a:1", share=0.1),
        record("memberships", organisation="a:1", cluster="a:3"),
        record("projects", id="p", title="Bright", acronym="B"),
        record("participations", organisation="a:1", project="a:p", contribution_eur=1e5),
        record("participations", organisation="a:2", project="a:p", contribution_eur=2e5),
        record("sectors", organisation="a:1", code="26.11", scheme="nace2"),
        record("sectors", organisation="a:2", code="72"),
        record("markets", organisation="a:1", market="JP", scheme="country", stage="exporting"),
        record("markets", organisation="a:1", market="medicine", scheme="application"),
        record("regions", code="DE2", scheme="nuts2024", label="Bayern"),
        source=source,
    )


def expected_rows(one: Batch, import_id: int) -> dict[str, list[tuple[Value, ...]]]:
    """What a store must hand out of a batch, by kind, in the order of ordinals."""
    return {
        kind: [row(kind, import_id, *numbered_record) for numbered_record in records]
        for kind, records in numbered(one.records).items()
    }


def loaded_rows(snapshot: Snapshot) -> dict[str, list[tuple[Value, ...]]]:
    return {kind: [tuple(cells.values()) for cells in table.to_pylist()] for kind, table in snapshot.tables.items()}


def names(snapshot: Snapshot) -> list[str]:
    return list(snapshot.tables["organisations"].column("name").to_pylist())


def open_for_test(url: str, patience: float = 20.0) -> Store:
    """Open a store with a short lease; the password of a server stands in the environment."""
    if url.startswith("sqlite:///"):
        from valuechain.stores.sqlite import SqliteStore

        return SqliteStore(Path(url.removeprefix("sqlite:///")), patience)
    from valuechain.stores.neo4j import Neo4jStore

    lease = float(os.environ.get("LEASE_FOR_TEST", LEASE))
    return Neo4jStore(url, os.environ["PASSWORD_FOR_TEST"], patience, lease)
