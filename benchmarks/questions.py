"""How long it takes to find the questions worth asking: one firm, others after it, a region, everybody.

    python -m benchmarks.questions [ORGANISATIONS] [FIRMS]

By default 100,000 organisations with 500,000 supply links from `benchmarks.networks`, and 20 small firms drawn at
random. The graph is in memory. The first question makes what all questions to the graph share. Memory is the peak of a
process of its own.
"""

from __future__ import annotations

import sys

import numpy as np

from benchmarks._measure import Cost, alone, cost_of, peak_memory, show
from benchmarks.networks import graph, network
from valuechain.analyses.questions import questions
from valuechain.model.graph import Scope


def measured(organisations: int, firms: int) -> tuple[list[tuple[str, Cost, int]], int]:
    """Return what each asks about, what it costs, and how many questions there are; and the peak of memory in MB."""
    made = graph(network(organisations, 5 * organisations))
    table = made["organisations"]
    small = table["key"][table["kind"] == "sme"].to_numpy(object)
    keys = np.random.default_rng(1).choice(small, firms + 1, replace=False)
    region = str(table["region"].dropna().iloc[0])[:3]
    scopes = [
        ("first firm", [Scope(organisation=keys[0])]),
        ("each firm after it", [Scope(organisation=key) for key in keys[1:]]),
        (f"region {region}", [Scope(regions=(region,))]),
        ("everybody", [Scope()]),
    ]
    rows = []
    for name, some in scopes:
        cost, answers = cost_of(lambda some=some: [questions(made.within(one)) for one in some])  # type: ignore[misc]
        found = sum(len(answer.table().rows) + answer.table().cut for answer in answers)
        rows.append((name, Cost(*(seconds / len(some) for seconds in cost)), found // len(some)))
    return rows, peak_memory()


def main(organisations: int = 100_000, firms: int = 20) -> None:
    """Measure and print."""
    rows, peak = alone(measured, organisations, firms)
    lines = [(name, *cost, found) for name, cost, found in rows]
    title = f"Questions, {organisations:,} organisations, {5 * organisations:,} links, peak {peak:,} MB"
    show(title, ("", "CPU s", "wall s", "questions"), lines)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
