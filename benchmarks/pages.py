"""How quick the pages are in a browser: first paint, time until they can be used, bytes, and what the server takes.

    python -m benchmarks.pages [ORGANISATIONS]

Headless Chromium visits each page of the demo and of a made-up store (100,000 organisations by default), served on a
loopback port by a process of its own, as `valuechain serve` does it. The first visit finds nothing remembered, neither
in the browser nor in the server; of five more the median is shown. "Usable" is the end of the last task over 50 ms that
began before the page had loaded, or first paint where there is none. The anchor, in the same browser, is a page of
the same server with nothing on it but the frame and one sentence (a check of nobody). The value-chain check is asked
for 300 times besides, without a browser.
"""

import json
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import pyarrow.csv
from playwright.sync_api import Browser, sync_playwright

from benchmarks._measure import show
from benchmarks.networks import network, snapshot
from tests.support.browser import FLAGS, program
from valuechain.demo import demo_file
from valuechain.model.schema import KINDS
from valuechain.service import open_service
from valuechain.settings import Settings

VALUECHAIN = str(Path(sys.executable).parent / "valuechain")
VISITS, REQUESTS = 5, 300
ANCHOR = "nobody (anchor)"

DEMO = {
    ANCHOR: "/check/nobody",
    "welcome": "/",
    "search": "/?q=laser",
    "check": "/check/example-cluster:laserhead",
    "explore": "/explore",
    "stages": "/explore/stages",
    "gaps": "/gaps",
    "regions": "/regions",
    "region": "/regions/DE91",
    "pair": "/regions/DE91/DEG0",
    "data": "/data",
}
LARGE = DEMO | {
    "search": "/?q=firm+0000",
    "check": "/check/made-up:o0000007",
    "region": "/regions/DE00",
    "pair": "/regions/DE00/DE01",
}

MEASURE = """() => {
    const page = performance.getEntriesByType("navigation")[0];
    const paint = performance.getEntriesByName("first-contentful-paint")[0];
    const ends = window.longTasks.filter((task) => task.start < page.loadEventEnd).map((task) => task.end);
    return {
        server: page.responseStart - page.requestStart,
        paint: paint.startTime,
        usable: Math.max(paint.startTime, page.domContentLoadedEventEnd, ...ends),
    };
}"""

WATCH = """window.longTasks = [];
new PerformanceObserver((list) => {
    for (const task of list.getEntries()) {
        window.longTasks.push({start: task.startTime, end: task.startTime + task.duration});
    }
}).observe({type: "longtask", buffered: true});"""


def write_files(folder: Path, organisations: int) -> None:
    """Write a made-up network as a delivery in the tabular form."""
    tables = snapshot(network(organisations, 8 * organisations)).tables
    for kind, rows in tables.items():
        if rows.num_rows:
            told = [field.name for field in KINDS[kind].fields if rows.column(field.name).null_count < rows.num_rows]
            columns = [*told, "as_of", "status", "visibility", "source"]
            pyarrow.csv.write_csv(rows.select(columns), folder / f"{kind}.csv")


@contextmanager
def served(store: Path, cache: Path) -> Iterator[str]:
    """Serve a store in a process of its own until the block ends; yields its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [VALUECHAIN, "serve", "--store", f"sqlite:///{store}", "--port", str(port)]
    server = subprocess.Popen(command, env={"VALUECHAIN_CACHE": str(cache), "PATH": "/usr/bin:/bin"})
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{address}/health/ready", timeout=5).read()
                break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(30)


def visit(browser: Browser, link: str) -> dict[str, Any]:
    """Visit a page with an empty browser; milliseconds, and bytes over the wire."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.add_init_script(WATCH)
    received = []
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(link, wait_until="load", timeout=300_000)
    page.wait_for_timeout(200)
    found: dict[str, Any] = page.evaluate(MEASURE)
    context.close()
    return found | {"bytes": sum(received)}


def measured(browser: Browser, address: str, pages: dict[str, str]) -> list[tuple[object, ...]]:
    """One row for each page: the first visit, and the median of those that follow."""
    rows: list[tuple[object, ...]] = []
    for name, path in pages.items():
        first = visit(browser, address + path)
        again = [visit(browser, address + path) for _ in range(VISITS)]
        medians = [median(one[what] for one in again) / 1000 for what in ("server", "paint", "usable")]
        rows.append((name, first["server"] / 1000, first["usable"] / 1000, *medians, round(first["bytes"] / 1000)))
    return rows


def server_times(link: str) -> tuple[float, float]:
    """Median and 99th percentile of what the server takes for a page, in seconds."""
    took = []
    for _ in range(REQUESTS):
        start = time.perf_counter()
        urllib.request.urlopen(link, timeout=60).read()
        took.append(time.perf_counter() - start)
    return median(took), quantiles(took, n=100)[98]


def main(organisations: int) -> None:
    """Measure the pages of the demo and of a made-up store, and print both."""
    columns = ("page", "first: server s", "first: usable s", "server s", "paint s", "usable s", "kB")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        subprocess.run([VALUECHAIN, "demo", "--no-serve"], check=True, stdout=subprocess.DEVNULL)
        (folder / "files").mkdir()
        write_files(folder / "files", organisations)
        large = folder / "large.sqlite"
        settings = Settings(store=f"sqlite:///{large}")
        service = open_service(settings)
        service.import_([folder / "files"])
        service.store.close()
        for title, store, pages in (
            ("The demo", demo_file(), DEMO),
            (f"{organisations:,} organisations, {8 * organisations:,} supply links", large, LARGE),
        ):
            with served(store, folder / "cache") as address:
                show(title, columns, measured(browser, address, pages))
                typical, slow = server_times(address + pages["check"])
                print(json.dumps({"check, asked 300 times": {"median s": round(typical, 4), "p99 s": round(slow, 4)}}))
        browser.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
