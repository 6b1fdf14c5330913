"""Who could fill a gap: organisations that offer a capability, ranked, each with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._chain import (
    collaboration_matrix,
    evidence_of_each,
    known_offers,
    listed,
    plural,
    title_projects,
)
from valuechain.model.result import STATUS, Column

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Booleans
    from valuechain.model.graph import ValueGraph

CANDIDATE_COLUMNS = (
    Column("capability", "text", "What would have to come from elsewhere"),
    Column("capability_key", "key", "Its key"),
    Column("rank", "integer", "1 = best"),
    Column("organisation", "text", "Who could deliver or support it"),
    Column("organisation_key", "key", "Its key"),
    Column("reason", "text", "Why this one"),
    Column("place", "text", "Where it lies"),
    Column("kind", "text", "Kind of organisation"),
    Column("confidence", "number", "How sure the offer is", "0..1"),
    STATUS,
)
"""Columns that every table of candidates has; `candidate_rows` fills them."""

RESEARCH_KINDS = frozenset({"rto", "university"})
"""Kinds of organisation that support and develop rather than deliver."""

TIE = 0.5
"""Weight of a joint project with somebody in scope: a known partner is easier to win than a stranger."""

SAME_COUNTRY = 0.2
"""Weight of lying in a country of the scope."""


@dataclass(frozen=True)
class Candidate:
    """An organisation that offers what is lacking; `organisation` is its position, `kind` and `place` are words.

    `trl` is the readiness level that was stated, None where nobody was asked.
    """

    organisation: int
    kind: str
    place: str
    reason: str
    trl: int | None
    confidence: float
    status: str
    evidence: tuple[int, ...]


def candidates_outside(graph: ValueGraph, capabilities: Iterable[int], most: int) -> dict[int, list[Candidate]]:
    """Return for each capability the `most` best offerers from outside the graph's scope.

    Rank: confidence of the offer x (1 + 0.5 if it shares a project with somebody in scope + 0.2 if it lies in a country
    of the scope).
    """
    outside = ~graph.in_scope
    return {
        capability: ranked[:most]
        for capability, ranked in _ranked(
            graph, capabilities, outside, graph.in_scope, "with organisations here"
        ).items()
    }


def candidates_for(graph: ValueGraph, capabilities: Iterable[int], organisation: int) -> dict[int, list[Candidate]]:
    """Return for each capability everybody else who offers it, ranked as partners of one organisation."""
    count = len(graph["organisations"])
    itself = np.arange(count) == organisation
    return _ranked(graph, capabilities, ~itself, itself, "with this organisation")


def candidate_rows(
    graph: ValueGraph, candidates: Mapping[int, Sequence[Candidate]], **more: Any
) -> Iterator[dict[str, Any]]:
    """Yield a row of CANDIDATE_COLUMNS for each candidate of each capability, with the cells `more` in every one."""
    organisations, capabilities = graph["organisations"], graph["capabilities"]
    for capability, ranked in candidates.items():
        for rank, one in enumerate(ranked, start=1):
            yield more | {
                "capability": capabilities["label"].iloc[capability],
                "capability_key": capabilities["key"].iloc[capability],
                "rank": rank,
                "organisation": organisations["label"].iloc[one.organisation],
                "organisation_key": organisations["key"].iloc[one.organisation],
                "reason": one.reason,
                "place": one.place,
                "kind": one.kind,
                "confidence": round(one.confidence, 3),
                "status": one.status,
                "evidence": one.evidence,
            }


def _ranked(
    graph: ValueGraph, capabilities: Iterable[int], eligible: Booleans, near: Booleans, with_whom: str
) -> dict[int, list[Candidate]]:
    """Rank the eligible offerers of each capability by how sure they are and how near to the organisations `near`."""
    offers = known_offers(graph)
    offers = offers[offers["capability"].isin(list(capabilities))]
    offers = offers[eligible[offers["organisation"].to_numpy(np.int64)]]
    organisations = graph["organisations"]
    countries = set(organisations["country"][near].dropna())
    shared = collaboration_matrix(graph) @ near.astype(float)
    who = offers["organisation"].to_numpy(np.int64)
    at_home = organisations["country"].isin(countries).to_numpy(bool)[who]
    weight = 1.0 + TIE * (shared[who] > 0) + SAME_COUNTRY * at_home
    offers = offers.assign(score=offers["confidence"].to_numpy(float) * weight)
    offers = offers.sort_values(["score", "organisation"], ascending=[False, True], kind="stable")
    projects = dict(tuple(title_projects(graph).groupby(["organisation", "capability"])))
    ranked: dict[int, list[Candidate]] = {}
    told = organisations[["kind", "city", "region"]].to_dict("records")
    for row, evidence in zip(offers.itertuples(), evidence_of_each(graph, offers), strict=True):
        organisation = told[row.organisation]
        reasons = [_why(row, projects.get((row.organisation, row.capability)))]
        if shared[row.organisation]:
            reasons.append(f"{plural(int(shared[row.organisation]), 'joint project')} {with_whom}")
        ranked.setdefault(int(row.capability), []).append(
            Candidate(
                int(row.organisation),
                str(organisation["kind"] or "other"),
                place_of(organisation),
                "; ".join(reasons),
                int(row.trl) if row.trl == row.trl else None,
                float(row.confidence),
                row.status,
                evidence,
            )
        )
    return ranked


def _why(offer: object, projects: pd.DataFrame | None) -> str:
    """What makes us say that the organisation has the capability."""
    status = getattr(offer, "status", "")
    if status == "inferred" and projects is not None:
        return f"{plural(len(projects), 'project')} on it: {listed(projects['name'])}"
    return "supplies it to others already" if getattr(offer, "supply", -1) >= 0 else "offers it"


def place_of(organisation: pd.Series[str]) -> str:
    """Return where an organisation lies, as people say it: the town and the region's code."""
    city, region = (organisation[name] if isinstance(organisation[name], str) else "" for name in ("city", "region"))
    city = city.title() if city.isupper() else city
    return f"{city} ({region})" if city and region else city or region
