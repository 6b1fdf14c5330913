"""What stops when each organisation alone fails, all single failures of a network, beside every one by itself.

    python -m benchmarks.failures [ORGANISATIONS [INPUTS ...]]

By default 100,000 organisations with five supply links each from `benchmarks.networks`, and buyers with 3, 5 and 10
essential inputs over which their links are spread. A failure is followed until more than 1,000 others have stopped, as
the analysis weak-links does it. "one by one" is the same question asked for one organisation after the other, followed
to the end, for a sample of 200 drawn at random, scaled to all; "stop" is the mean and the most that were counted.
Kernels have run once before. Memory is the peak of a process of its own, the graph included.
"""

from __future__ import annotations

import sys

import numpy as np

from benchmarks._measure import Cost, alone, cost_of, peak_memory, show
from benchmarks.networks import graph, network
from valuechain.analyses._failure import dependencies
from valuechain.analyses._reach import reach_of_suppliers
from valuechain.analyses.weak_links import weak_links
from valuechain.model.graph import Scope

SAMPLE = 200


def failures(organisations: int, inputs: int) -> tuple[Cost, Cost, Cost, Cost, float, int, int]:
    """Return the costs of the dependencies, of all failures, one by one, and of the analysis; who stops; memory."""
    small = graph(network(200, 1_000, inputs=inputs)).within(Scope())
    weak_links(small)
    dependencies(small).what_stops(0)
    made = graph(network(organisations, 5 * organisations, inputs=inputs)).within(Scope())
    making, known = cost_of(lambda: dependencies(made))
    all_, reach = cost_of(lambda: reach_of_suppliers(known))
    some = np.random.default_rng(1).choice(organisations, min(SAMPLE, organisations), replace=False).tolist()
    sample, _ = cost_of(lambda: [known.what_stops(one) for one in some])
    one_by_one = Cost(*(seconds * organisations / len(some) for seconds in sample))
    analysis, _ = cost_of(lambda: weak_links(made))
    return making, all_, one_by_one, analysis, float(reach["stops"].mean()), int(reach["stops"].max()), peak_memory()


def main(organisations: int = 100_000, inputs: tuple[int, ...] = (3, 5, 10)) -> None:
    """Measure and print."""
    columns = (
        "inputs", "who needs whom CPU s", "all failures CPU s", "wall s", "one by one CPU s", "weak-links CPU s",
        "stop", "most", "peak MB",
    )  # fmt: skip
    rows = []
    for each in inputs:
        making, all_, one_by_one, analysis, mean, most, peak = alone(failures, organisations, each)
        rows.append((f"{each}", making.cpu, *all_, one_by_one.cpu, analysis.cpu, mean, most, peak))
    show(f"All single failures, {organisations:,} organisations, {5 * organisations:,} links", columns, rows)


if __name__ == "__main__":
    size, *inputs = [int(one) for one in sys.argv[1:]] or [100_000]
    main(size, tuple(inputs) or (3, 5, 10))
