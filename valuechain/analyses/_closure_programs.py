"""Linear programs over sites and products: how long stocks and sites carry the demand, and the least that is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array, hstack, vstack
from scipy.sparse.csgraph import connected_components

from valuechain.model.arrays import Floats, Integers
from valuechain.model.watching import tell

FOREVER = 36_500.0
"""Days, a hundred years: what lasts so long does not run out."""

TOGETHER = 500
"""So many products that share sites are solved in one program; those that share nothing do not disturb each other."""


@dataclass(frozen=True, eq=False)
class Sites:
    """What is left to deliver: sites, and which product each of them can make.

    Parameters
    ----------
    capacity : Floats, shape (sites,)
        Units per day of all products together.
    site, product : Integers, shape (arcs,)
        One entry for each product that a site can make.
    """

    capacity: Floats
    site: Integers
    product: Integers

    def without(self, site: int) -> Sites:
        """Return the same sites after one of them closed."""
        capacity = self.capacity.copy()
        capacity[site] = 0.0
        return Sites(capacity, self.site, self.product)


def times_to_survive(sites: Sites, demand: Floats, stock: Floats) -> Floats:
    """Return for each product how long no demand is lost on it nor on those that share sites with it.

    Maximise t subject to sum_i y_ij >= d_j t - s_j and sum_j y_ij <= c_i t, for each set of products that share sites.

    Parameters
    ----------
    sites : Sites
        Those that go on.
    demand, stock : Floats, shape (products,)
        Units per day, and units at hand.

    Returns
    -------
    Days, shape (products,); infinite where it does not run out within a hundred years.

    References
    ----------
    D. Simchi-Levi et al. (2015), Interfaces 45(5).
    """
    block = _blocks(sites, len(demand))
    found = np.full(len(demand), np.inf)
    alone = _alone(block)
    capacity = np.bincount(sites.product, sites.capacity[sites.site], len(demand))
    found[alone] = time_to_survive(capacity[alone], demand[alone], stock[alone])

    def solve(part: _Part) -> None:
        longest = _longest(part, demand[part.products], stock[part.products])
        found[part.products] = np.where(longest < FOREVER * (1 - 1e-6), longest, np.inf)[part.block]

    _in_parts(sites, block, ~alone, solve)
    return found


def time_to_survive(capacity: Floats, demand: Floats, stock: Floats) -> Floats:
    """Return the same for products that share no site: s / (d - c), infinite where d <= c.

    `capacity` is that of all sites that make the product.
    """
    lacking = demand - capacity
    ends = lacking * FOREVER > stock
    found = np.full(len(demand), np.inf)
    np.divide(stock, lacking, out=found, where=ends)
    return found


def least_losses(sites: Sites, demand: Floats, stock: Floats, cost: Floats, days: Floats) -> Floats:
    """Return the units of each product that are lost when everybody does the best to lose little.

    Minimise sum_j f_j l_j subject to sum_i y_ij + l_j >= d_j t_j - s_j and sum_j y_ij <= c_i t, where t is the longest
    t_j of the products that site i can make.

    Parameters
    ----------
    sites, demand, stock
        As in `times_to_survive`.
    cost : Floats, shape (products,)
        Cost f_j of a lost unit; only its ratio to that of other products matters.
    days : Floats, shape (products,)
        How long the closure lasts for each product.

    Returns
    -------
    Units lost, shape (products,). The impact is sum_j f_j l_j.
    """
    block = _blocks(sites, len(demand))
    wanted = np.maximum(0.0, demand * days - stock)
    alone = _alone(block)
    capacity = np.bincount(sites.product, sites.capacity[sites.site], len(demand))
    lost: Floats = np.where(alone, np.maximum(0.0, wanted - capacity * days), 0.0)

    def solve(part: _Part) -> None:
        own = part.products
        lost[own] = _losses(part, wanted[own], cost[own], days[own])

    _in_parts(sites, block, ~alone, solve)
    return lost


def exposure_index(impacts: Floats) -> Floats:
    """Return each impact over the largest, 0..1; all 0 where nothing is lost whoever closes."""
    largest = impacts.max(initial=0.0)
    return impacts / largest if largest > 0 else np.zeros(len(impacts))


@dataclass(frozen=True, eq=False)
class _Part:
    """Products that are solved in one program, with the sites they share, all renumbered; `block` of each product."""

    products: Integers
    block: Integers
    sites: Sites

    @property
    def makes(self) -> csr_array:
        """Products x arcs, 1 where the arc makes the product."""
        arcs = np.arange(len(self.sites.product))
        return csr_array((np.ones(len(arcs)), (self.sites.product, arcs)), shape=(len(self.products), len(arcs)))

    @property
    def uses(self) -> csr_array:
        """Sites x arcs, 1 where the arc uses the site."""
        arcs = np.arange(len(self.sites.site))
        return csr_array((np.ones(len(arcs)), (self.sites.site, arcs)), shape=(len(self.sites.capacity), len(arcs)))


def _longest(part: _Part, demand: Floats, stock: Floats) -> Floats:
    """The longest time of each block."""
    blocks = int(part.block.max()) + 1
    scale = _means(part.block, demand, blocks)
    site_block = np.zeros(len(part.sites.capacity), dtype=np.int64)
    site_block[part.sites.site] = part.block[part.sites.product]
    rates = vstack(
        [
            _column(demand / scale[part.block], part.block, blocks),
            _column(-part.sites.capacity / scale[site_block], site_block, blocks),
        ]
    )
    flows = vstack([-part.makes, part.uses])
    arcs = flows.shape[1]
    answer = linprog(  # type: ignore[call-overload]  # its stubs know no sparse matrices
        np.concatenate([np.zeros(arcs), -np.ones(blocks)]),
        A_ub=hstack([flows, rates]).tocsr(),
        b_ub=np.concatenate([stock / scale[part.block], np.zeros(len(site_block))]),
        bounds=[(0.0, None)] * arcs + [(0.0, FOREVER)] * blocks,
        method="highs",
    )
    assert answer.status == 0, answer.message  # t = 0 is always possible, and t is bounded
    return np.asarray(answer.x[arcs:], dtype=float)


def _losses(part: _Part, wanted: Floats, cost: Floats, days: Floats) -> Floats:
    """The units of each product lost at least cost."""
    longest = np.zeros(len(part.sites.capacity))
    np.maximum.at(longest, part.sites.site, days[part.sites.product])
    scale = float(wanted.mean()) or 1.0
    flows = vstack([-part.makes, part.uses])
    arcs, products = flows.shape[1], len(wanted)
    missing = vstack([-_column(np.ones(products), np.arange(products), products), csr_array((len(longest), products))])
    own, site = part.sites.product, part.sites.site
    most = np.minimum(part.sites.capacity[site] * days[own], wanted[own]) / scale
    able = np.minimum(part.sites.capacity * longest, wanted.sum()) / scale
    answer = linprog(  # type: ignore[call-overload]  # its stubs know no sparse matrices
        np.concatenate([np.zeros(arcs), cost / (float(cost.max()) or 1.0)]),
        A_ub=hstack([flows, missing]).tocsr(),
        b_ub=np.concatenate([-wanted / scale, able]),
        bounds=[*((0.0, one) for one in most), *((0.0, one) for one in wanted / scale)],
        method="highs",
    )
    assert answer.status == 0, answer.message  # losing all that is wanted is always possible
    return np.asarray(answer.x[arcs:], dtype=float) * scale


def _column(values: Floats, column: Integers, columns: int) -> csr_array:
    """A matrix with one value in each row."""
    rows = np.arange(len(values))
    return csr_array(coo_array((values, (rows, column)), shape=(len(values), columns)))


def _means(block: Integers, values: Floats, blocks: int) -> Floats:
    """The mean of each block, 1 where it is 0."""
    means = np.bincount(block, values, blocks) / np.bincount(block, minlength=blocks)
    return np.where(means > 0, means, 1.0)


def _blocks(sites: Sites, products: int) -> Integers:
    """Products with the same number share sites, directly or through others."""
    count = products + len(sites.capacity)
    ends = sites.product, products + sites.site
    links = coo_array((np.ones(len(sites.site)), ends), shape=(count, count))
    return np.asarray(connected_components(links, directed=False)[1], dtype=np.int64)[:products]


def _alone(block: Integers) -> np.ndarray:
    """Which products share no site with another one."""
    counted: np.ndarray = np.bincount(block)[block] == 1 if len(block) else np.zeros(0, dtype=bool)
    return counted


def _in_parts(sites: Sites, block: Integers, shared: np.ndarray, solve: Callable[[_Part], None]) -> None:
    """Solve the products that share sites, whole blocks at a time, telling how far it is."""
    products = np.flatnonzero(shared)
    products = products[np.argsort(block[products], kind="stable")]
    arcs_of = np.argsort(sites.product, kind="stable")
    starts = np.searchsorted(sites.product[arcs_of], np.arange(len(block) + 1))
    done = 0
    while done < len(products):
        last = block[products[min(done + TOGETHER, len(products)) - 1]]
        end = done + int(np.searchsorted(block[products[done:]], last, side="right"))
        own = products[done:end]
        arcs = np.concatenate([arcs_of[starts[one] : starts[one + 1]] for one in own])
        used, site = np.unique(sites.site[arcs], return_inverse=True)
        product = np.searchsorted(np.sort(own), sites.product[arcs])
        own = np.sort(own)
        _, renumbered = np.unique(block[own], return_inverse=True)
        solve(_Part(own, renumbered, Sites(sites.capacity[used], site, product)))
        done = end
        tell(done, len(products))
