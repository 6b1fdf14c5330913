"""What an import from CSV files to the store costs, beside plain `csv` and `sqlite3` on the same files, in one run.

    python -m benchmarks.imports [ORGANISATIONS] [SUPPLIES]

By default 10,000 organisations with 80,000 supplies. Each figure is that of a process of its own: seconds on the clock,
seconds of processors, those of the Neo4j server beside it, and the largest memory of the process. The anchor reads the
same files with Python's `csv` and writes them as they are with `sqlite3.executemany`: no cell is looked at, nothing is
hashed. Neo4j is a server of the oldest supported release, found as the tests find theirs; without one it is left out.
"""

import csv
import json
import os
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

from tests.support.neo4j_server import NoServerError, running
from valuechain.model.build import Reference
from valuechain.service import Service
from valuechain.stores.base import Store
from valuechain.stores.neo4j import Neo4jStore
from valuechain.stores.sqlite import SqliteStore

PASSWORD = "PASSWORD_FOR_BENCHMARK"
SERVER = ("-Xms512m", "-Xmx2g", "-XX:+UseG1GC")
ANCHOR = "csv and sqlite3.executemany (anchor)"


@dataclass(frozen=True)
class Cost:
    """Seconds on the clock, of processors and of the server's processors, and bytes of memory at most."""

    wall: float
    cpu: float
    server: float
    memory: int


def write_files(folder: Path, organisations: int, supplies: int) -> None:
    """Write a delivery of two tables in the tabular form."""
    chance = random.Random(1)
    with (folder / "organisations.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(("id", "name", "kind", "country", "region", "staff", "turnover_eur", "as_of"))
        for n in range(organisations):
            region = chance.choice(("DE211", "DE212", "FR101", "AT130"))
            money = round(chance.random() * 1e7, 2)
            rows.writerow((f"o{n}", f"Firm {n} GmbH", "sme", region[:2], region, n % 500, money, "2026-01-01"))
    with (folder / "supplies.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(("supplier", "buyer", "capability", "relation", "value_eur", "share", "since", "as_of"))
        for _ in range(supplies):
            supplier, buyer = chance.sample(range(organisations), 2)
            what = f"photonics:c{chance.randrange(200)}"
            money, share = round(chance.random() * 1e6, 2), round(chance.random(), 3)
            since = chance.choice(("2019", "2020-05", "2021", ""))
            rows.writerow((f"o{supplier}", f"o{buyer}", what, "active", money, share, since, "2026-01-01"))


def plain(folder: Path, file: Path) -> None:
    """Read the files and write their rows with Python's own modules."""
    with closing(sqlite3.connect(file)) as connection:
        for table in ("organisations", "supplies"):
            with (folder / f"{table}.csv").open(newline="", encoding="utf-8") as text:
                rows = csv.reader(text)
                names = ", ".join(f'"{name}"' for name in next(rows))
                connection.execute(f'CREATE TABLE "{table}" ({names})')
                places = ", ".join("?" for _ in names.split(","))
                connection.executemany(f'INSERT INTO "{table}" VALUES ({places})', rows)
        connection.commit()


def opened(url: str) -> Store:
    if url.startswith("sqlite:///"):
        return SqliteStore(Path(url.removeprefix("sqlite:///")))
    return Neo4jStore(url, os.environ[PASSWORD])


def work(task: str, folder: Path, url: str) -> None:
    """Do one thing that is measured."""
    if task == "plain":
        plain(folder, Path(url))
        return
    store = opened(url)
    if task == "import":
        Service(store, Reference({}, {})).import_([folder])
    elif task == "load":
        store.load()
    elif task == "check":
        assert store.check() == ()
    else:
        store.refresh()


def measured(task: str, folder: Path, url: str) -> Cost:
    """Do one thing in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.imports", "--one", task, str(folder), url]
    before = seconds_of_children()
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    wall, cpu, memory = json.loads(answer)
    return Cost(wall, cpu, seconds_of_children() - before, memory)


def seconds_of_children() -> float:
    """Processor seconds of the child processes that are alive: of the server, between two measurements."""
    ticks = 0
    for process in Path("/proc").glob("[0-9]*/stat"):
        fields = process.read_text().rpartition(")")[2].split()
        if int(fields[1]) == os.getpid():
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def one(task: str, folder: str, url: str) -> None:
    """Measure this process."""
    start = time.perf_counter()
    work(task, Path(folder), url)
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps([time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024]))


def main(organisations: int = 10_000, supplies: int = 80_000) -> None:
    """Measure and print."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder = home / "delivery"
        folder.mkdir()
        write_files(folder, organisations, supplies)
        sqlite = f"sqlite:///{home / 'store.sqlite'}"
        told = start_table(organisations, supplies)
        told(ANCHOR, measured("plain", folder, str(home / "plain.sqlite")))
        told("SQLite: import", measured("import", folder, sqlite))
        told("SQLite: the same again", measured("import", folder, sqlite))
        told("SQLite: load", measured("load", folder, sqlite))
        told("SQLite: check", measured("check", folder, sqlite))
        try:
            server = stack.enter_context(running("neo4j-5", home / "neo4j", SERVER))
        except NoServerError as reason:
            print(f"Neo4j is left out: {reason}")
            return
        os.environ[PASSWORD] = server.password
        told("Neo4j: import", measured("import", folder, server.uri))
        told("Neo4j: load", measured("load", folder, server.uri))
        told("Neo4j: what people are shown", measured("show", folder, server.uri))


def start_table(organisations: int, supplies: int) -> Callable[[str, Cost], None]:
    """Print the head of the table, and return what prints a line of it: the first is what the others are times of."""
    print(f"{organisations:,} organisations, {supplies:,} supplies")
    print(f"{'':38} {'wall s':>8} {'CPU s':>8} {'server s':>8} {'GB':>6} {'times the anchor: wall, CPU':>28}")
    anchor: list[Cost] = []

    def told(name: str, cost: Cost) -> None:
        anchor.append(cost)
        times = (cost.wall / anchor[0].wall, (cost.cpu + cost.server) / anchor[0].cpu)
        figures = f"{cost.wall:8.1f} {cost.cpu:8.1f} {cost.server:8.1f} {cost.memory / 1e9:6.2f}"
        print(f"{name:38} {figures} {times[0]:20.1f} {times[1]:7.1f}", flush=True)

    return told


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(*sys.argv[2:])
    else:
        main(*map(int, sys.argv[1:3]))
