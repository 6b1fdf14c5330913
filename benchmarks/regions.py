"""What all pairs of regions could gain from each other, beside a plain loop over the pairs, in one run.

    python -m benchmarks.regions [ORGANISATIONS]

First the figures alone: 334 regions, as many as NUTS 2 had with the United Kingdom, by 70 capabilities, with counts
drawn at random. Relatedness, gains, what both gain and similarity of all pairs as products of matrices, beside the same
in plain Python, pair by pair. Both begin with the specialisations; the kernels are measured three times, the least
counts, the loop once. What they found is compared.

Then the analysis `collaboration` as a whole, in a process of its own, on a network of `benchmarks.networks` (by default
100,000 organisations with 500,000 supply links) whose organisations are spread over 334 regions: all pairs, one region,
one pair. The figures of all pairs, first alone and counted from the graph on, make part of what all questions share.

Last, how firm the order of pairs is on the real projects of the demo (German regions of NUTS 2): rank correlations of
what both would gain with three organisations behind a specialisation, and with fewer or more, and of the gains with the
product of the sizes of the two regions.
"""

from __future__ import annotations

import math
import sys
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from scipy.stats import spearmanr

from benchmarks._measure import Cost, alone, cost_of, peak_memory, show
from benchmarks.networks import graph, network
from valuechain.analyses._pairs import pairs
from valuechain.analyses._pairs_seats import seats
from valuechain.analyses._pairs_ties import region_ties
from valuechain.analyses._region_matrix import region_matrix
from valuechain.analyses.collaboration import collaboration
from valuechain.kernels.complementarity import gains, mutual, similarity, worth
from valuechain.kernels.relatedness import location_quotients, relatedness
from valuechain.model.arrays import Booleans, Floats
from valuechain.model.build import build
from valuechain.model.example import snapshot
from valuechain.model.graph import Scope, ValueGraph, View
from valuechain.sources.nuts import former_labels, region_labels
from valuechain.sources.reference import demo_batches, load_reference

REGIONS, CAPABILITIES, NUTS2 = 334, 70, 4


class Figures(NamedTuple):
    """Of all pairs (regions x regions): what the first gains from the second, what both gain, how alike they are."""

    gain: Floats
    both: Floats
    alike: Floats


def specialisations(seed: int = 1) -> Booleans:
    """Return which of CAPABILITIES each of REGIONS is specialised in, from counts that follow size and popularity."""
    chance = np.random.default_rng(seed)
    size, popularity = chance.pareto(1.2, REGIONS) + 0.2, chance.pareto(1.5, CAPABILITIES) + 0.2
    counts = chance.poisson(np.outer(size, popularity) * chance.gamma(0.7, 1.4, (REGIONS, CAPABILITIES)))
    with np.errstate(invalid="ignore"):
        found: Booleans = (location_quotients(counts.astype(np.float64)) >= 1.0) & (counts >= 3)
    return found


def with_kernels(specialised: Booleans) -> Figures:
    """Return the figures of all pairs as products of matrices."""
    wanted = np.ones(specialised.shape[1], dtype=bool)
    gain = gains(worth(relatedness(specialised, "cosine"), wanted), specialised)
    return Figures(gain, mutual(gain), similarity(specialised))


def in_plain_python(specialised: Booleans) -> Figures:
    """Return the same figures pair by pair, without arrays."""
    regions = [frozenset(np.flatnonzero(row).tolist()) for row in specialised]
    activities = range(specialised.shape[1])
    holders = [{region for region, have in enumerate(regions) if one in have} for one in activities]
    together = [
        [0 if one == other else len(holders[one] & holders[other]) for other in activities] for one in activities
    ]
    met = [sum(row) for row in together]
    related = [
        [
            together[one][other] / math.sqrt(met[one] * met[other]) if together[one][other] else 0.0
            for other in activities
        ]
        for one in activities
    ]
    whole = [sum(row) for row in related]
    field = [one for one in activities if whole[one] > 0]

    def gained(own: frozenset[int], partner: frozenset[int]) -> float:
        adding = partner - own
        return sum(100.0 * sum(related[one][other] for other in adding) / whole[one] for one in field) / len(field)

    gain = [[gained(own, partner) for partner in regions] for own in regions]
    both = [[math.sqrt(gain[one][other] * gain[other][one]) for other in range(REGIONS)] for one in range(REGIONS)]
    alike = [[len(one & other) / len(one | other) if one | other else math.nan for other in regions] for one in regions]
    return Figures(np.array(gain), np.array(both), np.array(alike))


def spread_over_europe(organisations: int) -> ValueGraph:
    """Return a made-up network whose organisations lie in NUTS 2 regions of today and of before, large and small."""
    made = graph(network(organisations, 5 * organisations))
    codes = sorted(code for code in {**former_labels(), **region_labels()} if len(code) == NUTS2)[:REGIONS]
    weight = 1.0 / np.arange(1, len(codes) + 1) ** 0.7
    table = made["organisations"]
    drawn = np.random.default_rng(1).choice(codes, len(table), p=weight / weight.sum())
    return replace(made, tables={**made.tables, "organisations": table.assign(region=drawn)})


def every_pair(made: ValueGraph) -> int:
    """Count, from the graph on, what all pairs of regions would gain and what ties them; return how many have gains."""
    matrix = region_matrix(made, "organisations", 2)
    found = pairs(matrix, np.ones(len(matrix.labels), dtype=bool))
    region_ties(made, seats(made, matrix), "")
    return int((~np.isnan(found.both)).sum() - len(matrix.regions)) // 2


def asked(organisations: int) -> tuple[list[tuple[str, Cost, int]], int]:
    """Return what each question to the analysis costs and how many pairs it gave; and the peak of memory in MB."""
    made = spread_over_europe(organisations)
    codes = made["organisations"]["region"].value_counts().index
    one, other = str(codes[0]), str(codes[1])
    questions = [
        ("all pairs, first question", Scope(), ""),
        ("all pairs", Scope(), ""),
        (f"region {one}", Scope(regions=(one,)), ""),
        (f"{one} with {other}", Scope(regions=(one,)), other),
    ]
    figures, pairs_found = cost_of(lambda: every_pair(made))
    rows = [("figures of all pairs alone", figures, pairs_found)]
    for name, scope, partner in questions:
        cost, answer = cost_of(
            lambda scope=scope, partner=partner: collaboration(made.within(scope), with_region=partner)  # type: ignore[misc]
        )
        rows.append((name, cost, len(answer.table().rows)))
    return rows, peak_memory()


def firmness() -> list[tuple[str, float]]:
    """Return how far the order of the pairs of the demo's regions follows the limit of a specialisation, and size.

    Of regions that have a specialisation with three behind it.
    """
    made = build(snapshot(*demo_batches()), View(), load_reference())
    matrices = {least: region_matrix(made, "organisations", 2, least) for least in (2, 3, 4)}
    figures = {least: with_kernels(matrix.specialised) for least, matrix in matrices.items()}
    first, second = np.triu_indices(len(matrices[3].regions), 1)
    count = matrices[3].specialised.sum(axis=1)
    kept = (count[first] > 0) & (count[second] > 0)
    at = first[kept], second[kept]
    size = matrices[3].counts.sum(axis=1)
    sizes, gain = np.outer(size, size)[at], figures[3].gain
    found = [
        (f"three behind it and {least}", float(spearmanr(figures[3].both[at], figures[least].both[at])[0]))
        for least in (2, 4)
    ]
    found.append(("what both gain and size", float(spearmanr(figures[3].both[at], sizes)[0])))
    found.append(("sum of the gains and size", float(spearmanr((gain + gain.T)[at], sizes)[0])))
    return found


def main(organisations: int = 100_000) -> None:
    """Measure and print."""
    specialised = specialisations()
    with_kernels(specialised)
    ours, found = min((cost_of(lambda: with_kernels(specialised)) for _ in range(3)), key=lambda one: one[0].cpu)
    theirs, expected = cost_of(lambda: in_plain_python(specialised))
    same = all(np.allclose(one, other, atol=1e-9, equal_nan=True) for one, other in zip(found, expected, strict=True))
    title = f"All {REGIONS * (REGIONS - 1) // 2:,} pairs of {REGIONS} regions by {CAPABILITIES} capabilities"
    rows = [(*ours, *theirs, theirs.cpu / ours.cpu, "yes" if same else "NO")]
    show(title, ("CPU s", "wall s", "plain Python CPU s", "plain Python wall s", "times CPU", "same"), rows)
    answers, peak = alone(asked, organisations)
    title = f"collaboration, {organisations:,} organisations in {REGIONS} regions, peak {peak:,} MB"
    show(title, ("", "CPU s", "wall s", "pairs"), [(name, *cost, count) for name, cost, count in answers])
    show("How firm the order of the demo's pairs is", ("", "rank correlation"), firmness())


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
