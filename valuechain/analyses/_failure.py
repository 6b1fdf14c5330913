"""Who cannot go on without whom: essential inputs, their suppliers, and what stops when one organisation fails."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import EVIDENCE_COLUMNS, active_supplies, told_inputs
from valuechain.kernels.failure import Requirements, requirements, single_points, stopped_by
from valuechain.model.merge import by_status
from valuechain.model.schema import STATUS_RANK

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Integers
    from valuechain.model.graph import ValueGraph

ASSUMED = 0.5
"""How much less sure it is that an input stops its buyer where nobody said whether it is essential."""


@dataclass(frozen=True, eq=False)
class Failure:
    """One organisation fails alone: who else stops, in that order, and the input whose loss stops each.

    Organisations are positions; `cause` has an entry for everybody, a row of `Dependencies.inputs` or -1 for those who
    go on.
    """

    organisation: int
    stopped: Integers
    cause: Integers


@dataclass(frozen=True, eq=False)
class Dependencies:
    """Inputs whose suppliers are known, and what follows from them when somebody fails.

    `inputs` has one row per buyer and capability that somebody is known to supply: buyer, capability, essential (yes,
    no, or assumed where nobody said), in_house (the buyer is stated to offer it itself), confidence, status, the
    evidence columns need, offer, input, and stock_days (how long the buyer's stock lasts, empty where nobody said).
    `links` holds the active supply links in the order of the inputs, indexed by their row in the graph; those of input
    i are `starts[i]` to `starts[i + 1]`. `critical` are the rows of `inputs` without which the buyer stops, the
    essential ones and those assumed to be; `requirements` are these and their suppliers for the kernels. An input
    without a known supplier is not there: it counts as met and is not assessed.
    """

    graph: ValueGraph
    inputs: pd.DataFrame
    links: pd.DataFrame
    starts: Integers
    critical: Integers
    requirements: Requirements

    def suppliers(self, row: int) -> tuple[int, ...]:
        """Return the suppliers of a row of `inputs`, each once, in ascending order."""
        return tuple(sorted(set(self._suppliers[self.starts[row] : self.starts[row + 1]].tolist())))

    def of_buyer(self, organisation: int) -> Integers:
        """Return the rows of `inputs` of one buyer."""
        buyers = self.inputs["buyer"].to_numpy(np.int64)
        first, last = np.searchsorted(buyers, [organisation, organisation + 1])
        return np.arange(first, last)

    def supplied_alone(self, organisation: int) -> Integers:
        """Return the critical inputs (rows of `inputs`) that one organisation alone supplies."""
        net = self.requirements
        served = net.served[net.served_start[organisation] : net.served_start[organisation + 1]]
        alone: Integers = self.critical[served[served[:, 2] == 1, 1]]
        return alone

    def links_of(self, rows: Iterable[int]) -> pd.DataFrame:
        """Return the rows of `links` that serve some rows of `inputs`."""
        return self.links.iloc[np.concatenate([np.arange(self.starts[row], self.starts[row + 1]) for row in rows])]

    def what_stops(self, organisation: int) -> Failure:
        """Return who stops when `organisation` alone fails: exactly, however many they are."""
        stopped, lost = stopped_by(self.requirements, organisation)
        cause = np.full(len(self.graph["organisations"]), -1, dtype=np.int64)
        cause[stopped] = self.critical[lost]
        return Failure(organisation, stopped, cause)

    def single_points(self, organisation: int) -> tuple[int, ...]:
        """Return whose failure alone stops `organisation`, the nearest first."""
        return tuple(single_points(self.requirements, organisation).tolist())

    def way(self, failure: Failure, target: int) -> list[tuple[int, ...]]:
        """Return the inputs through whose loss `failure` reaches `target`, step by step back from it.

        The first step holds the input that `target` loses, the next what its suppliers lose, and so on.
        """
        steps, waiting, met = [], [target], {failure.organisation, target}
        while waiting:
            step = tuple(dict.fromkeys(int(failure.cause[organisation]) for organisation in waiting))
            before = dict.fromkeys(supplier for row in step for supplier in self.suppliers(row))
            waiting = [supplier for supplier in before if supplier not in met]
            met.update(waiting)
            steps.append(step)
        return steps

    def evidence(self, rows: Iterable[int]) -> tuple[int, ...]:
        """Return the records behind rows of `inputs`: the supply links and what makes them essential."""
        found: dict[int, None] = {}
        for row in rows:
            links = self._supplies[self.starts[row] : self.starts[row + 1]]
            found.update(dict.fromkeys(self.graph.evidence("supplies", links)))
            for table, told in self._said:
                if told[row] >= 0:
                    found.update(dict.fromkeys(self.graph.evidence(table, (told[row],))))
        return tuple(found)

    @cached_property
    def _suppliers(self) -> Integers:
        """Supplier of each of `links`."""
        return np.asarray(self.links["supplier"], dtype=np.int64)

    @cached_property
    def _supplies(self) -> Integers:
        """Row in the graph of each of `links`."""
        return np.asarray(self.links.index, dtype=np.int64)

    @cached_property
    def _said(self) -> list[tuple[str, Integers]]:
        """Tables, and rows of them, that say whether each input is essential."""
        told = [(table, name) for name, table in EVIDENCE_COLUMNS.items() if name in self.inputs]
        return [(table, self.inputs[name].to_numpy(np.int64)) for table, name in told]


def dependencies(graph: ValueGraph) -> Dependencies:
    """Return who depends on whom, of the chain asked about or of all; the latter is made once for a graph.

    An input is essential when the buyer's own need says so, else when an arc of the chain, or of the buyer's own bill
    of materials, makes it essential for something that the buyer offers; when they say that it is not, it stops nobody.
    Where neither speaks of it, it counts as essential by assumption. An input is as sure as the least sure of its
    supply links and of what makes it essential; half as sure if that is assumed. What follows from the chain or from
    an assumption is inferred. Only a stated offer of its own makes a buyer independent of its suppliers, not one
    guessed from a project title.
    """
    if graph.scope.chain:
        links = active_supplies(graph)
        return _of_links(graph, links[(graph["capabilities"]["chain"] == graph.scope.chain)[links["capability"]].array])
    return replace(graph.once(_of_all_links), graph=graph)


def _of_all_links(graph: ValueGraph) -> Dependencies:
    return _of_links(graph, active_supplies(graph))


def _of_links(graph: ValueGraph, links: pd.DataFrame) -> Dependencies:
    """The dependencies that some of the active supply links make."""
    import pandas as pd

    links = links.iloc[np.lexsort((links["capability"].to_numpy(np.int64), links["buyer"].to_numpy(np.int64)))]
    links = links.assign(rank=by_status(links["status"], STATUS_RANK).astype(np.int64))
    grouped = links.groupby(_PAIR, sort=True)
    inputs = grouped.agg(
        confidence=("confidence", "min"), rank=("rank", "max"), stock_days=("stock_cover_days", "max")
    ).reset_index()
    said = pd.concat([_stated(graph), _implied(graph)]).drop_duplicates(_PAIR)
    inputs = inputs.merge(said, on=_PAIR, how="left", suffixes=("", "_said"))
    assumed = inputs["essential"].isna()
    confidence = np.fmin(inputs["confidence"], inputs["confidence_said"]) * np.where(assumed, ASSUMED, 1.0)
    rank = np.fmax(inputs["rank"], inputs["rank_said"].fillna(STATUS_RANK["inferred"])).astype("int64")
    own = np.isin(_pairs(graph, inputs, "buyer"), _pairs(graph, stated_offers(graph), "organisation"))
    evidence = {name: inputs[name].fillna(-1).astype("int64") for name in EVIDENCE_COLUMNS if name in inputs}
    inputs = inputs[[*_PAIR, "stock_days"]].assign(
        essential=inputs["essential"].fillna("assumed").astype("str"),
        in_house=own,
        confidence=confidence,
        status=rank.map({rank: status for status, rank in STATUS_RANK.items()}).astype("str"),
        **evidence,
    )
    rows = grouped.ngroup().to_numpy(np.int64)
    starts = np.searchsorted(rows, np.arange(len(inputs) + 1))
    critical = np.flatnonzero(inputs["essential"] != "no").astype(np.int64)
    return Dependencies(graph, inputs, links, starts, critical, _requirements(graph, inputs, links, rows, critical))


def _pairs(graph: ValueGraph, rows: pd.DataFrame, who: str) -> Integers:
    """A number for each pair of organisation and capability."""
    pairs: Integers = rows[who].to_numpy(np.int64) * (len(graph["capabilities"]) + 1) + rows["capability"].to_numpy(
        np.int64
    )
    return pairs


def _requirements(
    graph: ValueGraph, inputs: pd.DataFrame, links: pd.DataFrame, rows: Integers, critical: Integers
) -> Requirements:
    """The critical inputs and their suppliers; what a firm makes itself it supplies itself."""
    place = np.full(len(inputs), -1, dtype=np.int64)
    place[critical] = np.arange(len(critical))
    needed = place[rows]
    buyers = inputs["buyer"].to_numpy(np.int64)[critical]
    own = np.flatnonzero(inputs["in_house"].to_numpy(bool)[critical])
    return requirements(
        buyers,
        np.concatenate([needed[needed >= 0], own]),
        np.concatenate([links["supplier"].to_numpy(np.int64)[needed >= 0], buyers[own]]),
        len(graph["organisations"]),
    )


def stated_offers(graph: ValueGraph) -> pd.DataFrame:
    """Return what organisations are stated to offer, for own use or others: organisation and capability."""
    offers = graph["offers"]
    return offers.loc[offers["status"] != "inferred", ["organisation", "capability"]]


_PAIR = ["buyer", "capability"]
_SAID = [*_PAIR, "essential", "confidence", "rank"]


def _stated(graph: ValueGraph) -> pd.DataFrame:
    """What buyers said themselves of the inputs they need: essential (yes or no)."""
    needs = graph["needs"]
    needs = needs.assign(
        buyer=needs["organisation"],
        essential=_yes_or_no(needs["essential"]),
        rank=needs["status"].map(STATUS_RANK).astype("int64"),
        need=needs.index,
    )
    return needs[[*_SAID, "need"]].dropna(subset=["essential"])


def _implied(graph: ValueGraph) -> pd.DataFrame:
    """What the chain and own bills of materials say of the inputs of what buyers offer; essential for anything counts.

    Of several reasons the surest comes first. The order of the stages alone says nothing of what is essential.
    """
    arcs = told_inputs(graph)
    arcs = arcs.assign(input=arcs.index, said=_yes_or_no(arcs["essential"])).dropna(subset=["said"])
    offers = graph["offers"]
    offers = offers.assign(offer=offers.index)[["organisation", "capability", "confidence", "status", "offer"]]
    made = offers.merge(arcs, left_on="capability", right_on="to_capability", suffixes=("", "_of_arc"))
    made = made[(made["organisation_of_arc"] < 0) | (made["organisation_of_arc"] == made["organisation"])]
    ranks = [by_status(made[name], STATUS_RANK).astype(np.int64) for name in ("status", "status_of_arc")]
    made = made.assign(
        buyer=made["organisation"],
        capability=made["from_capability"],
        essential=made["said"],
        confidence=np.minimum(made["confidence"], made["confidence_of_arc"]),
        rank=np.maximum.reduce([*ranks, np.full(len(made), STATUS_RANK["inferred"])]),
    )
    surest = np.lexsort((-made["confidence"].to_numpy(float), (made["essential"] != "yes").to_numpy(bool)))
    return made[[*_SAID, "offer", "input"]].iloc[surest].drop_duplicates(_PAIR)


def _yes_or_no(flags: pd.Series[bool]) -> pd.Series[str]:
    """Flags as words; empty where nothing is said."""
    return flags.map({True: "yes", False: "no"})
