"""How long each analysis takes on a made-up network, and how much memory, each in a process of its own.

    python -m benchmarks.analyses [ORGANISATIONS] [NAME ...]

By default every analysis on 10,000 organisations with 50,000 supply links from `benchmarks.networks`, with the values
that its parameters have when nobody gives any; what asks about one organisation is asked about a small firm. "first"
makes what all questions to the graph share, "again" finds it. Kernels have run once before. The anchor is networkx:
articulation points and bridges of the same links.
"""

from __future__ import annotations

import sys

from benchmarks._measure import Cost, alone, cost_of, peak_memory, show
from benchmarks.networks import graph, network
from benchmarks.structure import MEASURES, links_of
from valuechain import registry
from valuechain.model.graph import Scope, ValueGraph


def anchor(organisations: int) -> Cost:
    """Return what networkx needs for articulation points and bridges."""
    links = links_of(organisations)
    assert links.undirected is not None  # made before the clock runs
    return cost_of(lambda: MEASURES["articulation points and bridges"][1](links))[0]


def asked(made: ValueGraph, name: str) -> ValueGraph:
    """Return the graph as an analysis is asked about it: of one small firm, or of all."""
    table = made["organisations"]
    firm = str(table["key"][table["kind"] == "sme"].iloc[0])
    return made.within(Scope(organisation=firm) if registry.get(name).asks_about_one else Scope())


def analysed(name: str, organisations: int) -> tuple[Cost, Cost, int, int]:
    """Return what an analysis costs the first time and again, and the peak of memory before and after it, in MB."""
    analysis = registry.get(name)
    analysis(asked(graph(network(200, 1_000)), name))
    made = asked(graph(network(organisations, 5 * organisations)), name)
    before = peak_memory()
    (first, _), (again, _) = (cost_of(lambda: analysis(made)) for _ in range(2))
    return first, again, before, peak_memory()


def main(organisations: int = 10_000, names: tuple[str, ...] = ()) -> None:
    """Measure and print."""
    base = alone(anchor, organisations)
    rows: list[tuple[object, ...]] = [("networkx (anchor)", *base, 1.0)]
    for name in names or registry.names():
        first, again, before, peak = alone(analysed, name, organisations)
        rows.append((name, *first, first.cpu / base.cpu, *again, before, peak))
    columns = ("", "first CPU s", "wall s", "x anchor", "again CPU s", "wall s", "graph MB", "peak MB")
    filled = [(*row, *[""] * (len(columns) - len(row))) for row in rows]
    show(f"Every analysis, {organisations:,} organisations, {5 * organisations:,} links", columns, filled)


if __name__ == "__main__":
    size, *names = sys.argv[1:] or ["10000"]
    main(int(size), tuple(names))
