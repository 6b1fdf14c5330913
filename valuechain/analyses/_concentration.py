"""How a purchase is shared among suppliers and regions: shares of links, and the Herfindahl index of any grouping."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from valuechain.model.language import term

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._failure import Dependencies
    from valuechain.model.arrays import Floats, Integers

STATED, BY_VALUE = term("stated"), term("by value")
IN_PART, ASSUMED_EQUAL = term("stated in part"), term("assumed equal")
BASES = (STATED, BY_VALUE, IN_PART, ASSUMED_EQUAL)
"""What shares rest on: all stated, values of a year, stated with the rest split, or the number of suppliers alone."""

SURENESS = {STATED: 1.0, BY_VALUE: 1.0, IN_PART: 0.75, ASSUMED_EQUAL: 0.5}
"""How much of the confidence of its links an index keeps, by what the shares rest on."""


class Concentration(NamedTuple):
    """How each of several wholes is shared among its parts.

    `herfindahl` is the sum of squared shares, from 1 / parts to 1, not a number where a whole weighs nothing; `parts`
    counts the parts of each, `largest` names the part with the largest share (-1 where there is none) and
    `largest_share` gives that share.
    """

    herfindahl: Floats
    parts: Integers
    largest: Integers
    largest_share: Floats


def concentration_of(whole: Integers, part: Integers, weight: Floats, wholes: int) -> Concentration:
    """Return how each whole is shared among its parts.

    Parameters
    ----------
    whole, part : integers (L,)
        Which whole and which part each entry belongs to, from 0; entries of one part add up.
    weight : floats (L,), 0..
        What each entry weighs.
    wholes : int
        How many wholes there are.
    """
    count = int(part.max(initial=0)) + 1
    pairs, place = np.unique(whole * count + part, return_inverse=True)
    weights = np.bincount(place, weight, len(pairs))
    of, part = pairs // count, pairs % count
    total = np.bincount(of, weights, wholes)
    share = weights / np.where(total > 0, total, np.nan)[of]
    order = np.lexsort((part, -share, of))
    parts = np.bincount(of, minlength=wholes)
    present = parts > 0
    first = order[np.cumsum(parts)[present] - parts[present]]
    largest, largest_share = np.full(wholes, -1, dtype=np.int64), np.full(wholes, np.nan)
    largest[present], largest_share[present] = part[first], share[first]
    herfindahl = np.where(total > 0, np.bincount(of, np.square(np.nan_to_num(share)), wholes), np.nan)
    return Concentration(np.minimum(herfindahl, 1.0), parts, largest, largest_share)


class Split(NamedTuple):
    """How purchases are split among links: `share` (0..1) of each link, and for each purchase on which of BASES
    (positions) that rests, and what the stated shares add up to (0 where none is)."""

    share: Floats
    basis: Integers
    told: Floats


def split(purchase: Integers, group: Integers, stated: Floats, value: Floats, purchases: int) -> Split:
    """Return the shares of the links of each purchase; they add up to 1.

    Stated shares are divided by their sum. Where one is missing and all values are known, shares follow the values.
    Else what the stated shares leave of 1 is split equally among the legal groups that lack one, and within a group
    among its links; where nothing is stated, all groups count alike.

    Parameters
    ----------
    purchase, group : integers (L,)
        What is bought by whom, from 0, and the legal group of the supplier.
    stated, value : floats (L,)
        Share 0..1 and value of a year, not a number where unknown.
    purchases : int
        How many purchases there are.
    """
    lacking = np.isnan(stated)
    count = int(group.max(initial=0)) + 1
    pairs, place = np.unique(purchase * count + group, return_inverse=True)
    of = pairs // count
    unknown_links = np.bincount(place, lacking, len(pairs))
    unknown_groups = np.bincount(of, unknown_links > 0, purchases)
    told: Floats = np.bincount(purchase, np.nan_to_num(stated), purchases).astype(float)
    rest = np.clip(1.0 - told, 0.0, None)[purchase]
    equally = rest / np.maximum(1.0, unknown_groups[purchase]) / np.maximum(1.0, unknown_links[place])
    weight = np.where(lacking, equally, np.nan_to_num(stated))

    links = np.bincount(purchase, minlength=purchases)
    missing = np.bincount(purchase, lacking, purchases)
    worth = np.bincount(purchase, np.nan_to_num(value), purchases)
    valued = (np.bincount(purchase, np.isnan(value), purchases) == 0) & (worth > 0)
    by_value = valued & ((missing > 0) | (told == 0))
    weight = np.where(by_value[purchase], np.nan_to_num(value), weight)
    nothing = np.bincount(purchase, weight, purchases) == 0
    members = np.bincount(place, minlength=len(pairs))[place]
    weight = np.where(nothing[purchase], 1.0 / np.maximum(1, members), weight)
    basis = np.select([by_value, nothing | (missing == links), missing > 0], [1, 3, 2], 0)
    return Split(weight / np.bincount(purchase, weight, purchases)[purchase], basis, told)


@dataclass(frozen=True, eq=False)
class Purchases:
    """What buyers buy and how it is shared among their suppliers.

    `inputs` are rows of `Dependencies.inputs`, indexed as there, with the columns of these and: groups (independent
    suppliers), herfindahl (0..1), largest (a legal group), largest_share, basis (one of BASES), told (sum of stated
    shares), value_eur (empty where not known of every link), sure (0..1, how sure the index is). `links` are their
    supply links, each supplier once for each input, with the columns purchase (place in `inputs`), group and part
    (share of the purchase, 0..1).
    """

    inputs: pd.DataFrame
    links: pd.DataFrame


def purchases(known: Dependencies, rows: Integers) -> Purchases:
    """Return how some inputs (rows of `known.inputs`) are shared among their suppliers.

    Of several links of one supplier for the same input, the one that began last counts; the others are the same told
    earlier. An index is as sure as the least sure of its links, times SURENESS of what the shares rest on unless all
    suppliers are one group, times the part of the purchase that stated shares account for.
    """
    inputs, links = known.inputs.iloc[rows], _told_last(known, rows)
    purchase = links["purchase"].to_numpy(np.int64)
    group = known.graph.legal_groups[links["supplier"].to_numpy(np.int64)]
    stated, value = (links[name].to_numpy(float, na_value=np.nan) for name in ("share", "value_eur"))
    shares = split(purchase, group, stated, value, len(inputs))
    index = concentration_of(purchase, group, shares.share, len(inputs))
    least = links["confidence"].groupby(purchase).min().to_numpy(float)
    sureness = np.array([SURENESS[basis] for basis in BASES])[shares.basis]
    accounted = np.where(shares.basis == BASES.index(STATED), np.minimum(1.0, shares.told), 1.0)
    return Purchases(
        inputs.assign(
            suppliers=np.bincount(purchase, minlength=len(inputs)),
            groups=index.parts,
            herfindahl=index.herfindahl,
            largest=index.largest,
            largest_share=index.largest_share,
            basis=np.array(BASES, dtype=object)[shares.basis],
            told=shares.told,
            value_eur=np.bincount(purchase, value, len(inputs)),
            sure=least * np.where(index.parts == 1, 1.0, sureness) * accounted,
        ),
        links.assign(group=group, part=shares.share),
    )


def _told_last(known: Dependencies, rows: Integers) -> pd.DataFrame:
    """The links of some inputs, of each supplier the one that began last; `purchase` is the place in `rows`."""
    counts = np.diff(known.starts)[rows]
    places = np.repeat(known.starts[rows] - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
    links = known.links.iloc[places].assign(purchase=np.repeat(np.arange(len(rows)), counts))
    if not links.duplicated(["purchase", "supplier"]).any():
        return links
    began = links.sort_values("since", na_position="first", kind="stable")
    return began.drop_duplicates(["purchase", "supplier"], keep="last").sort_values("purchase", kind="stable")
