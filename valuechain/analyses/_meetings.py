"""Whom one organisation should meet: suppliers of what it lacks, customers that it does not have yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._candidates import Candidate, Ranking, candidates_for
from valuechain.analyses._chain import evidence_of_each, known_or_none, listed
from valuechain.analyses._distance import kilometres, places
from valuechain.analyses._firm import Input
from valuechain.analyses._lookup import made_by, needs_for, sold_by
from valuechain.analyses._organisations import shown
from valuechain.model.result import STATUS, Column, Table

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

Offerers = Mapping[int, Ranking]
"""Who offers each capability, best first; capabilities that nobody offers are not there."""

PER_NEED = 3
"""How many makers are named for each lacking input."""

PARTNER_COLUMNS = (
    Column("organisation", "text", "Whom to meet"),
    Column("organisation_key", "key", "Its key"),
    Column("could_be", "text", "customer or supplier"),
    Column("capability", "text", "Of what"),
    Column("capability_key", "key", "Its key"),
    Column("reason", "text", "Why"),
    Column("place", "text", "Where it lies"),
    Column("distance_km", "integer", "As the crow flies, empty where a place is not known", "km"),
    Column("kind", "text", "Kind of organisation"),
    Column("confidence", "number", "How sure the need or offer is", "0..1"),
    STATUS,
)


def who_offers(graph: ValueGraph, organisation: int, lacking: Sequence[Input]) -> Offerers:
    """Return who else offers each lacking capability: those in the organisation's surroundings first, then by rank."""
    candidates = candidates_for(graph, [one.capability for one in lacking], organisation)
    here = {one.capability: one.here for one in lacking}
    return {
        capability: ranking.choose(np.argsort(~np.isin(ranking.organisations, here[capability]), kind="stable"))
        for capability, ranking in candidates.items()
    }


def helpers(offerers: Offerers, capability: int, research: bool, most: int) -> list[Candidate]:
    """Return the best research organisations that offer a capability, or the best others."""
    ranking = offerers.get(capability)
    return ranking.choose(ranking.research == research).best(most) if ranking else []


def partner_table(
    graph: ValueGraph, organisation: int, lacking: Sequence[Input], offerers: Offerers, most: int
) -> Table:
    """Return makers of what is lacking, and `most` organisations that need what this one makes and do not buy it.

    Found by rule from the value chain; no probability is given, because no real supplier link is known to learn from.
    """
    suppliers = [
        _row(graph, organisation, candidate)
        | {"could_be": "supplier", "capability": one.label, "capability_key": _key(graph, one.capability)}
        for one in lacking
        for candidate in helpers(offerers, one.capability, False, PER_NEED)
    ]
    customers = _customers(graph, organisation, most)
    return Table.from_rows(
        "partners", "Partners and customers worth meeting", PARTNER_COLUMNS, [*suppliers, *customers]
    )


def distance_km(graph: ValueGraph, first: int, second: int) -> float | None:
    """Return how far apart two organisations lie in km, None where a place is not known."""
    one, other = graph.once(places)[[first, second]]
    return known_or_none(float(kilometres(one, other)))


def _customers(graph: ValueGraph, organisation: int, most: int) -> list[dict[str, Any]]:
    """The `most` surest who need what the organisation makes and do not buy it from it."""
    made = made_by(graph, organisation)["capability"].tolist()
    needs = needs_for(graph, *made)
    who = needs["organisation"].to_numpy(np.int64)
    served = sold_by(graph, organisation)["buyer"].to_numpy(np.int64)
    needs = needs[~np.isin(who, served) & (who != organisation)]
    needs = needs.sort_values(["confidence", "organisation"], ascending=[False, True], kind="stable")
    needs = needs.drop_duplicates("organisation").iloc[:most]
    labels, keys = graph["capabilities"]["label"], graph["capabilities"]["key"]
    arcs = graph.once(_arcs)
    rows = []
    for need, evidence in zip(needs.itertuples(), evidence_of_each(graph, needs), strict=True):
        own = {one for one in made_by(graph, need.organisation)["capability"] if (need.capability, one) in arcs}
        why = (
            f"makes {listed(labels.iloc[sorted(own)], 2)}, which takes it as an input"
            if own
            else "says that it needs it"
        )
        rows.append(
            shown(graph)[need.organisation]
            | {
                "could_be": "customer",
                "capability": labels.iloc[need.capability],
                "capability_key": keys.iloc[need.capability],
                "reason": f"seems to be a buyer: {why}" if need.status == "inferred" else why,
                "distance_km": _rounded(distance_km(graph, organisation, need.organisation)),
                "confidence": round(float(need.confidence), 3),
                "status": need.status,
                "evidence": evidence,
            }
        )
    return rows


def _arcs(graph: ValueGraph) -> set[tuple[int, int]]:
    """What goes into what."""
    return set(zip(graph["inputs"]["from_capability"], graph["inputs"]["to_capability"], strict=True))


def _row(graph: ValueGraph, organisation: int, candidate: Candidate) -> dict[str, Any]:
    return shown(graph)[candidate.organisation] | {
        "reason": candidate.reason,
        "distance_km": _rounded(distance_km(graph, organisation, candidate.organisation)),
        "confidence": round(candidate.confidence, 3),
        "status": candidate.status,
        "evidence": candidate.evidence,
    }


def _key(graph: ValueGraph, capability: int) -> str:
    return str(graph["capabilities"]["key"].iloc[capability])


def _rounded(distance: float | None) -> int | None:
    return None if distance is None else round(distance)
