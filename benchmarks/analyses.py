"""How long analyses take on a made-up network, beside networkx on the same ties, measured in one run.

    python -m benchmarks.analyses [ORGANISATIONS] [LINKS]

By default 10,000 organisations and 50,000 links, four fifths of them supply links, the rest joint projects; who is
popular is heavy-tailed. Each analysis runs once to compile and once to be timed. The anchors are networkx's
articulation points and bridges.
"""

import random
import sys
import time
from collections.abc import Callable

import networkx as nx
import numpy as np

from tests.support.small import snapshot
from valuechain.analyses._ties import ties
from valuechain.analyses.bridges import bridges
from valuechain.analyses.heatmap import heatmap
from valuechain.analyses.weak_links import weak_links
from valuechain.model.batch import DEFAULTS, Batch, Place, Record
from valuechain.model.build import Reference, build
from valuechain.model.cells import Value
from valuechain.model.graph import Scope, ValueGraph, View

STAGES, CAPABILITIES, MARKETS, DIVISIONS, REGIONS = 5, 150, 10, 60, 200
OFFERS, SIZE_OF_PROJECT = 3, 4


def made_up(organisations: int, links: int) -> Batch:
    """Return a chain, organisations that offer parts of it, supply links along its arcs, and projects."""
    chance = random.Random(1)
    stage_of = [number * STAGES // CAPABILITIES for number in range(CAPABILITIES)]
    rows: list[tuple[str, dict[str, Value]]] = []
    rows += [("stages", {"id": f"s{n}", "chain": "c", "label": f"Stage {n}", "order": n + 1}) for n in range(STAGES)]
    rows += [
        ("capabilities", {"id": f"c{n}", "label": f"Capability {n}", "chain": "c", "stage": f"m:s{stage_of[n]}",
                          "kind": "component"})
        for n in range(CAPABILITIES)
    ]  # fmt: skip
    rows += [
        ("capabilities", {"id": f"k{n}", "label": f"Market {n}", "chain": "c", "kind": "market"})
        for n in range(MARKETS)
    ]
    inputs = {n: [chance.randrange(n) for _ in range(min(n, 4))] for n in range(1, CAPABILITIES)}
    rows += [
        ("inputs", {"from_capability": f"m:c{one}", "to_capability": f"m:c{n}", "essential": chance.random() < 0.7})
        for n, some in inputs.items()
        for one in set(some)
    ]
    popular = np.random.default_rng(1).zipf(1.6, organisations).clip(max=organisations // 10).tolist()
    offers = {n: chance.sample(range(CAPABILITIES), OFFERS) for n in range(organisations)}
    makers: dict[int, list[int]] = {}
    for n in range(organisations):
        rows.append(
            ("organisations", {"id": f"o{n}", "name": f"Firm {n}", "kind": "sme", "country": "DE",
                               "region": f"DE{chance.randrange(REGIONS):03d}"})
        )  # fmt: skip
        rows.append(("sectors", {"organisation": f"m:o{n}", "code": str(10 + n % DIVISIONS), "scheme": "nace2"}))
        market = {"market": f"m:k{chance.randrange(MARKETS)}", "scheme": "application"}
        rows.append(("markets", {"organisation": f"m:o{n}", **market}))
        for capability in offers[n]:
            rows.append(("offers", {"organisation": f"m:o{n}", "capability": f"m:c{capability}"}))
            makers.setdefault(capability, []).append(n)
    wanted = {n: [one for made in offers[n] for one in inputs.get(made, ())] for n in range(organisations)}
    buyers = [n for n in range(organisations) if wanted[n]]
    weights = {capability: [popular[maker] for maker in some] for capability, some in makers.items()}
    pairs: set[tuple[int, int, int]] = set()
    while len(pairs) < links * 4 // 5:
        buyer = chance.choice(buyers)
        capability = chance.choice(wanted[buyer])
        supplier = chance.choices(makers[capability], weights[capability])[0]
        pairs.add((supplier, buyer, capability))
    rows += [
        ("supplies", {"supplier": f"m:o{supplier}", "buyer": f"m:o{buyer}", "capability": f"m:c{capability}"})
        for supplier, buyer, capability in sorted(pairs)
        if supplier != buyer
    ]
    of_project = SIZE_OF_PROJECT * (SIZE_OF_PROJECT - 1) // 2
    for n in range(links // 5 // of_project):
        rows.append(("projects", {"id": f"p{n}", "title": f"Project {n}"}))
        partners = set(chance.choices(range(organisations), popular, k=SIZE_OF_PROJECT))
        rows += [("participations", {"organisation": f"m:o{one}", "project": f"m:p{n}"}) for one in sorted(partners)]
    records = tuple(
        Record(
            kind, {**DEFAULTS, "source": "m", "visibility": "public", **values}, {}, Place("made-up.csv", "", number)
        )
        for number, (kind, values) in enumerate(rows, start=2)
    )
    return Batch("m", "made up", ("made-up.csv",), len(records), records)


def seconds(work: Callable[[], object]) -> float:
    """Run once to compile and fill caches of the interpreter, and return the seconds of a second run."""
    work()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measured(graph: ValueGraph) -> dict[str, Callable[[], object]]:
    """Return what is timed, by name: the anchors first."""
    pairs = ties(graph).pairs[["first", "second"]].to_numpy().tolist()
    network: nx.Graph[int] = nx.Graph(pairs)
    buyer = int(graph["supplies"]["buyer"].value_counts().index[0])
    of_one = graph.within(Scope(organisation=str(graph["organisations"]["key"].iloc[buyer])))
    return {
        "networkx articulation points": lambda: list(nx.articulation_points(network)),
        "networkx bridges": lambda: list(nx.bridges(network)),
        "weak-links of all": lambda: weak_links(graph),
        "weak-links of one": lambda: weak_links(of_one),
        "bridges between sectors": lambda: bridges(graph),
        "bridges between regions": lambda: bridges(graph, between="region"),
        "heatmap by market": lambda: heatmap(graph),
        "heatmap by region": lambda: heatmap(graph, columns="region", level=3),
    }


def main(organisations: int = 10_000, links: int = 50_000) -> None:
    """Measure and print."""
    graph = build(snapshot(made_up(organisations, links)), View(), Reference())
    work = measured(graph.within(Scope()))
    print(f"{organisations:,} organisations, {len(graph['supplies']):,} supply links, ", end="")
    print(f"{len(graph['collaborations']):,} pairs with joint projects")
    anchor = 0.0
    print(f"{'':30} {'seconds':>8} {'x anchor':>9}")
    for name, one in work.items():
        took = seconds(one)
        anchor = anchor or took
        print(f"{name:30} {took:8.2f} {took / anchor:9.1f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
