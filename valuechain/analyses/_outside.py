"""Who outside a scope could fill its gaps: those who offer what is wanting, ranked, each with the reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._candidates import SAME_COUNTRY, projects_on_it
from valuechain.analyses._chain import (
    active_supplies,
    cited,
    evidence_of_each,
    flags,
    is_fresh,
    known_offers,
    title_projects,
)
from valuechain.analyses._distance import EARTH_RADIUS_KM, places
from valuechain.analyses._organisations import kind_of, place_of
from valuechain.analyses._ties import ties
from valuechain.analyses._umbrellas import what_to_mind
from valuechain.model.language import listed, plural, say
from valuechain.model.result import STATUS, Column

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._gap_states import Gap
    from valuechain.analyses._ties import Ties
    from valuechain.model.arrays import Booleans, Floats, Integers
    from valuechain.model.graph import ValueGraph

OUTSIDER_COLUMNS = (
    Column("capability", "text", "What would have to come from elsewhere"),
    Column("capability_key", "key", "Its key"),
    Column("rank", "integer", "1 = best"),
    Column("organisation", "text", "Who could deliver or support it"),
    Column("organisation_key", "key", "Its key"),
    Column("reason", "text", "Why this one, and what to mind"),
    Column("place", "text", "Where it lies"),
    Column("kind", "text", "Kind of organisation"),
    Column("distance_km", "integer", "To the nearest organisation in scope, empty where a place is not known", "km"),
    Column("readiness", "integer", "Technology readiness level that it states, empty where nobody asked", "1..9"),
    Column("confidence", "number", "How sure the offer is", "0..1"),
    STATUS,
)

KNOWN_HERE = 0.5
"""Weight of a joint project or a supply link with somebody in scope: a partner is easier to win than a stranger."""


@dataclass(frozen=True)
class Outsider:
    """An organisation outside the scope that offers what is wanting; `organisation` is its position."""

    organisation: int
    kind: str
    place: str
    reason: str
    distance_km: float | None
    readiness: int | None
    confidence: float
    status: str
    evidence: tuple[int, ...]


def outsiders(graph: ValueGraph, gaps: Sequence[Gap], freshness: float, most: int) -> dict[int, list[Outsider]]:
    """Return for each gap the `most` best organisations from outside the scope that offer what is wanting.

    Rank: confidence of the offer x (1 + 0.5 if it has a joint project or a supply link with somebody in scope + 0.2 if
    it lies in a country of the scope); among equals the higher readiness level, then the nearer. Offers that are too
    old do not count, nor does who belongs to the legal group of somebody in scope that offers the same. Nothing is
    returned where `most` is 0 or nobody is outside, an empty list for a gap that nobody there could fill.
    """
    if not most or graph.in_scope.all():
        return {}
    eligible = _Eligible(graph, gaps, freshness)
    chosen = eligible.best(most)
    network = ties(graph)
    reasons = _reasons(graph, network, chosen)
    organisations = graph["organisations"]
    told = organisations[["kind", "city", "region"]].iloc[chosen["organisation"]].to_dict("records")
    found: dict[int, list[Outsider]] = {gap.capability: [] for gap in gaps}
    for row, about, reason, evidence in zip(
        chosen.itertuples(), told, reasons, evidence_of_each(graph, chosen), strict=True
    ):
        found[int(row.capability)].append(
            Outsider(
                int(row.organisation),
                kind_of(about),
                place_of(about),
                reason,
                None if np.isnan(row.distance) else float(row.distance),
                None if np.isnan(row.trl) else int(row.trl),
                float(row.confidence),
                str(row.status),
                evidence,
            )
        )
    return found


def outsider_rows(graph: ValueGraph, found: Mapping[int, Sequence[Outsider]]) -> Iterator[dict[str, Any]]:
    """Yield a row of OUTSIDER_COLUMNS for each organisation of each capability."""
    organisations, capabilities = graph["organisations"], graph["capabilities"]
    for capability, ranked in found.items():
        for rank, one in enumerate(ranked, start=1):
            yield {
                "capability": capabilities["label"].iloc[capability],
                "capability_key": capabilities["key"].iloc[capability],
                "rank": rank,
                "organisation": organisations["label"].iloc[one.organisation],
                "organisation_key": organisations["key"].iloc[one.organisation],
                "reason": one.reason,
                "place": one.place,
                "kind": one.kind,
                "distance_km": None if one.distance_km is None else round(one.distance_km),
                "readiness": one.readiness,
                "confidence": round(one.confidence, 3),
                "status": one.status,
                "evidence": one.evidence,
            }


class _Eligible:
    """Live offers from outside the scope of what is wanting in it."""

    def __init__(self, graph: ValueGraph, gaps: Sequence[Gap], freshness: float) -> None:
        self._graph = graph
        offers = known_offers(graph)
        who, what = (offers[name].to_numpy(np.int64) for name in ("organisation", "capability"))
        wanting = flags(len(graph["capabilities"]), np.array([gap.capability for gap in gaps], dtype=np.int64))
        chosen = wanting[what] & ~graph.in_scope[who] & is_fresh(graph, offers["as_of"], freshness)
        chosen &= ~np.isin(self._pairs(what, who), self._served_groups(gaps))
        self._offers = offers[chosen]

    def _pairs(self, capability: Integers, organisation: Integers) -> Integers:
        """One number for each capability and legal group."""
        return capability * len(self._graph["organisations"]) + self._graph.legal_groups[organisation]

    def _served_groups(self, gaps: Sequence[Gap]) -> Integers:
        """The legal groups that offer each capability in scope: another site of theirs is no second source."""
        inside = [(gap.capability, one) for gap in gaps for one in gap.offerers]
        capability, organisation = np.array(inside, dtype=np.int64).reshape(-1, 2).T
        return self._pairs(capability, organisation)

    def best(self, most: int) -> pd.DataFrame:
        """The best of each capability, best first, with `score` and `distance` (km, or not a number)."""
        graph = self._graph
        offers = self._offers
        who = offers["organisation"].to_numpy(np.int64)
        countries = graph["organisations"]["country"]
        at_home = countries.isin(countries[graph.in_scope].dropna().unique()).to_numpy(bool)
        weight = 1.0 + KNOWN_HERE * tied_to_scope(graph)[who] + SAME_COUNTRY * at_home[who]
        score = offers["confidence"].to_numpy(float) * weight
        distance = distances_to_scope(graph, who)
        readiness = offers["trl"].to_numpy(float, na_value=np.nan)
        far, ready = (np.nan_to_num(values, nan=np.inf) for values in (distance, -readiness))
        capability = offers["capability"].to_numpy(np.int64)
        order = np.lexsort((who, far, ready, -score, capability))
        rank = np.arange(len(order)) - np.searchsorted(capability[order], capability[order])
        kept = order[rank < most]
        return offers.iloc[kept].assign(score=score[kept], distance=distance[kept], trl=readiness[kept])


def tied_to_scope(graph: ValueGraph) -> Booleans:
    """Return who shares a project with somebody in scope, or has a supply link with one."""
    pairs = ties(graph).pairs
    first, second = (pairs[end].to_numpy(np.int64) for end in ("first", "second"))
    tied = np.zeros(len(graph["organisations"]), dtype=bool)
    tied[first[graph.in_scope[second]]] = True
    tied[second[graph.in_scope[first]]] = True
    return tied


def distances_to_scope(graph: ValueGraph, organisations: Integers) -> Floats:
    """Return the great-circle distance in km from each organisation to the nearest in scope, nan where not known."""
    from scipy.spatial import KDTree

    lat, lon = graph.once(places).T
    placed = ~np.isnan(lat + lon)
    points = np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    here = placed & graph.in_scope
    found = np.full(len(placed), np.nan)
    wanted = np.unique(organisations)
    wanted = wanted[placed[wanted]]
    if here.any() and len(wanted):
        chord, _ = KDTree(points[here]).query(points[wanted])
        found[wanted] = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, np.asarray(chord) / 2))
    return found[organisations]


def _reasons(graph: ValueGraph, network: Ties, chosen: pd.DataFrame) -> list[str]:
    """Why each, in this order: what it offers or delivers, who here knows it, how far away; then what to mind."""
    names = graph["organisations"]["label"]
    to_mind = what_to_mind(graph)
    projects, buyers = _title_projects(graph, chosen), _buyers(graph, chosen)
    partners = _partners(graph, network, chosen["organisation"].unique().tolist())
    found = []
    for row in chosen.itertuples():
        pair = (row.organisation, row.capability)
        served = buyers.get(pair, np.zeros(0, dtype=np.int64))
        here = served[graph.in_scope[served]]
        parts = [_offered(row, projects.get(pair, []))]
        if len(here):
            parts.append(say("delivers it to {names} here already", names=listed(names.iloc[here], 2)))
        if len(served) > len(here):
            elsewhere = plural(len(served) - len(here), "organisation")
            parts.append(say("delivers it to {organisations} elsewhere", organisations=elsewhere))
        known = partners[row.organisation]
        if known:
            joint = plural(sum(count for _, count in known), "joint project")
            who = listed((names.iloc[one] for one, _ in known), 2)
            parts.append(say("{projects} with {names}", projects=joint, names=who))
        if not np.isnan(row.distance):
            parts.append(_far(row.distance, row.organisation in to_mind))
        if row.organisation in to_mind:
            parts.append(to_mind[row.organisation])
        found.append("; ".join(parts))
    return found


def _far(distance: float, only_its_seat: bool) -> str:
    if only_its_seat:
        return say("its seat {km:,.0f} km away", km=distance) if distance >= 1 else say("its seat less than 1 km away")
    return say("{km:,.0f} km away", km=distance) if distance >= 1.0 else say("less than 1 km away")


def _offered(offer: Any, projects: Sequence[str]) -> str:
    """What makes us say that it has the capability, and how ready it says that is."""
    if offer.status == "inferred" and projects:
        return projects_on_it(projects)
    if np.isnan(offer.trl):
        return say("offers it, open to everybody") if offer.access == "open" else say("offers it")
    if offer.access == "open":
        return say("offers it at readiness level {level:.0f}, open to everybody", level=offer.trl)
    return say("offers it at readiness level {level:.0f}", level=offer.trl)


def _title_projects(graph: ValueGraph, chosen: pd.DataFrame) -> dict[tuple[int, int], list[str]]:
    """The projects whose titles make us guess, newest first, by organisation and capability."""
    pair = ["organisation", "capability"]
    told = graph.once(title_projects).merge(chosen[pair].drop_duplicates(), on=pair)
    return {
        (int(one), int(other)): list(map(cited, rows["name"], rows["end"])) for (one, other), rows in told.groupby(pair)
    }


def _buyers(graph: ValueGraph, chosen: pd.DataFrame) -> dict[tuple[int, int], Integers]:
    """Who is supplied by each of those chosen with what is wanting."""
    supplies = active_supplies(graph)[["supplier", "buyer", "capability"]]
    told = chosen[["organisation", "capability"]].rename(columns={"organisation": "supplier"}).drop_duplicates()
    supplies = supplies[supplies["supplier"].isin(told["supplier"])].merge(told, on=["supplier", "capability"])
    return {
        (int(one), int(other)): np.unique(rows.to_numpy(np.int64))
        for (one, other), rows in supplies.groupby(["supplier", "capability"])["buyer"]
    }


def _partners(graph: ValueGraph, network: Ties, organisations: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
    """With whom in scope each has joint projects, and how many, the most first."""
    first, second, joint = (network.pairs[name].to_numpy(np.int64) for name in ("first", "second", "projects"))
    found = {}
    for one in organisations:
        rows = network.of(one)
        rows = rows[joint[rows] > 0]
        other = np.where(first[rows] == one, second[rows], first[rows])
        here = graph.in_scope[other]
        known = zip(other[here].tolist(), joint[rows][here].tolist(), strict=True)
        found[one] = sorted(known, key=lambda at: (-at[1], at[0]))
    return found
