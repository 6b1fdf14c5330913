"""How long the check of one small firm takes in a large network: the first on a graph, others after it, the same again.

    python -m benchmarks.audits [ORGANISATIONS] [FIRMS]

By default 100,000 organisations with 500,000 supply links from `benchmarks.networks` and 200 different small firms
drawn at random, each asked about twice, through the service as every door does. The graph is in memory and kernels have
run once before. The first check makes what all questions to the graph share; an answer that was given is kept. Seconds
of processors and on the clock; memory is the peak of a process of its own.
"""

from __future__ import annotations

import sys

import numpy as np

from benchmarks._measure import Cost, alone, cost_of, peak_memory, show
from benchmarks.networks import Network, network, snapshot
from valuechain.model.build import Reference
from valuechain.model.history import Event, Import, Snapshot
from valuechain.service import Service


class Held:
    """What a service reads of a store that holds one revision, here in memory."""

    url = "a network in memory"

    def __init__(self, made: Network) -> None:
        self._snapshot = snapshot(made)

    def revision(self) -> int:
        return 1

    def history(self) -> tuple[list[Import], list[Event]]:
        return [], []

    def load(self, revision: int | None = None) -> Snapshot:
        return self._snapshot


def service_of(organisations: int) -> Service:
    """Return a service on a network of so many organisations, its graph in memory."""
    service = Service(Held(network(organisations, 5 * organisations)), Reference())  # type: ignore[arg-type]
    service.graph()
    return service


def check(service: Service, key: str) -> Cost:
    """Return what the check of one organisation costs."""
    return cost_of(lambda: service.run("audit", {"organisation": key}))[0]


def checks(organisations: int, firms: int) -> tuple[list[Cost], list[Cost], int, int]:
    """Return the cost of each check, of each asked again, and the peak of memory before and after, in MB."""
    small = service_of(200)
    check(small, str(small.graph()["organisations"]["key"].iloc[0]))
    service = service_of(organisations)
    before = peak_memory()
    table = service.graph()["organisations"]
    keys = table["key"][table["kind"] == "sme"].to_numpy(object)
    chosen = np.random.default_rng(5).choice(keys, min(firms, len(keys)), replace=False)
    each = [(check(service, str(key)), check(service, str(key))) for key in chosen]
    first, again = ([one[turn] for one in each] for turn in (0, 1))
    return first, again, before, peak_memory()


def main(organisations: int = 100_000, firms: int = 200) -> None:
    """Measure and print."""
    (first, *others), again, before, peak = alone(checks, organisations, firms)
    parts = {"half": 0.5, "9 of 10": 0.9, "99 of 100": 0.99, "slowest": 1.0}

    def within(name: str, costs: list[Cost]) -> list[tuple[str, float, float]]:
        cpu, wall = ([cost[side] for cost in costs] for side in (0, 1))
        return [
            (f"{part} of {len(costs)} {name}", float(np.quantile(cpu, share)), float(np.quantile(wall, share)))
            for part, share in parts.items()
        ]

    rows = [("first on the graph", *first), *within("others", others), *within("asked again", again)]
    title = f"Check of one firm among {organisations:,}, {5 * organisations:,} links; {peak:,} MB, graph {before:,} MB"
    show(title, ("", "CPU s", "wall s"), rows)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
