"""How long it takes from a store to a graph, and from a graph that was kept, beside a plain read of the same rows.

    python -m benchmarks.graphs [ORGANISATIONS] [SUPPLIES] [ROUNDS]

By default 100,000 organisations with 800,000 supply links among 150 capabilities, each figure the least of 3 rounds
that take turns; every round is a process of its own, so that its peak of memory is its own. The anchor is Python's own
sqlite3 module, `fetchall` on the same tables. "load to graph" is what the first question to a store waits for, "kept
graph" what the first question of a later run does.
"""

import json
import multiprocessing
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from valuechain.graph_cache import GraphCache, graph_key
from valuechain.model.batch import DEFAULTS, Batch, Place, Record
from valuechain.model.build import build
from valuechain.model.cells import Value
from valuechain.model.graph import ValueGraph, View
from valuechain.sources.reference import load_reference
from valuechain.stores.sqlite import SqliteStore

CAPABILITIES, REGIONS = 150, 200
DAYS = ("2019", "2022-05", "2024-03-01", "2025-11-30", "2026-01-01", None)
KINDS = ("capabilities", "organisations", "supplies")

Made = TypeVar("Made")


def made_up(organisations: int, supplies: int) -> Batch:
    """A delivery of capabilities, organisations and supply links; some are old, over, or name what is not there."""
    chance = random.Random(1)

    def record(kind: str, row: int, values: dict[str, Value | None]) -> Record:
        told = {name: value for name, value in values.items() if value is not None}
        return Record(kind, {**DEFAULTS, "source": "m", **told}, {}, Place(f"{kind}.csv", "", row))

    records = [
        record("capabilities", n, {"id": f"c{n}", "label": f"Capability {n}", "chain": "c", "kind": "component"})
        for n in range(CAPABILITIES)
    ]
    for n in range(organisations):
        values: dict[str, Value | None] = {
            "id": f"o{n}", "name": f"Firm {n}" if n % 3 else f"FIRM {n} GMBH", "kind": "sme", "country": "DE",
            "region": f"DE{chance.randrange(REGIONS):03d}", "staff": n, "vat": None if n % 10 else f"DE{n}",
            "as_of": chance.choice(DAYS),
        }  # fmt: skip
        records.append(record("organisations", n, values))
    for n in range(supplies):
        supplier, buyer = chance.sample(range(organisations), 2)
        values = {
            "supplier": f"m:o{supplier}", "buyer": f"m:o{buyer}",
            "capability": f"m:c{chance.randrange(CAPABILITIES + 2)}",
            "share": chance.random(), "value_eur": chance.random() * 1e6, "as_of": chance.choice(DAYS),
            "since": chance.choice(("2018", "2021-01", None)), "until": None if chance.random() < 0.98 else "2020",
        }  # fmt: skip
        records.append(record("supplies", n, values))
    return Batch("m", "made up", tuple(f"{kind}.csv" for kind in KINDS), len(records), tuple(records))


def plain_read(file: Path) -> None:
    """Read every row of the tables with Python's own module."""
    with closing(sqlite3.connect(file)) as connection:
        for kind in KINDS:
            connection.execute(f'SELECT * FROM "{kind}"').fetchall()


def from_store(file: Path) -> dict[str, tuple[float, float]]:
    """Load, hash and build; return for each step its CPU and wall-clock seconds."""
    found: dict[str, tuple[float, float]] = {}
    snapshot = timed(found, "load", SqliteStore(file).load)
    timed(found, "digest", snapshot.digest)
    reference = load_reference()
    graph = timed(found, "build", lambda: build(snapshot, View(), reference))
    found["load to graph"] = (sum(one for one, _ in found.values()), sum(one for _, one in found.values()))
    timed(found, "keep", lambda: kept(file, lambda: graph))
    return found


def from_cache(file: Path) -> dict[str, tuple[float, float]]:
    """Read the kept graph, its name included."""
    found: dict[str, tuple[float, float]] = {}
    timed(found, "kept graph", lambda: kept(file, missing))
    return found


def anchor(file: Path) -> dict[str, tuple[float, float]]:
    """Read the rows with nothing but sqlite3."""
    found: dict[str, tuple[float, float]] = {}
    timed(found, "sqlite3 fetchall (anchor)", lambda: plain_read(file))
    return found


def kept(file: Path, make: Callable[[], ValueGraph]) -> ValueGraph:
    """The graph of a store by way of a cache beside it."""
    store = SqliteStore(file)
    key = graph_key(*store.history(), store.revision(), View(), load_reference())
    return GraphCache(file.parent / "graphs").get(key, make)


def missing() -> ValueGraph:
    """Refuse to make what should have been kept."""
    raise AssertionError("the graph was not kept")


def timed(found: dict[str, tuple[float, float]], name: str, work: Callable[[], Made]) -> Made:
    """Run, note CPU and wall-clock seconds, and return what came of it."""
    cpu, wall = time.process_time(), time.perf_counter()
    result = work()
    found[name] = (time.process_time() - cpu, time.perf_counter() - wall)
    return result


def alone(work: Callable[[Path], dict[str, tuple[float, float]]], file: Path) -> dict[str, tuple[float, float, int]]:
    """Run in a process of its own; return its seconds and its peak of memory in MB."""
    answer = file.parent / "answer.json"
    process = multiprocessing.get_context("spawn").Process(target=_answer, args=(work, file, answer))
    process.start()
    process.join()
    told = json.loads(answer.read_text())
    return {name: (cpu, wall, told["peak"]) for name, (cpu, wall) in told["found"].items()}


def _answer(work: Callable[[Path], dict[str, tuple[float, float]]], file: Path, answer: Path) -> None:
    _warm_up()
    found = work(file)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    answer.write_text(json.dumps({"found": found, "peak": peak}))


def _warm_up() -> None:
    """Import what a program imports once, whatever the size of its store."""
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore(Path(folder) / "small.sqlite")
        store.write(made_up(10, 10))
        from_store(Path(folder) / "small.sqlite")
        from_cache(Path(folder) / "small.sqlite")


def main(organisations: int = 100_000, supplies: int = 800_000, rounds: int = 3) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "store.sqlite"
        SqliteStore(file).write(made_up(organisations, supplies))
        each: list[dict[str, tuple[float, float, int]]] = []
        for _ in range(rounds):
            for old in (Path(folder) / "graphs").glob("*"):
                old.unlink()
            found = alone(anchor, file)
            found |= alone(from_store, file)
            found |= alone(from_cache, file)
            each.append(found)
        size = sum(one.stat().st_size for one in (Path(folder) / "graphs").iterdir())
        print(
            f"{organisations:,} organisations, {supplies:,} supplies: store {file.stat().st_size / 1e6:,.0f} MB, ",
            end="",
        )
        print(f"kept graph {size / 1e6:,.0f} MB; least of {rounds} rounds")
    print(f"{'':28} {'CPU s':>8} {'wall s':>8} {'x anchor':>9} {'peak MB':>8}")
    base = min(found["sqlite3 fetchall (anchor)"][0] for found in each)
    for name in each[0]:
        cpu, wall, peak = (min(found[name][place] for found in each) for place in range(3))
        print(f"{name:28} {cpu:8.2f} {wall:8.2f} {cpu / base:9.2f} {peak:8.0f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
