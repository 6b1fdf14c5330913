"""What supply links are worth: as stated, computed from shares, estimated, or each input counted as one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from valuechain.model.language import plural, say

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Booleans, Floats
    from valuechain.model.graph import ValueGraph

ENOUGH = 0.5
"""From this share of links with a known value on, those of the others are estimated; below it no value is used."""

_INPUT = ["buyer", "capability"]
_ROUNDING = 1e-6
"""A smaller part of purchases comes from rounded shares, not from another supplier."""


@dataclass(frozen=True, eq=False)
class LinkValues:
    """What each supply link is worth in a year, `value`: in EUR, or in inputs if `in_inputs`.

    `stated` and `computed` flag the links whose value somebody stated, and those for which it follows from shares.
    What the links do not cover is traded elsewhere: `bought_elsewhere` is what the buyer spends elsewhere on the same
    input, one entry for each link (its part of it), `sold_elsewhere` what each organisation sells elsewhere.
    """

    value: Floats
    in_inputs: bool
    stated: Booleans
    computed: Booleans
    bought_elsewhere: Floats
    sold_elsewhere: Floats

    @property
    def known(self) -> float:
        """Share of the links whose value is stated or computed, 0..1."""
        return float((self.stated | self.computed).mean()) if len(self.value) else 0.0

    def notes(self) -> tuple[str, ...]:
        """Say what the values rest on."""
        count, stated, computed = len(self.value), int(self.stated.sum()), int(self.computed.sum())
        if self.in_inputs:
            return (
                say(
                    "The value of {known:,} of {links} is known, too few to estimate the others: every input of every "
                    "buyer counts the same, divided among its suppliers by their shares where known, else equally. "
                    "Output is counted in inputs, not in EUR.",
                    known=stated + computed,
                    links=plural(count, "supplier link"),
                ),
            )
        links = plural(count, "supplier link")
        notes = [say("The value of a year is stated for {stated:,} of {links}.", stated=stated, links=links)]
        if computed:
            notes.append(
                say(
                    "For {links} it is computed: the share of the buyer's purchases times what these are worth, or the "
                    "share of the supplier's sales times its turnover.",
                    links=plural(computed, "more link"),
                )
            )
        if stated + computed < count:
            notes.append(
                say(
                    "For the other {count:,} it is estimated: the median of the known links of the same capability, or "
                    "of all where none is known.",
                    count=count - stated - computed,
                )
            )
        worthless = int((self.value == 0).sum())
        if worthless:
            notes.append(
                plural(
                    worthless, "supplier link worth EUR 0 does not count.", "supplier links worth EUR 0 do not count."
                )
            )
        return tuple(notes)


def link_values(graph: ValueGraph, links: pd.DataFrame) -> LinkValues:
    """Return what supply links are worth, and what is traded beyond them.

    Where the value is not stated it is computed, first from the link's share of what the buyer spends on the
    capability (if another link with a share states its value), else from its share of the supplier's sales (if the
    supplier's turnover is known). If at least ENOUGH of all links are then known, the others are taken for the median
    of the known ones of the same capability, or of all. If not, nothing in EUR is used at all: the purchases of each
    input count as one, divided by `share` where known.

    A buyer whose suppliers of an input together have a share below 1 buys the rest elsewhere. A supplier whose turnover
    is known, or else follows from a link's value and its share of the sales, sells elsewhere what its links do not
    cover; this is known in EUR alone.

    Parameters
    ----------
    graph : ValueGraph
    links : DataFrame
        Rows of `graph["supplies"]`.
    """
    stated = links["value_eur"].notna().to_numpy(bool)
    spent = _spent(links)
    turnover = links["supplier"].map(graph["organisations"]["turnover_eur"]).astype(float)
    value = links["value_eur"].fillna(spent * links["share"]).fillna(turnover * links["sales_share"]).astype(float)
    computed = value.notna().to_numpy(bool) & ~stated
    known, nowhere = stated | computed, np.zeros(len(graph["organisations"]))
    if len(links) == 0 or known.mean() < ENOUGH or not (value > 0).any():
        part = _parts_of_inputs(links)
        rest = _rest(part, part.groupby([links[name] for name in _INPUT]).transform("sum"), 1.0)
        return LinkValues(part.to_numpy(float), True, stated, computed, rest, nowhere)
    usual = value.groupby(links["capability"]).transform("median")
    value = value.fillna(usual).fillna(value.median())
    rest = _rest(value, value.groupby([links[name] for name in _INPUT]).transform("sum"), spent)
    return LinkValues(value.to_numpy(float), False, stated, computed, rest, _sold_elsewhere(graph, links, value))


def _spent(links: pd.DataFrame) -> pd.Series[float]:
    """What the buyer of each link spends on its capability in all, not a number where it does not follow."""
    both = links[links["value_eur"].notna() & (links["share"] > 0)]
    sums = both.groupby(_INPUT)[["value_eur", "share"]].sum()
    spent: pd.Series[float] = links.join((sums["value_eur"] / sums["share"]).rename("spent"), on=_INPUT)["spent"]
    return spent


def _rest(value: pd.Series[float], covered: pd.Series[float], spent: pd.Series[float] | float) -> Floats:
    """What part of the purchases beyond the links of its input falls to each link."""
    beyond = ((spent - covered) / covered.where(covered > 0)).fillna(0.0).clip(lower=0.0)
    rest: Floats = (value * beyond.where(beyond > _ROUNDING, 0.0)).to_numpy(float)
    return rest


def _sold_elsewhere(graph: ValueGraph, links: pd.DataFrame, value: pd.Series[float]) -> Floats:
    """What each organisation sells beyond its links."""
    organisations = graph["organisations"]
    sold = value.groupby(links["supplier"]).sum().reindex(organisations.index, fill_value=0.0)
    both = links["value_eur"].notna() & (links["sales_share"] > 0)
    of_supplier = links.loc[both].groupby("supplier")[["value_eur", "sales_share"]].sum()
    implied = (of_supplier["value_eur"] / of_supplier["sales_share"]).reindex(organisations.index)
    total = organisations["turnover_eur"].astype(float).fillna(implied)
    beyond: Floats = (total - sold).where(sold > 0).fillna(0.0).clip(lower=0.0).to_numpy(float)
    return beyond


def _parts_of_inputs(links: pd.DataFrame) -> pd.Series[float]:
    """What part of its input each link delivers; the links of one input add up to 1 at most."""
    of_input = [links[name] for name in _INPUT]
    share = links["share"].astype(float)
    known = share.groupby(of_input).transform("sum")
    unknown = share.isna().groupby(of_input).transform("sum")
    rest = (1 - known).where(known < 1, share.groupby(of_input).transform("mean")) / unknown.where(unknown > 0, 1)
    part = share.fillna(rest)
    total = part.groupby(of_input).transform("sum")
    return part / total.where(total > 1, 1.0)
