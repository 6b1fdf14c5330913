"""One organisation in its chain: what it makes, what it needs, who supplies it, what counts as "here" for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import (
    NUTS2_LENGTH,
    collaboration_matrix,
    evidence_of,
    known_or_none,
    required_capabilities,
)
from valuechain.analyses._gap_states import State, find_gaps, herfindahl_index
from valuechain.analyses._lookup import bought_by, member_of, needs_of
from valuechain.model.graph import Scope
from valuechain.model.result import least_certain

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph


@dataclass(frozen=True)
class Input:
    """One thing that an organisation needs, and what is known of its supply; organisations are positions.

    `lead_time_days` is that of the fastest supplier, `stock_cover_days` the longest cover, None where nobody said.
    `here` are those who offer what has no known supplier in the organisation's surroundings, without itself.
    """

    capability: int
    label: str
    stage: str
    stage_order: int
    essential: bool | None
    state: State
    suppliers: tuple[int, ...]
    here: tuple[int, ...]
    lead_time_days: float | None
    stock_cover_days: float | None
    confidence: float
    status: str
    evidence: tuple[int, ...]

    @property
    def known(self) -> bool:
        """Whether somebody said who supplies it."""
        return bool(self.suppliers)


def surroundings(graph: ValueGraph, organisation: int) -> Scope:
    """Return what "here" means for an organisation: its clusters, else its NUTS 2 region, else its country."""
    clusters = member_of(graph, organisation)["cluster"]
    row = graph["organisations"].iloc[organisation]
    scope = Scope(organisation=row["key"], chain=graph.scope.chain)
    if len(clusters):
        return replace(scope, clusters=tuple(graph["organisations"]["key"].iloc[clusters]))
    if isinstance(row["region"], str):
        return replace(scope, regions=(row["region"][:NUTS2_LENGTH],))
    return replace(scope, countries=(row["country"],)) if isinstance(row["country"], str) else scope


def inputs_of(graph: ValueGraph, organisation: int, concentrated: float, freshness: float) -> list[Input]:
    """Return everything the organisation needs, in the order of the chain, each with one of the six states.

    An input with known suppliers is sole source, concentrated or covered by their number and shares. One without is
    what its surroundings say: nobody here offers it; here but not connected, if somebody here offers it and no supply
    link or joint project joins them to this organisation; else not asked yet.
    """
    needs = needs_of(graph, organisation).set_index("capability", drop=False)
    supplies = bought_by(graph, organisation)
    lacking = set(needs.index) - set(supplies["capability"])
    here = graph.within(surroundings(graph, organisation))
    around = {gap.capability: gap for gap in find_gaps(here, concentrated, freshness, lacking)} if lacking else {}
    partners = set(collaboration_matrix(graph)[[organisation]].indices).union(supplies["supplier"])
    required = required_capabilities(graph)
    found = []
    for capability, row in required[required.index.isin(needs.index)].iterrows():
        need = needs.loc[[capability]]
        links = supplies[supplies["capability"] == capability]
        suppliers = tuple(dict.fromkeys(links["supplier"]))
        gap = around.get(int(capability))
        others = tuple(one for one in gap.offerers if one != organisation) if gap else ()
        state: State
        if suppliers:
            groups = graph.legal_groups[links["supplier"].to_numpy(np.int64)]
            herfindahl = herfindahl_index(groups, links["share"].to_numpy(float))
            alone = len(set(groups)) == 1
            state = "sole source" if alone else "concentrated" if herfindahl > concentrated else "covered"
        elif gap and gap.state == "no actor":
            state = "no actor"
        else:
            state = "unlinked" if others and not partners.intersection(others) else "unknown"
        around_it = gap if gap and state != "unknown" else None
        rows = links if suppliers else need
        found.append(
            Input(
                capability=int(capability),
                label=row["label"],
                stage=row["stage_label"],
                stage_order=int(row["stage_order"]),
                essential=None if need["essential"].isna().iloc[0] else bool(need["essential"].iloc[0]),
                state=state,
                suppliers=suppliers,
                here=others,
                lead_time_days=known_or_none(links["lead_time_days"].min()),
                stock_cover_days=known_or_none(links["stock_cover_days"].max()),
                confidence=float(rows["confidence"].max()),
                status=least_certain([*rows["status"], *([around_it.status] if around_it else [])]),
                evidence=tuple(
                    dict.fromkeys(
                        (
                            *evidence_of(graph, need),
                            *graph.evidence("supplies", links.index),
                            *(around_it.evidence if around_it else ()),
                        )
                    )
                ),
            )
        )
    return found
