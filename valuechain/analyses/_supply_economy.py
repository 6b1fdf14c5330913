"""The supply links as an economy: who sells to whom for how much, what is essential, who can stand in for whom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._essentiality import Essentiality, essentiality_of_links
from valuechain.analyses._failure import Dependencies, dependencies
from valuechain.analyses._link_values import LinkValues, link_values
from valuechain.analyses._sector_of import SectorOf, sector_of
from valuechain.kernels.economy import Economy, economy
from valuechain.model.graph import Adjacency
from valuechain.model.language import plural, say
from valuechain.model.schema import STATUS_OF_RANK, STATUS_RANK

if TYPE_CHECKING:
    from valuechain.model.arrays import Booleans, Floats, Integers
    from valuechain.model.graph import ValueGraph


@dataclass(frozen=True, eq=False)
class SupplyEconomy:
    """The network in which failures spread, and what it rests on.

    `net` is its form for the kernel, with two more firms behind all organisations, a supplier and a customer elsewhere;
    `weight` what each organisation counts, together 1 (0 for those without links); `traded` flags who takes part: who
    has a link that is worth something. `known` holds the links, `values` and `essentiality` have an entry for each of
    them. `market`, `weighed_by` and `elsewhere` are as they were asked for, see `supply_economy`.
    """

    graph: ValueGraph
    known: Dependencies
    values: LinkValues
    essentiality: Essentiality
    sector: SectorOf
    market: str
    weighed_by: str
    elsewhere: bool
    net: Economy
    weight: Floats
    traded: Booleans

    @cached_property
    def status(self) -> str:
        """The least certain status of all links; inferred at least where values or inputs are not what people said."""
        ranks = [STATUS_RANK[status] for status in self.known.links["status"].unique()]
        guessed = self.values.in_inputs or self.values.known < 1 or self.essentiality.known < 1
        return STATUS_OF_RANK[max([*ranks, STATUS_RANK["inferred"] if guessed else 0])]

    @cached_property
    def coverage(self) -> float:
        """How much is known of the whole network, 0..1: see `confidence`."""
        parts = [self.values.known, self.essentiality.known]
        if self.market == "sector" or self.essentiality.by_sector:
            parts.append(float((self.sector.number[self.traded] >= 0).mean()) if self.traded.any() else 0.0)
        return float(np.prod([(1 + part) / 2 for part in parts]))

    @cached_property
    def confidence(self) -> Floats:
        """How sure each organisation's figures are, 0..1: its least sure link, times what is known of the network.

        Each of these halves the confidence if it is known for no link or organisation at all, in proportion else: what
        links are worth, how essential they are, and, if it is used, the sectors.
        """
        sure = np.ones(len(self.weight))
        of_link = self.known.links["confidence"].to_numpy(float)
        for end in ("supplier", "buyer"):
            np.minimum.at(sure, self.known.links[end].to_numpy(np.int64), of_link)
        return np.where(self.traded, sure * self.coverage, 0.0)

    @cached_property
    def _links(self) -> Adjacency:
        """The links of each organisation, whichever end it is."""
        supplier, buyer = (self.known.links[end].to_numpy(np.int64) for end in ("supplier", "buyer"))
        ends, others = np.concatenate([supplier, buyer]), np.concatenate([buyer, supplier])
        return Adjacency.from_pairs(ends, others, len(self.weight))

    def links_of(self, organisation: int) -> Integers:
        """Return the links of an organisation, as rows of the table supplies."""
        places = self._links.links[self._links.indptr[organisation] : self._links.indptr[organisation + 1]]
        rows: Integers = self.known.links.index.to_numpy(np.int64)[places % len(self.known.links)]
        return rows

    def evidence(self, organisation: int) -> tuple[int, ...]:
        """Return the records of an organisation's links, or of itself where it has none."""
        rows = self.links_of(organisation) if len(self.known.links) else ()
        return self.graph.evidence("supplies", rows) or self.graph.evidence("organisations", [organisation])

    def neighbours(self, organisation: int, end: str) -> list[int]:
        """Return who stands at the given end ("supplier" or "buyer") of an organisation's links, the largest first."""
        links = self.known.links
        other = {"supplier": "buyer", "buyer": "supplier"}[end]
        chosen = (links[other] == organisation).to_numpy(bool)
        worth = np.bincount(links[end].to_numpy(np.int64)[chosen], self.values.value[chosen], len(self.weight))
        order = np.argsort(-worth, kind="stable")
        return [int(one) for one in order[: int((worth > 0).sum())]]

    def notes(self, unstated: str) -> tuple[str, ...]:
        """Say what the network rests on."""
        notes = [*self.values.notes(), *self._notes_on_elsewhere(), self.essentiality.note(unstated)]
        unknown = int((self.traded & (self.sector.number < 0)).sum())
        if self.market == "sector" and unknown:
            notes.append(
                say(
                    "The sector of {organisations} in the network is not known: nobody can stand in for them.",
                    organisations=plural(unknown, "organisation"),
                )
            )
        untold = int((self.traded & self.graph["organisations"]["turnover_eur"].isna().to_numpy(bool)).sum())
        if self.weighed_by == "turnover" and untold:
            notes.append(
                say(
                    "The turnover of {organisations} is not known; what they lose counts nothing.",
                    organisations=plural(untold, "organisation"),
                )
            )
        return tuple(notes)

    def _notes_on_elsewhere(self) -> list[str]:
        """Say whose trade is known only in part."""
        supplier = np.unique(self.known.links["supplier"].to_numpy(np.int64)[self.values.value > 0])
        if not self.elsewhere:
            return [say("These links count as all that is sold and bought, as in the publication.")]
        more = int((self.values.sold_elsewhere[supplier] > 0).sum())
        notes = []
        if more:
            notes.append(
                say(
                    "Of {suppliers} {more:,} sell more than these links cover, as turnover or shares of sales say; the "
                    "rest is sold elsewhere, where nobody fails.",
                    suppliers=plural(len(supplier), "supplier"),
                    more=more,
                )
            )
        if more < len(supplier):
            notes.append(
                say(
                    "For {suppliers} the links count as all that is sold: their losses for want of sales are the most "
                    "that they can be.",
                    suppliers=plural(len(supplier) - more, "supplier"),
                )
            )
        buyers = self.known.links["buyer"].to_numpy(np.int64)[self.values.bought_elsewhere > 0]
        if len(buyers):
            notes.append(
                say(
                    "A part of an input comes from suppliers not known here, who go on, for {buyers}.",
                    buyers=plural(len(np.unique(buyers)), "buyer"),
                )
            )
        return notes


def supply_economy(
    graph: ValueGraph, contents: str, unstated: str, market: str, weight: str, elsewhere: bool
) -> SupplyEconomy:
    """Return the economy that the active supply links of a graph make, those of one chain if it is asked about.

    What is traded elsewhere is a supplier and a customer of their own behind all organisations; neither ever fails nor
    passes anything on.

    Parameters
    ----------
    graph : ValueGraph
    contents, unstated : str
        What is essential, see `essentiality_of_links`.
    market : {"sector", "none"}
        Whether firms of one sector can stand in for each other.
    weight : {"throughput", "sales", "turnover"}
        What an organisation counts: what it sells or buys along the links, whichever is more; what it sells along
        them; or its turnover.
    elsewhere : bool
        Whether what is traded beyond the links counts.
    """
    known = dependencies(graph)
    sector = sector_of(graph)
    values = link_values(graph, known.links)
    essentiality = essentiality_of_links(known, sector, contents, unstated)
    supplier, buyer = (known.links[end].to_numpy(np.int64) for end in ("supplier", "buyer"))
    count = len(graph["organisations"])
    of_market = sector.number if market == "sector" else np.full(count, -1, dtype=np.int64)
    sold, bought = (np.bincount(end, values.value, count).astype(float) for end in (supplier, buyer))
    size = np.maximum(sold, bought) if weight == "throughput" else sold
    if weight == "turnover":
        size = np.where((sold > 0) | (bought > 0), graph["organisations"]["turnover_eur"].fillna(0.0), 0.0)
    share = size / size.sum() if size.sum() > 0 else size
    everybody = np.arange(count)
    inside = (supplier, buyer, values.value, essentiality.product, essentiality.grade)
    bought_there = (np.full_like(buyer, count), buyer, values.bought_elsewhere, *inside[3:])
    sold_there = (everybody, np.full(count, count + 1), values.sold_elsewhere, *np.zeros((2, count), dtype=np.int64))
    parts = (inside, bought_there, sold_there) if elsewhere else (inside,)
    of_supplier, of_buyer, value, product, grade = (np.concatenate(column) for column in zip(*parts, strict=True))
    net = economy(of_supplier, of_buyer, value, product, grade, np.concatenate([of_market, [-1, -1]]))
    return SupplyEconomy(
        graph, known, values, essentiality, sector, market, weight, elsewhere, net,
        share, (sold > 0) | (bought > 0),
    )  # fmt: skip
