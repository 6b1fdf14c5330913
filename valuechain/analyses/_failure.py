"""Who cannot go on without whom: essential inputs, their suppliers, and what stops when one organisation fails."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import EVIDENCE_COLUMNS, active_supplies, told_inputs
from valuechain.kernels.failure import Requirements, requirements, single_points, stopped_by
from valuechain.model.schema import STATUS_RANK

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Floats, Integers
    from valuechain.model.graph import ValueGraph

ASSUMED = 0.5
"""How much less sure it is that an input stops its buyer where nobody said whether it is essential."""


@dataclass(frozen=True)
class Failure:
    """One organisation fails alone: who else stops, in that order, and the input whose loss stops each.

    Organisations are positions, inputs rows of `Dependencies.inputs`.
    """

    organisation: int
    stopped: tuple[int, ...]
    cause: dict[int, int]


@dataclass(frozen=True, eq=False)
class Dependencies:
    """Inputs whose suppliers are known, and what follows from them when somebody fails.

    `inputs` has one row per buyer and capability that somebody is known to supply: buyer, capability, essential (yes,
    no, or assumed where nobody said), in_house (the buyer is stated to offer it itself), confidence, status, and the
    evidence columns need, offer, input. `links` holds the active supply links, indexed by their row in the graph, with
    the column `input_row`. An input without a known supplier is not there: it counts as met and is not assessed.
    """

    graph: ValueGraph
    inputs: pd.DataFrame
    links: pd.DataFrame

    @cached_property
    def critical(self) -> Integers:
        """Rows of `inputs` without which the buyer stops: the essential ones and those assumed to be."""
        return np.flatnonzero(self.inputs["essential"] != "no").astype(np.int64)

    @cached_property
    def requirements(self) -> Requirements:
        """The critical inputs and their suppliers for the kernels; what a firm makes itself it supplies itself."""
        place = np.full(len(self.inputs), -1, dtype=np.int64)
        place[self.critical] = np.arange(len(self.critical))
        needed = place[self.links["input_row"].to_numpy(np.int64)]
        suppliers = self.links["supplier"].to_numpy(np.int64)[needed >= 0]
        buyers = self.inputs["buyer"].to_numpy(np.int64)[self.critical]
        own = np.flatnonzero(self.inputs["in_house"].to_numpy(bool)[self.critical]).astype(np.int64)
        return requirements(
            buyers,
            np.concatenate([needed[needed >= 0], own]),
            np.concatenate([suppliers, buyers[own]]),
            len(self.graph["organisations"]),
        )

    @cached_property
    def suppliers(self) -> dict[int, tuple[int, ...]]:
        """Suppliers of each row of `inputs`, each once, in ascending order."""
        supplier = self.links["supplier"].to_numpy(np.int64)
        return {row: tuple(sorted(set(supplier[places].tolist()))) for row, places in self._places.items()}

    @cached_property
    def capabilities(self) -> Integers:
        """Capability of each row of `inputs`."""
        return np.asarray(self.inputs["capability"], dtype=np.int64)

    def links_of(self, rows: Iterable[int]) -> pd.DataFrame:
        """Return the rows of `links` that serve some rows of `inputs`."""
        return self.links.iloc[np.concatenate([self._places[row] for row in rows])]

    @cached_property
    def _places(self) -> dict[int, Integers]:
        """Places in `links` of the links that serve each row of `inputs`."""
        places: dict[int, Integers] = self.links.groupby("input_row").indices
        return places

    def what_stops(self, organisation: int) -> Failure:
        """Return who stops when `organisation` alone fails: exactly, however many they are."""
        stopped, cause = stopped_by(self.requirements, organisation)
        rows = self.critical[cause]
        return Failure(organisation, tuple(stopped.tolist()), dict(zip(stopped.tolist(), rows.tolist(), strict=True)))

    def single_points(self, organisation: int) -> tuple[int, ...]:
        """Return whose failure alone stops `organisation`."""
        return tuple(single_points(self.requirements, organisation).tolist())

    def way(self, failure: Failure, target: int) -> list[tuple[int, ...]]:
        """Return the inputs through whose loss `failure` reaches `target`, step by step back from it.

        The first step holds the input that `target` loses, the next what its suppliers lose, and so on.
        """
        steps, waiting, met = [], [target], {failure.organisation, target}
        while waiting:
            step = tuple(dict.fromkeys(failure.cause[organisation] for organisation in waiting))
            before = dict.fromkeys(supplier for row in step for supplier in self.suppliers[row])
            waiting = [supplier for supplier in before if supplier not in met]
            met.update(waiting)
            steps.append(step)
        return steps

    def evidence(self, rows: Iterable[int]) -> tuple[int, ...]:
        """Return the records behind rows of `inputs`: the supply links and what makes them essential."""
        found: dict[int, None] = {}
        for row in rows:
            found.update(dict.fromkeys(self.graph.evidence("supplies", self._supplies[self._places[row]])))
            for table, said in self._said:
                if said[row] >= 0:
                    found.update(dict.fromkeys(self.graph.evidence(table, (said[row],))))
        return tuple(found)

    @cached_property
    def _supplies(self) -> Integers:
        """Row in the graph of each of `links`."""
        return np.asarray(self.links.index, dtype=np.int64)

    @cached_property
    def _said(self) -> list[tuple[str, Integers]]:
        """Tables, and rows of them, that say whether each input is essential."""
        columns = [(table, name) for name, table in EVIDENCE_COLUMNS.items() if name in self.inputs]
        return [(table, self.inputs[name].to_numpy(np.int64)) for table, name in columns]

    @cached_property
    def stock_days(self) -> Floats:
        """How long the buyer's stock of each row of `inputs` lasts, not a number where nobody said."""
        days: Floats = self.links.groupby("input_row")["stock_cover_days"].max().to_numpy(float, na_value=np.nan)
        return days


def dependencies(graph: ValueGraph) -> Dependencies:
    """Return who depends on whom, of the chain asked about or of all.

    An input is essential when the buyer's own need says so, else when an arc of the chain, or of the buyer's own bill
    of materials, makes it essential for something that the buyer offers; when they say that it is not, it stops nobody.
    Where neither speaks of it, it counts as essential by assumption. An input is as sure as the least sure of its
    supply links and of what makes it essential; half as sure if that is assumed. What follows from the chain or from
    an assumption is inferred. Only a stated offer of its own makes a buyer independent of its suppliers, not one
    guessed from a project title.
    """
    import pandas as pd

    links = active_supplies(graph)
    if graph.scope.chain:
        links = links[(graph["capabilities"]["chain"] == graph.scope.chain).to_numpy(bool)[links["capability"]]]
    links = links.assign(rank=links["status"].map(STATUS_RANK).astype("int64"))
    grouped = links.groupby(_PAIR, sort=True)
    inputs = grouped.agg(confidence=("confidence", "min"), rank=("rank", "max")).reset_index()
    said = pd.concat([_stated(graph), _implied(graph)]).drop_duplicates(_PAIR)
    inputs = inputs.merge(said, on=_PAIR, how="left", suffixes=("", "_said"))
    assumed = inputs["essential"].isna()
    confidence = np.fmin(inputs["confidence"], inputs["confidence_said"]) * np.where(assumed, ASSUMED, 1.0)
    rank = np.fmax(inputs["rank"], inputs["rank_said"].fillna(STATUS_RANK["inferred"])).astype("int64")
    own = pd.MultiIndex.from_frame(inputs[_PAIR]).isin(pd.MultiIndex.from_frame(stated_offers(graph)))
    evidence = {name: inputs[name].fillna(-1).astype("int64") for name in EVIDENCE_COLUMNS if name in inputs}
    inputs = inputs[_PAIR].assign(
        essential=inputs["essential"].fillna("assumed").astype("str"),
        in_house=own,
        confidence=confidence,
        status=rank.map({rank: status for status, rank in STATUS_RANK.items()}).astype("str"),
        **evidence,
    )
    return Dependencies(graph, inputs, links.assign(input_row=grouped.ngroup()))


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
    ranks = [made[name].map(STATUS_RANK).astype("int64") for name in ("status", "status_of_arc")]
    made = made.assign(
        buyer=made["organisation"],
        capability=made["from_capability"],
        essential=made["said"],
        confidence=np.minimum(made["confidence"], made["confidence_of_arc"]),
        rank=np.maximum.reduce([*ranks, np.full(len(made), STATUS_RANK["inferred"])]),
    )
    made = made.sort_values(["essential", "confidence"], ascending=False, kind="stable")
    return made[[*_SAID, "offer", "input"]].drop_duplicates(_PAIR)


def _yes_or_no(flags: pd.Series[bool]) -> pd.Series[str]:
    """Flags as words; empty where nothing is said."""
    return flags.map({True: "yes", False: "no"})
