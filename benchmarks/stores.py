"""How long stores take to write and to load a made-up delivery, beside plain cursors on the same rows, in one run.

    python -m benchmarks.stores [ORGANISATIONS] [LINKS] [ROUNDS]

By default 10,000 organisations with 50,000 supply links, each figure the median of 3 rounds that take turns. The
anchors are Python's own sqlite3 module (`executemany`, `fetchall`) and the Neo4j driver reading a row at a time.
Neo4j is a server of the oldest supported release, found as the tests find theirs; without one it is left out.
"""

import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

from neo4j import GraphDatabase

from tests.support.neo4j_server import Neo4jServer, NoServerError, running
from valuechain.model.batch import DEFAULTS, Batch, Place, Record
from valuechain.model.schema import columns
from valuechain.stores.base import Store
from valuechain.stores.neo4j import Neo4jStore
from valuechain.stores.rows import numbered, row
from valuechain.stores.sqlite import SqliteStore

KINDS = ("organisations", "supplies")


def made_up(organisations: int, links: int) -> Batch:
    """A delivery of organisations and of supply links between them."""
    chance = random.Random(1)
    common = {**DEFAULTS, "source": "made-up", "as_of": "2026-01-01"}
    records = [
        Record(
            "organisations",
            {**common, "id": str(n), "name": f"Firm {n}", "kind": "sme", "country": "DE", "region": "DE2", "staff": n},
            {},
            Place("organisations.csv", "", n),
        )
        for n in range(organisations)
    ]
    for n in range(links):
        supplier, buyer = chance.sample(range(organisations), 2)
        ends = {"supplier": f"made-up:{supplier}", "buyer": f"made-up:{buyer}", "capability": "chain:lasers"}
        values = {**common, **ends, "share": chance.random(), "value_eur": chance.random() * 1e6}
        records.append(Record("supplies", values, {}, Place("supplies.csv", "", n)))
    for one in records:
        one.hash  # noqa: B018 (computed once and kept; not what is measured)
    return Batch("made-up", "tabular form", ("organisations.csv", "supplies.csv"), len(records), tuple(records))


def seconds(work: Callable[[], object]) -> float:
    """Run and return the wall-clock seconds it took."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def plain_write(batch: Batch, file: Path) -> None:
    """Write the same rows with Python's own module, into tables without types or keys."""
    with closing(sqlite3.connect(file)) as connection:
        for kind, records in numbered(batch.records).items():
            if records:
                names = ", ".join(f'"{name}"' for name, _ in columns(kind))
                places = ", ".join("?" for _ in columns(kind))
                connection.execute(f'CREATE TABLE "{kind}" ({names})')
                rows = (row(kind, 1, *one) for one in records)
                connection.executemany(f'INSERT INTO "{kind}" VALUES ({places})', rows)
        connection.commit()


def plain_read(file: Path) -> None:
    """Read every row of both tables with Python's own module."""
    with closing(sqlite3.connect(file)) as connection:
        for kind in KINDS:
            connection.execute(f'SELECT * FROM "{kind}"').fetchall()


def driver_read(server: Neo4jServer) -> None:
    """Read every record a row at a time, each with all its columns."""
    fields = {kind: [name for name, _ in columns(kind)] for kind in KINDS}
    auth = (server.user, server.password)
    with GraphDatabase.driver(server.bolt_uri, auth=auth, notifications_min_severity="OFF") as driver:
        driver.execute_query(
            "MATCH (r:OrganisationRecord) RETURN " + ", ".join(f"r.`{name}`" for name in fields["organisations"]),
            database_=server.database,
        )
        driver.execute_query(
            "MATCH (a)-[r:SUPPLIES]->(b) RETURN a.key, b.key, "
            + ", ".join(f"r.`{name}`" for name in fields["supplies"] if name not in ("supplier", "buyer")),
            database_=server.database,
        )


def measured(batch: Batch, folder: Path, server: Neo4jServer | None) -> tuple[dict[str, float], set[str]]:
    """Measure each figure once; return the digests of what was loaded, too."""
    found = {"sqlite3 executemany (anchor)": seconds(lambda: plain_write(batch, folder / "plain.sqlite"))}
    stores: dict[str, Store] = {"SQLite store": SqliteStore(folder / "store.sqlite")}
    if server:
        server.empty()
        stores["Neo4j store"] = Neo4jStore(server.uri, server.password)
    digests = set()
    for name, store in stores.items():
        found[f"{name} write"] = seconds(lambda store=store: store.write(batch))  # type: ignore[misc]
    found["sqlite3 fetchall (anchor)"] = seconds(lambda: plain_read(folder / "store.sqlite"))
    for name, store in stores.items():
        found[f"{name} load"] = seconds(lambda store=store: store.load())  # type: ignore[misc]
    if server:
        found["Neo4j driver, a row each (anchor)"] = seconds(lambda: driver_read(server))
    for store in stores.values():
        digests.add(store.load().digest())
        store.close()
    return found, digests


def main(organisations: int = 10_000, links: int = 50_000, rounds: int = 3) -> None:
    """Measure and print."""
    batch = made_up(organisations, links)
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        try:
            server = stack.enter_context(running("neo4j-5", home / "neo4j"))
        except NoServerError as reason:
            print(f"Neo4j is left out: {reason}")
            server = None
        each, digests = [], set()
        for number in range(rounds + 1):  # the first warms up
            folder = home / str(number)
            folder.mkdir()
            found, digest = measured(batch, folder, server)
            each.append(found)
            digests |= digest
    print(f"{organisations} organisations, {links} links, median of {rounds}: seconds")
    for name in each[0]:
        print(f"{name:36} {statistics.median(found[name] for found in each[1:]):8.2f}")
    print("every load has the same digest" if len(digests) == 1 else f"DIGESTS DIFFER: {digests}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
