"""How good and how fast the choice of fixes is: exact program, greedy choice and bound side by side, in one run.

    python -m benchmarks.fixes [ORGANISATIONS] [LINKS] [BUDGET]

By default 10,000 organisations and 50,000 supply links of a made-up network (benchmarks/networks.py), and an effort of
20. Each row holds the failures that stop the most, until they make so many pairs of who fails and who stops. `exact` is
the integer program, `greedy` the bundles, `bound` the linear program that no choice can exceed; `share` is what the
greedy choice removes of the exact one (of the bound where there is none). CPU seconds of this process.
"""

import sys
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np

from benchmarks.networks import graph, network
from valuechain.analyses._failure import dependencies
from valuechain.analyses._fixes_exact import Program
from valuechain.analyses._fixes_frontier import EXACT
from valuechain.analyses._fixes_greedy import greedy
from valuechain.analyses._fixes_measures import Market, Prices
from valuechain.analyses._fixes_problem import Problem, problem
from valuechain.analyses._reach import reach_of_suppliers
from valuechain.analyses.fixes import PAIRS, fixes
from valuechain.model.graph import Scope

SIZES = (500, 1500, EXACT, 20_000, PAIRS)

Made = TypeVar("Made")


def timed(work: Callable[[], Made]) -> tuple[Made, float]:
    """Return what `work` makes and the CPU seconds that it took."""
    start = time.process_time()
    return work(), time.process_time() - start


def greedily(found: Problem, budget: float) -> int:
    """Return what the greedy choice removes."""
    return max((found.removed(taken) for taken in greedy(found, budget)), default=0)


def main(organisations: int = 10_000, links: int = 50_000, budget: int = 20) -> None:
    """Measure and print."""
    whole = graph(network(organisations, links)).within(Scope())
    known = dependencies(whole)
    market = Market(known, Prices(1.0, 4.0, "both"))
    everybody = np.ones(len(whole["organisations"]), dtype=np.int64)
    reach = reach_of_suppliers(known)
    reach = reach[reach["stops"] > 0]
    sums = np.cumsum(reach["stops"].to_numpy(np.int64))
    greedily(problem(market, reach["organisation"].tolist()[-1:], everybody), budget)  # compiles
    print(f"{organisations:,} organisations, {len(whole['supplies']):,} links, effort {budget}: ", end="")
    print(f"{len(reach):,} failures stop somebody, {sums[-1]:,} pairs")
    print(
        f"{'pairs':>7} {'measures':>8} {'set up s':>8} {'exact':>7} {'s':>6} {'greedy':>7} {'s':>6} {'bound':>7} ",
        end="",
    )
    print(f"{'s':>6} {'share':>6}")
    for size in SIZES:
        failing = reach["organisation"].tolist()[: max(1, int(np.searchsorted(sums, size, side="right")))]
        found, made = timed(lambda failing=failing: problem(market, failing, everybody))  # type: ignore[misc]
        program = Program(found)
        bound, bounding = timed(lambda program=program: program.bound(budget))  # type: ignore[misc]
        good, fast = timed(lambda found=found: greedily(found, budget))  # type: ignore[misc]
        told, best = f"{'-':>7} {'-':>6}", bound
        if len(found.weight) <= EXACT:
            choice, slow = timed(lambda program=program: program.best(budget))  # type: ignore[misc]
            best = choice.removed
            told = f"{best:7}{' ' if choice.proven else '?'}{slow:6.2f}"
        print(f"{len(found.weight):7,} {len(found.measures):8,} {made:8.2f} {told} ", end="")
        print(f"{good:7} {fast:6.2f} {bound:7} {bounding:6.2f} {good / max(1, best):6.3f}")
        if size >= sums[-1]:
            break
    answer, took = timed(lambda: fixes(whole, budget=budget))
    print(f"The whole analysis: {took:.1f} s. {answer.verdict}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
