"""What comparing clusters and scheduling meetings costs: `python -m benchmarks.partners [ORGANISATIONS ...]`.

Clusters: every organisation belongs to one of 200. The anchor is the schedule's rival: first come, first served in the
order of what meetings count, each in the first slot in which both are free and a table is. Some are wished far more
than others: the k-th is wished 1 / sqrt(k) times as often as the first.
"""

from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np

from benchmarks._measure import alone, cost_of, peak_memory, show
from benchmarks.networks import graph, network
from valuechain.analyses._meeting_schedule import Wishes, schedule
from valuechain.analyses.partners import partners
from valuechain.model.graph import ValueGraph

CLUSTERS = 200
MISSIONS = ((40, 400, 12, 40), (100, 2_000, 15, 100), (200, 8_000, 20, 200), (400, 20_000, 20, 400))
"""Organisations on each side, meetings wished, slots, tables."""


def in_clusters(organisations: int) -> ValueGraph:
    """A network in which each organisation belongs to one of CLUSTERS clusters."""
    made = graph(network(organisations, 5 * organisations))
    rows = made["memberships"]
    clusters = np.unique(rows["cluster"])[:CLUSTERS]
    again = np.resize(np.arange(len(rows)), organisations)
    cluster = clusters[np.random.default_rng(1).integers(len(clusters), size=organisations)]
    rows = rows.iloc[again].reset_index(drop=True).assign(organisation=np.arange(organisations), cluster=cluster)
    behind = {**made.behind, "memberships": made.behind["memberships"].select(again)}
    return replace(made, tables={**made.tables, "memberships": rows}, behind=behind)


def comparison(organisations: int) -> tuple[object, ...]:
    """Seconds of processors for one question of all pairs, the first and the next."""
    whole = in_clusters(organisations)
    first, result = cost_of(lambda: partners(whole))
    following, _ = cost_of(lambda: partners(whole))
    count = len(result.table("pairs").rows) + result.table("pairs").cut
    return organisations, count, first.cpu, following.cpu, peak_memory()


def served(wishes: Wishes, slots: int, tables: int) -> float:
    """What first come, first served counts."""
    busy = np.zeros((wishes.participants, slots), dtype=bool)
    free = np.full(slots, tables)
    total = 0.0
    for meeting in np.argsort(-wishes.weight, kind="stable"):
        open_ = ~(busy[wishes.first[meeting]] | busy[wishes.second[meeting]]) & (free > 0)
        if open_.any():
            slot = int(open_.argmax())
            busy[[wishes.first[meeting], wishes.second[meeting]], slot] = True
            free[slot] -= 1
            total += float(wishes.weight[meeting])
    return total


def mission(people: int, meetings: int, slots: int, tables: int, two_sided: bool) -> tuple[object, ...]:
    """One schedule, and its rival."""
    draw = np.random.default_rng(people)
    count = people if two_sided else 2 * people
    one, other = np.indices((people, people)).reshape(2, -1) if two_sided else np.triu_indices(count, 1)
    wished = 1.0 / ((1 + one) * (1 + other)) ** 0.5
    some = draw.choice(len(one), size=meetings, replace=False, p=wished / wished.sum())
    first, second = one[some], other[some] + (people if two_sided else 0)
    wishes = Wishes(first, second, 1.0 / draw.integers(1, 11, size=meetings), 2 * people)
    cost, found = cost_of(lambda: schedule(wishes, slots, tables))
    sides = "two sides" if two_sided else "all with all"
    lacking = [100 * (1 - total / found.bound) for total in (found.total, served(wishes, slots, tables))]
    return sides, 2 * people, meetings, slots, tables, cost.cpu, *lacking


if __name__ == "__main__":
    sizes = [int(size) for size in sys.argv[1:]] or [10_000, 100_000]
    show(
        f"Comparing {CLUSTERS} clusters, seconds of processors and peak of memory",
        ("organisations", "pairs", "first", "next", "MB"),
        (alone(comparison, size) for size in sizes),
    )
    show(
        "Scheduling meetings, seconds of processors; what is lacking of the most possible, in %",
        ("who", "participants", "wished", "slots", "tables", "s", "schedule", "first come"),
        (mission(*size, two_sided) for two_sided in (True, False) for size in MISSIONS),
    )
