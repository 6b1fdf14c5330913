"""Pairs to learn from and to test on: new links, and pairs without one beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._pair_features import partners
from valuechain.kernels.rows import starts

if TYPE_CHECKING:
    from valuechain.analyses._link_history import Pairs
    from valuechain.kernels.pair_features import Surroundings
    from valuechain.model.arrays import Booleans, Floats, Integers

MOST_NEW = 20_000
"""So many new partners, those of organisations drawn by chance, are learnt from and tested on at most."""

NEAREST, RANDOM = 50, 50
"""Pairs without a link that are set beside each new link: with partners as many as the new one has, and any."""


@dataclass(frozen=True, eq=False)
class Examples:
    """Pairs to learn from.

    `first[i]` is paired with `second[start[i] : start[i + 1]]`; `became` says which of these became links; `weight` is
    1 / sqrt(new partners of the first), so that those with many do not drown the rest.
    """

    first: Integers
    start: Integers
    second: Integers
    became: Booleans
    weight: Floats


def linked(links: Pairs, count: int, first: Integers, second: Integers) -> Booleans:
    """Return which pairs are among the links, whichever end is named first."""
    low, high = np.minimum(first, second), np.maximum(first, second)
    found: Booleans = np.isin(low * count + high, links.first * count + links.second)
    return found


def by_source(links: Pairs, count: int, chance: np.random.Generator) -> tuple[Integers, Integers, Integers]:
    """Return who got new partners (with MOST_NEW of these at most), where the new ones of each begin, and these."""
    ends = np.concatenate([links.first, links.second]), np.concatenate([links.second, links.first])
    sources, count_of_each = np.unique(ends[0], return_counts=True)
    drawn = chance.permutation(len(sources))
    sources = np.sort(sources[drawn[np.cumsum(count_of_each[drawn]) <= MOST_NEW]])
    kept = np.isin(ends[0], sources)
    first, second = ends[0][kept], ends[1][kept]
    order = np.lexsort((second, first))
    row = np.searchsorted(sources, first[order])
    return sources, starts(row, len(sources)), second[order]


def examples(around: Surroundings, links: Pairs, known: Booleans, chance: np.random.Generator) -> Examples:
    """Return each source with its new partners, and pairs without a link beside them."""
    sources, begin, new = by_source(links, len(known), chance)
    degree = partners(around)
    order = by_degree(degree, known, chance)
    others: list[Integers] = [np.zeros(0, dtype=np.int64)]
    for place, source in enumerate(sources):
        found = new[begin[place] : begin[place + 1]]
        unlinked = order[strangers(around, known, source, found)[order]]
        near = [nearest(degree, unlinked, one, NEAREST) for one in found]
        drawn = chance.choice(unlinked, min(len(unlinked), RANDOM * len(found)), replace=False)
        others.append(np.concatenate([found, np.unique(np.concatenate([*near, drawn]))]))
    count = np.array([len(some) for some in others[1:]], dtype=np.int64)
    second = np.concatenate(others)
    became = linked(links, len(known), np.repeat(sources, count), second)
    weight = np.repeat(1.0 / np.sqrt(np.diff(begin)), count)
    return Examples(sources, np.concatenate([[0], np.cumsum(count)]), second, became, weight)


def strangers(around: Surroundings, known: Booleans, source: int, new: Integers) -> Booleans:
    """Return who was known, and neither is nor became a partner of one organisation."""
    chosen = known.copy()
    chosen[source] = False
    chosen[around.partner[around.start[source] : around.start[source + 1]]] = False
    chosen[new] = False
    return chosen


def by_degree(degree: Integers, known: Booleans, chance: np.random.Generator) -> Integers:
    """Return those known in the order of their partners; equal ones in an order of chance.

    Who is not known takes no part in the draw, so that nothing depends on how many there are.
    """
    everybody = np.flatnonzero(known)
    return everybody[np.lexsort((chance.random(len(everybody)), degree[everybody]))]


def nearest(degree: Integers, ordered: Integers, one: int, most: int) -> Integers:
    """Return the `most` of those in `ordered` whose number of partners is nearest, as a ratio, to that of `one`."""
    sizes = np.log1p(degree[ordered])
    size = np.log1p(degree[one])
    low, high = np.searchsorted(sizes, size, "left"), np.searchsorted(sizes, size, "right")
    begin, end = max(0, low - most), min(len(ordered), max(high, low + most) + most)
    window = np.arange(begin, end)
    # Of equal ones the first are taken: `ordered` has them in an order of chance.
    order = np.argsort(np.abs(sizes[window] - size), kind="stable")[:most]
    return ordered[window[order]]
