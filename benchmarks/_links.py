"""How the links of a made-up supply network are drawn: recipes, power laws, markets, and links that are turned."""

from __future__ import annotations

import numpy as np

from valuechain.model.arrays import Floats, Integers

SUPPLIER_TAIL, CUSTOMER_TAIL = 1.35, 1.0
"""Exponents of how many suppliers are wanted and how often one is chosen; firms that offer the same share its buyers,
so that the tail of the customers comes out steeper than this."""

FEWEST = 0.8
"""Taken off what the power law gives, so that small firms are smaller than it says."""

SIZE_MATTERS = 0.85
"""Correlation, between normal scores, of a firm's size with how many suppliers and how many customers it has."""

UPSTREAM, NEARBY, RETURNED, CLOSED = 0.75, 0.5, 0.02, 0.05
"""Shares: of inputs from further upstream, of suppliers sought in the buyer's region, of links that are turned to a
customer of the buyer, and to a supplier of one of its suppliers."""

REGIONS, SECTORS, ROUNDS = 40, 60, 200


def recipes(chance: np.random.Generator, capabilities: int, inputs: int) -> Integers:
    """What goes into each capability: mostly from further upstream (smaller numbers), and some of it into many."""
    popular = power_law(chance.standard_normal(capabilities), 1.5)
    numbers = np.arange(capabilities)
    weights = popular * np.where(numbers[None, :] < numbers[:, None], UPSTREAM, 1.0 - UPSTREAM)
    weights /= np.exp(np.abs(numbers[None, :] - numbers[:, None]) / (capabilities / 4))
    np.fill_diagonal(weights, 0.0)
    keys = chance.random(weights.shape) ** (1.0 / np.maximum(weights, 1e-12))  # weighted choice without repeats
    return np.argsort(-keys, axis=1)[:, :inputs].astype(np.int64)


def tied_to(chance: np.random.Generator, size: Floats) -> Floats:
    tied: Floats = SIZE_MATTERS * size + (1 - SIZE_MATTERS**2) ** 0.5 * chance.standard_normal(len(size))
    return tied


def power_law(scores: Floats, exponent: float) -> Floats:
    """Numbers in the order of `scores`, the cumulative distribution of the large ones falling with `exponent`."""
    rank = np.argsort(np.argsort(-scores))
    law: Floats = ((rank + 0.5) / len(scores)) ** (-1.0 / exponent)
    return law - FEWEST


def zipf(chance: np.random.Generator, kinds: int, count: int) -> Integers:
    weights = 1.0 / np.arange(1, kinds + 1) ** 0.7
    return chance.choice(kinds, count, p=weights / weights.sum()).astype(np.int64)


def spread(chance: np.random.Generator, weights: Floats, count: int) -> Integers:
    """The buyer of each of `count` links, in ascending order, about in proportion to `weights`."""
    ends = np.cumsum(weights) * (count / weights.sum())
    return np.searchsorted(ends, np.arange(count) + chance.random(), side="right").clip(max=len(weights) - 1)


class Market:
    """Makers of each capability, in each region and anywhere, each chosen in proportion to a weight."""

    def __init__(self, makes: Integers, region: Integers, weights: Floats, capabilities: int) -> None:
        self.region = region
        self.order = np.lexsort((region, makes))
        self.ends = np.concatenate([[0.0], np.cumsum(weights[self.order])])
        group = (makes * REGIONS + region)[self.order]
        self.starts = np.searchsorted(group, np.arange(capabilities * REGIONS + 1))

    def pick(self, chance: np.random.Generator, capability: Integers, buyer: Integers) -> Integers:
        """A maker for each buyer, half of the times from its region if there is one."""
        local = capability * REGIONS + self.region[buyer]
        nearby = (chance.random(len(buyer)) < NEARBY) & (self.starts[local] < self.starts[local + 1])
        start = self.starts[np.where(nearby, local, capability * REGIONS)]
        stop = self.starts[np.where(nearby, local + 1, (capability + 1) * REGIONS)]
        at = self.ends[start] + chance.random(len(buyer)) * (self.ends[stop] - self.ends[start])
        place = np.searchsorted(self.ends, at, side="right") - 1
        return np.where(start < stop, self.order[place.clip(0, len(self.order) - 1)], buyer)


def chosen(
    chance: np.random.Generator, market: Market, buyer: Integers, recipe: Integers, slot: Integers
) -> tuple[Integers, Integers, Integers]:
    """A supplier for every link, drawn again while it is the buyer itself or was there already."""
    buyer, makes = buyer.copy(), np.empty(len(market.order), dtype=np.int64)
    makes[market.order] = np.repeat(np.arange(len(recipe)), np.diff(market.starts[::REGIONS]))
    supplier, capability, open_ = np.zeros_like(buyer), np.zeros_like(buyer), np.arange(len(buyer))
    for round_ in range(ROUNDS):
        if not len(open_):
            order = np.lexsort((capability, supplier, buyer))
            return supplier[order], buyer[order], capability[order]
        if round_ >= 8:  # who has every maker already leaves the link to somebody else
            buyer[open_] = chance.integers(len(makes), size=len(open_))
        capability[open_] = recipe[makes[buyer[open_]], slot[open_]]
        supplier[open_] = market.pick(chance, capability[open_], buyer[open_])
        open_ = np.flatnonzero(~_standing(supplier, buyer, capability)[1] | (supplier == buyer))
    raise ValueError(f"{len(buyer):,} different links do not fit among {len(makes):,} organisations.")


def _standing(supplier: Integers, buyer: Integers, capability: Integers) -> tuple[np.ndarray, np.ndarray]:
    """For each link how many are like it, and whether it is the first of these."""
    both = buyer * (supplier.max(initial=0) + 1) + supplier
    _, first, place, times = np.unique(
        both * (capability.max(initial=0) + 1) + capability, return_index=True, return_inverse=True, return_counts=True
    )
    foremost = np.zeros(len(both), dtype=bool)
    foremost[first] = True
    return times[place], foremost


def turned(
    chance: np.random.Generator, supplier: Integers, buyer: Integers, capability: Integers, organisations: int
) -> tuple[Integers, Integers, Integers]:
    """Turn a few links to a customer of their buyer, and to a supplier of one of its suppliers."""
    count = len(buyer)
    by_supplier = np.argsort(supplier, kind="stable")
    of_buyer = np.searchsorted(buyer, np.arange(organisations + 1))
    of_supplier = np.searchsorted(supplier[by_supplier], np.arange(organisations + 1))

    def any_of(starts: Integers, whose: Integers) -> Integers:
        """Any link of each, -1 where there is none."""
        some = starts[whose] < starts[whose + 1]
        place = starts[whose] + (chance.random(len(whose)) * (starts[whose + 1] - starts[whose])).astype(np.int64)
        return np.where(some, place, -1)

    turned = supplier.copy()
    lot = chance.random(count)
    back = np.flatnonzero(lot < RETURNED)
    sale = any_of(of_supplier, buyer[back])
    turned[back] = np.where(sale >= 0, buyer[by_supplier[sale]], supplier[back])
    closing = np.flatnonzero(lot > 1 - CLOSED)
    through = supplier[any_of(of_buyer, buyer[closing])]
    purchase = any_of(of_buyer, through)
    kept = (through == supplier[closing]) | (purchase < 0)
    turned[closing] = np.where(kept, supplier[closing], supplier[purchase])
    while (clash := (turned != supplier) & ((_standing(turned, buyer, capability)[0] > 1) | (turned == buyer))).any():
        turned = np.where(clash, supplier, turned)
    return turned, buyer, capability
