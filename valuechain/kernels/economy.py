"""Who sells to whom, laid out so that losses spread along it fast."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from valuechain.kernels.rows import starts

if TYPE_CHECKING:
    from valuechain.model.arrays import Floats, Integers

NEGLIGIBLE, NON_ESSENTIAL, ESSENTIAL = 0, 1, 2

LOSS, NEXT, PASSED, INPUTS = 0, 1, 2, 3
"""Cells of a firm's block: what it has lost, what it will have lost after this step, how much of that was passed on,
and from there on what each of its inputs lacks."""

_LINK = np.dtype([("firm", np.int32), ("input", np.int32), ("share", np.float64)])
_SELLER = np.dtype([("output", np.float64), ("market", np.int64)])


class Flow(NamedTuple):
    """One direction in which losses are passed on, with all that does not depend on who fails.

    What changes while a loss spreads lies in one array, in which firm i has the cells `block[i]` to `block[i + 1]`.
    Firm i passes its loss on along `links[start[i] : start[i + 1]]`: `firm` stands at the other end, `input` is the
    cell of what it then lacks, `share` how much of that came from i. `sellers` are the `output` of each firm (what it
    sells) and its `market` (-1 = none), `mass` is what a market sells in all.
    """

    start: Integers
    links: Any
    block: Integers
    sellers: Any
    mass: Floats


class Economy(NamedTuple):
    """Who sells to whom: losses go down to buyers, who lack inputs, and up to suppliers, who lack sales.

    Inside, firms stand in another order, those with most links first, so that what is read most lies close together:
    firm i of the caller is firm `place[i]`.
    """

    down: Flow
    up: Flow
    place: Integers


def economy(
    supplier: Integers,
    buyer: Integers,
    value: Floats,
    product: Integers,
    essential: Integers,
    market: Integers,
) -> Economy:
    """Return the compressed form of a network of N firms and L links.

    Parameters
    ----------
    supplier, buyer : integers (L,), 0..N-1
        Ends of each link; parallel links add up, a firm may supply itself.
    value : floats (L,), 0..
        What the link is worth, in any unit; links worth nothing do not count.
    product : integers (L,), 0..
        Which input of the buyer the link serves; in the published method the supplier's sector.
    essential : integers (L,)
        NEGLIGIBLE, NON_ESSENTIAL or ESSENTIAL for the buyer; the same for all links of one buyer and product.
    market : integers (N,), -1..
        Firms of one market can stand in for each other; for a firm of market -1 nobody can.
    """
    count = len(market)
    worth = value > 0
    supplier, buyer, value = supplier[worth], buyer[worth], value[worth]
    product, essential = product[worth], essential[worth]
    links = np.bincount(supplier, minlength=count) + np.bincount(buyer, minlength=count)
    place = np.empty(count, dtype=np.int64)
    place[np.argsort(-links, kind="stable")] = np.arange(count)
    supplier, buyer = place[supplier], place[buyer]
    sellers = np.empty(count, dtype=_SELLER)
    sellers["output"], sellers["market"][place] = _sums(supplier, value, count), market
    bought = _sums(buyer, value, count)
    products = int(product.max(initial=0)) + 1
    _, of_product = np.unique(buyer * products + product, return_inverse=True)
    each = np.where(essential == ESSENTIAL, value / _sums(of_product, value, 0)[of_product], value / bought[buyer])
    kept = essential != NEGLIGIBLE
    served = np.where(essential == ESSENTIAL, product + 1, 0)
    taken = value / sellers["output"][supplier]
    traded = sellers[sellers["market"] >= 0]
    mass = _sums(traded["market"], traded["output"], 1)
    irreplaceable = sellers.copy()
    irreplaceable["market"] = -1
    return Economy(
        _flow(supplier[kept], buyer[kept], served[kept], each[kept], sellers, mass),
        _flow(buyer, supplier, np.zeros_like(buyer), taken, irreplaceable, mass),
        place,
    )


def _flow(source: Integers, target: Integers, served: Integers, share: Floats, sellers: Any, mass: Floats) -> Flow:
    """Lay out the links along which each `source` passes its loss to an input of `target`."""
    count = len(sellers)
    kinds = int(served.max(initial=0)) + 1
    inputs, number = np.unique(target * kinds + served, return_inverse=True)
    whose = inputs // kinds
    block = starts(whose, count) + INPUTS * np.arange(count + 1)
    cell = np.arange(len(inputs)) + INPUTS * (whose + 1)
    links = np.empty(len(source), dtype=_LINK)
    links["firm"], links["input"], links["share"] = target, cell[number], share
    in_order = np.lexsort((links["input"], source))
    return Flow(starts(source, count).astype(np.int32), links[in_order], block.astype(np.int32), sellers, mass)


def _sums(groups: Integers, values: Floats, count: int) -> Floats:
    """Sum of the values of each group, for at least `count` groups."""
    return np.bincount(groups, values, count).astype(np.float64)
