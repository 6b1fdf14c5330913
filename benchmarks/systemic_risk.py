"""The systemic-risk index: milliseconds a firm, against the same formulas in sparse matrices, in one run.

    python -m benchmarks.systemic_risk [ORGANISATIONS] [LINKS] [FIRMS]

By default 2,000 firms, picked by chance, of 100,000 with 500,000 links from `benchmarks.networks` (5 links a firm;
Hungary has 4.5: 1,104,141 among 243,399, Diem et al. 2023); FIRMS 0 takes all. Stop at 0.01, market = sector, inputs of
the lower half of the sectors essential for each other, as in the golden network of the tests. The anchor follows each
failure with scipy's sparse matrices over the whole network, 20 of the same firms. CPU seconds of all cores are told, so
that two cores need half of it on the clock.
"""

from __future__ import annotations

import sys

import numpy as np
from scipy.sparse import csr_array

from benchmarks._measure import cost_of, show
from benchmarks.networks import Network, network
from valuechain.kernels.economy import ESSENTIAL, NON_ESSENTIAL, Economy, economy
from valuechain.kernels.systemic_risk import spread_of_each
from valuechain.model.arrays import Floats, Integers

EPS, MOST = 0.01, 1000
OF_ANCHOR = 20


def grades(made: Network) -> Integers:
    """Return how essential each link is: goods of the lower half of the sectors for makers of such."""
    half = (int(made.sector.max()) + 1) // 2
    both = (made.sector[made.supplier] < half) & (made.sector[made.buyer] < half)
    return np.where(both, ESSENTIAL, NON_ESSENTIAL)


def compiled(made: Network) -> Economy:
    """Return the network as the kernel takes it."""
    sectors = made.sector[made.supplier]
    return economy(made.supplier, made.buyer, made.value, sectors, grades(made), made.sector)


class Matrices:
    """The same network in sparse matrices: a row for each input of a buyer, a column for each supplier."""

    def __init__(self, made: Network) -> None:
        count = made.organisations
        grade, sectors = grades(made), int(made.sector.max()) + 2
        kept = np.where(grade == ESSENTIAL, made.sector[made.supplier] + 1, 0)
        inputs, row = np.unique(made.buyer * sectors + kept, return_inverse=True)
        self.buyer = inputs // sectors
        self.sector = made.sector
        self.sold = np.bincount(made.supplier, made.value, count)
        bought = np.where(grade == ESSENTIAL, np.bincount(row, made.value)[row],
                          np.bincount(made.buyer, made.value, count)[made.buyer])  # fmt: skip
        self.down = csr_array((made.value / bought, (row, made.supplier)), shape=(len(inputs), count))
        taken = made.value / self.sold[made.supplier]
        self.up = csr_array((taken, (made.supplier, made.buyer)), shape=(count, count))

    def at_risk(self, failed: int, weight: Floats) -> float:
        """Return the index of one firm."""
        shock = np.zeros(len(weight))
        shock[failed] = 1.0
        down, up = shock, shock
        for _ in range(MOST):
            left = np.bincount(self.sector, self.sold * (1 - down))[self.sector]
            missing = np.where(self.sold < left, self.sold / np.where(left > 0, left, 1.0), 1.0) * down
            next_down = shock.copy()
            np.maximum.at(next_down, self.buyer, np.minimum(1.0, np.asarray(self.down @ missing)))
            next_up = np.maximum(shock, np.minimum(1.0, np.asarray(self.up @ up)))
            change = max(float((next_down - down).max()), float((next_up - up).max()))
            down, up = next_down, next_up
            if change <= EPS:
                break
        return float(weight @ np.maximum(down, up))


def main(organisations: int = 100_000, links: int = 500_000, firms: int = 2_000) -> None:
    """Measure and print."""
    made = network(organisations, links)
    weight = np.bincount(made.supplier, made.value, organisations) / made.value.sum()
    everybody = np.random.default_rng(7).permutation(organisations)
    chosen = everybody[:firms] if firms else everybody
    laid_out, net = cost_of(lambda: compiled(made))
    spread_of_each(net, chosen[:2], weight, EPS, MOST)  # compiles
    ours, spread = cost_of(lambda: spread_of_each(net, chosen, weight, EPS, MOST))
    matrices = Matrices(made)
    few = chosen[:OF_ANCHOR].tolist()
    matrices.at_risk(few[0], weight)
    anchor, figures = cost_of(lambda: [matrices.at_risk(firm, weight) for firm in few])
    ours_few, _ = cost_of(lambda: spread_of_each(net, chosen[:OF_ANCHOR], weight, EPS, MOST))
    each, of_anchor = 1e3 * ours.cpu / len(chosen), 1e3 * anchor.cpu / len(few)
    off = float(np.abs(np.array(figures) - spread.at_risk[: len(few)]).max())
    show(
        f"Systemic risk, {organisations:,} organisations, {links:,} links, eps {EPS}",
        ("", "firms", "CPU ms a firm", "wall ms a firm", "x anchor", "steps", "largest difference"),
        [
            ("sparse matrices (anchor)", len(few), of_anchor, 1e3 * anchor.wall / len(few), 1.0, "", ""),
            ("kernel, the same firms", len(few), 1e3 * ours_few.cpu / len(few), 1e3 * ours_few.wall / len(few),
             ours_few.cpu / anchor.cpu, float(spread.steps[: len(few)].mean()), f"{off:.1e}"),
            ("kernel", len(chosen), each, 1e3 * ours.wall / len(chosen), each / of_anchor,
             float(spread.steps.mean()), ""),
            ("laying out the network", 0, 1e3 * laid_out.cpu, 1e3 * laid_out.wall, "", "", ""),
        ],
    )  # fmt: skip
    print(f"All {organisations:,} firms: about {each * organisations / 1e3:,.0f} CPU seconds.")
    print(f"Less than 1 % at risk: {100 * float((spread.at_risk < 0.01).mean()):.1f} % of the firms.")


if __name__ == "__main__":
    main(*(int(word.replace(",", "")) for word in sys.argv[1:]))
