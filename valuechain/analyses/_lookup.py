"""Rows of a table by the organisation or capability that they name, found without looking at the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array

from valuechain.analyses._chain import active_supplies, known_needs, known_offers

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Integers
    from valuechain.model.graph import ValueGraph


def ranges(starts: Integers, stops: Integers) -> Integers:
    """Return all whole numbers from each start up to its stop, one range after the other."""
    counts = stops - starts
    before = np.cumsum(counts) - counts
    return np.repeat(starts - before, counts) + np.arange(counts.sum())


@dataclass(frozen=True, eq=False)
class Lookup:
    """A table and where in it the rows of each thing stand, in compressed sparse row form.

    Those that name thing i in the column looked at stand at the places `places[starts[i] : starts[i + 1]]`.
    """

    table: pd.DataFrame
    starts: Integers
    places: Integers

    @staticmethod
    def by(table: pd.DataFrame, column: str, things: int) -> Lookup:
        """Order the rows of a table by the thing (a position below `things`) in one of its columns, -1 aside."""
        named = table[column].to_numpy(np.int64)
        chosen = np.flatnonzero(named >= 0)
        ends = named[chosen], np.arange(len(chosen))
        ordered = coo_array((chosen, ends), shape=(things, len(chosen))).tocsr()
        return Lookup(table, ordered.indptr.astype(np.int64), ordered.data.astype(np.int64))

    def places_of(self, *things: int) -> Integers:
        """Return where the rows of some things stand, in the order of the table."""
        if len(things) == 1:
            return self.places[self.starts[things[0]] : self.starts[things[0] + 1]]
        rows = np.unique(np.array(things, dtype=np.int64))
        return np.sort(self.places[ranges(self.starts[rows], self.starts[rows + 1])])

    def of(self, *things: int) -> pd.DataFrame:
        """Return the rows of some things, in the order of the table."""
        return self.table.iloc[self.places_of(*things)]


_OF_SUPPLIES = [
    "supplier", "buyer", "capability", "relation", "share", "sales_share", "lead_time_days", "stock_cover_days",
    "confidence", "status",
]  # fmt: skip
"""Columns of the supply links that are looked up: rows of few columns are taken many times faster."""


def bought_by(graph: ValueGraph, *organisations: int) -> pd.DataFrame:
    """Return the active supply links to some buyers; the index is the row in `graph["supplies"]`."""
    return graph.once(_bought).of(*organisations)


def sold_by(graph: ValueGraph, *organisations: int) -> pd.DataFrame:
    """Return the active supply links from some suppliers; the index is the row in `graph["supplies"]`."""
    return graph.once(_sold).of(*organisations)


def links_of(graph: ValueGraph, *capabilities: int) -> pd.DataFrame:
    """Return the supply links of some capabilities, those that no longer or not yet deliver too."""
    return graph.once(_links).of(*capabilities)


def made_by(graph: ValueGraph, *organisations: int) -> pd.DataFrame:
    """Return the offers of organisations, for own use or others; the index is the row in `graph["offers"]`."""
    return graph.once(_made).of(*organisations)


def member_of(graph: ValueGraph, organisation: int) -> pd.DataFrame:
    """Return an organisation's memberships; the index is the row in `graph["memberships"]`."""
    return graph.once(_memberships).of(organisation)


def needs_of(graph: ValueGraph, organisation: int) -> pd.DataFrame:
    """Return the rows of `known_needs` of one organisation."""
    return graph.once(_needs_of).of(organisation)


def needs_for(graph: ValueGraph, *capabilities: int) -> pd.DataFrame:
    """Return the rows of `known_needs` of some capabilities."""
    return graph.once(_needs_for).of(*capabilities)


def makers_of(graph: ValueGraph, *capabilities: int) -> pd.DataFrame:
    """Return the offers of some capabilities, for own use or others; the index is the row in `graph["offers"]`."""
    return graph.once(_makers).of(*capabilities)


def offers_of(graph: ValueGraph, *capabilities: int) -> pd.DataFrame:
    """Return the rows of `known_offers` of some capabilities."""
    return graph.once(_offers_of).of(*capabilities)


def places_of_offers(graph: ValueGraph, capability: int) -> Integers:
    """Return where in `known_offers` the offers of one capability stand."""
    return graph.once(_offers_of).places_of(capability)


def _bought(graph: ValueGraph) -> Lookup:
    return Lookup.by(active_supplies(graph)[_OF_SUPPLIES], "buyer", len(graph["organisations"]))


def _sold(graph: ValueGraph) -> Lookup:
    return Lookup.by(active_supplies(graph)[_OF_SUPPLIES], "supplier", len(graph["organisations"]))


def _links(graph: ValueGraph) -> Lookup:
    return Lookup.by(graph["supplies"][_OF_SUPPLIES], "capability", len(graph["capabilities"]))


def _made(graph: ValueGraph) -> Lookup:
    return Lookup.by(graph["offers"], "organisation", len(graph["organisations"]))


def _makers(graph: ValueGraph) -> Lookup:
    return Lookup.by(graph["offers"][["organisation", "capability", "as_of"]], "capability", len(graph["capabilities"]))


def _memberships(graph: ValueGraph) -> Lookup:
    return Lookup.by(graph["memberships"], "organisation", len(graph["organisations"]))


def _needs_of(graph: ValueGraph) -> Lookup:
    return Lookup.by(known_needs(graph), "organisation", len(graph["organisations"]))


def _needs_for(graph: ValueGraph) -> Lookup:
    return Lookup.by(known_needs(graph), "capability", len(graph["capabilities"]))


def _offers_of(graph: ValueGraph) -> Lookup:
    return Lookup.by(known_offers(graph), "capability", len(graph["capabilities"]))
