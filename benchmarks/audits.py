"""How long the check of one small firm takes in a large network: the first on a graph, others after it, the same again.

    python -m benchmarks.audits [ORGANISATIONS] [FIRMS]

By default 100,000 organisations with 500,000 supply links from `benchmarks.networks` and 200 different small firms
drawn at random. The graph is in memory and kernels have run once before. The first check makes what all questions to
the graph share. Seconds of processors and on the clock; memory is the peak of a process of its own.
"""

from __future__ import annotations

import sys

import numpy as np

from benchmarks._measure import Cost, alone, cost_of, peak_memory, show
from benchmarks.networks import graph, network
from valuechain.analyses.audit import audit
from valuechain.model.graph import Scope, ValueGraph


def check(made: ValueGraph, key: str) -> Cost:
    """Return what the check of one organisation costs."""
    return cost_of(lambda: audit(made.within(Scope(organisation=key))))[0]


def checks(organisations: int, firms: int) -> tuple[list[Cost], Cost, int, int]:
    """Return the cost of each check, of the first firm again, and the peak of memory before and after, in MB."""
    small = graph(network(200, 1_000))
    check(small, str(small["organisations"]["key"].iloc[0]))
    made = graph(network(organisations, 5 * organisations))
    before = peak_memory()
    table = made["organisations"]
    keys = table["key"][table["kind"] == "sme"].to_numpy(object)
    chosen = np.random.default_rng(5).choice(keys, min(firms, len(keys)), replace=False)
    each = [check(made, str(key)) for key in chosen]
    return each, check(made, str(chosen[0])), before, peak_memory()


def main(organisations: int = 100_000, firms: int = 200) -> None:
    """Measure and print."""
    (first, *others), again, before, peak = alone(checks, organisations, firms)
    parts = {"half": 0.5, "9 of 10": 0.9, "99 of 100": 0.99, "slowest": 1.0}
    cpu, wall = ([cost[side] for cost in others] for side in (0, 1))
    rows = [
        ("first on the graph", *first),
        *((f"{name} of {len(others)} others", *(float(np.quantile(one, part)) for one in (cpu, wall)))
          for name, part in parts.items()),
        ("the first firm again", *again),
    ]  # fmt: skip
    title = f"Check of one firm among {organisations:,}, {5 * organisations:,} links; {peak:,} MB, graph {before:,} MB"
    show(title, ("", "CPU s", "wall s"), rows)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
