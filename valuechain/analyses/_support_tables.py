"""Who can help, as rows: each with how it matches what is lacking, why this one, how ready, and how far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from valuechain.analyses._chain import evidence_of_each, known_offers, listed, plural, title_projects
from valuechain.analyses._lookup import Lookup
from valuechain.analyses._organisations import shown
from valuechain.analyses._support import Supporters, societies, what_to_mind
from valuechain.analyses._support_record import joint_rows, projects_with_smes
from valuechain.model.names import in_a_sentence
from valuechain.model.result import STATUS, Column, Table

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

COVERS, SEEMS, NEAR = "covers it", "seems to cover it", "near"

UNSTATED = "readiness level not stated"

SUPPORT_COLUMNS = (
    Column("lacking", "text", "What is looked for"),
    Column("lacking_key", "key", "Its key"),
    Column("rank", "integer", "1 = best"),
    Column("organisation", "text", "Who can help"),
    Column("organisation_key", "key", "Its key"),
    Column("match", "text", f"{COVERS}; {SEEMS}: as project titles suggest; or {NEAR}: and what differs"),
    Column("reason", "text", "Why this one, and what to mind"),
    Column("place", "text", "Where it lies"),
    Column("distance_km", "integer", "As the crow flies, empty where a place is not known", "km"),
    Column("readiness", "integer", "Technology readiness level that it states, empty where nobody did", "1..9"),
    Column("access", "text", "Who may use it: open, customers; empty where nobody said"),
    Column("sme_projects", "integer", "Projects with small and medium-sized firms", "projects"),
    Column("joint_projects", "integer", "Projects with the organisation asked about", "projects"),
    Column("kind", "text", "Kind of organisation"),
    Column("confidence", "number", "How sure the offer is", "0..1"),
    STATUS,
)


LACK_COLUMNS = (
    Column("lacking", "text", "What is looked for"),
    Column("lacking_key", "key", "Its key"),
    Column("readiness", "text", "Readiness levels asked for"),
    Column("cover", "integer", "Who covers it", "organisations"),
    Column("near", "integer", "Who only comes near", "organisations"),
    Column("essential", "boolean", "Whether nothing can be made without it, empty where nobody said"),
    STATUS,
)


def support_table(graph: ValueGraph, found: Mapping[int, Supporters], most: int) -> Table:
    """Return the `most` best who can help with each lack."""
    return as_table(row for one in found.values() for row in support_rows(graph, one.first(most)))


def as_table(rows: Iterable[Mapping[str, Any]]) -> Table:
    """Return rows of those who can help as a table."""
    return Table.from_rows("support", "Who can help with what is lacking", SUPPORT_COLUMNS, rows)


def lack_table(graph: ValueGraph, found: Mapping[int, Supporters]) -> Table:
    """Return what is looked for, how many cover it, and how many come near."""
    capabilities = graph["capabilities"]
    rows = (
        {
            "lacking": capabilities["label"].iloc[one.lack.capability],
            "lacking_key": capabilities["key"].iloc[one.lack.capability],
            "readiness": one.lack.readiness or "any",
            "cover": one.covering,
            "near": one.near,
            "essential": one.lack.essential,
            "status": one.lack.status,
            "evidence": one.lack.evidence or graph.evidence("capabilities", [one.lack.capability]),
        }
        for one in found.values()
    )
    return Table.from_rows("lacking", "What is looked for", LACK_COLUMNS, rows)


def support_rows(graph: ValueGraph, found: Supporters) -> Iterator[dict[str, Any]]:
    """Yield a row of SUPPORT_COLUMNS for each who can help with one lack."""
    capabilities, lack = graph["capabilities"], found.lack
    offers = known_offers(graph).iloc[found.offers]
    label, key = (capabilities[name].iloc[lack.capability] for name in ("label", "key"))
    told = zip(offers.itertuples(), found.joint.tolist(), found.kilometres.tolist(), found.with_smes.tolist(),
               evidence_of_each(graph, offers), strict=True)  # fmt: skip
    for rank, (offer, joint, apart, with_smes, evidence) in enumerate(told, start=1):
        relation = found.relation.get(offer.capability)
        projects, own_rows = graph.once(projects_with_smes).of(offer.organisation)
        between = joint_rows(graph, graph.organisation, offer.organisation) if joint else []
        told_of = shown(graph)[offer.organisation]
        seat = "seat in " if offer.organisation in graph.once(societies) and told_of["place"] else ""
        yield told_of | {
            "place": f"{seat}{told_of['place']}",
            "lacking": label,
            "lacking_key": key,
            "rank": rank,
            "match": _match(graph, found, offer),
            "reason": _reason(graph, offer, set(projects.tolist()), joint, apart, with_smes),
            "distance_km": None if apart != apart else round(apart),
            "readiness": int(offer.trl) if offer.trl == offer.trl else None,
            "access": offer.access if isinstance(offer.access, str) else None,
            "sme_projects": with_smes,
            "joint_projects": joint if graph.organisation >= 0 else None,
            "confidence": round(float(offer.confidence), 3),
            "status": offer.status,
            "evidence": tuple(
                dict.fromkeys(
                    (
                        *evidence,
                        *(graph.evidence("capabilities", (lack.capability, offer.capability)) if relation else ()),
                        *graph.evidence("participations", own_rows),
                        *graph.evidence("collaborations", between),
                    )
                )
            ),
        }


def named(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return those who can help as a finding names them, each with the reason."""
    return ". ".join(f"{_called(row)}: {_unless_covered(row['match'])}{row['reason']}" for row in rows)


def _called(row: Mapping[str, Any]) -> str:
    return f"{row['organisation']}, {row['place']}" if row["place"] else str(row["organisation"])


def _unless_covered(match: str) -> str:
    return f"{match}; " if match.startswith(NEAR) else ""


def _match(graph: ValueGraph, found: Supporters, offer: Any) -> str:
    """Whether it covers the lack, else in what it differs."""
    if found.covers:
        return SEEMS if offer.status == "inferred" else COVERS
    differs = []
    relation = found.relation.get(offer.capability)
    if relation:
        label = in_a_sentence(str(graph["capabilities"]["label"].iloc[offer.capability]))
        differs.append(f"{label}, {relation}")
    if found.lack.readiness:
        if offer.trl != offer.trl:
            differs.append(UNSTATED)
        elif not found.lack.lowest <= offer.trl <= found.lack.highest:
            differs.append(f"readiness level {offer.trl:.0f}, asked for {found.lack.readiness}")
    return f"{NEAR}: {'; '.join(differs)}"


def _reason(graph: ValueGraph, offer: Any, sme_projects: set[int], joint: int, apart: float, with_smes: int) -> str:
    """Why this one: what it offers, with whom it worked, how far it is; then what to mind."""
    parts = [_offered(graph, offer, sme_projects)]
    mind = what_to_mind(graph).get(offer.organisation, "")
    if joint:
        parts.append(f"{plural(joint, 'joint project')} with this organisation")
    if with_smes:
        parts.append(f"{plural(with_smes, 'project')} with SMEs")
    if apart == apart:
        parts.append(f"{apart:,.0f} km away" if apart >= 1 else "less than 1 km away")
    if mind:
        parts.append(mind)
    return "; ".join(parts)


def _offered(graph: ValueGraph, offer: Any, sme_projects: set[int]) -> str:
    """What makes us say that it has the capability."""
    told = graph.once(_title_projects).of(offer.organisation)
    told = told[told["capability"] == offer.capability]
    if offer.status == "inferred" and len(told):
        small = sum(project in sme_projects for project in told["project"])
        with_small = f", {small} of them with SMEs" if 0 < small < len(told) else ", with SMEs" if small else ""
        return f"{plural(len(told), 'project')} on it: {listed(told['name'])}{with_small}"
    said = "supplies it to others already" if offer.supply >= 0 else "offers it"
    ready = "" if offer.trl != offer.trl else f" at readiness level {offer.trl:.0f}"
    return f"{said}{ready}{', open to everybody' if offer.access == 'open' else ''}"


def _title_projects(graph: ValueGraph) -> Lookup:
    """Which projects make us guess which capability of whom, the newest first."""
    return Lookup.by(title_projects(graph), "organisation", len(graph["organisations"]))
