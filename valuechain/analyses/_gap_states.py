"""The state of each capability in a scope: who offers it, who needs it, who is joined to whom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from valuechain.analyses._chain import downstream, flags, is_active, is_fresh, required_capabilities
from valuechain.analyses._evidence import records_behind
from valuechain.analyses._lookup import links_of, makers_of, needs_for, offers_of
from valuechain.analyses._surveys import Asked, Surveys, Unasked
from valuechain.analyses._ties import ties
from valuechain.kernels.distinct import distinct
from valuechain.kernels.linkage import Linkage, linkage
from valuechain.model.merge import Evidence, by_status
from valuechain.model.result import least_certain
from valuechain.model.schema import STATUS_OF_RANK, STATUS_RANK

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Booleans, Floats, Integers
    from valuechain.model.graph import ValueGraph

State = Literal["unknown", "no actor", "unlinked", "sole source", "concentrated", "covered"]
STATES: tuple[State, ...] = ("no actor", "unlinked", "sole source", "concentrated", "unknown", "covered")
"""The six states, in the order in which a reader should look at them."""


@dataclass(frozen=True)
class Gap:
    """What is known of one capability in the scope asked about; organisations are positions.

    `outdated` are offers that are too old to count, each with its day. Of the needers, `inferred_needers` need it only
    because they make what takes it as an input, `linked` are joined to an offerer, `supplied` get this very thing from
    here, and `imported` from elsewhere. `downstream` are the capabilities that cannot be made without it, `makers`
    counts the organisations in scope that make one of them. `shares` add up the market shares that were told, not a
    number where none was. `unasked` tells what is wanting where the scope was not asked as a whole.
    """

    capability: int
    label: str
    stage: str
    stage_order: int
    state: State
    asked: Asked | None
    offerers: tuple[int, ...]
    outdated: tuple[tuple[int, str], ...]
    independent: int
    herfindahl: float | None
    shares: float
    needers: tuple[int, ...]
    inferred_needers: int
    linked: tuple[int, ...]
    supplied: int
    imported: int
    presence_confidence: float
    linkage_confidence: float
    downstream: tuple[int, ...]
    makers: int
    unasked: Unasked | None
    status: str
    evidence: tuple[int, ...]

    @property
    def surveyed(self) -> bool:
        """Whether the whole scope was asked about it."""
        return self.asked is not None

    @property
    def known_once(self) -> bool:
        """Whether something was known of it that is too old to count."""
        return bool(self.outdated) or bool(self.unasked and self.unasked.outdated)


@dataclass(frozen=True, eq=False)
class _Told:
    """Rows of `known_offers` or `known_needs`, those of capability c at `start[c]` to `start[c + 1]`."""

    start: Integers
    who: Integers
    sure: Floats
    rank: Integers
    rows: pd.DataFrame
    behind: Evidence

    def of(self, capability: int) -> slice:
        return slice(int(self.start[capability]), int(self.start[capability + 1]))

    def records(self, chosen: slice) -> Integers:
        """The records behind some rows."""
        return self.behind.positions[self.behind.offsets[chosen.start] : self.behind.offsets[chosen.stop]]

    def doubt(self) -> Floats:
        """The product of 1 - confidence over the rows of each capability, 1 where there are none."""
        product = np.ones(len(self.start) - 1)
        np.multiply.at(product, np.repeat(np.arange(len(product)), np.diff(self.start)), 1.0 - self.sure)
        return product


def find_gaps(
    graph: ValueGraph, concentrated: float, freshness: float, capabilities: Collection[int] | None = None
) -> list[Gap]:
    """Return the state of every required capability in the graph's scope, or of those given, in the chain's order."""
    required = required_capabilities(graph)
    if capabilities is not None:
        required = required[required.index.isin(list(capabilities))]
    offers, needs = offers_of(graph, *required.index), needs_for(graph, *required.index)
    here = graph.in_scope[offers["organisation"].to_numpy(np.int64)]
    fresh = is_fresh(graph, offers["as_of"], freshness)
    wanted = is_fresh(graph, needs["as_of"], freshness) & graph.in_scope[needs["organisation"].to_numpy(np.int64)]
    live = _told(graph, offers, here & fresh, required.index)
    old = _told(graph, offers, here & ~fresh, required.index)
    needed = _told(graph, needs, wanted, required.index)
    joined = _linkage(graph, live, needed)
    links = links_of(graph, *required.index)
    supplied, imported = _supplied(graph, links, graph.in_scope), _supplied(graph, links, ~graph.in_scope)
    presence, need = 1.0 - live.doubt(), 1.0 - needed.doubt()
    surveys = Surveys(graph, freshness)
    demand = _Demand(graph, freshness, required.index)
    shares = live.rows["share"].to_numpy(float)
    found = []
    for capability, row in zip(required.index.tolist(), required.to_dict("records"), strict=True):
        offering, needing, outdated = live.of(capability), needed.of(capability), old.of(capability)
        asked = surveys.of(capability, row["chain"])
        who = live.who[offering]
        groups = graph.legal_groups[who]
        herfindahl = herfindahl_index(groups, shares[offering]) if len(who) else None
        independent = len(np.unique(groups))
        linked = needed.who[needing][joined.linked[needing]]
        state = _state(
            len(who), len(old.who[outdated]), asked is not None, len(needed.who[needing]), len(linked), independent,
            herfindahl or 0.0, concentrated,
        )  # fmt: skip
        following = demand.following[capability]
        told = shares[offering][~np.isnan(shares[offering])]
        found.append(
            Gap(
                capability=capability,
                label=row["label"],
                stage=row["stage_label"],
                stage_order=int(row["stage_order"]),
                state=state,
                asked=asked,
                offerers=tuple(who.tolist()),
                outdated=tuple(zip(old.who[outdated].tolist(), old.rows["as_of"].iloc[outdated], strict=True)),
                independent=independent,
                herfindahl=herfindahl,
                shares=float(told.sum()) if len(told) else float("nan"),
                needers=tuple(needed.who[needing].tolist()),
                inferred_needers=int((needed.rank[needing] == STATUS_RANK["inferred"]).sum()),
                linked=tuple(linked.tolist()),
                supplied=supplied.get(capability, 0),
                imported=imported.get(capability, 0),
                presence_confidence=asked.confidence if state == "no actor" and asked else float(presence[capability]),
                linkage_confidence=float(
                    presence[capability] * need[capability] if state == "unlinked" else 1.0 - joined.doubt[capability]
                ),
                downstream=following,
                makers=demand.makers(following),
                unasked=surveys.unasked(capability, row["chain"]) if asked is None else None,
                status=_status(state, live.rank[offering], needed.rank[needing], asked),
                evidence=_evidence(graph, capability, live.records(offering), needed.records(needing), asked),
            )
        )
    return found


def herfindahl_index(groups: Integers, shares: np.ndarray) -> float:
    """Return the sum of squared shares of the legal groups, 1 / groups .. 1.

    Parameters
    ----------
    groups : integers, one per offerer, at least one
        Its legal group; shares of one group add up.
    shares : floats, one per offerer
        Share of the market, 0..1, or not a number where unknown. What the known shares leave of 1 is split equally
        among the groups without a known share. Shares that then add up to more than 1, or to less, are taken for parts
        of their sum; if nothing but 0 is known, all are equal.
    """
    distinct, place = np.unique(groups, return_inverse=True)
    known = np.zeros(len(distinct))
    np.add.at(known, place, np.nan_to_num(shares))
    unknown = np.bincount(place, weights=np.isfinite(shares), minlength=len(distinct)) == 0
    if unknown.any():
        known[unknown] = max(0.0, 1.0 - known.sum()) / unknown.sum()
    parts = known / known.sum() if known.sum() > 0 else np.full(len(distinct), 1.0 / len(distinct))
    return float(np.square(parts).sum())


def _told(graph: ValueGraph, rows: pd.DataFrame, chosen: Booleans, required: pd.Index[int]) -> _Told:
    """The rows chosen, by capability, those of capabilities that are required."""
    count = len(graph["capabilities"])
    capability = rows["capability"].to_numpy(np.int64)
    places = np.flatnonzero(chosen & flags(count, required.to_numpy(np.int64))[capability])
    places = places[np.argsort(capability[places], kind="stable")]
    start = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(capability[places], minlength=count), out=start[1:])
    rows = rows.iloc[places]
    return _Told(
        start,
        rows["organisation"].to_numpy(np.int64),
        rows["confidence"].to_numpy(float),
        by_status(rows["status"], STATUS_RANK).astype(np.int64),
        rows,
        records_behind(graph, rows),
    )


def _linkage(graph: ValueGraph, live: _Told, needed: _Told) -> Linkage:
    links = graph.once(ties).adjacency
    sure = graph.once(_sure_of_ties)
    return linkage(
        live.start, live.who, live.sure, needed.start, needed.who, needed.sure, links.indptr, links.indices, sure,
        graph.legal_groups,
    )  # fmt: skip


def _sure_of_ties(graph: ValueGraph) -> Floats:
    """The confidence of the tie behind each entry of the adjacency of all ties."""
    network = graph.once(ties)
    sure: Floats = network.pairs["confidence"].to_numpy(float)[network.adjacency.links]
    return sure


def _supplied(graph: ValueGraph, links: pd.DataFrame, suppliers: Booleans) -> dict[int, int]:
    """How many organisations in scope are supplied with each capability by others among `suppliers`."""
    supplier, buyer, capability = (links[name].to_numpy(np.int64) for name in ("supplier", "buyer", "capability"))
    within = suppliers[supplier] & graph.in_scope[buyer] & (supplier != buyer)
    within &= is_active(links)
    pairs = distinct(capability[within] * len(graph["organisations"]) + buyer[within])
    return dict(enumerate(np.bincount(pairs // len(graph["organisations"])).tolist()))


class _Demand:
    """What stands behind a gap: the capabilities that cannot be made without it, and who in scope makes these."""

    def __init__(self, graph: ValueGraph, freshness: float, capabilities: Collection[int]) -> None:
        is_market = (graph["capabilities"]["kind"] == "market").to_numpy(bool)
        leading_to = graph.once(downstream)
        self.following = {
            capability: tuple(sorted(one for one in leading_to[capability] if not is_market[one]))
            for capability in capabilities
        }
        offers = makers_of(graph, *{one for following in self.following.values() for one in following})
        making = graph.in_scope[offers["organisation"].to_numpy(np.int64)] & is_fresh(graph, offers["as_of"], freshness)
        made = offers[making].drop_duplicates(["organisation", "capability"])
        self._who = made["organisation"].to_numpy(np.int64)
        self._what = made["capability"].to_numpy(np.int64)
        self._capabilities, self._organisations = len(graph["capabilities"]), len(graph["organisations"])

    def makers(self, capabilities: Collection[int]) -> int:
        """Return how many organisations in scope make at least one of these capabilities, for whomever."""
        if not capabilities:
            return 0
        chosen = flags(self._capabilities, np.array(sorted(capabilities), dtype=np.int64))
        return int(flags(self._organisations, self._who[chosen[self._what]]).sum())


def _state(
    live: int, outdated: int, surveyed: bool, needers: int, linked: int, independent: int, herfindahl: float,
    concentrated: float,
) -> State:  # fmt: skip
    if not live:
        return "no actor" if surveyed and not outdated else "unknown"
    if needers and not linked:
        return "unlinked"
    if independent == 1:
        return "sole source"
    return "concentrated" if herfindahl > concentrated else "covered"


def _evidence(
    graph: ValueGraph, capability: int, live: Integers, needed: Integers, asked: Asked | None
) -> tuple[int, ...]:
    surveys = graph.evidence("surveys", asked.rows if asked else ())
    records = (*graph.evidence("capabilities", [capability]), *live.tolist(), *needed.tolist(), *surveys)
    return tuple(dict.fromkeys(records))


def _status(state: State, live: Integers, needed: Integers, asked: Asked | None) -> str:
    """The least certain status that a state rests on.

    Of several offers, or several needs, the most certain one carries the state; but what is made up or planned always
    shows, because it counts in the numbers beside the state.
    """
    carrying = [int(part.min()) for part in ((live, needed) if state == "unlinked" else (live,)) if len(part)]
    if asked and not len(live):
        carrying.append(STATUS_RANK[asked.status])
    everything = np.concatenate([live, needed, [STATUS_RANK[asked.status]] if asked else []])
    not_real = everything[everything >= STATUS_RANK["synthetic"]]
    return least_certain(STATUS_OF_RANK[int(rank)] for rank in (*carrying, *not_real))
