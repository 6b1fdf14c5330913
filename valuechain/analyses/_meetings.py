"""Whom one organisation should meet: research that supports it, suppliers it lacks, customers it does not have yet."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from valuechain.analyses._candidates import RESEARCH_KINDS, Candidate, candidates_for, place_of
from valuechain.analyses._chain import active_supplies, evidence_of, known_needs, listed
from valuechain.analyses._firm import Input, made_by
from valuechain.model.result import STATUS, Column, Table
from valuechain.model.towns import is_network

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

Offerers = Mapping[int, Sequence[Candidate]]
"""Who offers each capability, best first."""

PER_NEED = 3
"""How many research organisations, and how many makers, are named for each lacking input."""

EARTH_RADIUS_KM = 6371.0

SUPPORT_COLUMNS = (
    Column("lacking", "text", "What the organisation lacks"),
    Column("lacking_key", "key", "Its key"),
    Column("organisation", "text", "Who can help"),
    Column("organisation_key", "key", "Its key"),
    Column("reason", "text", "Why this one"),
    Column("place", "text", "Where it lies"),
    Column("distance_km", "integer", "As the crow flies, empty where a place is not known", "km"),
    Column("readiness", "integer", "Technology readiness level, empty where nobody was asked", "1..9"),
    Column("kind", "text", "Kind of organisation"),
    Column("confidence", "number", "How sure the offer is", "0..1"),
    STATUS,
)

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
    return {
        one.capability: sorted(
            candidates.get(one.capability, []), key=lambda candidate: candidate.organisation not in one.here
        )
        for one in lacking
    }


def support_table(graph: ValueGraph, organisation: int, lacking: Sequence[Input], offerers: Offerers) -> Table:
    """Return the research organisations that cover what is lacking, best first within each need."""
    rows = [
        _row(graph, organisation, candidate) | {"lacking": one.label, "lacking_key": _key(graph, one.capability)}
        for one in lacking
        for candidate in of_kind(offerers[one.capability], research=True)[:PER_NEED]
    ]
    return Table.from_rows("support", "Who can help with what is lacking", SUPPORT_COLUMNS, rows)


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
        for candidate in of_kind(offerers[one.capability], research=False)[:PER_NEED]
    ]
    customers = _customers(graph, organisation)[:most]
    return Table.from_rows(
        "partners", "Partners and customers worth meeting", PARTNER_COLUMNS, [*suppliers, *customers]
    )


def distance_km(graph: ValueGraph, first: int, second: int) -> float | None:
    """Return the great-circle distance between two organisations in km, None where a place is not known.

    A network with one id for sites in many towns has no one place.
    """
    ends = graph["organisations"].iloc[[first, second]]
    rows = ends[["lat", "lon"]]
    if rows.isna().to_numpy().any() or is_network(ends).any():
        return None
    (lat1, lon1), (lat2, lon2) = (map(math.radians, row) for row in rows.to_numpy(float))
    haversine = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(haversine))


def _customers(graph: ValueGraph, organisation: int) -> list[dict[str, Any]]:
    """Who needs what the organisation makes and does not buy it from it, the surest first."""
    made = made_by(graph, organisation)
    supplies = active_supplies(graph)
    served = set(supplies["buyer"][supplies["supplier"] == organisation])
    needs = known_needs(graph)
    needs = needs[needs["capability"].isin(made["capability"]) & ~needs["organisation"].isin({*served, organisation})]
    needs = needs.sort_values(["confidence", "organisation"], ascending=[False, True], kind="stable")
    labels, keys = graph["capabilities"]["label"], graph["capabilities"]["key"]
    makes = dict(tuple(graph["offers"].groupby("organisation")["capability"]))
    rows = []
    for need in needs.drop_duplicates("organisation").itertuples():
        takes = graph["inputs"]
        takes = takes[takes["from_capability"] == need.capability]["to_capability"]
        own = set(makes.get(need.organisation, ())) & set(takes)
        why = (
            f"makes {listed(labels.iloc[sorted(own)], 2)}, which takes it as an input"
            if own
            else "says that it needs it"
        )
        rows.append(
            _who(graph, need.organisation)
            | {
                "could_be": "customer",
                "capability": labels.iloc[need.capability],
                "capability_key": keys.iloc[need.capability],
                "reason": f"seems to be a buyer: {why}" if need.status == "inferred" else why,
                "distance_km": _rounded(distance_km(graph, organisation, need.organisation)),
                "confidence": round(float(need.confidence), 3),
                "status": need.status,
                "evidence": evidence_of(graph, needs.loc[[need.Index]]),
            }
        )
    return rows


def of_kind(candidates: Sequence[Candidate], research: bool) -> list[Candidate]:
    """Return the research organisations among candidates, or the others."""
    return [one for one in candidates if (one.kind in RESEARCH_KINDS) == research]


def _row(graph: ValueGraph, organisation: int, candidate: Candidate) -> dict[str, Any]:
    return _who(graph, candidate.organisation) | {
        "reason": candidate.reason,
        "readiness": candidate.trl,
        "distance_km": _rounded(distance_km(graph, organisation, candidate.organisation)),
        "confidence": round(candidate.confidence, 3),
        "status": candidate.status,
        "evidence": candidate.evidence,
    }


def _who(graph: ValueGraph, organisation: int) -> dict[str, Any]:
    row = graph["organisations"].iloc[organisation]
    return {
        "organisation": row["label"],
        "organisation_key": row["key"],
        "kind": row["kind"],
        "place": place_of(row),
    }


def _key(graph: ValueGraph, capability: int) -> str:
    return str(graph["capabilities"]["key"].iloc[capability])


def _rounded(distance: float | None) -> int | None:
    return None if distance is None else round(distance)
