"""What the explorer costs: how smoothly 5,000 marks move in a browser, beside a plain drawing of 10,000 in one run.

    python -m benchmarks.explorer [ORGANISATIONS LINKS]

By default 100,000 organisations with 800,000 supply links from `benchmarks.networks`. On the server, seconds of
processors: the layout, made once for a graph; the directory, of which the picture is made; its columns; the rings
around one organisation in three steps and the connection of two, the first time and again. Then bytes of the columns,
plain and compressed. In a headless browser that draws without a graphics card: the time from one frame to the next
while the picture is moved, median and 95th percentile, for the 5,000 marks of the explorer and, as anchor, for sigma's
own discs: a whole graph of 10,000 nodes and 20,000 lines, none hidden while it moves. The anchor needs the packages of
`frontend/` (make pages).
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.networks import graph, network
from valuechain.analyses._layout import layout
from valuechain.analyses.connection import connection
from valuechain.analyses.directory import directory
from valuechain.analyses.neighbourhood import neighbourhood
from valuechain.model.graph import Scope, ValueGraph
from valuechain.web.explorer import Overlay, columns

HERE = Path(__file__).parent.parent
BUILT = HERE / "valuechain" / "web" / "static" / "built"
MODULES = HERE / "frontend" / "node_modules"
NODES, LINES, FRAMES = 10_000, 20_000, 30

HEAD = """<!doctype html><meta charset="utf-8"><style>#here { width: 1080px; height: 640px; position: relative }
.sigma { position: absolute; inset: 0 }</style>"""

OURS = f"""{HEAD}<div id="here" data-graph="/columns.json" data-words="||||" data-community="/"></div>
<script type="module">import {{ draw }} from "/graph.js"; await draw(document.getElementById("here"));</script>"""

ANCHOR = f"""{HEAD}<div id="here"></div><script src="/graphology.js"></script><script src="/sigma.js"></script>
<script>
  const graph = new graphology.MultiGraph();
  let seed = 1;
  const chance = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  for (let node = 0; node < {NODES}; node++) graph.addNode(node, {{ x: chance(), y: chance(), size: 3 }});
  for (let line = 0; line < {LINES}; line++)
    graph.addEdge(Math.floor(chance() * {NODES}), Math.floor(chance() * {NODES}));
  const here = document.getElementById("here");
  new Sigma(graph, here, {{ renderLabels: false }});
  here.dataset.drawn = graph.order;
</script>"""

MOVE = """async (frames) => {
  const times = [];
  const there = document.querySelector(".sigma-mouse");
  const send = (kind, x) => (kind === "mousedown" ? there : document).dispatchEvent(
    new MouseEvent(kind, {clientX: x, clientY: 300, bubbles: true, cancelable: true, view: window}));
  send("mousedown", 300);
  let last = performance.now();
  for (let frame = 0; frame < frames; frame++) {
    send("mousemove", 300 + 2 * (frame % 120));
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    times.push(now - last);
    last = now;
  }
  send("mouseup", 300);
  return times.slice(5);
}"""


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of processors, and what came of it."""
    before = time.process_time()
    made = work()
    return time.process_time() - before, made


def on_the_server(whole: ValueGraph) -> bytes:
    """Print what the server's part costs; return the columns as they are sent."""
    keys = whole["organisations"]["key"]
    took, _ = seconds(lambda: whole.once(layout))
    print(f"layout, once                    {took:8.2f} CPU s")
    took, found = seconds(lambda: directory(whole))
    print(f"directory of {len(keys):,}            {took:8.2f} CPU s")
    tables = found.table("organisations"), found.table("ties")
    took, made = seconds(lambda: columns(*tables, "community", [], Overlay(frozenset(), ())))
    sent = json.dumps(made, separators=(",", ":"), ensure_ascii=False).encode()
    print(f"columns of {len(made['key']):,} marks          {took:8.2f} CPU s")
    print(f"columns, bytes                  {len(sent):8,} plain, {len(gzip.compress(sent, 6)):,} compressed")
    asked = whole.within(Scope(organisation=str(keys.iloc[5])))
    for words in ("the first time", "again"):
        took, _ = seconds(lambda: neighbourhood(asked, steps=3))
        print(f"{f'rings, 3 steps, {words}':32}{took:8.2f} CPU s")
        took, _ = seconds(lambda: connection(asked, to=str(keys.iloc[len(keys) - 9])))
        print(f"{f'connection, {words}':32}{took:8.2f} CPU s")
    return sent


def in_a_browser(page_: str, sent: bytes = b"") -> str:
    """Return the times from frame to frame while the picture of a page is moved."""
    from playwright.sync_api import Route, sync_playwright

    bodies = {
        "/": ("text/html", page_.encode()),
        "/graph.js": ("text/javascript", (BUILT / "graph.js").read_bytes()),
        "/sigma.js": ("text/javascript", (MODULES / "sigma/dist/sigma.min.js").read_bytes()),
        "/graphology.js": ("text/javascript", (MODULES / "graphology/dist/graphology.umd.min.js").read_bytes()),
        "/columns.json": ("application/json", sent),
    }

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix("http://explorer.invalid")
        kind, body = bodies.get(path, ("text/plain", b""))
        route.fulfill(content_type=kind, body=body)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1100, "height": 660})
        page.route("**/*", answer)
        page.goto("http://explorer.invalid/")
        page.wait_for_selector("#here[data-drawn]")
        page.wait_for_timeout(1000)
        times = np.array(page.evaluate(MOVE, FRAMES))
        browser.close()
    return f"{np.median(times):6.1f} ms median, {np.percentile(times, 95):6.1f} ms at the 95th percentile"


def main(organisations: int = 100_000, links: int = 800_000) -> None:
    """Print all figures."""
    sent = on_the_server(graph(network(organisations, links)))
    print(f"frame, explorer                 {in_a_browser(OURS, sent)}")
    print(f"frame, {NODES:,} nodes, anchor     {in_a_browser(ANCHOR)}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
